import { normaliseExternalIds } from '#catalog/external-id.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import { moveDevice } from '#identity/device-users.ts';
import { conflict, unavailable } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import { normalAddress } from '../address.ts';
import { type ClientRow, clientRow, linkedAccounts } from '../client-query.ts';
import { deleteAccount, updateAccount, updateClient } from '../client-repository.ts';
import type { By, ClientTools } from '../clients.ts';
import { connectorFor, openConnection } from '../connection.ts';
import { toAppError } from '../faults.ts';
import { deviceKey, seal } from '../link.ts';
import { suspiciousLoss } from '../loss.ts';
import { type Connection, remoteKinds } from '../media-server.ts';
import { retireLonely } from '../removal.ts';
import { endDeadRuns } from '../run-repository.ts';
import { dropLibraries, librariesOf, saveLibrary } from './libraries-repository.ts';
import { type Remapping, remap } from './remap.ts';
import { type FoundAccount, type NewServer, readServer } from './replace-plan.ts';
import {
  copiesToReplace,
  forgetServer,
  freeAccounts,
  freeNames,
  newestRun,
  type ReplacedCopy,
  rename,
  takeCopies,
} from './replace-repository.ts';

/** How the new server is reached. Absent credentials: those that are kept. */
export interface NewPlace {
  address: string;
  userName?: string | null | undefined;
  password?: string | null | undefined;
  token?: string | null | undefined;
}

/** What replacing a client's server would do, or did. */
export interface Replacement {
  server: { name: string; version: string /** Whether it is the server that was connected before. */; same: boolean };
  remapping: Remapping;
  accounts: FoundAccount[];
  warnings: string[];
  done: boolean;
}

export type ReplaceTools = Pick<
  ClientTools,
  'database' | 'clock' | 'audit' | 'credentials' | 'connectors' | 'installation'
> & { ingest: Pick<Ingest, 'retire'> };

/**
 * Shows what becomes of a client's copies when another server takes its place: a rebuilt one, or one that was moved.
 * Nothing is changed on either side.
 * @throws AppError `not_found`; `unavailable` or `invalid` when the server fails
 */
export const previewReplacement = async (
  tools: ReplaceTools,
  clientId: ClientId,
  place: NewPlace,
  signal: AbortSignal,
): Promise<Replacement> => {
  const { client, found, remapping, doubtful } = await plan(tools, clientId, place, signal);
  return reportOf(client, found, remapping, { doubtful, done: false });
};

/**
 * Puts another server in a client's place, in one unit of work: copies get their names on the new server, and everything
 * that was seen on the old one is forgotten, so that a server on which nothing is watched takes nothing from anyone. What
 * the new one does not have is away; its items are retired only where so few are gone that this can be believed.
 * @throws AppError as {@link previewReplacement}; `conflict` while a run goes on, or where that server is connected already
 */
export const replaceServer = async (
  tools: ReplaceTools,
  by: By,
  clientId: ClientId,
  place: NewPlace,
  signal: AbortSignal,
): Promise<Replacement> => {
  const before = await newestRun(tools.database.read, clientId);
  const { client, connection, found, remapping, doubtful } = await plan(tools, clientId, place, signal);
  if (!found.complete) throw unavailable('Its library changed while it was read. Try again when it has come to rest.');
  const report = reportOf(client, found, remapping, { doubtful, done: true });
  await connectedOnce(tools, connection, client, async (tx) => {
    // One whose program died does not go on.
    await endDeadRuns(tx, tools.clock.now());
    const now = await newestRun(tx, clientId);
    if (now?.state === 'running') throw conflict('A run goes on for this client. Try again when it has ended.');
    if (now?.id !== before?.id) throw conflict('A run changed what is known of this client meanwhile. Try again.');
    await exchange(tx, tools, client, connection, found);
    await moveCopies(tx, tools, clientId, remapping, doubtful);
    await note(tx, tools, by, client, connection, remapping);
  });
  return report;
};

const plan = async (tools: ReplaceTools, clientId: ClientId, place: NewPlace, signal: AbortSignal) => {
  const { database, connectors, credentials } = tools;
  const client = await clientRow(database.read, clientId);
  const connection: Connection = {
    ...openConnection(tools, client),
    address: normalAddress(place.address),
    ...(place.userName === undefined ? {} : { userName: place.userName }),
    ...(place.password === undefined ? {} : { password: place.password }),
    ...(place.token === undefined ? {} : { token: place.token }),
  };
  const linked = await linkedAccounts(database.read, clientId);
  const server = connectorFor(connectors, client.kind).connect(connection);
  const found = await readServer(server, linked, credentials.open, signal).catch((error) => {
    throw toAppError(error);
  });
  const known = await copiesToReplace(database.read, clientId);
  const entries = found.entries.map((entry) => ({ ...entry, externalIds: normaliseExternalIds(entry.externalIds) }));
  const remapping = remap(known, entries);
  const doubtful = suspiciousLoss(lossesOf(known, remapping)) !== undefined;
  return { client, connection, found, remapping, doubtful };
};

