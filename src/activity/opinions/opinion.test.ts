import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkedChange, newestSaid, noOpinion, type Opinion, type OpinionChange, take } from './opinion.ts';

/** What holds, without the instants at which the rest was taken back. */
const held = ({ favourite, disliked, watchlist, rating, review }: Opinion) => ({
  favouriteAt: favourite.value ? favourite.at : null,
  dislikedAt: disliked.value ? disliked.at : null,
  watchlistAt: watchlist.value ? watchlist.at : null,
  rating: rating.value,
  review: review.value,
});

interface Word {
  change: OpinionChange;
  at: number;
}

/** What came to pass when it is played through in the order in which it was said. Of one instant: the later in this list. */
const WORDS: OpinionChange[] = [
  { favourite: false },
  { disliked: true },
  { disliked: false },
  { favourite: true },
  { watchlist: false },
  { watchlist: true },
  { rating: null },
  { rating: 0.5 },
  { rating: 7 },
  { rating: 10 },
  { review: null },
  { review: 'Dull.' },
  { review: 'Ends well.' },
];

const model = (words: Word[]) => {
  const state = {
    favouriteAt: null as number | null,
    dislikedAt: null as number | null,
    watchlistAt: null as number | null,
    rating: null as number | null,
    review: null as string | null,
  };
  for (const { change, at } of words.toSorted(
    (a, b) => a.at - b.at || WORDS.indexOf(a.change) - WORDS.indexOf(b.change),
  )) {
    if (change.favourite === true) Object.assign(state, { favouriteAt: at, dislikedAt: null });
    if (change.favourite === false) state.favouriteAt = null;
    if (change.disliked === true) Object.assign(state, { favouriteAt: null, dislikedAt: at });
    if (change.disliked === false) state.dislikedAt = null;
    if (change.watchlist !== undefined) state.watchlistAt = change.watchlist ? at : null;
    if (change.rating !== undefined) state.rating = change.rating;
    if (change.review !== undefined) state.review = change.review;
  }
  return state;
};

const word = fc.record({ change: fc.constantFrom(...WORDS), at: fc.integer({ min: 1, max: 6 }) });
const arrival = fc
  .array(word, { maxLength: 12 })
  .chain((words) => fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length })));

const takeAll = (words: Word[]): Opinion => words.reduce((known, { change, at }) => take(known, change, at), noOpinion);

test('whatever the order of arrival, it is as if all had been heard when it was said; and twice is once', () => {
  fc.assert(
    fc.property(arrival, ([words, shuffled]) => {
      const taken = takeAll(shuffled);
      expect(held(taken)).toEqual(model(words));
      expect(taken.favourite.value && taken.disliked.value).toBe(false);
      expect(takeAll([...shuffled, ...words])).toEqual(taken);
      for (const { change, at } of words) expect(take(taken, change, at)).toBe(taken);
    }),
    { numRuns: 3000 },
  );
});

test('who makes something a favourite does not dislike it any more, and the other way round', () => {
  const liked = take(noOpinion, { favourite: true }, 5);
  const disliked = take(liked, { disliked: true }, 6);
  expect(held(disliked)).toMatchObject({ favouriteAt: null, dislikedAt: 6 });
  expect(held(take(disliked, { favourite: true }, 7))).toMatchObject({ favouriteAt: 7, dislikedAt: null });
  expect(held(take(disliked, { favourite: false }, 7))).toMatchObject({ favouriteAt: null, dislikedAt: 6 });
  expect(held(take(disliked, { favourite: true, disliked: true }, 7))).toMatchObject({ favouriteAt: 7 });
});

test('the newest instant that a change must beat is that of what it is about, and of what it takes back', () => {
  const known = take(take(noOpinion, { favourite: true }, 5), { rating: 3 }, 9);
  expect(newestSaid(noOpinion, { favourite: true })).toBeUndefined();
  expect(newestSaid(known, { disliked: true })).toBe(5);
  expect(newestSaid(known, { disliked: false })).toBe(5);
  expect(newestSaid(known, { rating: 4, review: 'Good.' })).toBe(9);
  expect(newestSaid(known, { watchlist: true })).toBeUndefined();
});

test.each([0.5, 1, 9.5, 10, null])('a rating may be %s', (rating) => {
  expect(checkedChange({ rating })).toEqual({ rating });
});

test.each([0, -1, 0.25, 3.3, 10.5, Number.NaN, Number.POSITIVE_INFINITY])('a rating may not be %s', (rating) => {
  expect(() => checkedChange({ rating })).toThrow('The rating must be from 0.5 to 10, in halves.');
});

test('a review is trimmed and kept writable; one of nothing is none; one that is too long is refused', () => {
  expect(checkedChange({ review: ' So\0so \ud800.\n' })).toEqual({ review: 'Soso \ufffd.' });
  expect(checkedChange({ rating: 5, review: ' \0 ' })).toEqual({ rating: 5, review: null });
  expect(checkedChange({ review: 'x'.repeat(10_000) }).review).toHaveLength(10_000);
  expect(() => checkedChange({ review: 'x'.repeat(10_001) })).toThrow('at most 10000 characters');
  expect(() => checkedChange({})).toThrow('Give a rating, a review, or both.');
});
