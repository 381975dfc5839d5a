import { pairOf } from '#activity/marks/covering-sql.ts';
import type { ItemView } from '#catalog/item-view.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { readScopes } from '#kernel/viewer.ts';
import { keyOf, type ListKey } from './list-key.ts';
import { type Asked, type NextUpRow, type Step, stepInBoth, stepInOne } from './next-up-rows.ts';
import { type Reason, reasonsOf } from './reason-query.ts';

const LIST = 'next-up';
const LARGEST_STEP = 500;

/** What to watch in a series, and why. */
export interface NextUpEntry {
  item: ItemView;
  reason: 'in_progress' | 'next';
  positionMs: Millis | null;
  durationMs: Millis | null;
  activityAt: Instant;
  /** The episode watched last, when and on which device, as far as the viewer may know. */
  after: Reason | null;
}

/** For each series the episode to watch now, newest activity first. */
export const nextUp = async (asked: Asked, request: PageRequest): Promise<Page<NextUpEntry>> => {
  const { rows, items } = await rowsAfter(asked, keyOf(LIST, request.cursor), request.limit + 1);
  const page = pageOf(rows, request.limit, LIST, (row) => [row.activityAt, row.seriesId]);
  const watched = page.items.flatMap(({ last }) => (last ? [{ itemId: last.id, at: last.at }] : []));
  const reasons = await reasonsOf(asked.database.read, asked.viewer, watched, items);
  return { next: page.next, items: page.items.map((row) => entryOf(row, reasons)) };
};

/** Reads on, in longer and longer steps, until there are as many rows as wanted. */
const rowsAfter = async (
  asked: Asked,
  start: ListKey,
  wanted: number,
): Promise<{ rows: NextUpRow[]; items: Step['items'] }> => {
  const scopes = readScopes(asked.viewer);
  const pair = pairOf(scopes);
  const rows: NextUpRow[] = [];
  const items = new Map<MediaItemId, ItemView>();
  let from: ListKey | null = start;
  for (let size = wanted; from !== null && rows.length < wanted; size = Math.min(LARGEST_STEP, size * 2)) {
    const step: Step =
      scopes.length === 1 ? await stepInOne(asked, pair.first, from, size) : await stepInBoth(asked, pair, from);
    if (from === start && step.rows.length >= wanted) return { rows: step.rows.slice(0, wanted), items: step.items };
    rows.push(...step.rows);
    for (const [id, item] of step.items) items.set(id, item);
    from = step.after;
  }
  return { rows: rows.slice(0, wanted), items };
};

const entryOf = (
  { item, current, activityAt, last }: NextUpRow,
  reasons: ReadonlyMap<MediaItemId, Reason>,
): NextUpEntry => ({
  item,
  reason: current ? 'in_progress' : 'next',
  positionMs: current?.positionMs ?? null,
  durationMs: current?.durationMs ?? null,
  activityAt,
  after: (last && reasons.get(last.id)) ?? null,
});
