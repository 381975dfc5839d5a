import type { Selectable } from 'kysely';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Reader } from '#database/database.ts';
import { readColumn } from '#database/json.ts';
import type { ClientsTable } from '#database/tables/sync.ts';
import { type Instant, toIso, toIsoOrNull } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import { asId, type ClientAccountId, type ClientId, type DeviceUserId, type MediaItemId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Doubt } from './place.ts';
import { type RunRow, readCounts, readWarnings, runsOf } from './run-repository.ts';
import type { ClientView, RunView, UnmatchedView } from './views.ts';

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

/** The account that an import is made for; Kodi and the like have one. */
export const accountOf = (db: Reader, clientId: ClientId): Promise<Account | undefined> =>
  db
    .selectFrom('client_accounts')
    .select(['id', 'remote_user_id as remoteId', 'device_user_id as deviceUserId', 'state_read_at as stateReadAt'])
    .where('client_id', '=', clientId)
    .orderBy('id')
    .executeTakeFirst();

export interface Account {
  id: ClientAccountId;
  remoteId: string;
  deviceUserId: DeviceUserId;
  /** The start of the last import that took over its state; null: none did. */
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
  state: row.state,
  startedAt: toIso(row.started_at),
  endedAt: toIsoOrNull(row.ended_at),
  counts: readCounts(row.counts),
  warnings: readWarnings(row.warnings),
  error: row.error,
});

/** Entries that a person has to decide on, with what each may be. */
export const listUnmatched = async (
  db: Reader,
  clientId: ClientId,
  request: PageRequest,
): Promise<Page<UnmatchedView>> => {
  await clientRow(db, clientId);
  const after = idOf('unmatched', request);
  const rows = await db
    .selectFrom('client_items')
    .select(['id', 'client_item_id', 'kind', 'title', 'year', 'path', 'doubt'])
    .where('client_id', '=', clientId)
    .where('item_id', 'is', null)
    .where('removed_at', 'is', null)
    .$if(after !== null, (query) => query.where('id', '>', after as never))
    .orderBy('id')
    .limit(request.limit + 1)
    .execute();
  const page = pageOf(rows, request.limit, 'unmatched', (row) => [row.id]);
  const doubts = page.items.map((row) => readDoubt(row.doubt));
  const candidates = await loadCandidates(
    db,
    doubts.flatMap((doubt) => doubt.candidates),
  );
  const items = page.items.map(({ client_item_id, doubt: _, ...row }, index) => ({
    ...row,
    clientItemId: client_item_id,
    reason: doubts[index]?.reason ?? '',
    candidates: (doubts[index]?.candidates ?? []).flatMap((id) => candidates.get(id) ?? []),
  }));
  return { items, next: page.next };
};

const idOf = (list: string, { cursor }: PageRequest): number | null =>
  cursor ? Number(decodeCursor(list, 1, cursor)[0]) : null;

const viewsOf = async (db: Reader, rows: ClientRow[]): Promise<ClientView[]> => {
  const accounts = await loadAccounts(
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
    timeZone: row.time_zone,
    serverVersion: row.server_version,
    createdAt: toIso(row.created_at),
    importedAt: toIsoOrNull(row.imported_at),
    accounts: accounts.filter((account) => account.client_id === row.id).map(({ client_id: _, ...account }) => account),
  }));
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
          'a.remote_name as remoteName',
          'd.user_id as userId',
          'd.id as deviceUserId',
          'd.isolation',
        ])
        .where('a.client_id', 'in', clientIds)
        .orderBy('a.id')
        .execute();

const DoubtShape = Compile(Type.Object({ reason: Type.String(), candidates: Type.Array(Type.Integer()) }));

const readDoubt = (text: string | null): Doubt => {
  const doubt = text === null ? undefined : readColumn(text, (value) => DoubtShape.Check(value));
  if (!doubt) return { reason: 'Its item was deleted; the next import looks for it again.', candidates: [] };
  return { reason: doubt.reason, candidates: doubt.candidates.map(asId<MediaItemId>) };
};

const loadCandidates = async (db: Reader, ids: MediaItemId[]) => {
  const unique = [...new Set(ids)].slice(0, 1000);
  if (unique.length === 0) return new Map<MediaItemId, UnmatchedView['candidates']>();
  const rows = await db
    .selectFrom('media_items')
    .select(['id', 'kind', 'title', 'year'])
    .where('id', 'in', unique)
    .execute();
  return new Map(rows.map((row) => [row.id, [row]]));
};
