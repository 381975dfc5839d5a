import type { Transaction } from '#database/database.ts';
import { changeIsolation, loadActor } from '#identity/device-users.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import { asId, type ClientAccountId, type ClientId, type UserId } from '#kernel/ids.ts';
import { type ClientRow, clientRow, linkedAccounts } from './client-query.ts';
import { deleteAccount, requireUser, updateAccount } from './client-repository.ts';
import type { By, ClientTools } from './clients.ts';
import { connectorFor, openConnection } from './connection.ts';
import { toAppError } from './faults.ts';
import { linkAccount, seal } from './link.ts';
import type { MediaServer, RemoteAccount } from './media-server.ts';
import type { AccountChanges, NewAccount, RemoteAccountView } from './views.ts';

/** The people that a server knows, and with whom here each is linked. */
export const remoteAccounts = async (
  tools: ClientTools,
  id: ClientId,
  signal: AbortSignal,
): Promise<RemoteAccountView[]> => {
  const { server } = await open(tools, id);
  const found = await server.accounts(signal).catch(rethrow);
  const linked = await linkedAccounts(tools.database.read, id);
  return found.map(({ remoteId, name, entry, own }) => ({
    remoteId,
    name,
    entry: own ? 'none' : entry,
    accountId: linked.find((one) => one.remoteId === remoteId)?.id ?? null,
  }));
};

/** Links a person of the server with one of ours: from here on that account is a device of theirs (domain §2). */
export const addAccount = async (
  tools: ClientTools,
  by: By,
  id: ClientId,
  input: NewAccount,
  signal: AbortSignal,
): Promise<void> => {
  const { client, server } = await open(tools, id);
  const account = (await server.accounts(signal).catch(rethrow)).find((one) => one.remoteId === input.remoteId);
  if (!account) throw notFound(`The account ${input.remoteId} of ${client.name}`);
  const secret = await entered(server, account, input, signal);
  const userId = asId<UserId>(input.userId);
  try {
    await tools.database.transaction(async (tx) => {
      await requireUser(tx, userId);
      const isolation = await linkAccount(tx, tools, client, { account, userId, isolation: input.isolation, secret });
      await note(tx, tools, by, client, {
        account: [null, account.name],
        user: [null, userId],
        isolation: [null, isolation],
      });
    });
  } catch (error) {
    if (!tools.database.dialect.isUniqueViolation(error)) throw error;
    throw conflict(`${account.name} of ${client.name} is linked already.`);
  }
};

/** Changes which way an account's activity goes, or what it is acted as with. */
export const changeAccount = async (
  tools: ClientTools,
  by: By,
  id: ClientId,
  accountId: ClientAccountId,
  changes: AccountChanges,
  signal: AbortSignal,
): Promise<void> => {
  const { client, server } = await open(tools, id);
  const linked = await linkedAccount(tools, client, accountId);
  const secret = await changedSecret(server, linked.remoteId, changes, signal);
  await tools.database.transaction(async (tx) => {
    const actor = await loadActor(tx, linked.deviceUserId);
    if (secret !== undefined) await updateAccount(tx, accountId, { secret: seal(tools, secret) });
    if (changes.isolation !== undefined) await changeIsolation(tx, tools.rebuilder, actor, changes.isolation);
    await note(tx, tools, by, client, {
      account: [linked.name, linked.name],
      ...(changes.isolation === undefined ? {} : { isolation: [actor.isolation, changes.isolation] }),
      ...(secret === undefined ? {} : { accountSecret: ['•••', '•••'] }),
    });
  });
};

/** Ends a link. What was watched there stays with its person. */
export const removeAccount = async (
  tools: ClientTools,
  by: By,
  id: ClientId,
  accountId: ClientAccountId,
): Promise<void> => {
  const client = await clientRow(tools.database.read, id);
  const linked = await linkedAccount(tools, client, accountId);
  await tools.database.transaction(async (tx) => {
    await deleteAccount(tx, accountId);
    await note(tx, tools, by, client, { account: [linked.name, null] });
  });
};

const open = async (tools: ClientTools, id: ClientId): Promise<{ client: ClientRow; server: MediaServer }> => {
  const client = await clientRow(tools.database.read, id);
  const connection = openConnection(tools, client);
  return { client, server: connectorFor(tools.connectors, client.kind).connect(connection) };
};

const linkedAccount = async ({ database }: ClientTools, client: ClientRow, accountId: ClientAccountId) => {
  const linked = (await linkedAccounts(database.read, client.id)).find((one) => one.id === accountId);
  if (!linked) throw notFound(`This account of ${client.name}`);
  return linked;
};

/** What it takes to act as an account. */
const entered = async (
  server: MediaServer,
  { remoteId, name, entry, own }: RemoteAccount,
  { pin, password }: Pick<NewAccount, 'pin' | 'password'>,
  signal: AbortSignal,
): Promise<string | null> => {
  if (own || entry === 'none') return null;
  if (entry === 'password') {
    if (password === undefined) throw wanted('password', `The password of ${name} is needed to act as that account.`);
    await server.libraries({ remoteId, secret: password }, signal).catch(rethrow);
    return password;
  }
  if (entry === 'pin' && pin === undefined) throw wanted('pin', `The PIN of ${name} is needed to act as that account.`);
  if (!server.enter) throw invalid(`${name} cannot be acted as with these credentials.`);
  return server.enter(remoteId, pin ?? null, signal).catch(rethrow);
};

const changedSecret = async (
  server: MediaServer,
  remoteId: string,
  changes: AccountChanges,
  signal: AbortSignal,
): Promise<string | null | undefined> => {
  if (changes.pin === undefined && changes.password === undefined) return undefined;
  const account = (await server.accounts(signal).catch(rethrow)).find((one) => one.remoteId === remoteId);
  if (!account) throw notFound('This account on the server');
  return entered(server, account, changes, signal);
};

const wanted = (path: string, message: string) => invalid(message, [{ path, message: 'is missing' }]);

const note = (
  tx: Transaction,
  { audit }: ClientTools,
  by: By,
  { id }: ClientRow,
  changes: Record<string, [unknown, unknown]>,
) => audit.record(tx, { actor: by, entityType: 'client', entityId: id, action: 'update', changes });

const rethrow = (error: unknown): never => {
  throw toAppError(error);
};
