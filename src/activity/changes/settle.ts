import { sql } from 'kysely';
import { collectionsSettled, reopenCollections } from '#activity/collections/state-repository.ts';
import { mergeItems } from '#activity/marks/group-rebuild.ts';
import { endCoveredPositions } from '#activity/marks/position-repository.ts';
import { raiseUncovered } from '#activity/series/state-repository.ts';
import { forgetShelves } from '#activity/states/shelf-repository.ts';
import type { Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { loadActivity, loadPlaces } from './held-query.ts';
import { dropMarks, dropStates } from './held-repository.ts';
import type { UserScopes } from './people.ts';
import { touchedByMark } from './touched-query.ts';

/** Series looked at in one statement. */
const BATCH = 200;

/**
 * What the group holds of some items (a few hundred at most), made anew from the scopes that it hears, and where all scopes
 * are active in collections of them. Below containers
 * these are the positions that a mark on them may have ended, in the group alone.
 */
export const mergeAgain = async (tx: Transaction, people: UserScopes, items: readonly MediaItemId[]): Promise<void> => {
  if (items.length === 0) return;
  await mergeThese(tx, people, items);
  await collectionsSettled(tx, [people.group, ...people.own.keys()], items);
  const below = await openBelow(tx, people, items);
  for (const batch of batchesOf(below)) await mergeThese(tx, people, batch);
};

const openBelow = async (
  tx: Transaction,
  { heard }: UserScopes,
  items: readonly MediaItemId[],
): Promise<MediaItemId[]> => {
  const below = new Set<MediaItemId>();
  for (const [id, { kind, seriesId }] of await loadPlaces(tx, items)) {
    if (isLeaf(kind) || kind === 'library' || kind === 'collection') continue;
    for (const ownScope of heard) {
      const open = await touchedByMark(tx, { ownScope }, { id, kind, seriesId }, Number.MAX_SAFE_INTEGER);
      for (const item of open) if (item !== id) below.add(item);
    }
  }
  return [...below];
};

const mergeThese = async (
  tx: Transaction,
  { group, heard }: UserScopes,
  items: readonly MediaItemId[],
): Promise<void> => {
  await dropMarks(tx, group, items);
  await dropStates(tx, group, items);
  if (heard.length === 0) return;
  await mergeItems(tx, group, heard, amongst(tx, items));
  await endCovered(tx, group, items);
};

/** Ends positions of these items that a mark in their scope covers, after either was put there. */
export const endCovered = async (tx: Transaction, scope: ScopeId, items: readonly MediaItemId[]): Promise<void> => {
  await endCoveredPositions(tx, scope, amongst(tx, items));
};

const amongst = (tx: Transaction, items: readonly MediaItemId[]) =>
  idIn(dialectOf(tx), 'item_id', sql<string>`${idList(dialectOf(tx), items)}`);

/** Series in which something was taken back, in each scope, with when they were newly active before; null: never. */
export type TouchedSeries = Map<ScopeId, Map<MediaItemId, Instant | null>>;

/** Notes that a series was touched in a scope. Of several instants the one that was told first holds. */
export const noteSeries = (
  touched: TouchedSeries,
  scope: ScopeId,
  series: MediaItemId,
  before: Instant | null = null,
): void => {
  const known = touched.get(scope) ?? new Map<MediaItemId, Instant | null>();
  touched.set(scope, known);
  known.set(series, before ?? known.get(series) ?? null);
};

/** A mark on a whole library that was taken back or came again. */
export interface TouchedLibrary {
  scope: ScopeId;
  library: MediaItemId;
  /** The instant of the mark that is not there any more; null: there was none. */
  gone: Instant | null;
}

/** Has all that is kept of marks follow, once they are as they are to be. */
export const settle = async (
  tx: Transaction,
  people: UserScopes,
  touched: TouchedSeries,
  libraries: readonly TouchedLibrary[] = [],
): Promise<void> => {
  for (const library of libraries) await settleLibrary(tx, people, library, touched);
  await settleSeries(tx, people, touched);
  await forgetShelves(tx, [people.group, ...people.own.keys()]);
};

/**
 * Has the pointers of touched series derived anew when they are read, in the scopes of devices and in their group's. A
 * series is as newly active as it was before, or as what there still is in it says; where nothing is, nothing is kept.
 */
const settleSeries = async (tx: Transaction, people: UserScopes, touched: TouchedSeries): Promise<void> => {
  const all = new Set<MediaItemId>();
  for (const [scope, series] of touched) {
    for (const id of series.keys()) all.add(id);
    if (scope !== people.group) await settleScope(tx, scope, series);
  }
  for (const batch of batchesOf([...all])) {
    await settleScope(tx, people.group, await newestHeard(tx, people, batch));
  }
};

const newestHeard = async (
  tx: Transaction,
  { heard }: UserScopes,
  series: readonly MediaItemId[],
): Promise<Map<MediaItemId, Instant | null>> => {
  const newest = new Map<MediaItemId, Instant | null>(series.map((id) => [id, null]));
  for (const scope of heard) {
    for (const [id, at] of await loadActivity(tx, scope, series)) newest.set(id, Math.max(at, newest.get(id) ?? at));
  }
  return newest;
};

const settleScope = async (
  tx: Transaction,
  scope: ScopeId,
  before: ReadonlyMap<MediaItemId, Instant | null>,
): Promise<void> => {
  for (const series of batchesOf([...before.keys()])) {
    const places = await loadPlaces(tx, series);
    const values = { scope, items: idList(dialectOf(tx), series) };
    const left = new Map((await basis(tx, values)).map((row) => [row.series_id, row]));
    await dropRows(tx, values);
    const rows = series.flatMap((id) => {
      const at = laterOf(before.get(id) ?? null, left.get(id)?.at ?? null);
      const place = places.get(id);
      return at === null || !place ? [] : [rowOf(scope, id, place.libraryId, at, left.get(id)?.unmarked ?? 0)];
    });
    if (rows.length > 0) await tx.insertInto('series_states').values(rows).execute();
  }
};

const rowOf = (scope: ScopeId, series: MediaItemId, library: MediaItemId, at: Instant, unmarked: Flag) => ({
  scope_id: scope,
  series_id: series,
  library_id: library,
  activity_at: at,
  last_item_id: null,
  last_at: null,
  next_item_id: null,
  next_at: null,
  open: 1 as const,
  stale: 1 as const,
  unmarked,
});

interface InScope {
  scope: ScopeId;
  items: string;
}

const dropRows = prepare<InScope>()((db, value, dialect) =>
  db
    .deleteFrom('series_states')
    .where('scope_id', '=', value('scope'))
    .where(idIn(dialect, 'series_id', value('items'))),
);

/**
 * The newest activity that marks, positions and beginnings anew tell of. Of an episode that the mark on its library does
 * not cover it is at least as new as that mark (the rule of `activityAt`).
 */
const basis = prepare<InScope>()((db, value, dialect) => ({
  compile: () => {
    const scope = sql`CAST(${value('scope')} AS bigint)`;
    const raised = (at: string) => sql`CASE WHEN shelf.at > ${sql.ref(at)} AND shelf.at < e.added_at
      AND e.kind = 'episode' THEN shelf.at ELSE ${sql.ref(at)} END`;
    const shelf = sql`LEFT JOIN marks AS shelf ON shelf.scope_id = ${scope} AND shelf.item_id = e.library_id`;
    const inSeries = idIn(dialect, 'e.root_id', value('items'));
    return sql<{ series_id: MediaItemId; at: Instant; unmarked: Flag }>`
      SELECT known.series_id, max(known.at) AS at, max(known.unmarked) AS unmarked FROM (
        SELECT e.root_id AS series_id, ${raised('m.at')} AS at, 1 - m.watched AS unmarked
          FROM media_items AS e JOIN marks AS m ON m.scope_id = ${scope} AND m.item_id = e.id ${shelf}
          WHERE ${inSeries}
        UNION ALL SELECT m.item_id, m.at, 1 - m.watched FROM marks AS m
          WHERE m.scope_id = ${scope} AND ${idIn(dialect, 'm.item_id', value('items'))}
        UNION ALL SELECT e.root_id, ${raised('p.reported_at')}, 0
          FROM media_items AS e JOIN play_states AS p ON p.scope_id = ${scope} AND p.item_id = e.id ${shelf}
          WHERE ${inSeries} AND p.position_ms IS NOT NULL
        UNION ALL SELECT e.root_id, m.at, 0
          FROM media_items AS e JOIN marks AS m ON m.scope_id = ${scope} AND m.item_id = e.library_id
          WHERE ${inSeries} AND e.kind = 'episode' AND e.removed_at IS NULL AND e.added_at > m.at AND m.watched = 1
        UNION ALL SELECT r.series_id, r.started_at, 0 FROM rewatches AS r
          WHERE r.scope_id = ${scope} AND ${idIn(dialect, 'r.series_id', value('items'))}
      ) AS known GROUP BY known.series_id`.compile(db);
  },
}));

/** What was derived under the mark is derived anew, and what it had made newer is as new as the rest says. */
const settleLibrary = async (
  tx: Transaction,
  { group }: UserScopes,
  { scope, library, gone }: TouchedLibrary,
  touched: TouchedSeries,
): Promise<void> => {
  for (const each of [scope, group]) {
    const rows = await tx
      .updateTable('series_states')
      .set({ stale: 1, open: 1, unwatched: null })
      .where('scope_id', '=', each)
      .where('library_id', '=', library)
      .returning(['series_id', 'activity_at'])
      .execute();
    for (const row of rows) if (row.activity_at === gone) noteSeries(touched, each, row.series_id);
  }
  await raiseUncovered(tx, [scope, group], [library]);
  await reopenCollections(tx, [scope, group]);
};

const laterOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null ? other : other === null ? one : Math.max(one, other);

function* batchesOf<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH);
}
