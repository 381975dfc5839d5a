import type { Opinion } from '#activity/opinions/opinion.ts';
import type { RowState } from '#catalog/row-state.ts';
import type { MediaItem } from '#catalog/types.ts';
import { type Instant, SECOND } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { UserMediaItemData } from './types.ts';

/** What is known of an item besides its state. */
export interface Beside {
  opinion: Opinion;
  firstPlayedAt: Instant | null;
  /** The newest report of a position, also of one that was dropped. */
  reportedAt: Instant | null;
  /** The newest mark on the item itself: of a container its state does not tell. */
  markedAt: Instant | null;
  /** Of a series: the newest activity in it. */
  activityAt: Instant | null;
}

/** Puts a user's record of an item together. */
export const entryOf = <K extends MediaKind>(
  userId: UserId,
  type: K,
  item: MediaItem<K>,
  state: RowState,
  beside: Beside,
): UserMediaItemData<K> => {
  const { favourite, disliked, rating, watchlist } = beside.opinion;
  const instants = instantsOf(state, beside);
  return {
    id: item.id,
    userId,
    mediaItemId: item.id,
    item,
    type,
    isFavorite: favourite.value,
    isDisliked: disliked.value,
    userRating: rating.value,
    watchlist: watchlist.value,
    ...playingOf(state, item.runtimeMs, beside),
    createdAt: instants[0] ?? null,
    updatedAt: instants.at(-1) ?? null,
  };
};

/** Whether a user has anything of an item: what was taken back leaves only the instant of that behind. */
export const isSomething = (state: RowState, { opinion }: Beside): boolean =>
  Object.values(opinion).some(({ value }) => value !== false && value !== null) ||
  ('leaves' in state
    ? state.state !== 'unwatched'
    : state.watched || state.positionMs !== null || state.playCount > 0 || state.lastPlayedAt !== null);

type Playing = Pick<
  UserMediaItemData,
  'playedAt' | 'lastPlayedAt' | 'playedPercentage' | 'playCount' | 'positionSeconds' | 'durationSeconds' | 'completed'
>;

const playingOf = (state: RowState, runtimeMs: number | null, { firstPlayedAt }: Beside): Playing => {
  if ('leaves' in state) {
    const { leaves, unwatched } = state;
    const playedPercentage = leaves === 0 ? 0 : ((leaves - unwatched) / leaves) * 100;
    return { ...notPlayed, playedPercentage, completed: state.state === 'watched' };
  }
  const durationMs = state.durationMs ?? runtimeMs ?? 0;
  return {
    playedAt: firstPlayedAt,
    lastPlayedAt: state.lastPlayedAt,
    playedPercentage: percentage(state.positionMs, durationMs, state.watched),
    playCount: state.playCount,
    // Rounded down: who goes on there misses nothing.
    positionSeconds: Math.floor((state.positionMs ?? 0) / SECOND),
    durationSeconds: Math.round(durationMs / SECOND),
    completed: state.watched,
  };
};

/** Containers are not played themselves. */
const notPlayed = { playedAt: null, lastPlayedAt: null, playCount: 0, positionSeconds: 0, durationSeconds: 0 };

/** Who is in the middle of a watched item watches it again: what counts is where they are. */
const percentage = (positionMs: number | null, durationMs: number, watched: boolean): number => {
  if (positionMs === null) return watched ? 100 : 0;
  return durationMs === 0 ? 0 : Math.min(100, (positionMs / durationMs) * 100);
};

/** Every instant at which something was said or done, in order. A count that was only told has none. */
const instantsOf = (state: RowState, { opinion, ...beside }: Beside): Instant[] =>
  [
    ...Object.values(beside),
    ...('leaves' in state ? [] : [state.markedAt, state.lastPlayedAt]),
    ...Object.values(opinion).map(({ at }) => at),
  ]
    .filter((at) => at !== null && at > 0)
    .toSorted((one, other) => one - other);
