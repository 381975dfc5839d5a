import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { OpinionsTable } from '#database/tables/activity.ts';
import type { Flag } from '#database/tables.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { Opinion } from './opinion.ts';

/** Keeps what a user thinks of an item, in place of what was kept. */
export const saveOpinion = async (
  tx: Transaction,
  user: UserId,
  item: MediaItemId,
  { favourite, disliked, watchlist, rating, review }: Opinion,
): Promise<void> => {
  await upsert(tx, {
    user_id: user,
    item_id: item,
    favourite: flag(favourite.value),
    favourite_at: favourite.at,
    disliked: flag(disliked.value),
    disliked_at: disliked.at,
    watchlist: flag(watchlist.value),
    watchlist_at: watchlist.at,
    rating: rating.value === null ? null : rating.value * 2,
    rated_at: rating.at,
    review: review.value,
    reviewed_at: review.at,
  });
};

/** Forgets that anything was ever said of an item. */
export const dropOpinion = async (tx: Transaction, user: UserId, item: MediaItemId): Promise<void> => {
  await drop(tx, { user, item });
};

const drop = prepare<{ user: UserId; item: MediaItemId }>()((db, value) =>
  db.deleteFrom('opinions').where('user_id', '=', value('user')).where('item_id', '=', value('item')),
);

const flag = (value: boolean): Flag => (value ? 1 : 0);

const upsert = prepare<OpinionsTable>()((db, value) => {
  const told = {
    favourite: value('favourite'),
    favourite_at: value('favourite_at'),
    disliked: value('disliked'),
    disliked_at: value('disliked_at'),
    watchlist: value('watchlist'),
    watchlist_at: value('watchlist_at'),
    rating: value('rating'),
    rated_at: value('rated_at'),
    review: value('review'),
    reviewed_at: value('reviewed_at'),
  };
  return db
    .insertInto('opinions')
    .values({ user_id: value('user_id'), item_id: value('item_id'), ...told })
    .onConflict((conflict) => conflict.columns(['user_id', 'item_id']).doUpdateSet(told));
});
