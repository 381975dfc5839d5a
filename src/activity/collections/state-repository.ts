import { type RawBuilder, sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';

interface Noted {
  first: ScopeId;
  second: ScopeId;
  /** A movie, or a collection whose movies were marked. */
  item: MediaItemId;
  at: Instant;
}

/** A movie was marked, or its position moved: that is activity in the collections that hold it. */
export const noteMovie = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  movie: MediaItemId,
  at: Instant,
): Promise<void> => {
  await activeIn(tx, { ...pairOf(scopes), item: movie, at });
};

/** The movies of a collection were marked: that is activity in all collections that hold one of them. */
export const noteMembersMarked = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  collection: MediaItemId,
  at: Instant,
): Promise<void> => {
  await membersMarkedIn(tx, { ...pairOf(scopes), item: collection, at });
};

const note = (collections: (value: RawBuilder<MediaItemId>) => RawBuilder<unknown>) =>
  prepare<Noted>()((db, value) => ({
    compile: () =>
      sql`INSERT INTO collection_states (scope_id, collection_id, activity_at, open)
        SELECT s.id, held.collection_id, ${value('at')}, 1
        FROM scopes AS s CROSS JOIN (${collections(value('item'))}) AS held
        WHERE s.id IN (${value('first')}, ${value('second')})
        ON CONFLICT (scope_id, collection_id) DO UPDATE SET open = 1, activity_at =
          CASE WHEN excluded.activity_at > collection_states.activity_at
            THEN excluded.activity_at ELSE collection_states.activity_at END`.compile(db),
  }));

const holding = (movie: RawBuilder<MediaItemId>) =>
  sql`SELECT c.collection_id FROM collection_items AS c WHERE c.item_id = ${movie}`;

const activeIn = note(holding);
const membersMarkedIn = note(
  (collection) => sql`SELECT DISTINCT c.collection_id FROM collection_items AS member
    JOIN collection_items AS c ON c.item_id = member.item_id WHERE member.collection_id = ${collection}`,
);

/** A mark on a library came or went: in any collection there may be something to watch now. */
export const reopenCollections = async (tx: Transaction, scopes: readonly ScopeId[]): Promise<void> => {
  await reopen(tx, pairOf(scopes));
};

const reopen = prepare<{ first: ScopeId; second: ScopeId }>()((db, value) => ({
  compile: () =>
    sql`UPDATE collection_states SET open = 1
      WHERE scope_id IN (${value('first')}, ${value('second')}) AND open = 0`.compile(db),
}));

/**
 * Locks what a scope holds of these collections, before they are looked at: a movie that is added meanwhile is either seen
 * then, or opens its collection again afterwards.
 */
export const lockCollections = async (
  tx: Transaction,
  scope: ScopeId,
  collections: readonly MediaItemId[],
): Promise<void> => {
  if (dialectOf(tx).name === 'sqlite') return;
  await tx
    .selectFrom('collection_states')
    .select('collection_id')
    .where('scope_id', '=', scope)
    .where('collection_id', 'in', collections)
    .orderBy('collection_id')
    .forUpdate()
    .execute();
};

/** There is nothing to watch in these collections, until something changes. */
export const closeCollections = async (
  tx: Transaction,
  scope: ScopeId,
  collections: readonly MediaItemId[],
): Promise<void> => {
  if (collections.length === 0) return;
  await tx
    .updateTable('collection_states')
    .set({ open: 0 })
    .where('scope_id', '=', scope)
    .where('collection_id', 'in', collections)
    .execute();
};

/** Movies of these collections came, went, or stand elsewhere in them: looks at them anew, in every scope. */
export const collectionsChanged = async (tx: Transaction, collections: readonly MediaItemId[]): Promise<void> => {
  const these = sql<string>`${idList(dialectOf(tx), collections)}`;
  await recollect(tx, idIn(dialectOf(tx), 'c.collection_id', these));
};

/** What is known of these movies (a few hundred at most) was put right in these scopes: says anew where they are active. */
export const collectionsSettled = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  movies: readonly MediaItemId[],
): Promise<void> => {
  const dialect = dialectOf(tx);
  const list = sql<string>`${idList(dialect, movies)}`;
  const held = sql`(SELECT held.collection_id FROM collection_items AS held WHERE ${idIn(dialect, 'held.item_id', list)})`;
  const within = sql`scope_id IN (${sql.join(scopes)})`;
  await sql`DELETE FROM collection_states WHERE ${within} AND collection_id IN ${held}`.execute(tx);
  await recollect(tx, sql`${within} AND c.collection_id IN ${held}`);
};

/**
 * The newest activity in collections by what is known of their movies: of one that the mark on its library does not cover
 * it is at least as new as that mark. From the movies, or SQLite walks all marks of a scope.
 */
const recollect = async (tx: Transaction, which: RawBuilder<unknown>): Promise<void> => {
  await sql`INSERT INTO collection_states (scope_id, collection_id, activity_at, open)
    SELECT known.scope_id, known.collection_id, max(known.at), 1 FROM (
      SELECT m.scope_id, c.collection_id, m.at
        FROM collection_items AS c CROSS JOIN marks AS m WHERE ${which} AND m.item_id = c.item_id
      UNION ALL SELECT m.scope_id, c.collection_id, m.at
        FROM collection_items AS c CROSS JOIN media_items AS i CROSS JOIN marks AS m
        WHERE ${which} AND i.id = c.item_id AND m.item_id = i.library_id AND m.watched = 1 AND i.added_at > m.at AND i.removed_at IS NULL
      UNION ALL SELECT p.scope_id, c.collection_id, p.reported_at
        FROM collection_items AS c CROSS JOIN play_states AS p
        WHERE ${which} AND p.item_id = c.item_id AND coalesce(p.position_ms, -1) >= 0
    ) AS known GROUP BY known.scope_id, known.collection_id
    ON CONFLICT (scope_id, collection_id) DO UPDATE SET activity_at = excluded.activity_at, open = 1`.execute(tx);
};

/** Merges what own scopes of a user hold into their group's, where nothing is yet. */
export const mergeCollections = async (tx: Transaction, group: ScopeId, own: readonly ScopeId[]): Promise<void> => {
  await sql`INSERT INTO collection_states (scope_id, collection_id, activity_at, open)
    SELECT CAST(${group} AS bigint), st.collection_id, max(st.activity_at), 1
    FROM collection_states AS st WHERE st.scope_id IN (${sql.join(own)}) GROUP BY st.collection_id`.execute(tx);
};
