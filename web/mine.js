// @ts-check
import { sentenceOf } from './api.js';
import { cardOf, cardsOf } from './cards.js';
import { bringBack } from './choices.js';
import { onDayOf } from './dates.js';
import { button, byId, make } from './dom.js';
import { listOf } from './list.js';
import { menuOf } from './menu.js';
import { tell } from './notice.js';
import { fullNameOf } from './words.js';

/** @typedef {import('./shapes.js').Opinioned} Opinioned */
/** @typedef {import('./shapes.js').SetAside} SetAside */
/** @typedef {Opinioned | SetAside} Entry */

/** @param {string | null} at @param {string} word */
const since = (at, word) => (at === null ? null : make('p', { class: 'second' }, `${word} ${onDayOf(new Date(at))}`));

/** The lists that a person keeps: where the API has them, what is told of an entry, and what to say of none. */
const kinds = {
  watchlist: {
    label: 'Watchlist',
    path: '/me/watchlist?',
    told: (/** @type {any} */ entry) => [since(entry.watchlistAt, 'Added')],
    none: 'Your watchlist is empty. Put on it what you mean to watch: it is in the menu “More” of everything.',
  },
  favourites: {
    label: 'Favourites',
    path: '/me/favourites?',
    told: (/** @type {any} */ entry) => [since(entry.favouriteAt, 'Since')],
    none: 'You have no favourites. What you love becomes one by its menu “More”.',
  },
  ratings: {
    label: 'Ratings',
    path: '/me/ratings?',
    told: (/** @type {any} */ entry) => [
      entry.rating === null ? null : make('p', { class: 'rating' }, `★ ${entry.rating} of 10`),
      entry.review === null ? null : make('p', { class: 'why' }, entry.review),
    ],
    none: 'You have not rated anything. Rate what you know by its menu “More”.',
  },
  aside: {
    label: 'Set aside',
    path: '/me/choices?',
    told: (/** @type {any} */ entry) => [
      since(entry.droppedAt, 'Dropped'),
      since(entry.hiddenAt, 'Hidden'),
      since(entry.snoozedAt, 'Snoozed'),
    ],
    none: 'Nothing is set aside. What you drop, hide or snooze waits here.',
  },
};

/** @type {keyof typeof kinds} */
let shown = 'watchlist';

const section = byId('mine', HTMLElement);

/**
 * The lists that a person keeps, one of them at a time.
 * @param {object} of
 * @param {() => boolean} of.mayChange
 * @param {() => Promise<void>} of.changed
 */
export const mineOf = ({ mayChange, changed }) => {
  /** @type {ReturnType<typeof listOf<Entry>>} */
  const list = listOf({
    section,
    path: () => kinds[shown].path,
    limit: 12,
    row: (entry) =>
      cardOf(entry.item, kinds[shown].told(entry), {
        mark: null,
        menu: mayChange() ? handleOf(entry, changed) : null,
      }),
    draw: (entries, rowOf) => cardsOf(entries.map(rowOf)),
    empty: () => make('p', { class: 'empty' }, kinds[shown].none),
  });
  const choose = byId('mine-lists', HTMLElement);
  choose.replaceChildren(
    ...Object.entries(kinds).map(([name, { label }]) => {
      const tab = button(
        label,
        () => {
          shown = /** @type {keyof typeof kinds} */ (name);
          for (const other of choose.children) other.setAttribute('aria-pressed', String(other === tab));
          list.reload();
        },
        { 'aria-pressed': String(name === shown), class: 'toggle' },
      );
      return tab;
    }),
  );
  return list;
};

/**
 * @param {Entry} entry
 * @param {() => Promise<void>} changed
 */
const handleOf = (entry, changed) => {
  if (!('droppedAt' in entry)) return menuOf(entry.item, 'mine', changed);
  const { item, droppedAt, hiddenAt } = entry;
  const path = droppedAt !== null ? 'dropped' : hiddenAt !== null ? 'hidden' : 'snoozed';
  return button(
    'Bring back',
    async () => {
      try {
        tell(await bringBack(`/items/${item.id}/${path}`, fullNameOf(item), changed));
      } catch (error) {
        tell(sentenceOf(error));
      }
    },
    { 'aria-label': `Bring back: ${fullNameOf(item)}` },
  );
};
