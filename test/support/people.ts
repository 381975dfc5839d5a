import type { Database, Transaction } from '#database/database.ts';
import type { Flag } from '#database/tables.ts';
import { linkDeviceUser } from '#identity/device-users.ts';
import { systemClock } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import type { Grants, IsolationMode, Role, Viewer } from '#kernel/viewer.ts';

/** Grants that hide nothing. */
export const openGrants: Grants = {
  libraries: null,
  streamSources: null,
  maxRatingLevel: null,
  allowUnrated: true,
  allowedTags: null,
  blockedTags: [],
};

interface Person {
  name: string;
  role?: Role;
  isolation?: IsolationMode;
  grants?: Partial<Grants>;
}

const flag = (value: boolean): Flag => (value ? 1 : 0);

/** Makes a user without a password, on a device of their own, straight in the database. */
export const addUser = (database: Database, person: Person): Promise<{ viewer: Viewer }> =>
  database.transaction(async (tx) => {
    const grants = { ...openGrants, ...person.grants };
    const userId = await insertUser(tx, person, grants);
    const viewer = await viewerOf(tx, userId, person.name, person.isolation ?? 'loud');
    return { viewer: { ...viewer, userName: person.name, role: person.role ?? 'user', timeZone: 'UTC', grants } };
  });

/** Puts a user on one more device. */
export const addDevice = (
  database: Database,
  viewer: Viewer,
  device: { name: string; isolation?: IsolationMode },
): Promise<Viewer> =>
  database.transaction(async (tx) => ({
    ...viewer,
    ...(await viewerOf(tx, viewer.userId, device.name, device.isolation ?? 'loud')),
  }));

const viewerOf = async (tx: Transaction, userId: UserId, name: string, isolation: IsolationMode) => ({
  ...(await linkDeviceUser(tx, systemClock, {
    userId,
    device: { kind: 'browser', key: `test-${userId}-${name}`, name },
    isolation,
  })),
  sessionId: null,
});

const insertUser = async (tx: Transaction, person: Person, grants: Grants): Promise<UserId> => {
  const { id } = await tx
    .insertInto('users')
    .values({
      name: person.name,
      name_key: fold(person.name),
      password_hash: null,
      role: person.role ?? 'user',
      owner_id: null,
      all_libraries: flag(grants.libraries === null),
      all_stream_sources: flag(grants.streamSources === null),
      all_tags: flag(grants.allowedTags === null),
      max_rating_level: grants.maxRatingLevel,
      allow_unrated: flag(grants.allowUnrated),
      created_at: systemClock.now(),
      updated_at: systemClock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const library_id of grants.libraries ?? []) {
    await tx.insertInto('user_libraries').values({ user_id: id, library_id }).execute();
  }
  for (const stream_source_id of grants.streamSources ?? []) {
    await tx.insertInto('user_stream_sources').values({ user_id: id, stream_source_id }).execute();
  }
  for (const tag_id of grants.allowedTags ?? []) {
    await tx.insertInto('user_tags').values({ user_id: id, tag_id, effect: 'allow' }).execute();
  }
  for (const tag_id of grants.blockedTags) {
    await tx.insertInto('user_tags').values({ user_id: id, tag_id, effect: 'block' }).execute();
  }
  return id;
};
