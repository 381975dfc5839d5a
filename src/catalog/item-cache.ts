import { LRUCache } from 'lru-cache';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { ShownItem } from './shown-item.ts';

/** An item as it was shown at a version of the catalog. */
export interface KeptItem {
  version: number;
  item: ShownItem;
}

/** Some 20,000 movies. An item that is kept takes 40 µs less to answer than one that is not. */
const DEFAULT_BYTES = 34 * 1024 * 1024;
/** What an item takes besides its text. */
const OVERHEAD_BYTES = 300;

/**
 * Items kept as they were last shown (seed 002, service cache). Each holds only as long as the catalog's version does,
 * which the database counts whoever writes: another process, a command, a person at its prompt. So what is kept is never
 * stale, and nobody has to say what a write touched.
 */
export interface ItemCache {
  /** Whether there is something of it, which may be out of date. */
  has(id: MediaItemId): boolean;
  get(id: MediaItemId, version: number): ShownItem | undefined;
  /** What there is of it, for those who find out themselves whether the catalog is still at that version. */
  find(id: MediaItemId): KeptItem | undefined;
  /** @param version which was read by the same statement */
  set(version: number, item: ShownItem): void;
}

const caches = new WeakMap<Reader, ItemCache>();

/** Has items that are read over this handle kept. Never a transaction: what it sees may never have been. */
export const keepItems = (db: Reader, mostBytes: number = DEFAULT_BYTES): void => {
  const kept = new LRUCache<MediaItemId, KeptItem>({
    maxSize: mostBytes,
    sizeCalculation: ({ item }) => Buffer.byteLength(item.json) + OVERHEAD_BYTES,
  });
  caches.set(db, {
    has: (id) => kept.has(id),
    get: (id, version) => {
      const found = kept.get(id);
      return found?.version === version ? found.item : undefined;
    },
    find: (id) => kept.get(id),
    set: (version, item) => {
      kept.set(item.id, { version, item });
    },
  });
};

/** The cache of a handle; none for a transaction. */
export const itemCacheOf = (db: Reader): ItemCache | undefined => caches.get(db);
