import type { Instant } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';

/** Something said of an item, and when it was last said or taken back; null: never. */
export interface Said<T> {
  value: T;
  at: Instant | null;
}

/** What a user thinks of an item: five registers, in each of which the newest word wins (domain §6). */
export interface Opinion {
  /** Never together with `disliked`: who says one takes the other back. */
  favourite: Said<boolean>;
  disliked: Said<boolean>;
  watchlist: Said<boolean>;
  /** 0.5 to 10, in halves. */
  rating: Said<number | null>;
  review: Said<string | null>;
}

/** What is said now; absent: nothing of that. null takes a rating or a review back. */
export interface OpinionChange {
  favourite?: boolean | undefined;
  disliked?: boolean | undefined;
  watchlist?: boolean | undefined;
  rating?: number | null | undefined;
  review?: string | null | undefined;
}

export const LONGEST_REVIEW = 10_000;

/** Of somebody who never said a word. */
export const noOpinion: Opinion = {
  favourite: { value: false, at: null },
  disliked: { value: false, at: null },
  watchlist: { value: false, at: null },
  rating: { value: null, at: null },
  review: { value: null, at: null },
};

/**
 * Takes in what was said at an instant. Field by field the newest wins, whatever the order of arrival; of equal instants
 * yes wins over no and favourite over disliked, the higher rating, and the review that sorts last.
 * @returns `known` itself where all of it was overruled already
 */
export const take = (known: Opinion, change: OpinionChange, at: Instant): Opinion => {
  const told = withConsequences(change);
  const taken: Opinion = {
    favourite: newest(known.favourite, told.favourite, at, Number),
    // The other way round: so that of two words at one instant the same one wins in both registers.
    disliked: newest(known.disliked, told.disliked, at, (value) => (value ? 0 : 1)),
    watchlist: newest(known.watchlist, told.watchlist, at, Number),
    rating: newest(known.rating, told.rating, at, (value) => value ?? 0),
    review: newest(known.review, told.review, at, (value) => value ?? ''),
  };
  return fields.every((field) => taken[field] === known[field]) ? known : taken;
};

/** The newest instant of all that a change is about; undefined when nothing of it was ever said. */
export const newestSaid = (known: Opinion, change: OpinionChange): Instant | undefined => {
  const told = withConsequences(change);
  const instants = fields.flatMap((field) => {
    const { at } = known[field];
    return told[field] === undefined || at === null ? [] : [at];
  });
  return instants.length === 0 ? undefined : Math.max(...instants);
};

/**
 * A change as it may be kept: a review without anything readable in it is none.
 * @throws AppError `invalid` when nothing is said, or a rating is no half point from 0.5 to 10, or a review too long
 */
export const checkedChange = (change: OpinionChange): OpinionChange => {
  if (fields.every((field) => change[field] === undefined)) throw invalid('Give a rating, a review, or both.');
  const { rating, review } = change;
  if (rating !== undefined && rating !== null && !isRating(rating)) {
    throw fault('rating', 'must be from 0.5 to 10, in halves');
  }
  if (review === undefined || review === null) return change;
  // PostgreSQL takes neither NUL nor half a surrogate pair in a text.
  const text = review.replaceAll('\0', '').toWellFormed().trim();
  if (text.length > LONGEST_REVIEW) throw fault('review', `must have at most ${LONGEST_REVIEW} characters`);
  return { ...change, review: text === '' ? null : text };
};

const fields = ['favourite', 'disliked', 'watchlist', 'rating', 'review'] as const;

/** Who makes something a favourite does not dislike it any more, and the other way round. */
const withConsequences = (change: OpinionChange): OpinionChange => ({
  ...change,
  favourite: change.favourite ?? (change.disliked ? false : undefined),
  disliked: change.favourite ? false : change.disliked,
});

/** @param rank of equal instants the value with the higher rank wins */
const newest = <T>(known: Said<T>, told: T | undefined, at: Instant, rank: (value: T) => number | string): Said<T> => {
  if (told === undefined) return known;
  const wins = known.at === null || at > known.at || (at === known.at && rank(told) > rank(known.value));
  return wins ? { value: told, at } : known;
};

const isRating = (rating: number): boolean => rating >= 0.5 && rating <= 10 && Number.isInteger(rating * 2);

const fault = (path: string, message: string) => invalid(`The ${path} ${message}.`, [{ path, message }]);
