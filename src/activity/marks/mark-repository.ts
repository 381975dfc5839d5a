import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { pairOf } from './covering-sql.ts';
import { inEachScope, rowsInScopes, type ScopePair } from './scope-write.ts';
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
  const values = { item, watched: mark.watched ? 1 : 0, at: mark.at } as const;
  await inEachScope(tx, scopes, (pair) => upsert(tx, { ...pair, ...values }));
};

const upsert = prepare<ScopePair & { item: MediaItemId; watched: Flag; at: Instant }>()((db, value, dialect) => {
  const columns = sql`${value('item')}, ${value('watched')}, ${value('at')}`;
  return {
    compile: () =>
      sql`INSERT INTO marks (scope_id, item_id, watched, at) ${rowsInScopes(dialect, value, columns)} ${lastWriterWins}`.compile(
        db,
      ),
  };
});

/** Marks every movie of a collection that may be seen: a collection lies beside the tree, so its mark is theirs. */
export const markMembers = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  grants: Grants | null,
  collection: MediaItemId,
  mark: Mark,
): Promise<void> => {
  const values = { ...pairOf(scopes), collection, watched: mark.watched ? 1 : 0, at: mark.at } as const;
  await (grants === null ? markAll : markSeen(grants))(tx, values);
};

interface MemberValues {
  first: ScopeId;
  second: ScopeId;
  collection: MediaItemId;
  watched: Flag;
  at: Instant;
}

const upsertMembers = (grants: Grants | null) =>
  prepare<MemberValues>()((db, value) => ({
    compile: () =>
      sql`INSERT INTO marks (scope_id, item_id, watched, at)
        SELECT s.id, i.id, ${value('watched')}, ${value('at')}
        FROM scopes AS s CROSS JOIN collection_items AS c JOIN media_items AS i ON i.id = c.item_id
        WHERE s.id IN (${value('first')}, ${value('second')}) AND c.collection_id = ${value('collection')}
          AND ${seenBy(grants)} ${lastWriterWins}`.compile(db),
  }));

const markAll = upsertMembers(null);
const markSeen = byGrants(upsertMembers);

/** @param grants null: everything */
const seenBy = (grants: Grants | null): RawBuilder<SqlBool> => (grants ? visibleTo(grants, 'i') : sql<SqlBool>`1 = 1`);
