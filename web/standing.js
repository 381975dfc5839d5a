// @ts-check
import { whenOf } from './dates.js';
import { make } from './dom.js';
import { countOf, lengthOf } from './words.js';

/** How something stands, one word a field. @typedef {Record<string, string>} Words */

/**
 * What changes, field by field: only what differs, and all of what there was nothing before.
 * @param {unknown} before
 * @param {unknown} after
 */
export const diffOf = (before, after) => {
  const was = wordsOf(before);
  const is = wordsOf(after);
  const lines = Object.entries(is).filter(([field, word]) => word !== was[field]);
  if (after === null && Object.keys(was).length > 0) {
    return make('p', { class: 'diff wide' }, changeOf(Object.values(was).join(', '), 'not there any more'));
  }
  if (lines.length === 0) return null;
  return make(
    'p',
    { class: 'diff wide' },
    ...lines.flatMap(([field, word], index) => [index > 0 ? '; ' : '', changeOf(was[field] ?? '', word)]),
  );
};

/** Words for what there is not. */
const nothing = new Set(['not watched', '0 plays', 'at no position', 'no date', 'no favourite', 'not rated']);

/**
 * How something stands, without what there is not: "watched, 2 plays".
 * @param {unknown} value
 */
export const standingWords = (value) =>
  Object.values(wordsOf(value))
    .filter((word) => !nothing.has(word))
    .join(', ') || 'nothing of it';

/**
 * @param {string} before
 * @param {string} after
 */
const changeOf = (before, after) =>
  make(
    'span',
    {},
    before === '' ? null : make('del', {}, before),
    before === '' ? null : make('span', { 'aria-hidden': 'true' }, ' → '),
    before === '' ? null : make('span', { class: 'unseen' }, ' becomes '),
    make('ins', {}, after),
  );

/**
 * A state in whichever form it was kept: as it is shown, as it was told, or as it is asked for.
 * @param {any} value kept by the server as it is, so each field is looked at before it is read
 * @returns {Words}
 */
const wordsOf = (value) => {
  if (typeof value !== 'object' || value === null) return {};
  if ('state' in value || 'opinion' in value) return wordsOf({ ...value.state, ...value.opinion });
  const { watched, position, positionMs, lastPlayedAt, playCount, favourite, rating, title, year } = value;
  const asked = typeof watched === 'object' && watched !== null;
  return {
    ...named(title, year),
    ...(watched === undefined ? {} : { watched: (asked ? watched.value : watched) ? 'watched' : 'not watched' }),
    ...timesOf(asked ? watched.playCount : playCount),
    ...positionOf(position === undefined ? positionMs : (position?.positionMs ?? null)),
    ...dateOf(asked ? watched.at : lastPlayedAt),
    ...(typeof favourite === 'boolean' ? { favourite: favourite ? 'a favourite' : 'no favourite' } : {}),
    ...ratingOf(rating),
  };
};

/** @param {unknown} title @param {unknown} year @returns {Words} */
const named = (title, year) =>
  typeof title === 'string' ? { title: typeof year === 'number' ? `${title} (${year})` : title } : {};

/** @param {unknown} count @returns {Words} */
const timesOf = (count) => (typeof count === 'number' ? { plays: countOf(count, 'play') } : {});

/** @param {unknown} ms @returns {Words} */
const positionOf = (ms) => {
  if (ms === undefined) return {};
  return { position: typeof ms === 'number' && ms > 0 ? `stopped after ${lengthOf(ms)}` : 'at no position' };
};

/** @param {unknown} at @returns {Words} */
const dateOf = (at) =>
  typeof at === 'number' && at > 1
    ? { played: `last played ${whenOf(new Date(at))}` }
    : at === null
      ? { played: 'no date' }
      : {};

/** @param {unknown} rating @returns {Words} */
const ratingOf = (rating) => {
  if (rating === undefined) return {};
  return { rating: typeof rating === 'number' ? `rated ${rating} of 10` : 'not rated' };
};
