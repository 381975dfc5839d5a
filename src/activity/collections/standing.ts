import { decidingMark, type Mark, positionLives } from '#activity/marks/watched.ts';
import type { Episode } from '#activity/series/episode.ts';
import { type Pointer, pointerOf } from '#activity/series/pointer.ts';
import type { InProgress } from '#activity/series/standing-query.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/** A movie of a collection. */
export interface Member {
  id: MediaItemId;
  libraryId: MediaItemId;
  position: number;
  addedAt: Instant;
  releasedAt: Instant | null;
  /** Not retired. */
  here: boolean;
  /** Here, and to be seen by who asks. */
  offered: boolean;
  /** Dropped or snoozed by itself: nothing after it is offered in its place. */
  aside: boolean;
}

/** What is known of movies in the scopes that are read. */
export interface Known {
  /** On movies and on their libraries. */
  marks: ReadonlyMap<MediaItemId, readonly Mark[]>;
  /** The newest of each movie, if that is in progress; newest first. */
  positions: readonly InProgress[];
}

/** Where someone stands in a collection. */
export interface CollectionStanding extends Pointer {
  /** Movies in progress that may be shown, newest first. */
  inProgress: InProgress[];
  /** Whether nothing is to be watched, for whoever asks, until something of it changes. */
  done: boolean;
}

/**
 * Where marks and positions leave someone in a collection: as in a series, with its movies for episodes, once one of them
 * was watched. One movie alone is not gone through.
 */
export const standingIn = (
  members: readonly Member[],
  { marks, positions }: Known,
  now: Instant,
): CollectionStanding => {
  const of = (id: MediaItemId) => marks.get(id) ?? [];
  const deciding = new Map(
    members.map(({ id, libraryId, addedAt }) => [id, decidingMark(addedAt, of(id), of(libraryId))]),
  );
  const pointer = (counts: 'here' | 'offered') =>
    pointerOf(
      members.map((member) => ({ ...episodeOf(member), here: member[counts] })),
      ({ id }) => deciding.get(id),
      now,
    );
  const begun = (counts: 'here' | 'offered') => {
    const counted = new Set(members.flatMap((member) => (member[counts] ? [member.id] : [])));
    return positions.filter(
      ({ itemId, reportedAt }) => counted.has(itemId) && positionLives(reportedAt, deciding.get(itemId)),
    );
  };
  const known = pointer('here');
  const several = members.filter((member) => member.here).length > 1;
  const hasBegun = begun('here').length > 0;
  const goesOn = several && known.last !== null && (known.next !== null || hasBegun);
  // Two scopes merged may find an exception in one of them that either alone does not, or a watched movie beside one begun.
  const unmarked = members.some(({ id, libraryId }) => [...of(id), ...of(libraryId)].some((mark) => !mark.watched));
  if (!goesOn) return { last: null, next: null, inProgress: [], done: !unmarked && !hasBegun };
  const aside = new Set(members.flatMap((member) => (member.aside ? [member.id] : [])));
  const { last, next } = members.every((member) => member.offered === member.here) ? known : pointer('offered');
  return {
    last,
    next: next && !aside.has(next.id) ? next : null,
    inProgress: begun('offered').filter(({ itemId }) => !aside.has(itemId)),
    done: false,
  };
};

const episodeOf = ({ id, position, releasedAt, here }: Member): Episode => ({
  id,
  special: false,
  playOrder: position,
  releasedAt,
  here,
});
