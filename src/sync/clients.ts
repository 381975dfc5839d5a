import type { Audit } from '#audit/audit.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { ClientKind } from '#database/tables/sync.ts';
import { changeIsolation, linkDeviceUser, moveDevice } from '#identity/device-users.ts';
import type { ScopeRebuilder } from '#identity/ports.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { ClientId, UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Actor, IsolationMode } from '#kernel/viewer.ts';
import { normalAddress } from './address.ts';
import { accountOf, type ClientRow, clientRow, viewClient } from './client-query.ts';
import { deleteClient, insertAccount, insertClient, requireUser, updateClient } from './client-repository.ts';
import type { Credentials } from './credentials.ts';
import { toAppError } from './faults.ts';
import type { Connection, Connector, RemoteAccount, ServerFacts } from './media-server.ts';
import { retireLonely } from './removal.ts';
import { itemsHeld } from './removal-repository.ts';
import type { ClientChanges, ClientView, NewClient } from './views.ts';

/** Who acts, for the audit; null: the command line. */
export type By = Pick<Actor, 'userId' | 'deviceUserId'> | null;

/** A client that was added, and what its person should know of it. */
export interface Added {
  client: ClientView;
  warnings: string[];
}

export interface ClientTools {
  database: Database;
  clock: Clock;
  audit: Audit;
  credentials: Credentials;
  connectors: readonly Connector[];
  rebuilder: ScopeRebuilder;
}

/** Connects a media server; nothing is kept of one that does not answer rightly. */
export const addClient = async (tools: ClientTools, by: By, input: NewClient, signal: AbortSignal): Promise<Added> => {
  const connection: Connection = {
    address: normalAddress(input.address),
    userName: input.userName?.trim() ?? null,
    password: input.password ?? null,
    timeZone: checkedZone(input.timeZone ?? null),
  };
  const userId = input.userId === undefined ? by?.userId : asId<UserId>(input.userId);
  if (userId === undefined)
    throw invalid('Say whose account it is: give a user.', [{ path: 'userId', message: 'is missing' }]);
  const connector = connectorFor(tools.connectors, input.kind);
  const { facts, account } = await ask(connector, connection, signal);
  const name = (input.name?.trim() || facts.name.trim() || connector.label).slice(0, 100);
  const id = await saveNew(tools, by, { input, connection, userId, name, facts, account });
  return { client: await viewClient(tools.database.read, id), warnings: facts.warnings };
};

/** Changes a client. Another address and other credentials are tried before they are kept. */
export const changeClient = async (
  tools: ClientTools,
  by: By,
  id: ClientId,
  asked: ClientChanges,
  signal: AbortSignal,
): Promise<ClientView> => {
  const { database, connectors, credentials } = tools;
  const changes = asked.address === undefined ? asked : { ...asked, address: normalAddress(asked.address) };
  const before = await clientRow(database.read, id);
  if (changes.timeZone) checkedZone(changes.timeZone);
  if (changes.address !== undefined || changes.userName !== undefined || changes.password !== undefined) {
    const connection = { ...openConnection(credentials, before, changes), ...definedZone(changes) };
    await ask(connectorFor(connectors, before.kind), connection, signal);
  }
  await saveChanges(tools, by, before, changes);
  return viewClient(database.read, id);
};

const saveChanges = async (
  { database, audit, credentials }: ClientTools,
  by: By,
  before: ClientRow,
  changes: ClientChanges,
): Promise<void> => {
  const { id, kind } = before;
  const place = { kind, address: changes.address ?? before.address };
  const values = valuesOf(credentials, changes);
  await connectedOnce(database, place, async (tx) => {
    const current = await clientRow(tx, id);
    await updateClient(tx, id, values);
    if (changes.address !== undefined) await moveAccount(tx, id, place);
    await audit.record(tx, {
      actor: by,
      entityType: 'client',
      entityId: id,
      action: 'update',
      changes: diff(current, values),
    });
  });
};

/** Forgets a client with its mappings and shadows, and retires what it alone had. What was watched there stays. */
export const removeClient = async (
  { database, clock, audit, ingest }: ClientTools & { ingest: Pick<Ingest, 'retire'> },
  by: By,
  id: ClientId,
): Promise<void> => {
  await database.transaction(async (tx) => {
    const { name, kind, address } = await clientRow(tx, id);
    const held = await itemsHeld(tx, id);
    await deleteClient(tx, id);
    await retireLonely(tx, ingest, held, clock.now());
    const changes = { name: [name, null], kind: [kind, null], address: [address, null] } satisfies Record<
      string,
      [unknown, unknown]
    >;
    await audit.record(tx, { actor: by, entityType: 'client', entityId: id, action: 'delete', changes });
  });
};

/** How to reach a client, with its password opened. */
export const openConnection = (credentials: Credentials, row: ClientRow, changes: ClientChanges = {}): Connection => ({
  address: changes.address ?? row.address,
  userName: changes.userName === undefined ? row.user_name : changes.userName,
  password:
    changes.password === undefined ? (row.secret === null ? null : credentials.open(row.secret)) : changes.password,
  timeZone: row.time_zone,
});

