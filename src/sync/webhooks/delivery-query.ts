import { type Selectable, sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import type { ClientKind, DeliveriesTable } from '#database/tables/sync.ts';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import { decodeIntegers, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { KEPT } from './kept-body.ts';
import type { DeliveryView } from './views.ts';

export type DeliveryRow = Selectable<DeliveriesTable>;

/** A client as far as its deliveries concern it. */
export interface Sender {
  id: ClientId;
  name: string;
  kind: ClientKind;
  serverId: string | null;
  digest: string | null;
  sealed: string | null;
}

/** The client whose webhook has this digest. */
export const senderByDigest = (db: Reader, digest: string): Promise<Sender | undefined> =>
  senders(db).where('webhook_digest', '=', digest).executeTakeFirst();

export const senderById = (db: Reader, id: ClientId): Promise<Sender | undefined> =>
  senders(db).where('id', '=', id).executeTakeFirst();

const senders = (db: Reader) =>
  db
    .selectFrom('clients')
    .select(['id', 'name', 'kind', 'server_id as serverId', 'webhook_digest as digest', 'webhook_secret as sealed']);

/** Newest first. */
export const listDeliveries = async (
  db: Reader,
  clientId: ClientId,
  request: PageRequest,
): Promise<Page<DeliveryView>> => {
  const [before] = request.cursor === undefined ? [] : decodeIntegers('deliveries', 1, request.cursor);
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('client_id', '=', clientId)
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .orderBy('id', 'desc')
    .limit(request.limit + 1)
    .execute();
  const page = pageOf(rows, request.limit, 'deliveries', (row) => [row.id]);
  return { items: page.items.map((row) => viewOf(row, SHOWN)), next: page.next };
};

/** @throws AppError `not_found` */
export const deliveryRow = async (db: Reader, clientId: ClientId, id: number): Promise<DeliveryRow> => {
  const row = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('This delivery');
  return row;
};

/** Those that wait, oldest first, after one of them. */
export const waitingDeliveries = (db: Reader, after: number, most: number): Promise<DeliveryRow[]> =>
  db
    .selectFrom('deliveries')
    .selectAll()
    .where(sql<boolean>`outcome = 'waiting'`)
    .where('id', '>', after)
    .orderBy('id')
    .limit(most)
    .execute();

/** With as much of its body as is shown. */
export const viewOf = (row: DeliveryRow, shown = KEPT): DeliveryView => {
  const text = Buffer.from(row.body, 'base64').toString('utf8');
  return {
    id: row.id,
    receivedAt: toIso(row.received_at),
    contentType: row.content_type,
    body: text.slice(0, shown),
    bodyIsCut: text.length > shown,
    outcome: row.outcome,
    detail: row.detail,
    handledAt: toIsoOrNull(row.handled_at),
  };
};

/** Letters of a body in a list. */
const SHOWN = 2000;
