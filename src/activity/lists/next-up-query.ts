import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { positionsInSeries } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { jsonRows } from '#database/json.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { choseAnything, wantedBy } from './choice-sql.ts';
import { type FactsRow, factColumns, prepareList } from './facts-query.ts';

interface KeptValues {
  user: UserId;
  scope: ScopeId;
  /** After this key. */
  at: Instant;
  id: number;
  now: Instant;
  limit: number;
}

/** Where a scope stands in a series. */
export interface KeptRow {
  series_id: MediaItemId;
  library_id: MediaItemId;
  activity_at: Instant;
  last_item_id: MediaItemId | null;
  last_at: Instant | null;
  last_on: DeviceUserId | null;
  next_item_id: MediaItemId | null;
  next_at: Instant | null;
  /** The episode in it that was left last, if any, and where. */
  begun_id: MediaItemId | null;
  position_ms: Millis | null;
  duration_ms: Millis | null;
  reported_at: Instant | null;
}

/** Exported for the test that holds it against its plan. */
export const keptIn = (db: Reader, value: Value<KeptValues>) =>
  db
    .selectFrom('series_states as st')
    .leftJoin('play_states as begun', (join) =>
      join.onRef('begun.scope_id', '=', 'st.scope_id').on('begun.item_id', '=', newestBegun(dialectOf(db))),
    )
    .select(['st.series_id', 'st.library_id', 'st.activity_at', 'st.last_item_id', 'st.last_at', 'st.last_on'])
    .select(['st.next_item_id', 'st.next_at', 'begun.item_id as begun_id', 'begun.position_ms', 'begun.duration_ms'])
    .select('begun.reported_at')
    .where('st.scope_id', '=', value('scope'))
    .where('st.stale', '=', 0)
    .where('st.open', '=', 1)
    .where('st.activity_at', '>=', markedUntil(value('scope')))
    .where(hasSomething(value('now')))
    .where(sql<SqlBool>`(st.activity_at, st.series_id) < (${value('at')}, ${value('id')})`)
    .where(sql<SqlBool>`(NOT ${choseAnything(value('user'))}
      OR ${wantedBy(value('user'), sql`st.series_id`, sql`st.activity_at`, value('now'))})`)
    .orderBy('st.activity_at', 'desc')
    .orderBy('st.series_id', 'desc')
    .limit(value('limit'));

/** The instant until which all libraries of series were marked as a whole: what is older is overruled. 0: one never was. */
const markedUntil = (scope: RawBuilder<ScopeId>) =>
  sql<Instant>`(SELECT coalesce(min(coalesce(m.at, 0)), 0)
    FROM libraries AS l LEFT JOIN marks AS m ON m.item_id = l.item_id AND m.scope_id = ${scope}
    WHERE l.library_kind = 'series')`;

const newestBegun = (dialect: SqlDialect) =>
  sql<MediaItemId>`(SELECT p.item_id FROM play_states AS p ${positionsInSeries(dialect)}
    WHERE p.scope_id = st.scope_id AND p.series_id = st.series_id AND p.position_ms IS NOT NULL
    ORDER BY p.reported_at DESC, p.item_id DESC LIMIT 1)`;

/** Of a series that waits for its next episode to be shown only one in progress can be. */
const hasSomething = (now: RawBuilder<Instant>): RawBuilder<SqlBool> =>
  sql<SqlBool>`((st.next_item_id IS NOT NULL AND (st.next_at IS NULL OR st.next_at <= ${now})) OR begun.item_id IS NOT NULL)`;

/** What next up of one scope needs to know besides. */
interface KeptFacts extends FactsRow {
  /** The newest activity in a series whose pointer is stale; null: none is. */
  newest_stale: Instant | null;
  /** JSON: the names of the user's devices, by device user. */
  devices: string | null;
  /** Whether there may be something to watch in collections. */
  collected: Flag;
}

/**
 * Where one scope stands in series, after a key, newest activity first: those in which there may be something to show and
 * that its user wants to see. Stale ones are left out. One statement.
 */
export const keptPointers = prepareList<KeptValues, KeptFacts, KeptRow>((db, value, dialect) => ({
  facts: {
    ...factColumns(dialect, value('scope')),
    newest_stale: sql`(SELECT max(st.activity_at) FROM series_states AS st
      WHERE st.scope_id = ${value('scope')} AND st.stale = 1 AND st.open = 1
        AND st.activity_at >= ${markedUntil(value('scope'))})`,
    devices: jsonRows(
      dialect,
      ['id', 'name'],
      sql`SELECT du.id, coalesce(d.display_name, d.reported_name) AS name
        FROM device_users AS du JOIN devices AS d ON d.id = du.device_id WHERE du.user_id = ${value('user')}`,
    ),
    collected: sql`CASE WHEN EXISTS (SELECT 1 FROM collection_states AS held
      WHERE held.scope_id = ${value('scope')} AND held.open = 1) THEN 1 ELSE 0 END`,
  },
  columns: [
    'series_id',
    'library_id',
    'activity_at',
    'last_item_id',
    'last_at',
    'last_on',
    'next_item_id',
    'next_at',
    'begun_id',
    'position_ms',
    'duration_ms',
    'reported_at',
  ],
  rows: sql`${keptIn(db, value)}`,
}));

/** The newest stale series of a scope with activity from `floor` to `at` that no mark on a library overrules. */
export const staleSeries = async (
  db: Reader,
  scope: ScopeId,
  bounds: { at: Instant; floor: Instant },
  limit: number,
): Promise<MediaItemId[]> => {
  const rows = await stale(db, { scope, ...bounds, limit });
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
