import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';

export const readMember = (
  db: Reader,
  collectionId: MediaItemId,
  itemId: MediaItemId,
): Promise<{ position: number } | undefined> =>
  db
    .selectFrom('collection_items')
    .select('position')
    .where('collection_id', '=', collectionId)
    .where('item_id', '=', itemId)
    .executeTakeFirst();

/** The collections that hold the movies among some items. */
export const collectionsOf = async (
  db: Reader,
  items: readonly { id: MediaItemId; kind: MediaKind }[],
): Promise<MediaItemId[]> => {
  const movies = items.filter((item) => item.kind === 'movie').map((item) => item.id);
  if (movies.length === 0) return [];
  const rows = await db
    .selectFrom('collection_items')
    .select('collection_id')
    .distinct()
    .where('item_id', 'in', movies)
    .execute();
  return rows.map((row) => row.collection_id);
};

/** Puts an item into a collection at a position, by default after the last; one that is there moves to it. */
export const addMember = async (
  tx: Transaction,
  collectionId: MediaItemId,
  itemId: MediaItemId,
  position?: number,
): Promise<void> => {
  const at = position ?? (await nextPosition(tx, collectionId));
  await tx
    .insertInto('collection_items')
    .values({ collection_id: collectionId, item_id: itemId, position: at })
    .onConflict((conflict) => conflict.columns(['collection_id', 'item_id']).doUpdateSet({ position: at }))
    .execute();
};

/** @returns whether it was in it */
export const removeMember = async (
  tx: Transaction,
  collectionId: MediaItemId,
  itemId: MediaItemId,
): Promise<boolean> => {
  const gone = await tx
    .deleteFrom('collection_items')
    .where('collection_id', '=', collectionId)
    .where('item_id', '=', itemId)
    .returning('item_id')
    .executeTakeFirst();
  return gone !== undefined;
};

const nextPosition = async (tx: Transaction, collectionId: MediaItemId): Promise<number> => {
  const { last } = await tx
    .selectFrom('collection_items')
    .select(sql<number>`coalesce(max(position), 0)`.as('last'))
    .where('collection_id', '=', collectionId)
    .executeTakeFirstOrThrow();
  return last + 1;
};
