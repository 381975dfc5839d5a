import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { chunks } from './chunks.ts';

/** The items that entries seen in this run stand for, by their client item ids. */
export const loadPlaced = async (
  db: Reader,
  clientId: ClientId,
  remoteIds: readonly string[],
  startedAt: Instant,
): Promise<Map<string, MediaItemId>> => {
  const found = new Map<string, MediaItemId>();
  for (const some of chunks(remoteIds)) {
    const rows = await db
      .selectFrom('client_items')
      .select(['client_item_id', 'item_id'])
      .where('client_id', '=', clientId)
      .where('client_item_id', 'in', some)
      .where('seen_at', '=', startedAt)
      .execute();
    for (const row of rows) if (row.item_id !== null) found.set(row.client_item_id, row.item_id);
  }
  return found;
};

/** The leaves that entries of a client stand for, by their client item ids. */
export const itemsOfCopies = async (
  db: Reader,
  clientId: ClientId,
  remoteIds: readonly string[],
): Promise<Map<string, MediaItemId>> => {
  const found = new Map<string, MediaItemId>();
  for (const some of chunks(remoteIds)) {
    const rows = await db
      .selectFrom('client_items')
      .select(['client_item_id', 'item_id'])
      .where('client_id', '=', clientId)
      .where('client_item_id', 'in', some)
      .where('kind', 'in', ['movie', 'episode', 'track'])
      .execute();
    for (const row of rows) if (row.item_id !== null) found.set(row.client_item_id, row.item_id);
  }
  return found;
};

/** The entries of a client that stand for items of ours. */
export const copiesOfItems = async (
  db: Reader,
  clientId: ClientId,
  itemIds: readonly MediaItemId[],
): Promise<ClientItemId[]> => {
  const found = new Set<ClientItemId>();
  for (const some of chunks(itemIds)) {
    const rows = await db
      .selectFrom('client_items as c')
      .select('c.id')
      .where('c.client_id', '=', clientId)
      .where('c.item_id', 'in', some)
      .execute();
    const parts = await db
      .selectFrom('client_item_parts as p')
      .innerJoin('client_items as c', 'c.id', 'p.client_item_id')
      .select('c.id')
      .where('p.item_id', 'in', some)
      .where('c.client_id', '=', clientId)
      .execute();
    for (const { id } of [...rows, ...parts]) found.add(id);
  }
  return [...found];
};

/** The entries of a client, by their client item ids. */
export const itemsOfNames = async (
  db: Reader,
  clientId: ClientId,
  remoteIds: readonly string[],
): Promise<Map<string, ClientItemId>> => {
  const found = new Map<string, ClientItemId>();
  for (const some of chunks(remoteIds)) {
    const rows = await db
      .selectFrom('client_items')
      .select(['id', 'client_item_id'])
      .where('client_id', '=', clientId)
      .where('client_item_id', 'in', some)
      .execute();
    for (const row of rows) found.set(row.client_item_id, row.id);
  }
  return found;
};

/** Whether all of these are leaves. */
export const areLeaves = async (db: Reader, itemIds: readonly MediaItemId[]): Promise<boolean> => {
  for (const some of chunks(itemIds)) {
    const rows = await db.selectFrom('media_items').select('kind').where('id', 'in', some).execute();
    if (rows.some((row) => !isLeaf(row.kind))) return false;
  }
  return true;
};

/** The other entries of a client that are in the same file as one. */
export const copiesOfFile = (
  db: Reader,
  clientId: ClientId,
  id: ClientItemId,
): Promise<{ id: ClientItemId; remoteId: string }[]> =>
  db
    .selectFrom('client_items as one')
    .innerJoin('client_items as other', (join) =>
      join.onRef('other.client_id', '=', 'one.client_id').onRef('other.path', '=', 'one.path'),
    )
    .select(['other.id', 'other.client_item_id as remoteId'])
    .where('one.id', '=', id)
    .where('other.client_id', '=', clientId)
    .where('other.id', '<>', id)
    .where('other.removed_at', 'is', null)
    .limit(MOST_IN_FILE)
    .execute();

const MOST_IN_FILE = 20;

/** Which of these items the client has several copies of, there or away. */
export const ofSeveralCopies = async (
  db: Reader,
  clientId: ClientId,
  itemIds: readonly MediaItemId[],
): Promise<Set<MediaItemId>> => {
  const found = new Set<MediaItemId>();
  for (const some of chunks(itemIds)) {
    const rows = await db
      .selectFrom('client_items')
      .select('item_id')
      .where('client_id', '=', clientId)
      .where('item_id', 'in', some)
      .groupBy('item_id')
      .having((is) => is(is.fn.countAll(), '>', 1))
      .execute();
    for (const { item_id } of rows) if (item_id !== null) found.add(item_id);
  }
  return found;
};
