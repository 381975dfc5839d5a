import type { ClientKind } from '#database/tables/sync.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { ClientRow } from './client-query.ts';
import type { Credentials } from './credentials.ts';
import type { Connection, Connector, ServerFacts } from './media-server.ts';
import type { ClientChanges } from './views.ts';

/** How to reach a client, with its password opened. */
export const openConnection = (
  { credentials, installation }: { credentials: Credentials; installation: string },
  row: ClientRow,
  changes: ClientChanges = {},
): Connection => {
  const opened = (sealed: string | null) => (sealed === null ? null : credentials.open(sealed));
  return {
    address: changes.address ?? row.address,
    userName: changes.userName === undefined ? row.user_name : changes.userName,
    password: changes.password === undefined ? opened(row.secret) : changes.password,
    token: changes.token === undefined ? opened(row.token) : changes.token,
    timeZone: row.time_zone,
    installation,
  };
};

/**
 * The ids of another server mean other things.
 * @throws AppError `conflict`
 */
export const refuseOther = (
  { server_id, name, address }: Pick<ClientRow, 'server_id' | 'name' | 'address'>,
  facts: ServerFacts,
): void => {
  if (server_id === null || facts.serverId === null || server_id === facts.serverId) return;
  const itself = facts.name === '' ? '' : ` (it calls itself ${facts.name})`;
  throw conflict(
    `Another server${itself} answers at ${address} than the one that was connected as ${name}; nothing was read or changed. If it takes its place, use "replace".`,
  );
};

/** @throws AppError `invalid` when no connector speaks with this kind */
export const connectorFor = (connectors: readonly Connector[], kind: ClientKind): Connector => {
  const connector = connectors.find((one) => one.kind === kind);
  if (connector) return connector;
  const known = connectors.map((one) => one.kind).join(', ');
  throw invalid(`Leftoff cannot connect to ${kind} yet; it can to ${known}.`, [
    { path: 'kind', message: `must be one of ${known}` },
  ]);
};
