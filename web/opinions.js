// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { onSubmit } from './form.js';
import { tell } from './notice.js';
import { closeSheet, openSheet } from './sheet.js';

/** @typedef {import('./shapes.js').Opinion} Opinion */
/** @typedef {{ id: number, name: string }} Subject what an opinion is about */

/** 10, 9.5 … 0.5 */
const ratings = Array.from({ length: 20 }, (_, index) => 10 - index / 2);

/**
 * What can be said of something: favourite, watchlist, rating.
 * @param {Subject} subject
 * @param {Opinion} held
 * @param {() => Promise<void>} changed
 */
export const opinionsOf = (subject, held, changed) => [
  toggle(subject, held.favourite, 'favourite', ['Favourite', 'a favourite', 'no favourite any more'], changed),
  toggle(subject, held.watchlist, 'watchlist', ['Watchlist', 'on your watchlist', 'off your watchlist'], changed),
  button(held.rating === null ? 'Rate …' : `Rated ${held.rating} …`, () => openRating(subject, held, changed)),
];

/**
 * @param {Subject} subject
 * @param {boolean} on
 * @param {string} path
 * @param {[string, string, string]} words its label, and what it is then
 * @param {() => Promise<void>} changed
 */
const toggle = ({ id, name }, on, path, [label, yes, no], changed) =>
  button(
    label,
    async () => {
      closeSheet();
      try {
        await ask(on ? 'DELETE' : 'PUT', `/items/${id}/${path}`);
      } catch (error) {
        return tell(sentenceOf(error));
      }
      tell(`“${name}” is ${on ? no : yes}.`);
      await changed();
    },
    { 'aria-pressed': String(on), class: 'toggle' },
  );

/**
 * @param {Subject} subject
 * @param {Opinion} held
 * @param {() => Promise<void>} changed
 */
const openRating = ({ id, name }, held, changed) => {
  const select = make(
    'select',
    { id: 'rating', name: 'rating' },
    make('option', { value: '' }, 'No rating'),
    ...ratings.map((value) => make('option', { value }, `${value} of 10`)),
  );
  select.value = String(held.rating ?? '');
  const review = make('textarea', { id: 'review', name: 'review', rows: 4, maxlength: 10_000 });
  review.value = held.review ?? '';
  const form = make(
    'form',
    {},
    make('p', { class: 'fault', role: 'alert', hidden: '' }),
    make('div', { class: 'field' }, make('label', { for: 'rating' }, 'Rating'), select),
    make('div', { class: 'field' }, make('label', { for: 'review' }, 'What you have to say of it'), review),
    make('button', { type: 'submit', class: 'main' }, 'Save'),
  );
  onSubmit(form, async () => {
    const rating = select.value === '' ? null : Number(select.value);
    await ask('PUT', `/items/${id}/rating`, { rating, review: review.value.trim() || null });
    closeSheet();
    tell(rating === null ? `“${name}” is not rated.` : `“${name}” is rated ${rating} of 10.`);
    await changed();
  });
  openSheet(`Rate “${name}”`, form);
};
