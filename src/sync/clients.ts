import type { Audit } from '#audit/audit.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Database, Transaction } from '#database/database.ts';
import { moveDevice } from '#identity/device-users.ts';
import type { ScopeRebuilder } from '#identity/ports.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { ClientId, UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Actor, IsolationMode } from '#kernel/viewer.ts';
import { normalAddress } from './address.ts';
import { checkedSchedule, checkedZone } from './client-input.ts';
import { type ClientRow, clientRow, linkedAccounts, viewClient } from './client-query.ts';
import { deleteClient, insertClient, requireUser, updateClient } from './client-repository.ts';
import { connectorFor, openConnection, refuseOther } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { toAppError } from './faults.ts';
import { deviceKey, linkAccount } from './link.ts';
import type { Connection, Connector, RemoteAccount, ServerFacts } from './media-server.ts';
import { retireLonely } from './removal.ts';
import { itemsHeld } from './removal-repository.ts';
import type { SignIns } from './sign-ins.ts';
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
  signIns: Pick<SignIns, 'tokenFor'>;
  /** Names this installation to media servers, see `Connection`. */
  installation: string;
}

/** How often a client is synced unless its person says otherwise; not at the full hour, when all others do so. */
const HOURLY = '17 * * * *';

/** Connects a media server; nothing is kept of one that does not answer rightly. */
export const addClient = async (tools: ClientTools, by: By, input: NewClient, signal: AbortSignal): Promise<Added> => {
  const connection: Connection = {
    address: normalAddress(input.address),
    userName: input.userName?.trim() ?? null,
    password: input.password ?? null,
    token: input.signIn
      ? tools.signIns.tokenFor(input.signIn.id, input.signIn.serverId)
      : (input.token?.trim() ?? null),
    timeZone: checkedZone(input.timeZone ?? null),
    installation: tools.installation,
  };
  const schedule = checkedSchedule(input.schedule === undefined ? HOURLY : input.schedule);
  const userId = input.userId === undefined ? by?.userId : asId<UserId>(input.userId);
  if (userId === undefined)
    throw invalid('Say whose account it is: give a user.', [{ path: 'userId', message: 'is missing' }]);
  const connector = connectorFor(tools.connectors, input.kind);
  const { facts, accounts } = await ask(connector, connection, signal);
  const account = ownerOf(accounts, input);
  const name = (input.name?.trim() || facts.name.trim() || connector.label).slice(0, 100);
  const id = await saveNew(tools, by, { input, connection, schedule, userId, name, facts, account });
  const warnings = account ? facts.warnings : [...facts.warnings, nobodyYet(name, accounts)];
  return { client: await viewClient(tools.database.read, id), warnings };
};

/**
 * Whose account the client is linked with at once: the one that is named, the one whose credentials were given, or the
 * only one. With a key of the whole server it is nobody's: accounts are linked next.
 */
const ownerOf = (accounts: readonly RemoteAccount[], { accountId }: NewClient): RemoteAccount | undefined => {
  if (accountId === undefined)
    return accounts.find((one) => one.own) ?? (accounts.length === 1 ? accounts[0] : undefined);
  const named = accounts.find((one) => one.remoteId === accountId);
  if (named && (named.own || named.entry === 'none')) return named;
  const why = named ? 'needs a PIN or a password: link it once the client is added' : 'is none of its accounts';
  throw invalid(`The account ${accountId} ${why}.`, [{ path: 'accountId', message: why }]);
};

const nobodyYet = (name: string, accounts: readonly RemoteAccount[]): string =>
  `Nobody is linked yet, so only the catalog of ${name} is read. It knows ${accounts
    .slice(0, 10)
    .map((account) => account.name)
    .join(', ')}: link accounts with people here.`;

