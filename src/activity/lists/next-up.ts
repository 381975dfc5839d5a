import { pairOf } from '#activity/marks/covering-sql.ts';
import type { ShownItem } from '#catalog/shown-item.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { readScopes } from '#kernel/viewer.ts';
import { keyOf, type ListKey } from './list-key.ts';
import { nextInCollections } from './next-in-collections.ts';
import { type Asked, type NextUpRow, type Step, type StepFacts, stepInBoth, stepInOne } from './next-up-rows.ts';
import type { Reason } from './reason.ts';

const LIST = 'next-up';
const LARGEST_STEP = 500;

/** What to watch in a series or a collection, and why. */
export interface NextUpEntry {
  item: ShownItem;
  reason: 'in_progress' | 'next';
  positionMs: Millis | null;
  durationMs: Millis | null;
  activityAt: Instant;
  /** The episode or movie watched last, when and on which device, as far as the viewer may know. */
  after: Reason | null;
  /** The collection of which a movie is next; null for an episode. */
  collection: NextUpRow['collection'];
}

/** For each series the episode to watch now, for each collection the movie, newest activity first. */
export const nextUp = async (asked: Asked, request: PageRequest): Promise<Page<NextUpEntry>> => {
  const start = keyOf(LIST, request.cursor);
  const wanted = request.limit + 1;
  const { rows: ofSeries, facts } = await nextInSeries(asked, start, wanted);
  const part = { start, wanted, ofSeries };
  const ofCollections = facts?.collected ? await nextInCollections(asked, readScopes(asked.viewer), part, facts) : [];
  const rows = merged(ofSeries, ofCollections).slice(0, wanted);
  const page = pageOf(rows, request.limit, LIST, (row) => [row.activityAt, row.seriesId]);
  return { next: page.next, items: page.items.map(entryOf) };
};

const merged = (one: NextUpRow[], other: NextUpRow[]): NextUpRow[] =>
  other.length === 0 ? one : [...one, ...other].sort((a, b) => b.activityAt - a.activityAt || b.seriesId - a.seriesId);

/** Reads on, in longer and longer steps, until there are as many rows as wanted. */
const nextInSeries = async (
  asked: Asked,
  start: ListKey,
  wanted: number,
): Promise<{ rows: NextUpRow[]; facts: StepFacts | null }> => {
  const scopes = readScopes(asked.viewer);
  const pair = pairOf(scopes);
  const rows: NextUpRow[] = [];
  let facts: StepFacts | null = null;
  let from: ListKey | null = start;
  for (let size = wanted; from !== null && rows.length < wanted; size = Math.min(LARGEST_STEP, size * 2)) {
    const step: Step =
      scopes.length === 1 ? await stepInOne(asked, pair.first, from, size) : await stepInBoth(asked, pair, from);
    rows.push(...step.rows);
    facts = step.facts;
    from = step.after;
  }
  return { rows, facts };
};

const entryOf = ({ item, current, activityAt, after, collection }: NextUpRow): NextUpEntry => ({
  item,
  reason: current ? 'in_progress' : 'next',
  positionMs: current?.positionMs ?? null,
  durationMs: current?.durationMs ?? null,
  activityAt,
  after,
  collection,
});
