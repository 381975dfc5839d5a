import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { positionsInSeries } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { wantedBy } from './choice-sql.ts';

interface KeptValues {
  user: UserId;
  scope: ScopeId;
  /** After this key … */
  at: Instant;
  id: number;
  /** … with activity not below this. */
  floor: Instant;
  now: Instant;
  limit: number;
}

/** Exported for the test that holds it against its plan. */
export const keptIn = (db: Reader, value: Value<KeptValues>, chose: boolean) =>
  db
    .selectFrom('series_states as st')
    .select(['st.series_id', 'st.library_id', 'st.activity_at', 'st.last_item_id', 'st.last_at'])
    .select(['st.next_item_id', 'st.next_at'])
    .where('st.scope_id', '=', value('scope'))
    .where('st.stale', '=', 0)
    .where('st.open', '=', 1)
    .where('st.activity_at', '>=', value('floor'))
    .where(hasSomething(db, value('now')))
    .where(sql<SqlBool>`(st.activity_at, st.series_id) < (${value('at')}, ${value('id')})`)
    .$if(chose, (query) => query.where(wantedBy(value('user'), sql`st.series_id`, sql`st.activity_at`, value('now'))))
    .orderBy('st.activity_at', 'desc')
    .orderBy('st.series_id', 'desc')
    .limit(value('limit'));

/** Of a series that waits for its next episode to be shown only one in progress can be. */
const hasSomething = (db: Reader, now: RawBuilder<Instant>): RawBuilder<SqlBool> =>
  sql<SqlBool>`((st.next_item_id IS NOT NULL AND (st.next_at IS NULL OR st.next_at <= ${now}))
    OR EXISTS (SELECT 1 FROM play_states AS begun ${positionsInSeries(dialectOf(db))}
      WHERE begun.scope_id = st.scope_id AND begun.series_id = st.series_id AND begun.position_ms IS NOT NULL))`;

/**
 * Where one scope stands in series, after a key, newest activity first: those in which there may be something to show and
 * that its user wants to see. Stale ones are left out.
 * @param chose whether the user ever chose anything
 */
export const keptPointers = (chose: boolean) => (chose ? chosenPointers : allPointers);

const allPointers = prepare<KeptValues>()((db, value) => keptIn(db, value, false));
const chosenPointers = prepare<KeptValues>()((db, value) => keptIn(db, value, true));

export type KeptRow = Awaited<ReturnType<typeof allPointers>>[number];

/** The newest stale series of a scope after a key, with activity not below `floor`, that no mark on a library overrules. */
export const staleSeries = async (
  db: Reader,
  scope: ScopeId,
  after: { at: Instant },
  floor: Instant,
  limit: number,
): Promise<MediaItemId[]> => {
  const rows = await stale(db, { scope, at: after.at, floor, limit });
  return rows.map((row) => row.series_id);
};

const stale = prepare<{ scope: ScopeId; at: Instant; floor: Instant; limit: number }>()((db, value) =>
  db
    .selectFrom('series_states as st')
    .select('st.series_id')
    .where('st.scope_id', '=', value('scope'))
    .where('st.stale', '=', 1)
    .where('st.open', '=', 1)
    .where('st.activity_at', '<=', value('at'))
    .where('st.activity_at', '>=', value('floor'))
    .where(sql<SqlBool>`NOT EXISTS (SELECT 1 FROM marks AS shelf WHERE shelf.scope_id = st.scope_id
      AND shelf.item_id = st.library_id AND shelf.at > st.activity_at)`)
    .orderBy('st.activity_at', 'desc')
    .limit(value('limit')),
);

/** A series in which two merged scopes may have something to show, with its newest activity in either. */
export interface Candidate {
  seriesId: MediaItemId;
  activityAt: Instant;
}

interface BothValues {
  user: UserId;
  first: ScopeId;
  second: ScopeId;
  at: Instant;
  id: number;
  now: Instant;
  limit: number;
}

/**
 * Candidates for two scopes read as one, after a key, newest activity first. Where neither scope has anything open, the
 * merge has neither: both hold only watched marks then, and their union leaves no gap that one of them does not.
 */
export const candidatesInBoth = async (db: Reader, values: BothValues): Promise<Candidate[]> => {
  const rows = await inBoth(db, values);
  return rows.map((row) => ({ seriesId: row.series_id, activityAt: row.activity_at }));
};

const inBoth = prepare<BothValues>()((db, value) => {
  const scopes = sql`(${value('first')}, ${value('second')})`;
  const merged = db
    .selectFrom('series_states as st')
    .select(['st.series_id', sql<Instant>`max(st.activity_at)`.as('activity_at')])
    .where('st.scope_id', 'in', sql<ScopeId>`${scopes}`)
    .groupBy('st.series_id')
    .having(sql<SqlBool>`max(CASE WHEN st.open = 1 OR ${isUnmarked(scopes)} THEN 1 ELSE 0 END) = 1`);
  return db
    .selectFrom(merged.as('of_either'))
    .select(['of_either.series_id', 'of_either.activity_at'])
    .where(sql<SqlBool>`(of_either.activity_at, of_either.series_id) < (${value('at')}, ${value('id')})`)
    .where(wantedBy(value('user'), sql`of_either.series_id`, sql`of_either.activity_at`, value('now')))
    .orderBy('of_either.activity_at', 'desc')
    .orderBy('of_either.series_id', 'desc')
    .limit(value('limit'));
});

const isUnmarked = (scopes: RawBuilder<unknown>) => sql`EXISTS (SELECT 1 FROM marks AS shelf
  WHERE shelf.scope_id IN ${scopes} AND shelf.item_id = st.library_id AND shelf.watched = 0)`;
