import { seesEverything } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { readBack } from '#kernel/json.ts';
import { isLeaf, type MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import { itemCacheOf, type KeptItem } from './item-cache.ts';
import { itemRows, seenItems } from './item-query.ts';
import { viewOf } from './item-row.ts';
import type { ItemView } from './item-schema.ts';
import type { ItemRow } from './item-select.ts';

export { versionNow } from './item-query.ts';

/** An item as an answer shows it: what is looked at on the way, and all of it as text. Shared: not to be changed. */
export interface ShownItem {
  readonly id: MediaItemId;
  readonly kind: MediaKind;
  readonly libraryId: MediaItemId;
  readonly parentId: MediaItemId | null;
  readonly rootId: MediaItemId | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  readonly title: string;
  readonly addedAt: Instant;
  readonly removedAt: Instant | null;
  /** The JSON of its `ItemView`. */
  readonly json: string;
}

/** All of it. */
export const wholeOf = ({ json }: ShownItem): ItemView => readBack<ItemView>(json);

/** Items loaded by one statement at the most. */
const MOST_AT_ONCE = 500;

/**
 * Loads items to be shown, retired ones too. One statement for up to 500 ids, one more for those of them that are not kept
 * from before.
 * @param version of the catalog, as the caller read it with the ids: that saves a statement
 * @returns those that these grants let be seen, by id; ids that are missing there are not to be seen or do not exist
 */
export const loadShown = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
  version?: number,
): Promise<Map<MediaItemId, ShownItem>> => {
  const items = new Map<MediaItemId, ShownItem>();
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
    const some = ids.length <= MOST_AT_ONCE ? ids : ids.slice(start, start + MOST_AT_ONCE);
    await loadSome(db, grants, some, items, version);
  }
  return items;
};

/** Loads one item to be shown; undefined where there is none that may be seen. */
export const loadShownItem = async (db: Reader, grants: Grants, id: MediaItemId): Promise<ShownItem | undefined> =>
  (await loadShown(db, grants, [id])).get(id);

/** A leaf kept from before, as it was at a version of the catalog; only for those who may see everything. */
export const keptLeaf = (db: Reader, grants: Grants, id: MediaItemId): KeptItem | undefined => {
  const kept = itemCacheOf(db)?.find(id);
  return kept && isLeaf(kept.item.kind) && seesEverything(grants) ? kept : undefined;
};

const loadSome = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
  items: Map<MediaItemId, ShownItem>,
  known?: number,
): Promise<void> => {
  const cache = itemCacheOf(db);
  let missing = ids;
  if (cache && ids.some((id) => cache.has(id))) {
    const { version, seen } = await seenItems(db, grants, ids, known);
    missing = seen.filter((id) => {
      const item = cache.get(id, version);
      if (item) items.set(id, item);
      return item === undefined;
    });
  }
  if (missing.length === 0) return;
  for (const row of await itemRows(db, grants, missing)) {
    const item = shownOf(row);
    items.set(row.id, item);
    cache?.set(row.version, item);
  }
};

const shownOf = (row: ItemRow): ShownItem => ({
  id: row.id,
  kind: row.kind,
  libraryId: row.library_id ?? row.id,
  parentId: row.parent_id,
  rootId: row.root_id,
  seasonNumber: row.season_number,
  episodeNumber: row.episode_number,
  title: row.title,
  addedAt: row.added_at,
  removedAt: row.removed_at,
  json: JSON.stringify(viewOf(row)),
});
