import { lockScopes } from '#activity/marks/scope-lock.ts';
import type { Transaction } from '#database/database.ts';
import type { DeviceUserId, ScopeId, UserId } from '#kernel/ids.ts';
import type { IsolationMode } from '#kernel/viewer.ts';

/** The scopes of one user, locked. */
export interface UserScopes {
  group: ScopeId;
  /** Of single devices. */
  own: ReadonlyMap<ScopeId, { deviceUserId: DeviceUserId; isolation: IsolationMode }>;
  /** Those of them that the group hears. */
  heard: ScopeId[];
}

/** Reads a user's scopes and has all other writers of them wait. */
export const lockUser = async (tx: Transaction, userId: UserId): Promise<UserScopes> => {
  const ids = await tx.selectFrom('scopes').select('id').where('user_id', '=', userId).execute();
  await lockScopes(
    tx,
    ids.map((row) => row.id),
  );
  // Only now: a mode may have changed while the lock was waited for.
  const rows = await tx
    .selectFrom('scopes as s')
    .leftJoin('device_users as du', 'du.id', 's.device_user_id')
    .select(['s.id', 's.device_user_id', 'du.isolation'])
    .where('s.user_id', '=', userId)
    .execute();
  const group = rows.find((row) => row.device_user_id === null);
  if (!group) throw new Error('A user without a scope of their group.');
  const own = rows.flatMap(({ id, device_user_id: deviceUserId, isolation }) =>
    deviceUserId === null || isolation === null ? [] : [[id, { deviceUserId, isolation }] as const],
  );
  const heard = own.filter(([, { isolation }]) => isolation === 'loud' || isolation === 'shout').map(([id]) => id);
  return { group: group.id, own: new Map(own), heard };
};

/** The own scope of a device user. */
export const scopeOf = ({ own }: UserScopes, deviceUser: DeviceUserId): ScopeId | undefined => {
  for (const [scope, { deviceUserId }] of own) if (deviceUserId === deviceUser) return scope;
  return undefined;
};
