import type { Transaction } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict } from '#kernel/errors.ts';
import type { DeviceUserId, UserId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';
import { type DeviceFacts, linkDeviceUser, loadActor } from './device-users.ts';

/** Devices of one user at the most: more is a program that makes its keys up anew each time. */
const MOST_DEVICES = 500;

/**
 * The caller's place on a player that a program of theirs speaks for: on the device of theirs that has this key, or else
 * on one that only they can name. Nobody gets onto another's device by its key, and nobody acts as another user.
 * One made now has the isolation mode of the device that speaks for it.
 * @throws AppError `conflict` when the user has too many devices
 */
export const linkPlayer = async (
  tx: Transaction,
  clock: Clock,
  caller: Pick<Actor, 'userId' | 'isolation'>,
  device: DeviceFacts,
): Promise<Actor> => {
  const { userId, isolation } = caller;
  const key = `player:${userId}:${device.key}`;
  const known = await ownDevice(tx, userId, [device.key, key]);
  if (known !== undefined) return loadActor(tx, known);
  await refuseTooMany(tx, userId);
  return linkDeviceUser(tx, clock, { userId, device: { ...device, key }, isolation });
};

const ownDevice = async (tx: Transaction, userId: UserId, keys: string[]): Promise<DeviceUserId | undefined> => {
  const row = await tx
    .selectFrom('devices as d')
    .innerJoin('device_users as du', 'du.device_id', 'd.id')
    .select('du.id')
    .where('d.device_key', 'in', keys)
    .where('du.user_id', '=', userId)
    .orderBy('du.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
};

const refuseTooMany = async (tx: Transaction, userId: UserId): Promise<void> => {
  const rows = await tx
    .selectFrom('device_users')
    .select('id')
    .where('user_id', '=', userId)
    .limit(MOST_DEVICES)
    .execute();
  if (rows.length === MOST_DEVICES) {
    throw conflict(`You have ${MOST_DEVICES} devices already. Let the program send the same device key each time.`);
  }
};
