import { lockScopes } from '#activity/marks/scope-lock.ts';
import { refreshStale } from '#activity/series/refresh.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Count } from './count-query.ts';
import { keptCounts, shelfCounts, staleOnShelves, uncovered } from './kept-query.ts';
import { type KeptShelf, keptShelves, markedShelf } from './shelf-query.ts';
import { keepShelf, type Shelf } from './shelf-repository.ts';

/** Series derived anew in one transaction. */
const BATCH = 40;

/** What is counted from what a scope keeps, and what must be counted leaf by leaf. */
export interface Counted {
  counts: Count[];
  unknown: MediaItemId[];
}

/** Series, for those who may see everything. What is stale is derived first and kept from then on. */
export const countSeries = async (
  database: Database,
  scope: ScopeId,
  ids: readonly MediaItemId[],
  now: Instant,
): Promise<Counted> => {
  const { counts, stale, unknown } = await keptCounts(database.read, scope, ids);
  if (stale.length === 0) return { counts, unknown };
  await refresh(database, scope, stale, now);
  const again = await keptCounts(database.read, scope, stale);
  // What somebody made stale again meanwhile is looked at as it is.
  return { counts: [...counts, ...again.counts], unknown: [...unknown, ...again.stale, ...again.unknown] };
};

/** Libraries, for those who may see everything. What must be counted anew is kept from then on. */
export const countShelves = async (
  database: Database,
  scope: ScopeId,
  ids: readonly MediaItemId[],
  now: Instant,
): Promise<Counted> => {
  const counts: Count[] = [];
  for (const { id, kind, leaves, unwatched } of await keptShelves(database.read, scope, ids)) {
    counts.push(unwatched === null ? await counted(database, scope, { id, kind }, now) : { id, leaves, unwatched });
  }
  const known = new Set(counts.map((count) => count.id));
  return { counts, unknown: ids.filter((id) => !known.has(id)) };
};

/** Series that are stale are derived first, a few at a time, so that nobody waits long for the scope. */
const counted = async (
  database: Database,
  scope: ScopeId,
  { id, kind }: Pick<KeptShelf, 'id' | 'kind'>,
  now: Instant,
): Promise<Count> => {
  for (;;) {
    const count = await database.transaction((tx) => countAnew(tx, scope, { id, kind }));
    if (count) return count;
    await refresh(database, scope, await staleOnShelves(database.read, scope, [id], BATCH), now);
  }
};

/**
 * What the catalog changes meanwhile is told by the `changes` that were read first; of marks there are none, for the
 * scope is locked.
 * @returns undefined where series are to be derived before
 */
const countAnew = async (
  tx: Transaction,
  scope: ScopeId,
  { id, kind }: Pick<KeptShelf, 'id' | 'kind'>,
): Promise<Count | undefined> => {
  await lockScopes(tx, [scope]);
  const [library] = await keptShelves(tx, scope, [id]);
  if (!library) return { id, leaves: 0, unwatched: 0 };
  const { leaves, changes } = library;
  const shelf = kind === 'series' ? await shelfOfSeries(tx, scope, id) : await shelfOfMarks(tx, scope, id, leaves);
  if (!shelf) return undefined;
  await keepShelf(tx, scope, id, { ...shelf, changes });
  return { id, leaves, unwatched: shelf.unwatched };
};

type Tally = Omit<Shelf, 'changes'>;

/** Of series that nothing is known of, or nothing as new as the mark on their library, that mark alone decides. */
const shelfOfSeries = async (tx: Transaction, scope: ScopeId, library: MediaItemId): Promise<Tally | undefined> => {
  const [shelf] = await shelfCounts(tx, scope, [library]);
  if (!shelf) return { unwatched: 0, markedUntil: 0 };
  if (shelf.stale > 0) return undefined;
  const { leaves, knownLeaves, knownUnwatched, mark, addedUntil, activeUntil } = shelf;
  const tally = (unwatched: number) => ({ unwatched, markedUntil: Math.max(activeUntil, mark?.at ?? 0) });
  if (!mark?.watched) return tally(knownUnwatched + leaves - knownLeaves);
  return tally(knownUnwatched + (addedUntil > mark.at ? await uncovered(tx, scope, library, mark.at) : 0));
};

const shelfOfMarks = async (tx: Transaction, scope: ScopeId, library: MediaItemId, leaves: number): Promise<Tally> => {
  const { known, knownUnwatched, newest, uncovered: late, mark } = await markedShelf(tx, scope, library);
  return { unwatched: knownUnwatched + (mark?.watched ? late : leaves - known), markedUntil: newest?.at ?? 0 };
};

const refresh = async (database: Database, scope: ScopeId, series: readonly MediaItemId[], now: Instant) => {
  for (let from = 0; from < series.length; from += BATCH) {
    await database.transaction((tx) => refreshStale(tx, scope, series.slice(from, from + BATCH), now));
  }
};
