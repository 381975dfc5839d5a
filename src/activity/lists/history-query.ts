import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId, UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { byGrants } from './by-grants.ts';
import { keyOf } from './list-key.ts';

const LIST = 'history';

export interface HistoryRequest extends PageRequest {
  kind?: MediaKind | undefined;
  libraryId?: MediaItemId | undefined;
  /** Plays that began at this instant or later … */
  from?: Instant | undefined;
  /** … and before this one. */
  to?: Instant | undefined;
}

/** A play as history shows it. */
export interface PlayRow {
  id: PlayId;
  itemId: MediaItemId;
  startedAt: Instant;
  lastAt: Instant;
  endedAt: Instant | null;
  positionMs: Millis | null;
  durationMs: Millis | null;
  completed: boolean;
  method: string | null;
  clientName: string | null;
  device: { deviceUserId: DeviceUserId; name: string };
}

/** Plays that the viewer may know of, newest first: of items that may be seen, retired ones too. One statement. */
export const historyPage = async (db: Reader, viewer: Viewer, request: HistoryRequest): Promise<Page<PlayRow>> => {
  const { at, id } = keyOf(LIST, request.cursor);
  const rows = await (seesGroup(viewer) ? ofGroup : ofDevice)(viewer.grants)(db, {
    user: viewer.userId,
    device: viewer.deviceUserId,
    at: Math.min(at, (request.to ?? Number.MAX_SAFE_INTEGER) - 1),
    // Past the end of the period the cursor's id has no say.
    id: request.to !== undefined && request.to - 1 < at ? Number.MAX_SAFE_INTEGER : id,
    from: request.from ?? Number.MIN_SAFE_INTEGER,
    kind: request.kind ?? '',
    library: request.libraryId ?? 0,
    limit: request.limit + 1,
  });
  const page = pageOf(rows, request.limit, LIST, (row) => [row.started_at, row.id]);
  return { ...page, items: page.items.map(rowOf) };
};

/** Loud and quiet devices see what the group's loud and shouting ones did; the others only what they did themselves. */
export const seesGroup = (viewer: Viewer): boolean => viewer.isolation === 'loud' || viewer.isolation === 'quiet';

interface Values {
  user: UserId;
  device: DeviceUserId;
  at: Instant;
  id: number;
  from: Instant;
  kind: string;
  library: number;
  limit: number;
}

const ofGroup = byGrants((grants) =>
  prepare<Values>()((db, value) =>
    select(db, grants, value)
      .where('p.user_id', '=', value('user'))
      .where(groupOrOwn(value('device'))),
  ),
);

const ofDevice = byGrants((grants) =>
  prepare<Values>()((db, value) => select(db, grants, value).where('p.device_user_id', '=', value('device'))),
);

const groupOrOwn = (device: RawBuilder<DeviceUserId>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(du.isolation IN ('loud', 'shout') OR du.id = ${device})`;

const select = (db: Reader, grants: Grants, value: Value<Values>) =>
  db
    .selectFrom('plays as p')
    .innerJoin('media_items as i', 'i.id', 'p.item_id')
    .innerJoin('device_users as du', 'du.id', 'p.device_user_id')
    .innerJoin('devices as d', 'd.id', 'du.device_id')
    .select(['p.id', 'p.item_id', 'p.started_at', 'p.last_at', 'p.ended_at', 'p.position_ms', 'p.duration_ms'])
    .select(['p.completed', 'p.method', 'p.client_name', 'p.device_user_id', 'd.display_name', 'd.reported_name'])
    // As it stands in the partial index: SQLite does not use one for a parameter.
    .where(sql<SqlBool>`p.confirmed = 1 AND p.deleted_at IS NULL`)
    .where('p.started_at', '>=', value('from'))
    .where('p.started_at', '<=', value('at'))
    .where(sql<SqlBool>`(p.started_at < ${value('at')} OR p.id < ${value('id')})`)
    .where(sql<SqlBool>`(${value('kind')} = '' OR i.kind = ${value('kind')})`)
    .where(sql<SqlBool>`(CAST(${value('library')} AS bigint) = 0 OR i.library_id = ${value('library')})`)
    .where(visibleTo(grants, 'i'))
    .orderBy('p.started_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(value('limit'));

type Row = Awaited<ReturnType<ReturnType<typeof ofGroup>>>[number];

const rowOf = (row: Row): PlayRow => ({
  id: row.id,
  itemId: row.item_id,
  startedAt: row.started_at,
  lastAt: row.last_at,
  endedAt: row.ended_at,
  positionMs: row.position_ms,
  durationMs: row.duration_ms,
  completed: row.completed === 1,
  method: row.method,
  clientName: row.client_name,
  device: { deviceUserId: row.device_user_id, name: row.display_name ?? row.reported_name },
});
