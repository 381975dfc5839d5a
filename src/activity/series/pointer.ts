import { isWatched, type Mark } from '#activity/marks/watched.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/** An episode as next up sees it. */
export interface Episode {
  id: MediaItemId;
  /** Season 0. */
  special: boolean;
  /** Its place in the series: `media_items.play_order`. */
  playOrder: number;
  /** null: not known, which counts as shown, for somebody has it. */
  releasedAt: Instant | null;
  /** Not retired. */
  here: boolean;
}

/** The episode watched last and the one to watch next. */
export interface Pointer {
  last: { id: MediaItemId; at: Instant } | null;
  /** `airsAt`: when it is shown first, null: it has been. */
  next: { id: MediaItemId; airsAt: Instant | null } | null;
}

/**
 * Where marks leave someone in a series (domain §6). Last is the watched episode with the newest deciding mark; of those
 * covered by one mark, the last that had been shown by then. Next is the first unwatched one after it that is here and
 * has been shown, or else the one shown first; specials only when the last one was a special.
 * @param markOf the deciding mark of an episode
 */
export const pointerOf = (
  episodes: readonly Episode[],
  markOf: (episode: Episode) => Mark | undefined,
  now: Instant,
): Pointer => {
  const last = lastWatched(episodes, markOf);
  if (!last) return { last: null, next: null };
  const after = episodes
    .filter((episode) => episode.here && (last.episode.special || !episode.special))
    .filter((episode) => comesAfter(episode, last.episode) && !isWatched(markOf(episode)));
  const shown = after.filter((episode) => !isAhead(episode, now)).sort(byOrder)[0];
  const next = shown ?? after.sort(byRelease)[0];
  return {
    last: { id: last.episode.id, at: last.mark.at },
    next: next ? { id: next.id, airsAt: isAhead(next, now) ? next.releasedAt : null } : null,
  };
};

interface Watched {
  episode: Episode;
  mark: Mark;
}

const lastWatched = (
  episodes: readonly Episode[],
  markOf: (episode: Episode) => Mark | undefined,
): Watched | undefined => {
  let last: Watched | undefined;
  for (const episode of episodes) {
    const mark = markOf(episode);
    if (mark?.watched && (!last || isLater({ episode, mark }, last))) last = { episode, mark };
  }
  return last;
};

const isLater = (one: Watched, other: Watched): boolean => {
  if (one.mark.at !== other.mark.at) return one.mark.at > other.mark.at;
  const shown = !isAhead(one.episode, one.mark.at);
  const otherShown = !isAhead(other.episode, other.mark.at);
  return shown === otherShown ? comesAfter(one.episode, other.episode) : shown;
};

const isAhead = (episode: Episode, at: Instant): boolean => episode.releasedAt !== null && episode.releasedAt > at;

const byOrder = (one: Episode, other: Episode): number => one.playOrder - other.playOrder || one.id - other.id;

const byRelease = (one: Episode, other: Episode): number =>
  (one.releasedAt ?? 0) - (other.releasedAt ?? 0) || byOrder(one, other);

const comesAfter = (episode: Episode, other: Episode): boolean => byOrder(episode, other) > 0;
