import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { livesIn, newestReportIn, pairOf } from '#activity/marks/covering-sql.ts';
import type { InProgress } from '#activity/series/standing-query.ts';
import type { Reader } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ScopeId } from '#kernel/ids.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { type Grants, readScopes, type Viewer } from '#kernel/viewer.ts';
import { byGrants } from './by-grants.ts';
import { keyOf } from './list-key.ts';

const LIST = 'continue-watching';

/** Leaves in progress, newest report first; of one series only the newest. One statement. */
export const continuePage = async (db: Reader, viewer: Viewer, request: PageRequest): Promise<Page<InProgress>> => {
  const scopes = readScopes(viewer);
  const queries = scopes.length === 1 ? inOne(viewer.grants) : inTwo(viewer.grants);
  const rows = await queries(db, {
    ...pairOf(scopes),
    ...keyOf(LIST, request.cursor),
    limit: request.limit + 1,
  });
  const page = pageOf(rows, request.limit, LIST, (row) => [row.reported_at, row.item_id]);
  return { ...page, items: page.items.map(rowOf) };
};

interface Values {
  first: ScopeId;
  second: ScopeId;
  at: Instant;
  id: number;
  limit: number;
}

const inOne = byGrants((grants) =>
  prepare<Values>()((db, value) => {
    const scope = value('first');
    return select(db, grants, scope, value, sql`1 = 1`).where('p.scope_id', '=', scope);
  }),
);

const inTwo = byGrants((grants) =>
  prepare<Values>()((db, value) => {
    const scopes = sql`${value('first')}, ${value('second')}`;
    return select(db, grants, scopes, value, newestReportIn(scopes, 'other'))
      .where('p.scope_id', 'in', sql<ScopeId>`(${scopes})`)
      .where(newestReportIn(scopes, 'p'));
  }),
);

/** @param newest whether the state `other` is the newest report of its leaf */
const select = (
  db: Reader,
  grants: Grants,
  scopes: RawBuilder<unknown>,
  value: Value<Values>,
  newest: RawBuilder<unknown>,
) =>
  db
    .selectFrom('play_states as p')
    .innerJoin('media_items as i', 'i.id', 'p.item_id')
    .select(['p.item_id', 'p.position_ms', 'p.duration_ms', 'p.reported_at'])
    .where('p.position_ms', 'is not', null)
    .where('p.reported_at', '<=', value('at'))
    .where(sql<SqlBool>`(p.reported_at < ${value('at')} OR p.item_id < ${value('id')})`)
    .where('i.removed_at', 'is', null)
    .where(visibleTo(grants, 'i'))
    .where(livesIn(scopes, 'p', 'i'))
    .where(newestOfSeries(grants, scopes, newest))
    .orderBy('p.reported_at', 'desc')
    .orderBy('p.item_id', 'desc')
    .limit(value('limit'));

/** No other leaf of its series that could stand in the list was reported later. */
const newestOfSeries = (
  grants: Grants,
  scopes: RawBuilder<unknown>,
  newest: RawBuilder<unknown>,
): RawBuilder<SqlBool> =>
  sql<SqlBool>`(p.series_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM play_states AS other JOIN media_items AS sibling ON sibling.id = other.item_id
    WHERE other.scope_id IN (${scopes}) AND other.series_id = p.series_id AND other.position_ms IS NOT NULL
      AND other.reported_at >= p.reported_at
      AND (other.reported_at > p.reported_at OR other.item_id > p.item_id)
      AND other.item_id <> p.item_id AND sibling.removed_at IS NULL
      AND ${newest} AND ${livesIn(scopes, 'other', 'sibling')} AND ${visibleTo(grants, 'sibling')}))`;

type Row = Awaited<ReturnType<ReturnType<typeof inOne>>>[number];

const rowOf = (row: Row): InProgress => ({
  itemId: row.item_id,
  positionMs: row.position_ms ?? 0,
  durationMs: row.duration_ms,
  reportedAt: row.reported_at,
});
