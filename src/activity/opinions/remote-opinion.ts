import type { EntryOf } from '#activity/changes/entry.ts';
import { opinionDifference } from '#activity/changes/said.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';
import { noOpinion, type Opinion, take } from './opinion.ts';
import { opinionsOf } from './opinion-query.ts';
import { saveOpinion } from './opinion-repository.ts';

/** What a media server tells that its account thinks of an item; absent fields: nothing of that. */
export interface RemoteOpinion {
  favourite?: { value: boolean; at: Instant };
  /** 0 to 10, of any fineness; null: none any more. */
  rating?: { value: number | null; at: Instant };
}

/**
 * Takes in what a server tells of an opinion, as said by the account's user: opinions are of people, not of devices. The
 * caller has locked the scopes of the user's group.
 * @returns what became different
 */
export const recordRemoteOpinion = async (
  tx: Transaction,
  { userId }: Pick<Actor, 'userId'>,
  item: MediaItemId,
  told: RemoteOpinion,
): Promise<EntryOf<'said'>[]> => {
  const known = (await opinionsOf(tx, userId, [item])).get(item) ?? noOpinion;
  const taken = takeRemote(known, told);
  if (taken === known) return [];
  await saveOpinion(tx, userId, item, taken);
  return opinionDifference(item, known, taken);
};

/** The newest wins in each field by itself. */
export const takeRemote = (known: Opinion, { favourite, rating }: RemoteOpinion): Opinion => {
  const liked = favourite ? take(known, { favourite: favourite.value }, favourite.at) : known;
  return rating ? take(liked, { rating: inHalves(rating.value) }, rating.at) : liked;
};

/** Ours begin at a half: who gave nought gave the least there is. */
const inHalves = (rating: number | null): number | null =>
  rating === null ? null : Math.min(10, Math.max(0.5, Math.round(rating * 2) / 2));
