import type { Pointer } from '#activity/series/pointer.ts';
import { refreshStale } from '#activity/series/refresh.ts';
import { deriveStandings, type InProgress, type Standing } from '#activity/series/standing-query.ts';
import { loadShown, type ShownItem } from '#catalog/shown-item.ts';
import type { Database } from '#database/database.ts';
import { readRows } from '#database/json.ts';
import type { Instant } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { factsOf, type ListFacts } from './facts-query.ts';
import { heardDevices } from './history-devices.ts';
import type { ListKey } from './list-key.ts';
import { candidatesInBoth, type KeptRow, keptPointers, staleSeries } from './next-up-query.ts';
import { positionsOf, stands } from './position-query.ts';
import { type DeviceNames, type Reason, reasonOf } from './reason.ts';

/** A series or a collection with something to watch next, and what. */
export interface NextUpRow {
  /** Or that of the collection. */
  seriesId: MediaItemId;
  activityAt: Instant;
  item: ShownItem;
  /** Set when the episode is in progress. */
  current: Pick<InProgress, 'positionMs' | 'durationMs'> | null;
  /** The episode watched last, as far as the viewer may know. */
  after: Reason | null;
  /** null: it is of a series. */
  collection: { id: MediaItemId; title: string } | null;
}

/** A part of the list, and where it goes on; null: there is no more. */
export interface Step {
  rows: NextUpRow[];
  after: ListKey | null;
  facts: StepFacts;
}

/** What was read with a part of the list. */
export interface StepFacts {
  /** Whether there may be something to watch in collections too. */
  collected: boolean;
  /** The devices that the viewer hears of. */
  devices: DeviceNames;
  /** Of the catalog, as it was a moment ago; absent: not read. */
  version?: number;
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
    const { rows: kept, facts } = await keptPointers(read, { user: viewer.userId, scope, ...after, now, limit });
    const last = kept.at(-1);
    const ends = kept.length < limit || last === undefined;
    const floor = ends ? 0 : last.activity_at;
    const maybeStale = facts.newest_stale !== null && facts.newest_stale >= floor;
    const stale = maybeStale ? await staleSeries(read, scope, { at: after.at, floor }, BATCH) : [];
    if (stale.length === 0) {
      const devices = namesIn(facts.devices);
      const rows = await shownInOne(asked, scope, kept, factsOf(facts), devices);
      return {
        rows,
        after: ends ? null : { at: last.activity_at, id: last.series_id },
        facts: { collected: facts.collected === 1, devices, version: facts.version },
      };
    }
    await database.transaction((tx) => refreshStale(tx, scope, stale, now));
  }
};

const namesIn = (devices: string | null): DeviceNames =>
  new Map(readRows(devices, 2).map(([id, name]) => [id as DeviceUserId, String(name)]));

const shownInOne = async (
  asked: Asked,
  scope: ScopeId,
  kept: readonly KeptRow[],
  facts: ListFacts,
  devices: DeviceNames,
): Promise<NextUpRow[]> => {
  const { database, viewer, now } = asked;
  // A newer mark on the whole library overrules what was in the series.
  const valid = kept.filter((row) => (facts.markedAt(row.library_id) ?? 0) <= row.activity_at);
  const items = await loadShown(database.read, viewer.grants, leavesOf(valid), facts.version);
  const hidden = valid.filter(
    (row) => row.begun_id !== null && !stands(items.get(row.begun_id), row.reported_at ?? 0, facts),
  );
  const others = hidden.length === 0 ? null : await othersBegun(asked, scope, hidden, items, facts);
  return valid.flatMap((row) => {
    const begun = others?.get(row.series_id) ?? begunIn(row);
    return shownOf({ ...pointerIn(row), inProgress: begun }, row.activity_at, { items, devices, now }) ?? [];
  });
};

