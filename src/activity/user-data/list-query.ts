import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import { seesGroup } from '#activity/lists/history-query.ts';
import { keyOf } from '#activity/lists/list-key.ts';
import { livesIn, newestReportIn, pairOf } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { type Prepared, prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import type { DeviceUserId, MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { type Page, pageOf } from '#kernel/page.ts';
import { type Grants, readScopes, type Viewer } from '#kernel/viewer.ts';
import type { ListRequest } from './types.ts';

/** Lists of items that a user has something of: leaves or series last busy with, in progress, favourites. */
export type UserDataList = 'history' | 'series' | 'continue' | 'favorites';

const MOST_LEFT_OUT = 10_000;

/** One page of a list of one kind, newest first. One statement. */
export const listPage = async (
  db: Reader,
  viewer: Viewer,
  list: UserDataList,
  kind: MediaKind,
  request: ListRequest,
): Promise<Page<MediaItemId>> => {
  const name = `user-data ${list}`;
  const rows = await pages(viewer.grants)[list](db, {
    ...pairOf(readScopes(viewer)),
    ...keyOf(name, request.cursor),
    user: viewer.userId,
    // Nobody is device 0: who hears only themselves.
    device: viewer.deviceUserId,
    group: seesGroup(viewer) ? 1 : 0,
    kind,
    limit: request.limit + 1,
    offset: checkedOffset(request.offset),
  });
  const page = pageOf(rows, request.limit, name, (row) => [row.at, row.key]);
  return { ...page, items: page.items.map((row) => row.item_id) };
};

const checkedOffset = (offset = 0): number => {
  if (Number.isSafeInteger(offset) && offset >= 0 && offset <= MOST_LEFT_OUT) return offset;
  const message = `must be a whole number from 0 to ${MOST_LEFT_OUT}`;
  throw invalid(`The offset ${message}; go on with the cursor instead.`, [{ path: 'offset', message }]);
};

interface Values {
  first: ScopeId;
  second: ScopeId;
  user: UserId;
  device: DeviceUserId;
  group: number;
  kind: MediaKind;
  at: Instant;
  id: number;
  limit: number;
  offset: number;
}

interface Row {
  item_id: MediaItemId;
  at: Instant;
  /** With `at` what the list is ordered by. */
  key: number;
}

type Query = (grants: Grants, value: Value<Values>) => RawBuilder<Row>;

/**
 * Of an item played more than once only the newest play that the viewer may know of. Retired items stay in it. Whether
 * there is a newer one is looked up device by device, so that an item played ten thousand times takes as long as another.
 */
const history: Query = (grants, value) => {
  const heard = sql`(du.id = ${value('device')} OR (${value('group')} = 1 AND du.isolation IN ('loud', 'shout')))`;
  return sql`SELECT p.item_id, p.started_at AS at, p.id AS key
    FROM plays AS p JOIN media_items AS i ON i.id = p.item_id
    WHERE p.user_id = ${value('user')} AND p.confirmed = 1 AND p.deleted_at IS NULL AND p.started_at <= ${value('at')}
      AND ${before(sql`p.started_at`, sql`p.id`, value)} AND i.kind = ${value('kind')} AND ${visibleTo(grants, 'i')}
      AND EXISTS (SELECT 1 FROM device_users AS du WHERE du.id = p.device_user_id AND ${heard})
      AND NOT EXISTS (SELECT 1 FROM device_users AS du CROSS JOIN plays AS later
        WHERE du.user_id = ${value('user')} AND ${heard}
          AND later.item_id = p.item_id AND later.device_user_id = du.id AND later.started_at >= p.started_at
          AND (later.started_at > p.started_at OR later.id > p.id)
          AND later.confirmed = 1 AND later.deleted_at IS NULL)
    ORDER BY p.started_at DESC, p.id DESC ${slice(value)}`;
};

/** A scope holds one row a series that anything was ever done in, so that all of them can be put in order. */
const series: Query = (grants, value) =>
  sql`SELECT busy.item_id, busy.at, busy.item_id AS key FROM (
      SELECT s.series_id AS item_id, max(s.activity_at) AS at FROM series_states AS s
      WHERE s.scope_id IN ${scopes(value)} GROUP BY s.series_id
    ) AS busy JOIN media_items AS i ON i.id = busy.item_id
    WHERE ${before(sql`busy.at`, sql`busy.item_id`, value)} AND i.kind = ${value('kind')} AND ${visibleTo(grants, 'i')}
    ORDER BY busy.at DESC, busy.item_id DESC ${slice(value)}`;

const inProgress: Query = (grants, value) => {
  const read = sql`${value('first')}, ${value('second')}`;
  return sql`SELECT p.item_id, p.reported_at AS at, p.item_id AS key
    FROM play_states AS p JOIN media_items AS i ON i.id = p.item_id
    WHERE p.scope_id IN ${scopes(value)} AND p.position_ms IS NOT NULL AND p.reported_at <= ${value('at')}
      AND ${before(sql`p.reported_at`, sql`p.item_id`, value)}
      AND i.kind = ${value('kind')} AND i.removed_at IS NULL AND ${visibleTo(grants, 'i')}
      AND ${livesIn(read, 'p', 'i')} AND ${newestReportIn(read, 'p')}
    ORDER BY p.reported_at DESC, p.item_id DESC ${slice(value)}`;
};

const favorites: Query = (grants, value) =>
  sql`SELECT o.item_id, o.favourite_at AS at, o.item_id AS key
    FROM opinions AS o JOIN media_items AS i ON i.id = o.item_id
    WHERE o.user_id = ${value('user')} AND o.favourite = 1 AND o.favourite_at <= ${value('at')}
      AND ${before(sql`o.favourite_at`, sql`o.item_id`, value)}
      AND i.kind = ${value('kind')} AND i.removed_at IS NULL AND ${visibleTo(grants, 'i')}
    ORDER BY o.favourite_at DESC, o.item_id DESC ${slice(value)}`;

const scopes = (value: Value<Values>) => sql`(${value('first')}, ${value('second')})`;

/** After the row that the cursor names. */
const before = (at: RawBuilder<unknown>, key: RawBuilder<unknown>, value: Value<Values>): RawBuilder<SqlBool> =>
  sql`(${at} < ${value('at')} OR (${at} = ${value('at')} AND ${key} < ${value('id')}))`;

const slice = (value: Value<Values>) => sql`LIMIT ${value('limit')} OFFSET ${value('offset')}`;

const queries: Record<UserDataList, Query> = { history, series, continue: inProgress, favorites };

/** Exported for the test that holds every such query against its plan. */
export const listQuery = (list: UserDataList, grants: Grants, value: Value<Values>): RawBuilder<Row> =>
  queries[list](grants, value);

const pages = byGrants((grants): Record<UserDataList, Prepared<Values, Row>> => {
  const page = (list: UserDataList) =>
    prepare<Values>()<Row>((db, value) => ({ compile: () => listQuery(list, grants, value).compile(db) }));
  return { history: page('history'), series: page('series'), continue: page('continue'), favorites: page('favorites') };
});
