// @ts-check
import { cardOf, cardsOf, newnessOf, progressOf, whyOf } from './cards.js';
import { byId, make } from './dom.js';
import { historyOf, playLineOf } from './history.js';
import { historyFilter } from './history-filter.js';
import { listOf } from './list.js';
import { markWatched } from './mark.js';
import { menuOf, playMenuOf } from './menu.js';
import { mineOf } from './mine.js';

/** @typedef {import('./shapes.js').InProgress} InProgress */
/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').NextUp} NextUp */
/** @typedef {import('./shapes.js').Play} Play */
/** @typedef {import('./shapes.js').New} New */

const CARDS = 12;

/**
 * The lists of the home page.
 * @param {object} of
 * @param {() => boolean} of.mayChange whether the person may do more than look
 * @param {() => Promise<void>} of.changed what to do when something was changed
 */
export const listsOf = ({ mayChange, changed }) => {
  /**
   * @param {Item} item
   * @param {'continue' | 'next-up' | 'new'} list
   */
  const doesOf = (item, list) => ({
    mark: mayChange() && list !== 'new' ? () => markWatched(item, changed) : null,
    menu: mayChange() ? menuOf(item, list, changed) : null,
  });

  /** @type {ReturnType<typeof listOf<InProgress>>} */
  const continuing = listOf({
    section: byId('continue', HTMLElement),
    path: () => '/me/continue-watching?',
    limit: CARDS,
    row: (entry) => cardOf(entry.item, progressOf(entry), doesOf(entry.item, 'continue')),
    draw: (entries, rowOf) => cardsOf(entries.map(rowOf)),
    empty: () => emptyOf('You are not in the middle of anything. What you stop half-way shows up here.'),
  });

  /** @type {ReturnType<typeof listOf<NextUp>>} */
  const nextUp = listOf({
    section: byId('next-up', HTMLElement),
    path: () => '/me/next-up?',
    limit: CARDS,
    row: (entry) =>
      cardOf(entry.item, entry.positionMs === null ? [whyOf(entry)] : progressOf(entry), doesOf(entry.item, 'next-up')),
    draw: (entries, rowOf) => cardsOf(entries.map(rowOf)),
    empty: () => emptyOf('Nothing waits for you. Once you have watched an episode, the one after it shows up here.'),
  });

  /** @type {ReturnType<typeof listOf<New>>} */
  const newly = listOf({
    section: byId('new', HTMLElement),
    path: () => '/me/new?',
    limit: CARDS / 2,
    row: (entry) => cardOf(entry.item, [newnessOf(entry)], doesOf(entry.item, 'new')),
    draw: (entries, rowOf) => cardsOf(entries.map(rowOf)),
    empty: () =>
      emptyOf('Nothing new. What was added in the last three months and you have not watched shows up here.'),
  });

  /** @type {ReturnType<typeof listOf<Play>>} */
  const history = listOf({
    section: byId('history', HTMLElement),
    path: () => `/me/history?${withEnd(historyFilter())}`,
    limit: 40,
    row: (play) => playLineOf(play, mayChange() ? playMenuOf(play, changed) : null),
    draw: historyOf,
    empty: () =>
      emptyOf(
        historyFilter().size === 0
          ? 'You have not watched anything yet. What you watch shows up here, day by day.'
          : 'You watched nothing of that kind.',
      ),
  });

  return { continuing, nextUp, newly, mine: mineOf({ mayChange, changed }), history };
};

/** @param {string} text */
const emptyOf = (text) => make('p', { class: 'empty' }, text);

/** @param {URLSearchParams} filter */
const withEnd = (filter) => (filter.size === 0 ? '' : `${filter}&`);
