import { refreshStale } from '#activity/series/refresh.ts';
import { deriveStandings, type InProgress, type Standing } from '#activity/series/standing-query.ts';
import { type ItemView, loadItems } from '#catalog/item-view.ts';
import type { Database } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type ListFacts, listFacts } from './facts-query.ts';
import type { ListKey } from './list-key.ts';
import { candidatesInBoth, type KeptRow, keptPointers, staleSeries } from './next-up-query.ts';
import { type PositionRow, positionsOf, stands } from './position-query.ts';

/** A series with something to watch next, and what. */
export interface NextUpRow {
  seriesId: MediaItemId;
  activityAt: Instant;
  item: ItemView;
  /** Set when the episode is in progress. */
  current: Pick<InProgress, 'positionMs' | 'durationMs'> | null;
  /** The episode watched last, and when. */
  last: Standing['last'];
}

/** A part of the list: its rows with their items, and where it goes on; null: there is no more. */
export interface Step {
  rows: NextUpRow[];
  items: ReadonlyMap<MediaItemId, ItemView>;
  after: ListKey | null;
}

export interface Asked {
  database: Database;
  viewer: Viewer;
  now: Instant;
}

/** Series derived anew in one transaction, and looked at together where two scopes are merged. */
const BATCH = 40;

/** Reads on in one scope from the pointers kept; where stale series could stand among them these are derived first. */
export const stepInOne = async (asked: Asked, scope: ScopeId, after: ListKey, limit: number): Promise<Step> => {
  const { database, viewer, now } = asked;
  const { read } = database;
  for (;;) {
    const facts = await listFacts(read, scope, viewer.userId);
    const bounds = { ...after, floor: facts.seriesSince };
    const kept = await keptPointers(facts.chose)(read, { user: viewer.userId, scope, ...bounds, now, limit });
    const last = kept.at(-1);
    const ends = kept.length < limit || last === undefined;
    const floor = ends ? facts.seriesSince : last.activity_at;
    const maybeStale = facts.newestStale !== null && facts.newestStale >= floor;
    const stale = maybeStale ? await staleSeries(read, scope, after, floor, BATCH) : [];
    if (stale.length === 0) {
      const step = await shownInOne(asked, scope, kept, facts);
      return { ...step, after: ends ? null : { at: last.activity_at, id: last.series_id } };
    }
    await database.transaction((tx) => refreshStale(tx, scope, stale, now));
  }
};

const shownInOne = async (
  { database: { read }, viewer, now }: Asked,
  scope: ScopeId,
  kept: readonly KeptRow[],
  facts: ListFacts,
): Promise<Omit<Step, 'after'>> => {
  // A newer mark on the whole library overrules what was in the series.
  const valid = kept.filter((row) => (facts.markedAt(row.library_id) ?? 0) <= row.activity_at);
  const positions = await positionsOf(
    read,
    scope,
    valid.map((row) => row.series_id),
  );
  const items = await loadItems(read, viewer.grants, leavesOf(valid, positions));
  const begun = new Map<MediaItemId | null, InProgress[]>();
  for (const row of positions) {
    if (!stands(items.get(row.item_id), row.reported_at, facts)) continue;
    const others = begun.get(row.series_id);
    if (others) others.push(inProgressOf(row));
    else begun.set(row.series_id, [inProgressOf(row)]);
  }
  const rows: NextUpRow[] = [];
  for (const row of valid) {
    const standing = { ...pointerIn(row), inProgress: begun.get(row.series_id) ?? [] };
    const shown = shownOf(standing, row.activity_at, items, now);
    if (shown) rows.push(shown);
  }
  return { rows, items };
};

const leavesOf = (kept: readonly KeptRow[], positions: readonly PositionRow[]): MediaItemId[] => {
  const ids = positions.map((position) => position.item_id);
  for (const { next_item_id: next, last_item_id: last } of kept) {
    if (next !== null) ids.push(next);
    if (last !== null) ids.push(last);
  }
  return ids;
};

const inProgressOf = (row: PositionRow): InProgress => ({
  itemId: row.item_id,
  positionMs: row.position_ms,
  durationMs: row.duration_ms,
  reportedAt: row.reported_at,
});

/** What the list needs of a standing. */
type Shown = Pick<Standing, 'seriesId' | 'last' | 'next' | 'inProgress'>;

const pointerIn = (row: KeptRow): Omit<Shown, 'inProgress'> => ({
  seriesId: row.series_id,
  last: row.last_item_id === null || row.last_at === null ? null : { id: row.last_item_id, at: row.last_at },
  next: row.next_item_id === null ? null : { id: row.next_item_id, airsAt: row.next_at },
});

/** Two scopes have no pointer in common, so it is derived for each series. */
export const stepInBoth = async (
  { database: { read }, viewer, now }: Asked,
  scopes: { first: ScopeId; second: ScopeId },
  after: ListKey,
): Promise<Step> => {
  const candidates = await candidatesInBoth(read, { user: viewer.userId, ...scopes, ...after, now, limit: BATCH });
  const series = candidates.map((candidate) => candidate.seriesId);
  const standings = await deriveStandings(read, [scopes.first, scopes.second], series, now);
  const items = await loadItems(read, viewer.grants, [...new Set(standings.flatMap(couldShow))]);
  const rows = candidates.flatMap(({ activityAt }, index) => {
    const standing = standings[index];
    return (standing && shownOf(standing, activityAt, items, now)) ?? [];
  });
  const last = candidates.at(-1);
  const ends = candidates.length < BATCH || last === undefined;
  return { rows, items, after: ends ? null : { at: last.activityAt, id: last.seriesId } };
};

const couldShow = ({ inProgress, next, last }: Standing): MediaItemId[] => [
  ...inProgress.map((episode) => episode.itemId),
  ...(next ? [next.id] : []),
  ...(last ? [last.id] : []),
];

/** The newest episode in progress that may be seen and is here, or else the next one, once it is shown. */
const shownOf = (
  standing: Shown,
  activityAt: Instant,
  items: ReadonlyMap<MediaItemId, ItemView>,
  now: Instant,
): NextUpRow | undefined => {
  const { seriesId, last, next } = standing;
  for (const current of standing.inProgress) {
    const item = here(items, current.itemId);
    if (item) return { seriesId, activityAt, item, current, last };
  }
  if (!next || (next.airsAt !== null && next.airsAt > now)) return undefined;
  const item = here(items, next.id);
  return item && { seriesId, activityAt, item, current: null, last };
};

const here = (items: ReadonlyMap<MediaItemId, ItemView>, id: MediaItemId): ItemView | undefined => {
  const item = items.get(id);
  return item?.removedAt === null ? item : undefined;
};