const leavesOf = (kept: readonly KeptRow[]): MediaItemId[] => {
  const ids: MediaItemId[] = [];
  for (const { next_item_id: next, last_item_id: last, begun_id: begun } of kept) {
    if (begun !== null) ids.push(begun);
    if (next !== null) ids.push(next);
    if (last !== null) ids.push(last);
  }
  return ids;
};

/** In series whose newest position does not stand in lists: those that do, newest first. Their items are added. */
const othersBegun = async (
  { database: { read }, viewer }: Asked,
  scope: ScopeId,
  hidden: readonly KeptRow[],
  items: Map<MediaItemId, ShownItem>,
  facts: ListFacts,
): Promise<Map<MediaItemId | null, InProgress[]>> => {
  const series = hidden.map((row) => row.series_id);
  const positions = await positionsOf(read, scope, series);
  const ids = positions.map((position) => position.item_id);
  for (const [id, item] of await loadShown(read, viewer.grants, ids, facts.version)) items.set(id, item);
  const begun = new Map<MediaItemId | null, InProgress[]>(series.map((id) => [id, []]));
  for (const row of positions) {
    if (!stands(items.get(row.item_id), row.reported_at, facts)) continue;
    const { item_id: itemId, position_ms: positionMs, duration_ms: durationMs, reported_at: reportedAt } = row;
    begun.get(row.series_id)?.push({ itemId, positionMs, durationMs, reportedAt });
  }
  return begun;
};

const begunIn = ({ begun_id: itemId, position_ms: positionMs, ...row }: KeptRow): InProgress[] =>
  itemId === null || positionMs === null || row.reported_at === null
    ? []
    : [{ itemId, positionMs, durationMs: row.duration_ms, reportedAt: row.reported_at }];

/** What the list needs of a standing. */
type Shown = Pick<Standing, 'seriesId' | 'last' | 'next' | 'inProgress'>;

const pointerIn = (row: KeptRow): Omit<Shown, 'inProgress'> => ({
  seriesId: row.series_id,
  last:
    row.last_item_id === null || row.last_at === null
      ? null
      : { id: row.last_item_id, at: row.last_at, on: row.last_on },
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
  const items = await loadShown(read, viewer.grants, [...new Set(standings.flatMap(couldShow))]);
  const { names: devices } = await heardDevices(read, viewer);
  const rows = candidates.flatMap(({ activityAt }, index) => {
    const standing = standings[index];
    return (standing && shownOf(standing, activityAt, { items, devices, now })) ?? [];
  });
  const last = candidates.at(-1);
  const ends = candidates.length < BATCH || last === undefined;
  const facts = { collected: true, devices };
  return { rows, facts, after: ends ? null : { at: last.activityAt, id: last.seriesId } };
};

/** What is looked at to show something of a standing. */
export const couldShow = ({ inProgress, next, last }: Pointer & Pick<Shown, 'inProgress'>): MediaItemId[] => [
  ...inProgress.map((episode) => episode.itemId),
  ...(next ? [next.id] : []),
  ...(last ? [last.id] : []),
];

interface Around {
  items: ReadonlyMap<MediaItemId, ShownItem>;
  devices: DeviceNames;
  now: Instant;
}

/** The newest episode in progress that may be seen and is here, or else the next one, once it is shown. */
export const shownOf = (
  { seriesId, last, next, inProgress }: Shown,
  activityAt: Instant,
  { items, devices, now }: Around,
): NextUpRow | undefined => {
  const after = reasonOf(last, items, devices);
  for (const current of inProgress) {
    const item = here(items, current.itemId);
    if (item) return { seriesId, activityAt, item, current, after, collection: null };
  }
  if (!next || (next.airsAt !== null && next.airsAt > now)) return undefined;
  const item = here(items, next.id);
  return item && { seriesId, activityAt, item, current: null, after, collection: null };
};

const here = (items: ReadonlyMap<MediaItemId, ShownItem>, id: MediaItemId): ShownItem | undefined => {
  const item = items.get(id);
  return item?.removedAt === null ? item : undefined;
};