const reportOf = (
  client: ClientRow,
  { facts, accounts, complete }: NewServer,
  remapping: Remapping,
  { doubtful, done }: { doubtful: boolean; done: boolean },
): Replacement => {
  const missing = accounts.filter(({ remote }) => !remote).map(({ linked }) => linked.name);
  const pins = accounts.filter(({ needsPin }) => needsPin).map(({ linked }) => linked.name);
  return {
    server: {
      name: facts.name,
      version: facts.version,
      same: facts.serverId !== null && facts.serverId === client.server_id,
    },
    remapping,
    accounts,
    warnings: [
      ...facts.warnings,
      ...(complete ? [] : ['Its library changed while it was read: what is shown here may not be all.']),
      ...(missing.length > 0
        ? [`It has no account of ${missing.join(', ')}: that link ends, what was watched stays.`]
        : []),
      ...(pins.length > 0 ? [`To act as ${pins.join(', ')} their PIN is needed again.`] : []),
      ...(doubtful ? ['So much is not there that its items stay, without a copy, until it is.'] : []),
    ],
    done,
  };
};

/** @throws AppError `conflict` when a client is connected there already */
const connectedOnce = async (
  { database }: ReplaceTools,
  { address }: Connection,
  { kind }: ClientRow,
  work: (tx: Transaction) => Promise<void>,
): Promise<void> => {
  try {
    await database.transaction(work);
  } catch (error) {
    if (!database.dialect.isUniqueViolation(error)) throw error;
    throw conflict(`The ${kind} at ${address} is connected already, as a client of its own.`);
  }
};

/** Address, credentials, people and libraries become those of the new server. */
const exchange = async (
  tx: Transaction,
  tools: ReplaceTools,
  client: ClientRow,
  connection: Connection,
  { facts, accounts, libraries }: NewServer,
): Promise<void> => {
  await updateClient(tx, client.id, {
    address: connection.address,
    user_name: connection.userName,
    secret: seal(tools, connection.password),
    token: seal(tools, connection.token),
    server_id: facts.serverId,
    server_version: facts.version.slice(0, 100),
  });
  await freeAccounts(tx, client.id);
  const place = { kind: client.kind, address: connection.address, server_id: facts.serverId };
  for (const { linked, remote, secret } of accounts) {
    if (!remote) {
      await deleteAccount(tx, linked.id);
      continue;
    }
    await updateAccount(tx, linked.id, {
      remote_user_id: remote.remoteId,
      remote_name: remote.name,
      ...(secret === undefined ? {} : { secret: seal(tools, secret) }),
    });
    await moveDevice(tx, linked.deviceUserId, deviceKey(place, remote.remoteId));
  }
  await moveLibraries(tx, client.id, libraries);
};

/** What was chosen for a library holds for the one of the same name and kind. */
const moveLibraries = async (tx: Transaction, clientId: ClientId, told: NewServer['libraries']): Promise<void> => {
  const known = await librariesOf(tx, clientId);
  await dropLibraries(
    tx,
    clientId,
    known.map(({ remoteId }) => remoteId),
  );
  for (const { remoteId, name, kind } of told) {
    const before = known.find((one) => one.kind === kind && fold(one.name) === fold(name));
    await saveLibrary(tx, {
      client_id: clientId,
      remote_id: remoteId,
      name: name.slice(0, 200),
      kind,
      library_id: before?.libraryId ?? null,
      included: (before?.included ?? true) ? 1 : 0,
    });
  }
};

const moveCopies = async (
  tx: Transaction,
  { clock, ingest }: ReplaceTools,
  clientId: ClientId,
  remapping: Remapping,
  doubtful: boolean,
): Promise<void> => {
  await forgetServer(tx, clientId);
  await freeNames(tx, clientId);
  await rename(tx, remapping.moved);
  const items = await takeCopies(
    tx,
    remapping.gone.map(({ id }) => id),
    clock.now(),
  );
  if (doubtful) return;
  // What nobody can tell apart is there, only not known which it is.
  const unclear = new Set(remapping.conflicting.flatMap(({ copies }) => copies.map(({ itemId }) => itemId)));
  const lost = items.filter((id) => !unclear.has(id));
  await retireLonely(tx, ingest, lost, clock.now());
};

const lossesOf = (known: readonly ReplacedCopy[], { gone }: Remapping) => {
  const away = new Set(gone.map(({ id }) => id));
  const present = known.filter(({ removedAt }) => removedAt === null);
  return remoteKinds.map((kind) => ({
    kind,
    known: present.filter((copy) => copy.kind === kind).length,
    missing: present.filter((copy) => copy.kind === kind && away.has(copy.id)).length,
  }));
};

const note = (
  tx: Transaction,
  { audit }: ReplaceTools,
  by: By,
  client: ClientRow,
  connection: Connection,
  { moved, fresh, gone, conflicting }: Remapping,
): Promise<void> =>
  audit.record(tx, {
    actor: by,
    entityType: 'client',
    entityId: client.id,
    action: 'update',
    reason: 'Its server was replaced.',
    changes: {
      address: [client.address, connection.address],
      moved: [null, moved.length],
      new: [null, fresh.length],
      gone: [null, gone.length],
      conflicting: [null, conflicting.length],
    },
  });
