import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { wantedBy } from '#activity/lists/choice-sql.ts';
import type { Reader } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';

/** A collection in which there may be something to watch. */
export interface OpenRow {
  collection_id: MediaItemId;
  activity_at: Instant;
}

interface Values {
  user: UserId;
  first: ScopeId;
  second: ScopeId;
  /** After this key … */
  at: Instant;
  id: number;
  /** … with activity not below this. */
  floor: Instant;
  now: Instant;
  limit: number;
}

/** Exported for the test that holds it against its plan. */
export const openInOne = (db: Reader, value: Value<Values>) =>
  db
    .selectFrom('collection_states as st')
    .select(['st.collection_id', 'st.activity_at'])
    .where('st.scope_id', '=', value('first'))
    .where('st.open', '=', 1)
    .where('st.activity_at', '>=', value('floor'))
    .where(sql<SqlBool>`(st.activity_at, st.collection_id) < (${value('at')}, ${value('id')})`)
    .where(wanted(value, sql`st`))
    .orderBy('st.activity_at', 'desc')
    .orderBy('st.collection_id', 'desc')
    .limit(value('limit'));

const inOne = prepare<Values>()((db, value) => openInOne(db, value));

/** Where neither scope has anything open, the merge has neither, unless one of them unwatched a whole library. */
const inBoth = prepare<Values>()((db, value) => {
  const scopes = sql`(${value('first')}, ${value('second')})`;
  const unmarked = sql`EXISTS (SELECT 1 FROM libraries AS l CROSS JOIN marks AS m
    WHERE m.scope_id IN ${scopes} AND m.item_id = l.item_id AND m.watched = 0)`;
  const merged = db
    .selectFrom('collection_states as st')
    .select(['st.collection_id', sql<Instant>`max(st.activity_at)`.as('activity_at')])
    .where('st.scope_id', 'in', sql<ScopeId>`${scopes}`)
    .groupBy('st.collection_id')
    .having(sql<SqlBool>`(max(st.open) = 1 OR ${unmarked})`);
  return db
    .selectFrom(merged.as('of_either'))
    .select(['of_either.collection_id', 'of_either.activity_at'])
    .where('of_either.activity_at', '>=', value('floor'))
    .where(sql<SqlBool>`(of_either.activity_at, of_either.collection_id) < (${value('at')}, ${value('id')})`)
    .where(wanted(value, sql`of_either`))
    .orderBy('of_either.activity_at', 'desc')
    .orderBy('of_either.collection_id', 'desc')
    .limit(value('limit'));
});

const wanted = (value: Value<Values>, row: RawBuilder<unknown>) =>
  wantedBy(value('user'), sql`${row}.collection_id`, sql`${row}.activity_at`, value('now'));

/** Collections after a key that may be in next up of one scope or of two merged, newest activity first. One statement. */
export const openCollections = (db: Reader, values: Values): Promise<OpenRow[]> =>
  values.first === values.second ? inOne(db, values) : inBoth(db, values);
