import type { Reader, Transaction } from '#database/database.ts';
import type { ImageRole } from '#database/tables/catalog.ts';
import type { MediaItemId, TagId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { fold } from '#kernel/text.ts';
import type { ExternalId } from './incoming.ts';

interface Image {
  role: ImageRole;
  address: string;
}

export const readExternalIds = (db: Reader, itemId: MediaItemId): Promise<ExternalId[]> =>
  db
    .selectFrom('external_ids')
    .select(['provider', 'value'])
    .where('item_id', '=', itemId)
    .orderBy('provider')
    .orderBy('value')
    .execute();

/** Gives an item external ids; those that another item of its kind has stay with that one. */
export const addExternalIds = async (
  tx: Transaction,
  kind: MediaKind,
  itemId: MediaItemId,
  ids: readonly ExternalId[],
): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .insertInto('external_ids')
    .values(ids.map(({ provider, value }) => ({ kind, provider, value, item_id: itemId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Takes an item's external ids away, of these providers or all. */
export const removeExternalIds = async (tx: Transaction, itemId: MediaItemId, providers?: string[]): Promise<void> => {
  await tx
    .deleteFrom('external_ids')
    .where('item_id', '=', itemId)
    .$if(providers !== undefined, (query) => query.where('provider', 'in', providers ?? []))
    .execute();
};

/** Names of an item's tags, in the order in which they are shown. */
export const readTags = async (db: Reader, itemId: MediaItemId): Promise<string[]> => {
  const rows = await db
    .selectFrom('item_tags')
    .innerJoin('tags', 'tags.id', 'item_tags.tag_id')
    .select('tags.name')
    .where('item_tags.item_id', '=', itemId)
    .orderBy('tags.name_key')
    .execute();
  return rows.map((row) => row.name);
};

/** Puts tags on an item, making those that there are none of yet; names that fold to the same are the same tag. */
export const addTags = async (tx: Transaction, itemId: MediaItemId, names: readonly string[]): Promise<void> => {
  if (names.length === 0) return;
  const ids = await tagIds(tx, names);
  await tx
    .insertInto('item_tags')
    .values(ids.map((tag_id) => ({ item_id: itemId, tag_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const removeTags = async (tx: Transaction, itemId: MediaItemId): Promise<void> => {
  await tx.deleteFrom('item_tags').where('item_id', '=', itemId).execute();
};

export const readImages = (db: Reader, itemId: MediaItemId): Promise<Image[]> =>
  db.selectFrom('images').select(['role', 'address']).where('item_id', '=', itemId).orderBy('id').execute();

export const addImages = async (tx: Transaction, itemId: MediaItemId, images: readonly Image[]): Promise<void> => {
  if (images.length === 0) return;
  await tx
    .insertInto('images')
    .values(images.map(({ role, address }) => ({ item_id: itemId, role, address })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Takes an item's images away, of these roles or all. */
export const removeImages = async (tx: Transaction, itemId: MediaItemId, roles?: ImageRole[]): Promise<void> => {
  if (roles?.length === 0) return;
  await tx
    .deleteFrom('images')
    .where('item_id', '=', itemId)
    .$if(roles !== undefined, (query) => query.where('role', 'in', roles ?? []))
    .execute();
};

const tagIds = async (tx: Transaction, names: readonly string[]): Promise<TagId[]> => {
  const nameOf = new Map(names.map((name) => [fold(name), name]));
  const keys = [...nameOf.keys()];
  const known = await readTagKeys(tx, keys);
  const missing = keys.filter((key) => !known.some((tag) => tag.name_key === key));
  if (missing.length === 0) return known.map((tag) => tag.id);
  await tx
    .insertInto('tags')
    .values(missing.map((key) => ({ name: nameOf.get(key) ?? key, name_key: key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await readTagKeys(tx, keys)).map((tag) => tag.id);
};

const readTagKeys = (db: Reader, keys: string[]) =>
  db.selectFrom('tags').select(['id', 'name_key']).where('name_key', 'in', keys).execute();
