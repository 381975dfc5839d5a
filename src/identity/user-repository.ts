import { sql } from 'kysely';
import type { Database, Reader, Transaction } from '#database/database.ts';
import { repositoryOf } from '#database/repository.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict } from '#kernel/errors.ts';
import type { SessionId, UserId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import type { Role } from '#kernel/viewer.ts';
import { makeGroupScope } from './device-users.ts';
import type { UserRow } from './user-query.ts';

const users = repositoryOf('users');

export interface UserToMake {
  name: string;
  role: Role;
  passwordHash: string | null;
  ownerId: UserId | null;
  timeZone: string;
}

/** Makes a user with their group scope; they see everything until grants say otherwise. */
export const insertUser = async (tx: Transaction, clock: Clock, user: UserToMake): Promise<UserRow> => {
  const now = clock.now();
  const row = await users.create(tx, {
    name: user.name.trim(),
    name_key: fold(user.name),
    password_hash: user.passwordHash,
    role: user.role,
    owner_id: user.ownerId,
    all_libraries: 1,
    all_stream_sources: 1,
    max_rating_level: null,
    allow_unrated: 0,
    time_zone: user.timeZone,
    created_at: now,
    updated_at: now,
  });
  await makeGroupScope(tx, row.id);
  return row;
};

export const updateUser = (tx: Transaction, clock: Clock, id: UserId, values: Partial<UserRow>) =>
  users.update(tx, id, { ...values, updated_at: clock.now() });

/** Deletes a user and all that is theirs, also their managed users, and devices that nobody uses any more. */
export const deleteUser = async (tx: Transaction, id: UserId): Promise<void> => {
  const devices = await tx
    .selectFrom('device_users')
    .innerJoin('users', 'users.id', 'device_users.user_id')
    .select('device_users.device_id')
    .where((user) => user.or([user('users.id', '=', id), user('users.owner_id', '=', id)]))
    .execute();
  await users.delete(tx, id);
  for (const { device_id } of devices) {
    await tx
      .deleteFrom('devices')
      .where('id', '=', device_id)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('device_users').select('id').where('device_id', '=', device_id))),
      )
      .execute();
  }
};

/** Ends every session of a user but one. */
export const endSessions = async (tx: Transaction, userId: UserId, except: SessionId | null): Promise<void> => {
  const sessions = tx
    .deleteFrom('sessions')
    .where(({ eb, selectFrom }) =>
      eb('device_user_id', 'in', selectFrom('device_users').select('device_users.id').where('user_id', '=', userId)),
    );
  await (except === null ? sessions : sessions.where('sessions.id', '<>', except)).execute();
};

/** Keeps other writers of users out until the unit of work ends, so that what was counted stays true. */
export const holdUsers = async (tx: Transaction, dialect: Database['dialect']): Promise<void> => {
  // SQLite has one writer at a time anyway.
  if (dialect.name === 'postgres') await sql`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`.execute(tx);
};

/** @throws AppError `conflict` when there is no admin but this one */
export const requireAnotherAdmin = async (db: Reader, id: UserId): Promise<void> => {
  const other = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('id', '<>', id)
    .limit(1)
    .executeTakeFirst();
  if (!other) throw conflict('This is the last admin. Make someone else an admin first.');
};

/** What deleting a user would lose, in words. */
export const lossOf = async (db: Reader, id: UserId): Promise<string> => {
  const { rows } = await sql<{ plays: number; marks: number; managed: number }>`SELECT
    (SELECT count(*) FROM plays WHERE user_id = ${id}) AS plays,
    (SELECT count(*) FROM marks WHERE scope_id IN
      (SELECT id FROM scopes WHERE user_id = ${id} AND device_user_id IS NULL)) AS marks,
    (SELECT count(*) FROM users WHERE owner_id = ${id}) AS managed`.execute(db);
  const { plays, marks, managed } = rows[0] ?? { plays: 0, marks: 0, managed: 0 };
  const family = managed > 0 ? ` and ${managed} managed ${managed === 1 ? 'user' : 'users'} with all of theirs` : '';
  return `${plays} plays, ${marks} marks of what was watched, all progress, devices, sessions and tokens${family}`;
};