/** @throws AppError `invalid` when no connector speaks with this kind */
export const connectorFor = (connectors: readonly Connector[], kind: ClientKind): Connector => {
  const connector = connectors.find((one) => one.kind === kind);
  if (connector) return connector;
  const known = connectors.map((one) => one.kind).join(', ');
  throw invalid(`Leftoff cannot connect to ${kind} yet; it can to ${known}.`, [
    { path: 'kind', message: `must be one of ${known}` },
  ]);
};

const ask = async (
  connector: Connector,
  connection: Connection,
  signal: AbortSignal,
): Promise<{ facts: ServerFacts; account: RemoteAccount }> => {
  try {
    const server = connector.connect(connection);
    const facts = await server.verify(signal);
    const [account] = await server.accounts(signal);
    if (!account) throw invalid(`${connector.label} at ${connection.address} shows no account with these credentials.`);
    return { facts, account };
  } catch (error) {
    throw toAppError(error);
  }
};

interface NewRow {
  input: NewClient;
  connection: Connection;
  userId: UserId;
  name: string;
  facts: ServerFacts;
  account: RemoteAccount;
}

const saveNew = async (tools: ClientTools, by: By, made: NewRow): Promise<ClientId> => {
  const { database, audit } = tools;
  const { kind } = made.input;
  const { address, userName, timeZone } = made.connection;
  return connectedOnce(database, { kind, address }, async (tx) => {
    await requireUser(tx, made.userId);
    const id = await insertClient(tx, clientValues(tools, made));
    const isolation = await linkAccount(tx, tools, id, made);
    const changes = {
      kind,
      address,
      name: made.name,
      userName,
      timeZone,
      isolation,
      password: made.connection.password === null ? null : '•••',
    };
    const entries = Object.entries(changes).map(([key, value]): [string, [unknown, unknown]] => [key, [null, value]]);
    await audit.record(tx, {
      actor: by,
      entityType: 'client',
      entityId: id,
      action: 'create',
      changes: Object.fromEntries(entries),
    });
    return id;
  });
};

type Place = Pick<ClientRow, 'kind' | 'address'>;

/** @throws AppError `conflict` when that client is connected already */
const connectedOnce = async <T>(
  database: Database,
  { kind, address }: Place,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  try {
    return await database.transaction(work);
  } catch (error) {
    if (database.dialect.isUniqueViolation(error)) throw conflict(`The ${kind} at ${address} is connected already.`);
    throw error;
  }
};

const clientValues = ({ credentials, clock }: ClientTools, made: NewRow) => ({
  kind: made.input.kind,
  name: made.name,
  address: made.connection.address,
  user_name: made.connection.userName,
  secret: made.connection.password === null ? null : credentials.seal(made.connection.password),
  time_zone: made.connection.timeZone,
  server_version: made.facts.version.slice(0, 100),
  created_at: clock.now(),
  imported_at: null,
});

/** Its account becomes a device user: from here on it is a device like any other (domain §2). */
const linkAccount = async (
  tx: Transaction,
  { clock, rebuilder }: ClientTools,
  id: ClientId,
  { userId, name, account, connection, input: { kind, isolation: wanted } }: NewRow,
): Promise<IsolationMode> => {
  const device = { kind, key: deviceKey({ kind, address: connection.address }), name };
  const actor = await linkDeviceUser(tx, clock, { userId, device, isolation: wanted ?? 'loud' });
  // One that was connected before has its own mode.
  if (wanted !== undefined) await changeIsolation(tx, rebuilder, actor, wanted);
  await insertAccount(tx, {
    client_id: id,
    remote_user_id: account.remoteId,
    remote_name: account.name,
    device_user_id: actor.deviceUserId,
    state_read_at: null,
  });
  return wanted ?? actor.isolation;
};

const moveAccount = async (tx: Transaction, id: ClientId, place: Place): Promise<void> => {
  const account = await accountOf(tx, id);
  if (account) await moveDevice(tx, account.deviceUserId, deviceKey(place));
};

/** Names the device by where the client is, so that one which is removed and connected again is found again. */
const deviceKey = ({ kind, address }: Place): string => `${kind}:${address}`;

const definedZone = (changes: ClientChanges) => (changes.timeZone === undefined ? {} : { timeZone: changes.timeZone });

const valuesOf = (credentials: Credentials, changes: ClientChanges) => ({
  ...(changes.address === undefined ? {} : { address: changes.address }),
  ...(changes.name === undefined ? {} : { name: changes.name.trim() }),
  ...(changes.userName === undefined ? {} : { user_name: changes.userName }),
  ...(changes.timeZone === undefined ? {} : { time_zone: changes.timeZone }),
  ...(changes.password === undefined
    ? {}
    : { secret: changes.password === null ? null : credentials.seal(changes.password) }),
});

const diff = (before: ClientRow, values: Partial<ClientRow>): Record<string, [unknown, unknown]> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) =>
      key === 'secret'
        ? ['password', [before.secret && '•••', value && '•••']]
        : [key, [before[key as keyof ClientRow], value]],
    ),
  );

const checkedZone = (zone: string | null): string | null => {
  if (zone === null || isTimeZone(zone)) return zone;
  throw invalid(`${zone} is not a time zone.`, [
    { path: 'timeZone', message: 'must be an IANA name such as Europe/Berlin' },
  ]);
};

const isTimeZone = (zone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
