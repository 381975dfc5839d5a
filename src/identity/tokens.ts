import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { ApiTokensTable } from '#database/tables/identity.ts';
import { fromIso, type Instant, toIso, toIsoOrNull } from '#kernel/clock.ts';
import { forbidden, invalid, notFound } from '#kernel/errors.ts';
import type { ApiTokenId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { roles, type Viewer } from '#kernel/viewer.ts';
import { linkDeviceUser } from './device-users.ts';
import type { Parts } from './ports.ts';
import { hashToken, newApiToken } from './secret.ts';
import type { CreatedToken, NewToken, TokenView } from './types.ts';
import { lesserRole } from './viewer-query.ts';

const LIST = 'tokens';

export interface Tokens {
  list(viewer: Viewer, page: PageRequest): Promise<Page<TokenView>>;
  /**
   * Makes a token on a device of its own. Only someone who signed in may, so that a token that got out cannot make
   * others that outlive it.
   */
  create(viewer: Viewer, token: NewToken): Promise<CreatedToken>;
  /** The activity recorded with it stays. */
  remove(viewer: Viewer, id: ApiTokenId): Promise<void>;
}

export const createTokens = (parts: Parts): Tokens => ({
  list: (viewer, page) => list(parts, viewer, page),
  create: (viewer, token) => create(parts, viewer, token),
  remove: (viewer, id) => remove(parts, viewer, id),
});

const list = async (parts: Parts, viewer: Viewer, page: PageRequest): Promise<Page<TokenView>> => {
  const [after] = page.cursor === undefined ? [] : decodeCursor(LIST, 1, page.cursor);
  const rows = await parts.database.read
    .selectFrom('api_tokens')
    .innerJoin('device_users', 'device_users.id', 'api_tokens.device_user_id')
    .selectAll('api_tokens')
    .where('device_users.user_id', '=', viewer.userId)
    .where('api_tokens.id', '>', (typeof after === 'number' ? after : 0) as ApiTokenId)
    .orderBy('api_tokens.id')
    .limit(page.limit + 1)
    .execute();
  const { items, next } = pageOf(rows, page.limit, LIST, (row) => [row.id]);
  return { items: items.map(viewOf), next };
};

const create = async (parts: Parts, viewer: Viewer, token: NewToken): Promise<CreatedToken> => {
  if (viewer.sessionId === null) throw forbidden('Sign in with your password to make an API token.');
  const now = parts.clock.now();
  const role = token.role ?? viewer.role;
  if (lesserRole(role, viewer.role) !== role) {
    throw forbidden(`A token cannot do more than you may; ${roles.slice(roles.indexOf(viewer.role)).join(' or ')}.`);
  }
  const expiresAt = endOf(token.expiresAt ?? null, now);
  const secret = newApiToken();
  return parts.database.transaction(async (tx) => {
    const name = token.name.trim();
    const device = { kind: 'api' as const, key: `token:${randomUUID()}`, name };
    const isolation = token.isolation ?? 'loud';
    const actor = await linkDeviceUser(tx, parts.clock, { userId: viewer.userId, device, isolation });
    const row = await tx
      .insertInto('api_tokens')
      .values({
        device_user_id: actor.deviceUserId,
        name,
        token_hash: hashToken(secret),
        role,
        created_at: now,
        expires_at: expiresAt,
        last_used_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await parts.audit.record(tx, {
      actor: viewer,
      entityType: 'api_token',
      entityId: row.id,
      action: 'create',
      changes: { name: [null, name], role: [null, role], expiresAt: [null, toIsoOrNull(expiresAt)] },
    });
    return { ...viewOf(row), token: secret };
  });
};

const remove = (parts: Parts, viewer: Viewer, id: ApiTokenId): Promise<void> =>
  parts.database.transaction(async (tx) => {
    const row = await tx
      .selectFrom('api_tokens')
      .innerJoin('device_users', 'device_users.id', 'api_tokens.device_user_id')
      .select(['api_tokens.name', 'api_tokens.device_user_id'])
      .where('api_tokens.id', '=', id)
      .where('device_users.user_id', '=', viewer.userId)
      .executeTakeFirst();
    if (!row) throw notFound('This token');
    await tx.deleteFrom('api_tokens').where('id', '=', id).execute();
    await parts.audit.record(tx, {
      actor: viewer,
      entityType: 'api_token',
      entityId: id,
      action: 'delete',
      changes: { name: [row.name, null] },
    });
    parts.viewers.forgetAfterCommit((holder) => holder.deviceUserId === row.device_user_id);
  });

const endOf = (text: string | null, now: Instant): Instant | null => {
  if (text === null) return null;
  const at = fromIso(text);
  if (at !== undefined && at > now) return at;
  throw invalid('The token would be over already.', [{ path: 'expiresAt', message: 'must lie ahead' }]);
};

const viewOf = (row: Selectable<ApiTokensTable>): TokenView => ({
  id: row.id,
  name: row.name,
  role: row.role,
  deviceUserId: row.device_user_id,
  createdAt: toIso(row.created_at),
  expiresAt: toIsoOrNull(row.expires_at),
  lastUsedAt: toIsoOrNull(row.last_used_at),
});
