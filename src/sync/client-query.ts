import type { Selectable } from 'kysely';
import type { Reader } from '#database/database.ts';
import type { ClientsTable } from '#database/tables/sync.ts';
import { type Instant, toIso, toIsoOrNull } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { ClientAccountId, ClientId, DeviceUserId, ScopeId, UserId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { type RunRow, readCounts, readWarnings, runsOf } from './run-repository.ts';
import type { ClientView, RunView } from './views.ts';

export type ClientRow = Selectable<ClientsTable>;

/** @throws AppError `not_found` */
export const clientRow = async (db: Reader, id: ClientId): Promise<ClientRow> => {
  const row = await db.selectFrom('clients').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('This client');
  return row;
};

/** In the order in which they were added. */
export const listClients = async (db: Reader, request: PageRequest): Promise<Page<ClientView>> => {
  const after = idOf('clients', request);
  const rows = await db
    .selectFrom('clients')
    .selectAll()
    .$if(after !== null, (query) => query.where('id', '>', after as ClientId))
    .orderBy('id')
    .limit(request.limit + 1)
    .execute();
  const page = pageOf(rows, request.limit, 'clients', (row) => [row.id]);
  return { items: await viewsOf(db, page.items), next: page.next };
};

/** @throws AppError `not_found` */
export const viewClient = async (db: Reader, id: ClientId): Promise<ClientView> => {
  const [view] = await viewsOf(db, [await clientRow(db, id)]);
  if (!view) throw notFound('This client');
  return view;
};

/** The accounts of a client that are linked with people here, in the order in which they were. */
export const linkedAccounts = (db: Reader, clientId: ClientId): Promise<LinkedAccount[]> =>
  db
    .selectFrom('client_accounts')
    .select(['id', 'remote_user_id as remoteId', 'remote_name as name', 'secret'])
    .select(['device_user_id as deviceUserId', 'state_read_at as stateReadAt'])
    .where('client_id', '=', clientId)
    .orderBy('id')
    .execute();

/** The clients with an account of a user. */
export const clientsOf = async (db: Reader, userId: UserId): Promise<ClientId[]> => {
  const rows = await db
    .selectFrom('client_accounts as a')
    .innerJoin('device_users as d', 'd.id', 'a.device_user_id')
    .select('a.client_id')
    .distinct()
    .where('d.user_id', '=', userId)
    .execute();
  return rows.map((row) => row.client_id);
};

export interface LinkedAccount {
  id: ClientAccountId;
  remoteId: string;
  name: string;
  /** Sealed; null: none is needed. */
  secret: string | null;
  deviceUserId: DeviceUserId;
  /** The start of the last run that took over its state; null: none did. */
  stateReadAt: Instant | null;
}

/** Newest first. */
export const listRuns = async (db: Reader, clientId: ClientId, request: PageRequest): Promise<Page<RunView>> => {
  await clientRow(db, clientId);
  const rows = await runsOf(db, clientId, request.limit + 1, idOf('runs', request));
  const page = pageOf(rows, request.limit, 'runs', (row) => [row.id]);
  return { items: page.items.map(runView), next: page.next };
};

export const runView = (row: RunRow): RunView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  startedAt: toIso(row.started_at),
  endedAt: toIsoOrNull(row.ended_at),
  counts: readCounts(row.counts),
  warnings: readWarnings(row.warnings),
  error: row.error,
});

const idOf = (list: string, { cursor }: PageRequest): number | null =>
  cursor ? Number(decodeCursor(list, 1, cursor)[0]) : null;

const viewsOf = async (db: Reader, rows: ClientRow[]): Promise<ClientView[]> => {
  const accounts = await loadAccounts(
    db,
    rows.map((row) => row.id),
  );
  const held = await heldOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    address: row.address,
    userName: row.user_name,
    hasPassword: row.secret !== null,
    hasToken: row.token !== null,
    schedule: row.schedule,
    held: held.get(row.id) ?? 0,
    timeZone: row.time_zone,
    serverVersion: row.server_version,
    createdAt: toIso(row.created_at),
    importedAt: toIsoOrNull(row.imported_at),
    accounts: accounts.filter((account) => account.client_id === row.id).map(({ client_id: _, ...account }) => account),
  }));
};

/** How many changes of each wait for a person's word. */
const heldOf = async (db: Reader, clientIds: ClientId[]): Promise<Map<ClientId, number>> => {
  if (clientIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('held_changes')
    .select((row) => ['client_id', row.fn.countAll<number>().as('held')])
    .where('client_id', 'in', clientIds)
    .groupBy('client_id')
    .execute();
  return new Map(rows.map((row) => [row.client_id, Number(row.held)]));
};

const loadAccounts = async (db: Reader, clientIds: ClientId[]) =>
  clientIds.length === 0
    ? []
    : db
        .selectFrom('client_accounts as a')
        .innerJoin('device_users as d', 'd.id', 'a.device_user_id')
        .select([
          'a.id',
          'a.client_id',
          'a.remote_user_id as remoteId',
          'a.remote_name as remoteName',
          'd.user_id as userId',
          'd.id as deviceUserId',
          'd.isolation',
        ])
        .where('a.client_id', 'in', clientIds)
        .orderBy('a.id')
        .execute();

/** All clients, for what goes on in the background. */
export const allClients = (db: Reader): Promise<ClientRow[]> =>
  db.selectFrom('clients').selectAll().orderBy('id').limit(MOST_CLIENTS).execute();

/** A house has a handful. */
const MOST_CLIENTS = 1000;

/** Clients that are synced by a schedule. */
export const scheduledClients = async (db: Reader): Promise<{ id: ClientId; schedule: string }[]> =>
  (await allClients(db)).flatMap(({ id, schedule }) => (schedule === null ? [] : [{ id, schedule }]));

/** Whether anything was ever taken over from an account, or written to it. */
export const wasSynced = async (db: Reader, account: ClientAccountId, scope: ScopeId): Promise<boolean> => {
  const mark = await db.selectFrom('marks').select('item_id').where('scope_id', '=', scope).limit(1).executeTakeFirst();
  if (mark) return true;
  const shadow = db.selectFrom('shadows').select('client_item_id').where('account_id', '=', account).limit(1);
  return (await shadow.executeTakeFirst()) !== undefined;
};
