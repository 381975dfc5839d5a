import type { Selectable } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { UsersTable } from '#database/tables/identity.ts';
import type { Flag } from '#database/tables.ts';
import { notFound } from '#kernel/errors.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { narrow } from './narrow.ts';

/** The columns of a user that are part of their grants. */
export type GrantFlags = Pick<
  Selectable<UsersTable>,
  'all_libraries' | 'all_stream_sources' | 'all_tags' | 'max_rating_level' | 'allow_unrated'
>;

/**
 * What a user may see in the end: a managed user's own grants, narrowed by their owner's.
 * @throws AppError `not_found`
 */
export const loadGrants = async (db: Reader, userId: UserId): Promise<Grants> => {
  const user = await userRow(db, userId);
  const own = await grantsOf(db, userId, user);
  return user.owner_id === null ? own : narrow(own, await loadOwnGrants(db, user.owner_id));
};

/**
 * What was set for a user, whoever owns them.
 * @throws AppError `not_found`
 */
export const loadOwnGrants = async (db: Reader, userId: UserId): Promise<Grants> =>
  grantsOf(db, userId, await userRow(db, userId));

/** Replaces a user's grants. What is listed must exist. */
export const saveGrants = async (tx: Transaction, userId: UserId, grants: Grants): Promise<void> => {
  await tx.updateTable('users').set(flagsOf(grants)).where('id', '=', userId).execute();
  await tx.deleteFrom('user_libraries').where('user_id', '=', userId).execute();
  await tx.deleteFrom('user_stream_sources').where('user_id', '=', userId).execute();
  await tx.deleteFrom('user_tags').where('user_id', '=', userId).execute();
  const libraries = (grants.libraries ?? []).map((library_id) => ({ user_id: userId, library_id }));
  const sources = (grants.streamSources ?? []).map((id) => ({ user_id: userId, stream_source_id: id }));
  const tags = [
    ...(grants.allowedTags ?? []).map((tag_id) => ({ user_id: userId, tag_id, effect: 'allow' as const })),
    ...grants.blockedTags.map((tag_id) => ({ user_id: userId, tag_id, effect: 'block' as const })),
  ];
  if (libraries.length > 0) await tx.insertInto('user_libraries').values(libraries).execute();
  if (sources.length > 0) await tx.insertInto('user_stream_sources').values(sources).execute();
  if (tags.length > 0) await tx.insertInto('user_tags').values(tags).execute();
};

/** A user's grants as the columns of their row. */
export const flagsOf = (grants: Grants): GrantFlags => ({
  all_libraries: flag(grants.libraries === null),
  all_stream_sources: flag(grants.streamSources === null),
  all_tags: flag(grants.allowedTags === null),
  max_rating_level: grants.maxRatingLevel,
  allow_unrated: flag(grants.allowUnrated),
});

const flag = (value: boolean): Flag => (value ? 1 : 0);

const userRow = async (db: Reader, userId: UserId) => {
  const row = await db
    .selectFrom('users')
    .select(['owner_id', 'all_libraries', 'all_stream_sources', 'all_tags', 'max_rating_level', 'allow_unrated'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (!row) throw notFound('This user');
  return row;
};

const grantsOf = async (db: Reader, userId: UserId, user: GrantFlags): Promise<Grants> => {
  const tags = await db.selectFrom('user_tags').selectAll().where('user_id', '=', userId).orderBy('tag_id').execute();
  const tagsWith = (effect: 'allow' | 'block') => tags.filter((row) => row.effect === effect).map((row) => row.tag_id);
  return {
    libraries: user.all_libraries ? null : await librariesOf(db, userId),
    streamSources: user.all_stream_sources ? null : await streamSourcesOf(db, userId),
    maxRatingLevel: user.max_rating_level,
    allowUnrated: user.allow_unrated === 1,
    allowedTags: user.all_tags ? null : tagsWith('allow'),
    blockedTags: tagsWith('block'),
  };
};

const librariesOf = async (db: Reader, userId: UserId) => {
  const rows = await db
    .selectFrom('user_libraries')
    .select('library_id')
    .where('user_id', '=', userId)
    .orderBy('library_id')
    .execute();
  return rows.map((row) => row.library_id);
};

const streamSourcesOf = async (db: Reader, userId: UserId) => {
  const rows = await db
    .selectFrom('user_stream_sources')
    .select('stream_source_id')
    .where('user_id', '=', userId)
    .orderBy('stream_source_id')
    .execute();
  return rows.map((row) => row.stream_source_id);
};
