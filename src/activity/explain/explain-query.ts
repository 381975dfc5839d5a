import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { DatePrecision } from '#database/tables/activity.ts';
import type { DeviceKind } from '#database/tables/identity.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId, ScopeId, UserId } from '#kernel/ids.ts';
import type { IsolationMode } from '#kernel/viewer.ts';

/** A user on a device, or an account on a media server: who tells of what was watched. */
export interface Teller {
  deviceUserId: DeviceUserId;
  name: string;
  kind: DeviceKind;
  isolation: IsolationMode;
}

/** The scopes of one user. */
export interface Tellers {
  group: ScopeId;
  own: ReadonlyMap<ScopeId, Teller>;
}

/** The scopes of a user with their devices; undefined where there is no such user. */
export const loadTellers = async (db: Reader, user: UserId): Promise<Tellers | undefined> => {
  const rows = await tellers(db, { user });
  const group = rows.find((row) => row.id === null);
  if (!group) return undefined;
  const own = new Map<ScopeId, Teller>();
  for (const { scope, id, isolation, kind, display_name, reported_name } of rows) {
    if (id === null || isolation === null || kind === null) continue;
    own.set(scope, { deviceUserId: id, isolation, kind, name: display_name ?? reported_name ?? '' });
  }
  return { group: group.scope, own };
};

const tellers = prepare<{ user: UserId }>()((db, value) =>
  db
    .selectFrom('scopes as s')
    .leftJoin('device_users as du', 'du.id', 's.device_user_id')
    .leftJoin('devices as d', 'd.id', 'du.device_id')
    .select(['s.id as scope', 'du.id', 'du.isolation', 'd.kind', 'd.display_name', 'd.reported_name'])
    .where('s.user_id', '=', value('user')),
);

export interface KeptMark {
  scopeId: ScopeId;
  itemId: MediaItemId;
  watched: boolean;
  at: Instant;
}

/** The marks on an item and on what it is in, in all scopes of a user: at most four a scope. */
export const loadMarks = async (db: Reader, user: UserId, items: readonly MediaItemId[]): Promise<KeptMark[]> => {
  const rows = await marks(db, { user, items: idList(dialectOf(db), items) });
  return rows.map((row) => ({ scopeId: row.scope_id, itemId: row.item_id, watched: row.watched === 1, at: row.at }));
};

const marks = prepare<{ user: UserId; items: string }>()((db, value, dialect) =>
  db
    .selectFrom('scopes as s')
    .innerJoin('marks as m', 'm.scope_id', 's.id')
    .select(['m.scope_id', 'm.item_id', 'm.watched', 'm.at'])
    .where('s.user_id', '=', value('user'))
    .where(idIn(dialect, 'm.item_id', value('items'))),
);

export interface KeptPosition {
  scopeId: ScopeId;
  /** null: not in progress. */
  positionMs: Millis | null;
  durationMs: Millis | null;
  reportedAt: Instant;
  playCount: number;
}

/** Where a leaf was left and how often it was played, in all scopes of a user. */
export const loadPositions = async (db: Reader, user: UserId, item: MediaItemId): Promise<KeptPosition[]> => {
  const rows = await positions(db, { user, item });
  return rows.map((row) => ({
    scopeId: row.scope_id,
    positionMs: row.position_ms,
    durationMs: row.duration_ms,
    reportedAt: row.reported_at,
    playCount: row.play_count,
  }));
};

const positions = prepare<{ user: UserId; item: MediaItemId }>()((db, value) =>
  db
    .selectFrom('scopes as s')
    .innerJoin('play_states as p', 'p.scope_id', 's.id')
    .select(['p.scope_id', 'p.position_ms', 'p.duration_ms', 'p.reported_at', 'p.play_count'])
    .where('s.user_id', '=', value('user'))
    .where('p.item_id', '=', value('item')),
);

export interface KeptPlay {
  id: PlayId;
  deviceUserId: DeviceUserId;
  startedAt: Instant;
  lastAt: Instant;
  precision: DatePrecision;
  completed: boolean;
  method: string | null;
  clientName: string | null;
}

/** The plays of an item on some devices that are in the history, the newest so many. */
export const loadPlaysOn = async (
  db: Reader,
  devices: readonly DeviceUserId[],
  item: MediaItemId,
  limit: number,
): Promise<KeptPlay[]> => {
  const rows = await db
    .selectFrom('plays')
    .select(['id', 'device_user_id', 'started_at', 'last_at', 'date_precision', 'completed', 'method', 'client_name'])
    .where('item_id', '=', item)
    .where(inList(db, 'device_user_id', devices))
    .where('confirmed', '=', 1)
    .where('deleted_at', 'is', null)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    deviceUserId: row.device_user_id,
    startedAt: row.started_at,
    lastAt: row.last_at,
    precision: row.date_precision,
    completed: row.completed === 1,
    method: row.method,
    clientName: row.client_name,
  }));
};

const inList = (db: Reader, column: string, ids: readonly number[]): RawBuilder<SqlBool> =>
  idIn(dialectOf(db), column, sql<string>`${idList(dialectOf(db), ids)}`);
