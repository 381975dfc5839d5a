import type { LeafObserver } from '#catalog/leaf-observer.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { collectionsChanged } from './collections/state-repository.ts';
import { markStale } from './series/state-repository.ts';

/** Series and collections looked at in one statement. */
const BATCH = 200;

/** Hears of new, retired and renumbered leaves and has next up derived anew for what holds them, when it is read. */
export const createLeafObserver = (): LeafObserver => ({
  leavesChanged: async (tx, holders) => {
    const ids: MediaItemId[] = [...new Set(holders)].sort((one, other) => one - other);
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH);
      await markStale(tx, some);
      await collectionsChanged(tx, some);
    }
  },
});
