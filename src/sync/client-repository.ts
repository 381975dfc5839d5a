import type { Insertable, Updateable } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { ClientAccountsTable, ClientsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { ClientAccountId, ClientId, UserId } from '#kernel/ids.ts';
import type { ServerFacts } from './media-server.ts';

export const insertClient = async (tx: Transaction, values: Insertable<ClientsTable>): Promise<ClientId> => {
  const { id } = await tx.insertInto('clients').values(values).returning('id').executeTakeFirstOrThrow();
  return id;
};

export const updateClient = async (tx: Transaction, id: ClientId, values: Updateable<ClientsTable>): Promise<void> => {
  await tx.updateTable('clients').set(values).where('id', '=', id).execute();
};

/** Its accounts, entries, shadows and runs go with it (foreign keys); items and device users do not. */
export const deleteClient = async (tx: Transaction, id: ClientId): Promise<void> => {
  await tx.deleteFrom('clients').where('id', '=', id).execute();
};

export const insertAccount = async (tx: Transaction, values: Insertable<ClientAccountsTable>): Promise<void> => {
  await tx.insertInto('client_accounts').values(values).execute();
};

/** Notes that a client was read, and who it was then. */
export const markImported = (
  tx: Transaction,
  id: ClientId,
  now: Instant,
  { version, serverId }: Pick<ServerFacts, 'version' | 'serverId'>,
): Promise<void> =>
  updateClient(tx, id, {
    imported_at: now,
    server_version: version.slice(0, 100),
    ...(serverId === null ? {} : { server_id: serverId }),
  });

export const updateAccount = async (
  tx: Transaction,
  id: ClientAccountId,
  values: Updateable<ClientAccountsTable>,
): Promise<void> => {
  await tx.updateTable('client_accounts').set(values).where('id', '=', id).execute();
};

/** Its shadows go with it (foreign keys). */
export const deleteAccount = async (tx: Transaction, id: ClientAccountId): Promise<void> => {
  await tx.deleteFrom('client_accounts').where('id', '=', id).execute();
};

/** Notes which run took over an account's state last, by its start. */
export const markStateRead = async (tx: Transaction, id: ClientAccountId, startedAt: Instant): Promise<void> => {
  await tx.updateTable('client_accounts').set({ state_read_at: startedAt }).where('id', '=', id).execute();
};

/** @throws AppError `not_found` */
export const requireUser = async (db: Reader, userId: UserId): Promise<void> => {
  const user = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst();
  if (!user) throw notFound('This user');
};
