import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/**
 * The port by which higher floors hear, inside the same transaction, that the leaves below some series changed: added,
 * retired, come back, renumbered, or shown at another date. What they keep about those series is to be derived anew.
 */
export interface LeafObserver {
  leavesChanged(tx: Transaction, seriesIds: readonly MediaItemId[]): Promise<void>;
}
