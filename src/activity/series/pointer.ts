import { isWatched, type Mark } from '#activity/marks/watched.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Episode } from './episode.ts';
import { orderedBy, type Specials } from './order.ts';

/** The episode watched last and the one to watch next. */
export interface Pointer {
  last: { id: MediaItemId; at: Instant } | null;
  /** `airsAt`: when it is shown first, null: it has been. */
  next: { id: MediaItemId; airsAt: Instant | null } | null;
}

/** How someone goes through a series. */
export interface Way {
  /** Begun anew then: what was watched before does not count; null: it all does. */
  since: Instant | null;
  /** Where specials stand; null: they are next only where the last one watched was a special. */
  specials: Specials | null;
}

/** Once through, in the usual order. */
export const usualWay: Way = { since: null, specials: null };

/**
 * Where marks leave someone in a series (domain §6). Last is the seen episode with the newest deciding mark; of those
 * covered by one mark, the last that had been shown by then. Next is the first one after it that is not seen, is here and
 * has been shown, or else the one shown first. Nothing seen: nothing next, but in a series begun anew its first regular one.
 * @param markOf the deciding mark of an episode
 */
export const pointerOf = (
  episodes: readonly Episode[],
  markOf: (episode: Episode) => Mark | undefined,
  now: Instant,
  { since, specials }: Way = usualWay,
): Pointer => {
  const ordered = orderedBy(specials, episodes);
  const last = lastSeen(ordered, markOf, since);
  if (!last && since === null) return { last: null, next: null };
  const withSpecials = last !== undefined && (specials !== null || last.episode.special);
  const after = ordered
    .slice(last ? last.place + 1 : 0)
    .filter((episode) => episode.here && (withSpecials || !episode.special) && !isSeen(markOf(episode), since));
  const next = after.find((episode) => !isAhead(episode, now)) ?? shownFirst(after);
  return {
    last: last ? { id: last.episode.id, at: last.mark.at } : null,
    next: next ? { id: next.id, airsAt: isAhead(next, now) ? next.releasedAt : null } : null,
  };
};

const isSeen = (mark: Mark | undefined, since: Instant | null): mark is Mark =>
  isWatched(mark) && (since === null || (mark?.at ?? 0) >= since);

interface Seen {
  episode: Episode;
  mark: Mark;
  place: number;
}

const lastSeen = (
  ordered: readonly Episode[],
  markOf: (episode: Episode) => Mark | undefined,
  since: Instant | null,
): Seen | undefined => {
  let last: Seen | undefined;
  for (const [place, episode] of ordered.entries()) {
    const mark = markOf(episode);
    if (isSeen(mark, since) && (!last || isLater({ episode, mark, place }, last))) last = { episode, mark, place };
  }
  return last;
};

const isLater = (one: Seen, other: Seen): boolean => {
  if (one.mark.at !== other.mark.at) return one.mark.at > other.mark.at;
  const shown = !isAhead(one.episode, one.mark.at);
  const otherShown = !isAhead(other.episode, other.mark.at);
  return shown === otherShown ? one.place > other.place : shown;
};

const isAhead = (episode: Episode, at: Instant): boolean => episode.releasedAt !== null && episode.releasedAt > at;

/** Of those shown on one day the first in order: sorting leaves it in front. */
const shownFirst = (episodes: readonly Episode[]): Episode | undefined =>
  episodes.toSorted((one, other) => (one.releasedAt ?? 0) - (other.releasedAt ?? 0))[0];
