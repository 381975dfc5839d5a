import { LRUCache } from 'lru-cache';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { ItemView } from './item-schema.ts';

/** An item as it was shown at a version of the catalog. */
interface Kept {
  version: number;
  item: ItemView;
}

/** With their texts some 15 MB. */
const DEFAULT_ITEMS = 5_000;

/**
 * Items kept as they were last shown (seed 002, service cache). Each holds only as long as the catalog's version does,
 * which the database counts whoever writes: another process, a command, a person at its prompt. So what is kept is never
 * stale, and nobody has to say what a write touched.
 */
export interface ItemCache {
  /** Whether there is something of it, which may be out of date. */
  has(id: MediaItemId): boolean;
  get(id: MediaItemId, version: number): ItemView | undefined;
  set(id: MediaItemId, version: number, item: ItemView): void;
}

const caches = new WeakMap<Reader, ItemCache>();

/** Has items that are read over this handle kept. Never a transaction: what it sees may never have been. */
export const keepItems = (db: Reader, most: number = DEFAULT_ITEMS): void => {
  const kept = new LRUCache<MediaItemId, Kept>({ max: most });
  caches.set(db, {
    has: (id) => kept.has(id),
    get: (id, version) => {
      const found = kept.get(id);
      return found?.version === version ? found.item : undefined;
    },
    set: (id, version, item) => {
      kept.set(id, { version, item });
    },
  });
};

/** The cache of a handle; none for a transaction. */
export const itemCacheOf = (db: Reader): ItemCache | undefined => caches.get(db);
