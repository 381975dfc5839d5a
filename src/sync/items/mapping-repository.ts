import type { Insertable } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { ClientItemPartsTable, ClientItemsTable, ClientKind } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { chunks } from '../chunks.ts';

/** A copy as those who map it need it. */
export interface MappedCopy {
  id: ClientItemId;
  clientId: ClientId;
  clientItemId: string;
  kind: MediaKind;
  /** null: not matched, or left out by a person. */
  itemId: MediaItemId | null;
  match: ClientItemsTable['match'];
  doubt: string | null;
}

/** A copy of an item on a media server, as the seed's `SyncClient`. */
export interface SyncClient {
  clientId: ClientId;
  clientType: ClientKind;
  itemId: string;
}

const LIST = 'mapping';

export const copyNamed = async (
  db: Reader,
  clientId: ClientId,
  clientItemId: string,
): Promise<MappedCopy | undefined> =>
  copies(db).where('client_id', '=', clientId).where('client_item_id', '=', clientItemId).executeTakeFirst();

export const copyById = async (db: Reader, id: ClientItemId): Promise<MappedCopy | undefined> =>
  copies(db).where('id', '=', id).executeTakeFirst();

export const copiesNamed = async (
  db: Reader,
  clientId: ClientId,
  clientItemIds: readonly string[],
): Promise<MappedCopy[]> => {
  const found: MappedCopy[] = [];
  for (const some of chunks([...new Set(clientItemIds)])) {
    found.push(...(await copies(db).where('client_id', '=', clientId).where('client_item_id', 'in', some).execute()));
  }
  return found;
};

/** The mapped copies of a client that are there, in the order of its ids. */
export const mappedPage = async (
  db: Reader,
  clientId: ClientId,
  { limit, cursor }: PageRequest,
): Promise<Page<{ clientItemId: string; itemId: MediaItemId; kind: MediaKind }>> => {
  const [after = ''] = cursor === undefined ? [] : decodeCursor(LIST, 1, cursor);
  const rows = await db
    .selectFrom('client_items')
    .select(['client_item_id', 'item_id', 'kind'])
    .where('client_id', '=', clientId)
    .where('item_id', 'is not', null)
    .where('removed_at', 'is', null)
    .where('client_item_id', '>', String(after))
    .orderBy('client_item_id')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, LIST, (row) => [row.client_item_id]);
  return {
    next: page.next,
    items: page.items.flatMap(({ client_item_id, item_id, kind }) =>
      item_id === null ? [] : [{ clientItemId: client_item_id, itemId: item_id, kind }],
    ),
  };
};

/** All copies of an item that are there, on all clients; a double episode's is one of each of its parts. */
export const copiesOf = async (db: Reader, itemId: MediaItemId): Promise<SyncClient[]> => {
  const rows = await db
    .selectFrom('client_items as c')
    .innerJoin('clients as client', 'client.id', 'c.client_id')
    .select(['c.id', 'c.client_id as clientId', 'client.kind as clientType', 'c.client_item_id as itemId'])
    .where((is) =>
      is.or([
        is('c.item_id', '=', itemId),
        is(
          'c.id',
          'in',
          is.selectFrom('client_item_parts as p').select('p.client_item_id').where('p.item_id', '=', itemId),
        ),
      ]),
    )
    .where('c.removed_at', 'is', null)
    .orderBy('c.client_id')
    .orderBy('c.id')
    .execute();
  return rows.map(({ id: _, ...copy }) => copy);
};

/** @returns the new copy's id; undefined where that client has one of that name */
export const insertCopy = async (
  tx: Transaction,
  values: Insertable<ClientItemsTable>,
): Promise<ClientItemId | undefined> => {
  const row = await tx
    .insertInto('client_items')
    .values(values)
    .onConflict((conflict) => conflict.columns(['client_id', 'client_item_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
};

export const setMatch = async (
  tx: Transaction,
  id: ClientItemId,
  values: Partial<Insertable<ClientItemsTable>>,
): Promise<void> => {
  await tx.updateTable('client_items').set(values).where('id', '=', id).execute();
};

/** Of copies of several items, the second and further ones, in order. */
export const partsOfCopies = async (
  db: Reader,
  copyIds: readonly ClientItemId[],
): Promise<Map<ClientItemId, MediaItemId[]>> => {
  const parts = new Map<ClientItemId, MediaItemId[]>();
  for (const some of chunks(copyIds)) {
    const rows = await db
      .selectFrom('client_item_parts')
      .select(['client_item_id', 'item_id'])
      .where('client_item_id', 'in', some)
      .orderBy('client_item_id')
      .orderBy('part')
      .execute();
    for (const { client_item_id: id, item_id } of rows) parts.set(id, [...(parts.get(id) ?? []), item_id]);
  }
  return parts;
};

/** Makes these the second and further items of a copy. Writes nothing where they are so. */
export const saveParts = async (
  tx: Transaction,
  copyId: ClientItemId,
  further: readonly MediaItemId[],
): Promise<void> => {
  const known = (await partsOfCopies(tx, [copyId])).get(copyId) ?? [];
  if (known.join() === further.join()) return;
  await tx.deleteFrom('client_item_parts').where('client_item_id', '=', copyId).execute();
  const rows: Insertable<ClientItemPartsTable>[] = further.map((item_id, index) => ({
    client_item_id: copyId,
    part: index + 1,
    item_id,
  }));
  if (rows.length > 0) await tx.insertInto('client_item_parts').values(rows).execute();
};

/**
 * Forgets what was seen of a copy by any account: its state is looked at as if it were new, so that dates from before
 * now are believed; and what was held of it is void.
 */
export const forgetStates = async (tx: Transaction, copyId: ClientItemId, now: Instant): Promise<void> => {
  await tx.updateTable('client_items').set({ first_seen_at: now }).where('id', '=', copyId).execute();
  await tx.deleteFrom('shadows').where('client_item_id', '=', copyId).execute();
  await tx.deleteFrom('held_changes').where('client_item_id', '=', copyId).execute();
};

/** Whether an item is there, and of which kind. */
export const kindOfItem = async (db: Reader, id: MediaItemId): Promise<MediaKind | undefined> =>
  (await db.selectFrom('media_items').select('kind').where('id', '=', id).executeTakeFirst())?.kind;

const copies = (db: Reader) =>
  db
    .selectFrom('client_items')
    .select([
      'id',
      'client_id as clientId',
      'client_item_id as clientItemId',
      'kind',
      'item_id as itemId',
      'match',
      'doubt',
    ]);
