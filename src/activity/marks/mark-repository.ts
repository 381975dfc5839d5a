import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { pairOf, scopeList } from './covering-sql.ts';
import type { Mark } from './watched.ts';

/** The last writer wins, of equal instants `watched` (the rule of `overrules`): the order of arrival does not matter. */
const lastWriterWins = sql`ON CONFLICT (scope_id, item_id) DO UPDATE SET watched = excluded.watched, at = excluded.at
  WHERE excluded.at > marks.at OR (excluded.at = marks.at AND excluded.watched > marks.watched)`;

/** One row in each scope, at any level of the tree. */
export const saveMark = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  item: MediaItemId,
  mark: Mark,
): Promise<void> => {
  await upsert(tx, { ...pairOf(scopes), item, watched: mark.watched ? 1 : 0, at: mark.at });
};

const upsert = prepare<{ first: ScopeId; second: ScopeId; item: MediaItemId; watched: Flag; at: Instant }>()(
  (db, value) => ({
    compile: () =>
      sql`INSERT INTO marks (scope_id, item_id, watched, at)
        SELECT s.id, ${value('item')}, ${value('watched')}, ${value('at')}
        FROM scopes AS s WHERE s.id IN (${value('first')}, ${value('second')}) ${lastWriterWins}`.compile(db),
  }),
);

/** Marks every movie of a collection that may be seen: a collection lies beside the tree, so its mark is theirs. */
export const markMembers = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  grants: Grants | null,
  collection: MediaItemId,
  mark: Mark,
): Promise<void> => {
  await sql`INSERT INTO marks (scope_id, item_id, watched, at)
    SELECT s.id, i.id, ${mark.watched ? 1 : 0}, ${mark.at}
    FROM scopes AS s CROSS JOIN collection_items AS c JOIN media_items AS i ON i.id = c.item_id
    WHERE s.id IN (${scopeList(scopes)}) AND c.collection_id = ${collection} AND ${grants ? visibleTo(grants, 'i') : sql`1 = 1`}
    ${lastWriterWins}`.execute(tx);
};

/** Ends the positions of a leaf that are not newer than a mark on it. */
export const endPosition = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  leaf: MediaItemId,
  at: Instant,
): Promise<void> => {
  await endOne(tx, { ...pairOf(scopes), leaf, at });
};

const endOne = prepare<{ first: ScopeId; second: ScopeId; leaf: MediaItemId; at: Instant }>()((db, value) =>
  db
    .updateTable('play_states')
    .set({ position_ms: null })
    .where('scope_id', 'in', sql<ScopeId>`(${value('first')}, ${value('second')})`)
    .where('item_id', '=', value('leaf'))
    .where('reported_at', '<=', value('at')),
);

/** The same for the leaves of a series that a mark on it covers. */
export const endPositionsInSeries = (tx: Transaction, scopes: readonly ScopeId[], series: MediaItemId, at: Instant) =>
  endPositions(
    tx,
    scopes,
    at,
    sql`series_id = ${series} AND item_id IN (SELECT i.id FROM media_items AS i WHERE i.root_id = ${series} AND i.added_at <= ${at})`,
  );

/** The same for those of a season. */
export const endPositionsInSeason = (
  tx: Transaction,
  scopes: readonly ScopeId[],
  series: MediaItemId,
  season: MediaItemId,
  at: Instant,
) =>
  endPositions(
    tx,
    scopes,
    at,
    sql`series_id = ${series} AND item_id IN (SELECT i.id FROM media_items AS i WHERE i.parent_id = ${season} AND i.added_at <= ${at})`,
  );

/** The same for the movies of a collection. */
export const endPositionsOfMembers = (
  tx: Transaction,
  scopes: readonly ScopeId[],
  collection: MediaItemId,
  at: Instant,
) =>
  endPositions(
    tx,
    scopes,
    at,
    sql`item_id IN (SELECT c.item_id FROM collection_items AS c WHERE c.collection_id = ${collection})`,
  );

const endPositions = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  at: Instant,
  which: RawBuilder<unknown>,
): Promise<void> => {
  await tx
    .updateTable('play_states')
    .set({ position_ms: null })
    .where('scope_id', 'in', scopes)
    .where('position_ms', 'is not', null)
    // The plus keeps SQLite from walking all positions of the scope by their instants.
    .where(sql<SqlBool>`+reported_at <= ${at}`)
    .where(which as RawBuilder<SqlBool>)
    .execute();
};
