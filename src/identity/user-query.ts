import type { Selectable } from 'kysely';
import type { Reader } from '#database/database.ts';
import type { UsersTable } from '#database/tables/identity.ts';
import { toIso } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { fold } from '#kernel/text.ts';
import type { GrantsView, UserView } from './types.ts';

export type UserRow = Selectable<UsersTable>;

const LIST = 'users';

/** One page of users by name: everyone, or only someone and their managed users. */
export const listUsers = async (db: Reader, family: UserId | null, page: PageRequest): Promise<Page<UserView>> => {
  const [after] = page.cursor === undefined ? [] : decodeCursor(LIST, 1, page.cursor);
  let query = db
    .selectFrom('users')
    .selectAll()
    .orderBy('name_key')
    .limit(page.limit + 1);
  if (family !== null) query = query.where((user) => user.or([user('id', '=', family), user('owner_id', '=', family)]));
  if (typeof after === 'string') query = query.where('name_key', '>', after);
  const { items, next } = pageOf(await query.execute(), page.limit, LIST, (row) => [row.name_key]);
  return { items: await viewUsers(db, items), next };
};

export const findUser = (db: Reader, id: UserId): Promise<UserRow | undefined> =>
  db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();

export const findUserByName = (db: Reader, name: string): Promise<UserRow | undefined> =>
  db.selectFrom('users').selectAll().where('name_key', '=', fold(name)).executeTakeFirst();

export const hasAdmin = async (db: Reader): Promise<boolean> => {
  const admin = await db.selectFrom('users').select('id').where('role', '=', 'admin').limit(1).executeTakeFirst();
  return admin !== undefined;
};

/** How many of a user's managed users there can be; keeps every list of them bounded. */
export const MOST_MANAGED = 50;

export const managedBy = (db: Reader, owner: UserId): Promise<UserRow[]> =>
  db.selectFrom('users').selectAll().where('owner_id', '=', owner).orderBy('name_key').limit(MOST_MANAGED).execute();

/** Users as they are shown, in the order given. */
export const viewUsers = async (db: Reader, rows: UserRow[]): Promise<UserView[]> => {
  const grants = await grantsViews(db, rows);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    ownerId: row.owner_id,
    timeZone: row.time_zone,
    grants: grants(row),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  }));
};

const grantsViews = async (db: Reader, rows: UserRow[]): Promise<(row: UserRow) => GrantsView> => {
  const ids = rows.map((row) => row.id);
  const none = ids.length === 0;
  const libraries = none ? [] : await db.selectFrom('user_libraries').selectAll().where('user_id', 'in', ids).execute();
  const sources = none
    ? []
    : await db.selectFrom('user_stream_sources').selectAll().where('user_id', 'in', ids).execute();
  const tags = none
    ? []
    : await db
        .selectFrom('user_tags')
        .innerJoin('tags', 'tags.id', 'user_tags.tag_id')
        .select(['user_id', 'effect', 'name'])
        .where('user_id', 'in', ids)
        .orderBy('name_key')
        .execute();
  const tagsOf = (user: UserRow, effect: 'allow' | 'block') =>
    tags.filter((tag) => tag.user_id === user.id && tag.effect === effect).map((tag) => tag.name);
  return (user) => ({
    libraries: user.all_libraries
      ? null
      : libraries.filter((row) => row.user_id === user.id).map((row) => row.library_id),
    streamSources: user.all_stream_sources
      ? null
      : sources.filter((row) => row.user_id === user.id).map((row) => row.stream_source_id),
    maxRatingLevel: user.max_rating_level,
    allowUnrated: user.allow_unrated === 1,
    allowedTags: user.all_tags ? null : tagsOf(user, 'allow'),
    blockedTags: tagsOf(user, 'block'),
  });
};
