import type { LeafObserver } from '#catalog/leaf-observer.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { markStale } from './series/state-repository.ts';

/** Series looked at in one statement. */
const BATCH = 200;

/** Hears of new, retired and renumbered episodes and has next up derived anew for their series, when it is read. */
export const createLeafObserver = (): LeafObserver => ({
  leavesChanged: async (tx, seriesIds) => {
    const series: MediaItemId[] = [...new Set(seriesIds)].sort((one, other) => one - other);
    for (let from = 0; from < series.length; from += BATCH) await markStale(tx, series.slice(from, from + BATCH));
  },
});
