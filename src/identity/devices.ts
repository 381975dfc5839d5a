import type { ExpressionBuilder } from 'kysely';
import { changesBetween } from '#audit/audit.ts';
import type { Reader, Transaction } from '#database/database.ts';
import type { Tables } from '#database/tables.ts';
import { toIsoOrNull } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import { asId, type DeviceUserId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { Parts, ScopeRebuilder } from './ports.ts';
import type { DevicePatch, DeviceView } from './types.ts';

const LIST = 'devices';

export interface Devices {
  /** One's own, and those of one's managed users. */
  list(viewer: Viewer, page: PageRequest): Promise<Page<DeviceView>>;
  /** An own one, one of an own managed user, for an admin any. @throws AppError `not_found` for another */
  get(viewer: Viewer, id: DeviceUserId): Promise<DeviceView>;
  /** Another isolation mode has the group's scope made anew; nothing is lost by trying one and going back. */
  update(viewer: Viewer, id: DeviceUserId, patch: DevicePatch): Promise<DeviceView>;
}

export const createDevices = (parts: Parts, rebuilder: ScopeRebuilder): Devices => ({
  list: async (viewer, page) => {
    const [after] = page.cursor === undefined ? [] : decodeCursor(LIST, 1, page.cursor);
    const rows = await devicesOf(parts.database.read)
      .where((where) => ownOrManaged(where, viewer))
      .where('device_users.id', '>', asId<DeviceUserId>(typeof after === 'number' ? after : 0))
      .orderBy('device_users.id')
      .limit(page.limit + 1)
      .execute();
    const { items, next } = pageOf(rows, page.limit, LIST, (row) => [row.id]);
    return { items: items.map((row) => viewOf(row, viewer)), next };
  },
  get: async (viewer, id) => viewOf(await deviceOf(parts.database.read, viewer, id), viewer),
  update: (viewer, id, patch) => parts.database.transaction((tx) => update(parts, rebuilder, tx, viewer, id, patch)),
});

const update = async (
  parts: Parts,
  rebuilder: ScopeRebuilder,
  tx: Transaction,
  viewer: Viewer,
  id: DeviceUserId,
  patch: DevicePatch,
): Promise<DeviceView> => {
  const before = await deviceOf(tx, viewer, id);
  if (patch.displayName !== undefined) {
    const display_name = patch.displayName?.trim() ?? null;
    await tx.updateTable('devices').set({ display_name }).where('id', '=', before.device_id).execute();
  }
  if (patch.isolation !== undefined && patch.isolation !== before.isolation) {
    await tx.updateTable('device_users').set({ isolation: patch.isolation }).where('id', '=', id).execute();
    await rebuilder.rebuildGroup(tx, before.user_id);
    parts.viewers.forgetAfterCommit((holder) => holder.deviceUserId === id);
  }
  const view = viewOf(await deviceOf(tx, viewer, id), viewer);
  const { displayName, isolation } = viewOf(before, viewer);
  const after = { displayName: view.displayName, isolation: view.isolation };
  const changes = changesBetween({ displayName, isolation }, after);
  if (Object.keys(changes).length > 0) {
    await parts.audit.record(tx, { actor: viewer, entityType: 'device_user', entityId: id, action: 'update', changes });
  }
  return view;
};

const ownOrManaged = (where: ExpressionBuilder<Tables, 'device_users' | 'users'>, viewer: Viewer) =>
  where.or([where('device_users.user_id', '=', viewer.userId), where('users.owner_id', '=', viewer.userId)]);

const devicesOf = (db: Reader) =>
  db
    .selectFrom('device_users')
    .innerJoin('devices', 'devices.id', 'device_users.device_id')
    .innerJoin('users', 'users.id', 'device_users.user_id')
    .select(['device_users.id', 'device_users.device_id', 'device_users.user_id', 'device_users.isolation'])
    .select('users.name as user_name')
    .select(['devices.kind', 'devices.reported_name', 'devices.display_name', 'devices.last_connected_at']);

type Row = Awaited<ReturnType<ReturnType<typeof devicesOf>['executeTakeFirstOrThrow']>>;

const deviceOf = async (db: Reader, viewer: Viewer, id: DeviceUserId): Promise<Row> => {
  const found = devicesOf(db).where('device_users.id', '=', id);
  const own = found.where((where) => ownOrManaged(where, viewer));
  const row = await (viewer.role === 'admin' ? found : own).executeTakeFirst();
  if (!row) throw notFound('This device');
  return row;
};

const viewOf = (row: Row, viewer: Viewer): DeviceView => ({
  deviceUserId: row.id,
  userId: row.user_id,
  userName: row.user_name,
  kind: row.kind,
  name: row.display_name ?? row.reported_name,
  reportedName: row.reported_name,
  displayName: row.display_name,
  isolation: row.isolation,
  lastConnectedAt: toIsoOrNull(row.last_connected_at),
  current: row.id === viewer.deviceUserId,
});
