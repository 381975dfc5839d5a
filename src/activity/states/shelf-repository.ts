import { type RawBuilder, sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Mark } from '#activity/marks/watched.ts';
import type { Transaction } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';

/**
 * How much of a library a scope has not watched, kept from one mark to the next where somebody asked for it. Who writes
 * marks says so here, in the same unit of work; what the catalog does is known by `leaf_counts.changes`. All of it is
 * written under the lock of its scope.
 */

/** How many more (or, below 0, fewer) leaves a scope has not watched. */
export interface Shift {
  scopeId: ScopeId;
  by: -1 | 0 | 1;
}

/** After a mark on a leaf, in one statement. */
export const shiftShelves = async (
  tx: Transaction,
  shifts: readonly Shift[],
  library: MediaItemId,
  at: Instant,
): Promise<void> => {
  const [one, other = one] = shifts;
  const scopes = pairOf(shifts.map((shift) => shift.scopeId));
  await noteMark(tx, { ...scopes, library, at, by: one?.by ?? 0, otherBy: other?.by ?? 0, stale: 0 });
};

/** After a mark on a container in the library: what that did is seen when it is counted anew. */
export const doubtShelves = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  library: MediaItemId,
  at: Instant,
): Promise<void> => {
  await noteMark(tx, { ...pairOf(scopes), library, at, by: 0, otherBy: 0, stale: 1 });
};

const untilOf = (at: RawBuilder<Instant>) => sql`CASE WHEN marked_until < ${at} THEN ${at} ELSE marked_until END`;

const noteMark = prepare<{
  first: ScopeId;
  second: ScopeId;
  library: MediaItemId;
  at: Instant;
  by: Shift['by'];
  otherBy: Shift['by'];
  stale: Flag;
}>()((db, value) => ({
  compile: () =>
    sql`UPDATE shelf_counts SET marked_until = ${untilOf(value('at'))},
        unwatched = unwatched + CAST(CASE WHEN scope_id = ${value('first')} THEN ${value('by')} ELSE ${value('otherBy')} END AS bigint),
        stale = CASE WHEN ${value('stale')} = 1 THEN 1 ELSE stale END
      WHERE ${isIn(value)} AND library_id = ${value('library')}`.compile(db),
}));

/** The same for the movies of a collection, which may be of several libraries. */
export const doubtShelvesOfMembers = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  collection: MediaItemId,
  at: Instant,
): Promise<void> => {
  await doubtMembers(tx, { ...pairOf(scopes), collection, at });
};

const doubtMembers = prepare<{ first: ScopeId; second: ScopeId; collection: MediaItemId; at: Instant }>()(
  (db, value) => ({
    compile: () =>
      sql`UPDATE shelf_counts SET marked_until = ${untilOf(value('at'))}, stale = 1
        WHERE ${isIn(value)} AND library_id IN (SELECT i.library_id FROM collection_items AS c
          JOIN media_items AS i ON i.id = c.item_id WHERE c.collection_id = ${value('collection')})`.compile(db),
  }),
);

/**
 * After a mark on the library itself. Where it is newer than all others and covers every leaf it decides alone: all or
 * none is watched. Else the library is counted anew.
 */
export const markShelves = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  library: MediaItemId,
  { watched, at }: Mark,
): Promise<void> => {
  await markAll(tx, { ...pairOf(scopes), library, at, watched: watched ? 1 : 0 });
};

const markAll = prepare<{ first: ScopeId; second: ScopeId; library: MediaItemId; at: Instant; watched: Flag }>()(
  (db, value) => ({
    compile: () => {
      const alone = sql`marked_until < ${value('at')} AND c.added_until <= ${value('at')} AND shelf_counts.changes = c.changes`;
      return sql`UPDATE shelf_counts SET stale = CASE WHEN ${alone} THEN 0 ELSE 1 END,
          unwatched = CASE WHEN ${alone} THEN CASE WHEN ${value('watched')} = 1 THEN 0 ELSE c.leaves END ELSE unwatched END
        FROM leaf_counts AS c
        WHERE ${isIn(value)} AND library_id = ${value('library')} AND c.item_id = library_id`.compile(db);
    },
  }),
);

const isIn = (value: Value<{ first: ScopeId; second: ScopeId }>) =>
  sql`scope_id IN (${value('first')}, ${value('second')})`;

/** After marks were put or taken away by other rules than the newest winning: nothing that was counted holds. */
export const forgetShelves = async (tx: Transaction, scopes: readonly ScopeId[]): Promise<void> => {
  await tx.deleteFrom('shelf_counts').where('scope_id', 'in', scopes).execute();
};

/** What was counted of a library. */
export interface Shelf {
  unwatched: number;
  /** No mark on anything in it is newer. */
  markedUntil: Instant;
  /** `leaf_counts.changes`, read before anything was counted. */
  changes: number;
}

/** Keeps what was counted; the scope is locked since before. */
export const keepShelf = async (
  tx: Transaction,
  scope: ScopeId,
  library: MediaItemId,
  { unwatched, markedUntil, changes }: Shelf,
): Promise<void> => {
  const counted = { unwatched, marked_until: markedUntil, changes, stale: 0 as const };
  await tx
    .insertInto('shelf_counts')
    .values({ scope_id: scope, library_id: library, ...counted })
    .onConflict((conflict) => conflict.columns(['scope_id', 'library_id']).doUpdateSet(counted))
    .execute();
};
