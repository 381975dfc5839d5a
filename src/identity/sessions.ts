import { createHash } from 'node:crypto';
import type { Transaction } from '#database/database.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import { AppError, conflict, forbidden, notFound } from '#kernel/errors.ts';
import type { DeviceUserId, SessionId, UserId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import type { Role, Viewer } from '#kernel/viewer.ts';
import { type DeviceFacts, linkDeviceUser } from './device-users.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { Parts } from './ports.ts';
import { hashToken, newSessionToken } from './secret.ts';
import { checkedZone } from './time-zone.ts';
import type { Credentials, FirstAccount } from './types.ts';
import { findUser, findUserByName, hasAdmin, type UserRow } from './user-query.ts';
import { holdUsers, insertUser } from './user-repository.ts';

const SESSION_MS = 30 * DAY;

/** Where a request comes from. */
export interface Remote {
  address: string;
  userAgent: string;
}

/** A session that was just begun; its token is told this once. */
export interface NewSession {
  token: string;
  expiresAt: Instant;
}

export interface Sessions {
  /** Makes the first admin and signs them in. @throws AppError `conflict` when there is an admin */
  setUp(account: FirstAccount, remote: Remote): Promise<NewSession>;
  /**
   * @param former the session that this one takes the place of
   * @throws AppError `unauthenticated`, the same for an unknown name and a wrong password; `unavailable` (too many)
   */
  begin(credentials: Credentials, remote: Remote, former: Viewer | null): Promise<NewSession>;
  /** Switches to a managed user of the viewer's; the way back is to sign in. */
  switchTo(viewer: Viewer, userId: UserId): Promise<NewSession>;
  end(viewer: Viewer): Promise<void>;
}

export const createSessions = (parts: Parts): Sessions => ({
  setUp: async ({ name, password, timeZone, device }, remote) => {
    const admin = await makeAccount(parts, { name, password, role: 'admin', timeZone }, true);
    return parts.database.transaction((tx) => open(parts, tx, admin.id, deviceOf(device, admin.id, remote)));
  },
  begin: (credentials, remote, former) => begin(parts, credentials, remote, former),
  switchTo: (viewer, userId) => switchTo(parts, viewer, userId),
  end: (viewer) => parts.database.transaction((tx) => close(parts, tx, viewer.sessionId)),
});

/**
 * Makes a user who signs in. Audited as done by the program itself.
 * @param onlyFirst refuses when there is an admin already
 * @throws AppError `conflict` also when the name is taken
 */
export const makeAccount = async (
  parts: Parts,
  { name, password, role, timeZone }: { name: string; password: string; role: Role; timeZone?: string | undefined },
  onlyFirst: boolean,
): Promise<UserRow> => {
  const zone = checkedZone(timeZone ?? parts.timeZone);
  const passwordHash = await hashPassword(password);
  return parts.database.transaction(async (tx) => {
    await holdUsers(tx, parts.database.dialect);
    if (onlyFirst && (await hasAdmin(tx))) throw conflict('There is an admin already. Sign in instead.');
    if (await findUserByName(tx, name)) throw conflict('There is a user of that name already.');
    const user = await insertUser(tx, parts.clock, { name, role, passwordHash, ownerId: null, timeZone: zone });
    await parts.audit.record(tx, {
      actor: null,
      entityType: 'user',
      entityId: user.id,
      action: 'create',
      changes: { name: [null, user.name], role: [null, role] },
    });
    return user;
  });
};

const begin = async (
  parts: Parts,
  credentials: Credentials,
  remote: Remote,
  former: Viewer | null,
): Promise<NewSession> => {
  const nameKey = fold(credentials.name);
  await parts.loginLimit.take(remote.address, nameKey);
  const user = await findUserByName(parts.database.read, credentials.name);
  const right = await verifyPassword(credentials.password, user?.password_hash ?? null);
  if (!user || !right) throw wrong();
  await parts.loginLimit.clear(remote.address, nameKey);
  return parts.database.transaction(async (tx) => {
    // Meanwhile they may have been deleted or their password changed.
    if ((await findUser(tx, user.id))?.password_hash !== user.password_hash) throw wrong();
    await close(parts, tx, former?.sessionId ?? null);
    return open(parts, tx, user.id, deviceOf(credentials.device, user.id, remote));
  });
};

const wrong = () => new AppError('unauthenticated', 'The name or the password is not right.');

const switchTo = async (parts: Parts, viewer: Viewer, userId: UserId): Promise<NewSession> => {
  if (viewer.sessionId === null) throw forbidden('Only a web session can switch to another profile.');
  return parts.database.transaction(async (tx) => {
    const user = await findUser(tx, userId);
    if (user?.owner_id !== viewer.userId) throw notFound('This profile');
    const device = await deviceUnder(tx, viewer.deviceUserId);
    await close(parts, tx, viewer.sessionId);
    return open(parts, tx, userId, device);
  });
};

const open = async (parts: Parts, tx: Transaction, userId: UserId, device: DeviceFacts): Promise<NewSession> => {
  const now = parts.clock.now();
  const actor = await linkDeviceUser(tx, parts.clock, { userId, device, isolation: 'loud' });
  const session = { token: newSessionToken(), expiresAt: now + SESSION_MS };
  await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await tx
    .insertInto('sessions')
    .values({
      device_user_id: actor.deviceUserId,
      token_hash: hashToken(session.token),
      created_at: now,
      expires_at: session.expiresAt,
    })
    .execute();
  return session;
};

const close = async (parts: Parts, tx: Transaction, sessionId: SessionId | null): Promise<void> => {
  if (sessionId === null) return;
  await tx.deleteFrom('sessions').where('id', '=', sessionId).execute();
  parts.viewers.forgetAfterCommit((viewer) => viewer.sessionId === sessionId);
};

const deviceUnder = async (tx: Transaction, deviceUserId: DeviceUserId): Promise<DeviceFacts> => {
  const row = await tx
    .selectFrom('device_users')
    .innerJoin('devices', 'devices.id', 'device_users.device_id')
    .select(['kind', 'device_key', 'reported_name'])
    .where('device_users.id', '=', deviceUserId)
    .executeTakeFirstOrThrow();
  return { kind: row.kind, key: row.device_key, name: row.reported_name };
};

/** A device that says who it is is known by that; else by its browser, so that signing in again makes no new one. */
const deviceOf = (told: Credentials['device'], userId: UserId, remote: Remote): DeviceFacts => {
  if (told) return { kind: told.kind ?? 'browser', key: `web:${told.key}`, name: told.name.trim() };
  const digest = createHash('sha256').update(remote.userAgent).digest('hex').slice(0, 16);
  return { kind: 'browser', key: `agent:${userId}:${digest}`, name: remote.userAgent.slice(0, 100) || 'Browser' };
};
