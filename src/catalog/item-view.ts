import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import type { ExternalId } from './incoming.ts';
import { itemRows } from './item-query.ts';
import { viewOf } from './item-row.ts';
import type { ItemView } from './item-schema.ts';
import { loadShown, wholeOf } from './shown-item.ts';

export { ItemSchema, type ItemView } from './item-schema.ts';

/**
 * Loads whole items, retired ones too; where they are only shown, {@link loadShown} takes less.
 * @returns those that these grants let be seen, by id; ids that are missing there are not to be seen or do not exist
 */
export const loadItems = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
): Promise<Map<MediaItemId, ItemView>> => {
  const items = new Map<MediaItemId, ItemView>();
  for (const [id, shown] of await loadShown(db, grants, ids)) items.set(id, wholeOf(shown));
  return items;
};

/** Loads one whole item; undefined where there is none that may be seen. */
export const loadItem = async (db: Reader, grants: Grants, id: MediaItemId): Promise<ItemView | undefined> => {
  const [row] = await itemRows(db, grants, [id]);
  return row && viewOf(row);
};

/** The item that a provider's id names; undefined where there is none that may be seen. */
export const itemByExternalId = async (
  db: Reader,
  grants: Grants,
  kind: MediaKind,
  { provider, value }: ExternalId,
): Promise<ItemView | undefined> => {
  const named = await db
    .selectFrom('external_ids')
    .select('item_id')
    .where('kind', '=', kind)
    .where('provider', '=', provider)
    .where('value', '=', value)
    .executeTakeFirst();
  return named && loadItem(db, grants, named.item_id);
};
