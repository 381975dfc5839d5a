import type { Transaction } from '#database/database.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';

/**
 * Has the copies of what hangs from an item looked at anew in the next run, whatever they tell: the container that they
 * hang from on the server is another one of ours now. What persons decided stays.
 */
export const lookAgainBelow = async (tx: Transaction, clientId: ClientId, itemId: MediaItemId): Promise<void> => {
  await tx
    .updateTable('client_items')
    .set({ digest: '' })
    .where('client_id', '=', clientId)
    .where('match', '<>', 'person')
    .where('item_id', 'in', (is) =>
      is
        .selectFrom('media_items as below')
        .select('below.id')
        .where((below) => below.or([below('below.root_id', '=', itemId), below('below.parent_id', '=', itemId)])),
    )
    .execute();
};
