import type { Instant } from '#kernel/clock.ts';
import type { Episode } from './episode.ts';

/** Where someone wants specials: among the regular episodes by their dates, after them all, or not at all. */
export type Specials = 'inline' | 'after' | 'never';

/**
 * Episodes in the order in which they are watched. Without a wish specials come first, as season 0 does; they are next
 * only where they are being watched.
 */
export const orderedBy = (specials: Specials | null, episodes: readonly Episode[]): Episode[] => {
  const inPlayOrder = episodes.toSorted(byPlayOrder);
  if (specials === null) return inPlayOrder;
  const regular = inPlayOrder.filter((episode) => !episode.special);
  const extra = inPlayOrder.filter((episode) => episode.special);
  switch (specials) {
    case 'never':
      return regular;
    case 'after':
      return [...regular, ...extra];
    case 'inline':
      return inline(regular, extra);
  }
};

/** Each special follows the last regular episode that was shown before it or on its day; without a date it comes at the end. */
const inline = (regular: readonly Episode[], extra: readonly Episode[]): Episode[] => {
  const waiting = extra.toSorted((one, other) => dateOf(one) - dateOf(other));
  const ordered: Episode[] = [];
  for (const episode of regular.toReversed()) {
    while (waiting.length > 0 && shownBy(episode) <= dateOf(waiting.at(-1))) ordered.unshift(...waiting.splice(-1));
    ordered.unshift(episode);
  }
  return [...waiting, ...ordered];
};

const NEVER = Number.POSITIVE_INFINITY;

const dateOf = (special: Episode | undefined): Instant => special?.releasedAt ?? NEVER;

/** A regular episode without a date draws only those specials that have none either. */
const shownBy = (episode: Episode): Instant => episode.releasedAt ?? NEVER;

const byPlayOrder = (one: Episode, other: Episode): number => one.playOrder - other.playOrder || one.id - other.id;
