import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { livesIn, newestReportIn } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ScopeId, UserId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { byGrants } from './by-grants.ts';
import { choseAnything, hiddenBy, wantedBy } from './choice-sql.ts';
import { type FactsRow, factColumns, prepareList } from './facts-query.ts';
import type { PositionRow } from './position-query.ts';

/** A position that may be hidden. */
export interface LeftRow extends PositionRow {
  hidden: Flag;
}

interface Values {
  user: UserId;
  first: ScopeId;
  second: ScopeId;
  /** After this key … */
  at: Instant;
  id: number;
  limit: number;
  now: Instant;
}

/** Exported for the test that holds it against its plan. */
export const leftInOne = (db: Reader, value: Value<Values>) =>
  select(db, value)
    .where('p.scope_id', '=', value('first'))
    .where(sql<SqlBool>`(NOT ${choseAnything(value('user'))} OR ${wanted(value, value('first'))})`);

/**
 * Positions that one scope keeps, newest first: those that its user wants to see. Whether each may be seen, and which is
 * the newest of its series, is left to the reader: rows that are not are few. One statement.
 */
export const positionsInOne = prepareList<Values, FactsRow, LeftRow>((db, value, dialect) => ({
  facts: factColumns(dialect, value('first')),
  columns: ['item_id', 'series_id', 'position_ms', 'duration_ms', 'reported_at', 'hidden'],
  rows: sql`${leftInOne(db, value)}`,
}));

/** Positions in the merge of two scopes that stand in the list, newest first. */
export const positionsInTwo = byGrants((grants) =>
  prepare<Values>()((db, value) => {
    const scopes = sql`${value('first')}, ${value('second')}`;
    return select(db, value)
      .innerJoin('media_items as i', 'i.id', 'p.item_id')
      .where('p.scope_id', 'in', sql<ScopeId>`(${scopes})`)
      .where(newestReportIn(scopes, 'p'))
      .where('i.removed_at', 'is', null)
      .where(visibleTo(grants, 'i'))
      .where(livesIn(scopes, 'p', 'i'))
      .where(newestOfSeries(grants, scopes))
      .where(wanted(value, scopes));
  }),
);

const select = (db: Reader, value: Value<Values>) =>
  db
    .selectFrom('play_states as p')
    .select(['p.item_id', 'p.series_id', 'p.duration_ms', 'p.reported_at'])
    .select((of) => of.ref('p.position_ms').$castTo<PositionRow['position_ms']>().as('position_ms'))
    .select(hidden(value))
    .where('p.position_ms', 'is not', null)
    .where(sql<SqlBool>`(p.reported_at, p.item_id) < (${value('at')}, ${value('id')})`)
    .orderBy('p.reported_at', 'desc')
    .orderBy('p.item_id', 'desc')
    .limit(value('limit'));

const wanted = (value: Value<Values>, scopes: RawBuilder<unknown>) =>
  wantedBy(value('user'), sql`coalesce(p.series_id, p.item_id)`, activityIn(scopes), value('now'));

/** A hidden leaf is read all the same: nothing older of its series takes its place. */
const hidden = (value: Value<Values>) =>
  sql<Flag>`CASE WHEN ${choseAnything(value('user'))} AND ${hiddenBy(value('user'), sql`p.item_id`, sql`p.reported_at`)}
    THEN 1 ELSE 0 END`.as('hidden');

const activityIn = (scopes: RawBuilder<unknown>) =>
  sql`coalesce((SELECT max(st.activity_at) FROM series_states AS st
    WHERE st.scope_id IN (${scopes}) AND st.series_id = p.series_id), p.reported_at)`;

/** No other leaf of its series that could stand in the list was reported later. */
const newestOfSeries = (grants: Grants, scopes: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(p.series_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM play_states AS other JOIN media_items AS sibling ON sibling.id = other.item_id
    WHERE other.scope_id IN (${scopes}) AND other.series_id = p.series_id AND other.position_ms IS NOT NULL
      AND other.reported_at >= p.reported_at
      AND (other.reported_at > p.reported_at OR other.item_id > p.item_id)
      AND other.item_id <> p.item_id AND sibling.removed_at IS NULL
      AND ${newestReportIn(scopes, 'other')} AND ${livesIn(scopes, 'other', 'sibling')}
      AND ${visibleTo(grants, 'sibling')}))`;
