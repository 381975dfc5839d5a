import type { Transaction } from '#database/database.ts';
import { changeIsolation, linkDeviceUser } from '#identity/device-users.ts';
import type { ScopeRebuilder } from '#identity/ports.ts';
import type { Clock } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import type { IsolationMode } from '#kernel/viewer.ts';
import type { ClientRow } from './client-query.ts';
import { insertAccount } from './client-repository.ts';
import type { Credentials } from './credentials.ts';
import type { RemoteAccount } from './media-server.ts';

export interface LinkTools {
  clock: Clock;
  credentials: Credentials;
  rebuilder: ScopeRebuilder;
}

export interface Link {
  account: Pick<RemoteAccount, 'remoteId' | 'name'>;
  userId: UserId;
  /** undefined: loud; one that was linked before keeps its own. */
  isolation: IsolationMode | undefined;
  secret: string | null;
}

type Linked = Pick<ClientRow, 'id' | 'kind' | 'name' | 'address' | 'server_id'>;

/** Makes the account a device user of its person. @returns its mode */
export const linkAccount = async (
  tx: Transaction,
  tools: LinkTools,
  client: Linked,
  { account, userId, isolation, secret }: Link,
): Promise<IsolationMode> => {
  const device = { kind: client.kind, key: deviceKey(client, account.remoteId), name: client.name };
  const actor = await linkDeviceUser(tx, tools.clock, { userId, device, isolation: isolation ?? 'loud' });
  // One that was connected before has its own mode.
  if (isolation !== undefined) await changeIsolation(tx, tools.rebuilder, actor, isolation);
  await insertAccount(tx, {
    client_id: client.id,
    remote_user_id: account.remoteId,
    remote_name: account.name,
    device_user_id: actor.deviceUserId,
    secret: seal(tools, secret),
    state_read_at: null,
  });
  return isolation ?? actor.isolation;
};

/**
 * Names an account's device, so that one which is removed and connected again is found again: by the server's own id, or
 * where it has none by its address, of which there is one account alone.
 */
export const deviceKey = (
  { kind, address, server_id }: Pick<ClientRow, 'kind' | 'address' | 'server_id'>,
  remoteId: string,
): string =>
  server_id === null
    ? `${kind}:${address}${kind === 'kodi' ? '' : `:${remoteId}`}`
    : `${kind}:${server_id}:${remoteId}`;

export const seal = ({ credentials }: Pick<LinkTools, 'credentials'>, secret: string | null): string | null =>
  secret === null ? null : credentials.seal(secret);
