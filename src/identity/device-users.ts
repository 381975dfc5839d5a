import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { DeviceKind } from '#database/tables/identity.ts';
import type { Clock } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { DeviceId, DeviceUserId, UserId } from '#kernel/ids.ts';
import type { Actor, IsolationMode } from '#kernel/viewer.ts';
import type { ScopeRebuilder } from './ports.ts';

/** What someone watches on, as it tells of itself. */
export interface DeviceFacts {
  kind: DeviceKind;
  /** What names it to us, the same each time: a random text in a browser, a client's id. */
  key: string;
  /** What it calls itself. */
  name: string;
}

export interface DeviceLink {
  userId: UserId;
  device: DeviceFacts;
  /** Of a device user that is made now; one that is there keeps its own. */
  isolation: IsolationMode;
}

/** Finds or makes the device, the user's place on it and the scopes of both, and notes that it was connected now. */
export const linkDeviceUser = async (tx: Transaction, clock: Clock, link: DeviceLink): Promise<Actor> => {
  const deviceId = await keepDevice(tx, clock, link.device);
  await tx
    .insertInto('device_users')
    .values({ device_id: deviceId, user_id: link.userId, isolation: link.isolation, created_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await tx
    .selectFrom('device_users')
    .select('id')
    .where('device_id', '=', deviceId)
    .where('user_id', '=', link.userId)
    .executeTakeFirstOrThrow();
  await keepScopes(tx, link.userId, id);
  return loadActor(tx, id);
};

/**
 * Reads who a device user is, with its scopes.
 * @throws AppError `not_found` when there is none
 */
export const loadActor = async (db: Reader, deviceUserId: DeviceUserId): Promise<Actor> => {
  const row = await db
    .selectFrom('device_users')
    .innerJoin('scopes as own', 'own.device_user_id', 'device_users.id')
    .innerJoin('scopes as shared', (join) =>
      join.onRef('shared.user_id', '=', 'device_users.user_id').on('shared.device_user_id', 'is', null),
    )
    .select(['device_users.user_id', 'device_users.isolation', 'own.id as own_scope', 'shared.id as group_scope'])
    .where('device_users.id', '=', deviceUserId)
    .executeTakeFirst();
  if (!row) throw notFound('This device');
  return {
    userId: row.user_id,
    deviceUserId,
    isolation: row.isolation,
    ownScope: row.own_scope,
    groupScope: row.group_scope,
  };
};

/**
 * Gives a device user that nobody is signed in on, such as an account on a media server, another isolation mode; the
 * group's scope is made anew where that differs.
 */
export const changeIsolation = async (
  tx: Transaction,
  rebuilder: ScopeRebuilder,
  { userId, deviceUserId, isolation }: Actor,
  wanted: IsolationMode,
): Promise<void> => {
  if (isolation === wanted) return;
  await tx.updateTable('device_users').set({ isolation: wanted }).where('id', '=', deviceUserId).execute();
  await rebuilder.rebuildGroup(tx, userId);
};

/** Gives a device user's device another key. A device that had it until now stays, under a key that nothing finds. */
export const moveDevice = async (tx: Transaction, deviceUserId: DeviceUserId, key: string): Promise<void> => {
  const { id } = await tx
    .selectFrom('device_users')
    .select('device_id as id')
    .where('id', '=', deviceUserId)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('devices')
    .set({ device_key: sql<string>`device_key || '#' || id` })
    .where('device_key', '=', key)
    .where('id', '<>', id)
    .execute();
  await tx.updateTable('devices').set({ device_key: key }).where('id', '=', id).execute();
};

/** Makes the scope of a user's group; every user has it from the first. */
export const makeGroupScope = async (tx: Transaction, userId: UserId): Promise<void> => {
  await tx
    .insertInto('scopes')
    .values({ user_id: userId, device_user_id: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const keepDevice = async (tx: Transaction, clock: Clock, device: DeviceFacts): Promise<DeviceId> => {
  const now = clock.now();
  const { id } = await tx
    .insertInto('devices')
    .values({
      kind: device.kind,
      device_key: device.key,
      reported_name: device.name,
      display_name: null,
      last_connected_at: now,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.column('device_key').doUpdateSet({ reported_name: device.name, last_connected_at: now }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

const keepScopes = async (tx: Transaction, userId: UserId, deviceUserId: DeviceUserId): Promise<void> => {
  await makeGroupScope(tx, userId);
  await tx
    .insertInto('scopes')
    .values({ user_id: userId, device_user_id: deviceUserId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