/** Changes a client. Another address and other credentials are tried before they are kept. */
export const changeClient = async (
  tools: ClientTools,
  by: By,
  id: ClientId,
  asked: ClientChanges,
  signal: AbortSignal,
): Promise<ClientView> => {
  const { database, connectors } = tools;
  const changes = asked.address === undefined ? asked : { ...asked, address: normalAddress(asked.address) };
  const before = await clientRow(database.read, id);
  if (changes.timeZone) checkedZone(changes.timeZone);
  if (changes.schedule) checkedSchedule(changes.schedule);
  if ([changes.address, changes.userName, changes.password, changes.token].some((one) => one !== undefined)) {
    const connection = { ...openConnection(tools, before, changes), ...definedZone(changes) };
    const { facts } = await ask(connectorFor(connectors, before.kind), connection, signal);
    refuseOther(before, facts);
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
    if (changes.address !== undefined) await moveAccounts(tx, current, place);
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

const ask = async (
  connector: Connector,
  connection: Connection,
  signal: AbortSignal,
): Promise<{ facts: ServerFacts; accounts: RemoteAccount[] }> => {
  try {
    const server = connector.connect(connection);
    const facts = await server.verify(signal);
    const accounts = await server.accounts(signal);
    if (accounts.length === 0)
      throw invalid(`${connector.label} at ${connection.address} shows no account with these credentials.`);
    return { facts, accounts };
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
  schedule: string | null;
  /** undefined: nobody's. */
  account: RemoteAccount | undefined;
}

const saveNew = async (tools: ClientTools, by: By, made: NewRow): Promise<ClientId> => {
  const { database, audit } = tools;
  const { kind } = made.input;
  const { address, userName, timeZone } = made.connection;
  return connectedOnce(database, { kind, address }, async (tx) => {
    await requireUser(tx, made.userId);
    const id = await insertClient(tx, clientValues(tools, made));
    const isolation = made.account ? await linkFirst(tx, tools, id, made, made.account) : null;
    const changes = {
      kind,
      address,
      name: made.name,
      userName,
      timeZone,
      isolation,
      schedule: made.schedule,
      password: made.connection.password === null ? null : '•••',
      token: made.connection.token === null ? null : '•••',
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
  token: made.connection.token === null ? null : credentials.seal(made.connection.token),
  server_id: made.facts.serverId,
  time_zone: made.connection.timeZone,
  server_version: made.facts.version.slice(0, 100),
  schedule: made.schedule,
  webhook_digest: null,
  webhook_secret: null,
  created_at: clock.now(),
  imported_at: null,
});

const linkFirst = (
  tx: Transaction,
  tools: ClientTools,
  id: ClientId,
  { userId, name, facts, connection, input: { kind, isolation } }: NewRow,
  account: RemoteAccount,
): Promise<IsolationMode> => {
  const client = { id, kind, name, address: connection.address, server_id: facts.serverId };
  return linkAccount(tx, tools, client, { account, userId, isolation, secret: null });
};

/** Devices of servers that have no id of their own are named by their address. */
const moveAccounts = async (tx: Transaction, client: ClientRow, place: Place): Promise<void> => {
  if (client.server_id !== null) return;
  for (const account of await linkedAccounts(tx, client.id)) {
    await moveDevice(tx, account.deviceUserId, deviceKey({ ...place, server_id: null }, account.remoteId));
  }
};

const definedZone = (changes: ClientChanges) => (changes.timeZone === undefined ? {} : { timeZone: changes.timeZone });

const valuesOf = (credentials: Credentials, changes: ClientChanges) => ({
  ...(changes.address === undefined ? {} : { address: changes.address }),
  ...(changes.name === undefined ? {} : { name: changes.name.trim() }),
  ...(changes.userName === undefined ? {} : { user_name: changes.userName }),
  ...(changes.timeZone === undefined ? {} : { time_zone: changes.timeZone }),
  ...(changes.schedule === undefined ? {} : { schedule: changes.schedule }),
  ...(changes.token === undefined ? {} : { token: changes.token === null ? null : credentials.seal(changes.token) }),
  ...(changes.password === undefined
    ? {}
    : { secret: changes.password === null ? null : credentials.seal(changes.password) }),
});

const diff = (before: ClientRow, values: Partial<ClientRow>): Record<string, [unknown, unknown]> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) =>
      key === 'secret' || key === 'token'
        ? [key === 'secret' ? 'password' : key, [before[key] && '•••', value && '•••']]
        : [key, [before[key as keyof ClientRow], value]],
    ),
  );
