import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/**
 * The port by which higher floors hear, inside the same transaction, that the leaves below some series changed: added,
 * retired, come back, renumbered, or shown at another date; or that movies came into a collection, went out of it, stand
 * elsewhere in it, or came back. What they keep about those series and collections is to be derived anew.
 */
export interface LeafObserver {
  leavesChanged(tx: Transaction, holders: readonly MediaItemId[]): Promise<void>;
}
