import { loadGrants } from '#access/grants-repository.ts';
import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ApiTokenId } from '#kernel/ids.ts';
import { type Role, roles, type Viewer } from '#kernel/viewer.ts';
import { hashToken, sortOfToken } from './secret.ts';

/** Whom a token stands for. */
export interface Holder {
  viewer: Viewer;
  /** null: never. */
  expiresAt: Instant | null;
  /** For API tokens: which one, and when it was last noted as used. */
  apiToken: { id: ApiTokenId; lastUsedAt: Instant | null } | null;
}

/** Looks a session's or API token up; undefined when there is none such. Its end is for the caller to watch. */
export const findHolder = async (db: Reader, token: string): Promise<Holder | undefined> => {
  switch (sortOfToken(token)) {
    case 'session':
      return findSession(db, token);
    case 'api':
      return findApiToken(db, token);
    case undefined:
      return undefined;
  }
};

/** The lesser of two roles: a token never does more than its user may. */
export const lesserRole = (a: Role, b: Role): Role => (roles.indexOf(a) > roles.indexOf(b) ? a : b);

const findSession = async (db: Reader, token: string): Promise<Holder | undefined> => {
  const row = await people(db)
    .innerJoin('sessions', 'sessions.device_user_id', 'device_users.id')
    .select(['sessions.id as session_id', 'sessions.expires_at'])
    .where('sessions.token_hash', '=', hashToken(token))
    .executeTakeFirst();
  if (!row) return undefined;
  const viewer = { ...(await viewerOf(db, row)), sessionId: row.session_id };
  return { viewer, expiresAt: row.expires_at, apiToken: null };
};

const findApiToken = async (db: Reader, token: string): Promise<Holder | undefined> => {
  const row = await people(db)
    .innerJoin('api_tokens', 'api_tokens.device_user_id', 'device_users.id')
    .select(['api_tokens.id as token_id', 'api_tokens.role as ceiling'])
    .select(['api_tokens.expires_at', 'api_tokens.last_used_at'])
    .where('api_tokens.token_hash', '=', hashToken(token))
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    viewer: { ...(await viewerOf(db, row)), role: lesserRole(row.role, row.ceiling) },
    expiresAt: row.expires_at,
    apiToken: { id: row.token_id, lastUsedAt: row.last_used_at },
  };
};

const people = (db: Reader) =>
  db
    .selectFrom('device_users')
    .innerJoin('users', 'users.id', 'device_users.user_id')
    .innerJoin('scopes as own', 'own.device_user_id', 'device_users.id')
    .innerJoin('scopes as shared', (join) =>
      join.onRef('shared.user_id', '=', 'device_users.user_id').on('shared.device_user_id', 'is', null),
    )
    .select(['users.id as user_id', 'users.name', 'users.role', 'users.time_zone', 'device_users.id as device_user_id'])
    .select(['device_users.isolation', 'own.id as own_scope', 'shared.id as group_scope']);

type Person = Awaited<ReturnType<ReturnType<typeof people>['executeTakeFirstOrThrow']>>;

const viewerOf = async (db: Reader, row: Person): Promise<Viewer> => ({
  userId: row.user_id,
  userName: row.name,
  role: row.role,
  timeZone: row.time_zone,
  deviceUserId: row.device_user_id,
  isolation: row.isolation,
  ownScope: row.own_scope,
  groupScope: row.group_scope,
  grants: await loadGrants(db, row.user_id),
  sessionId: null,
});
