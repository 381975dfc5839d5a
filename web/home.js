// @ts-check
import { ask } from './api.js';
import { cardOf, cardsOf, newnessOf, progressOf, whyOf } from './cards.js';
import { menuOf } from './choose.js';
import { byId, make, say } from './dom.js';
import { clearHistoryFilter, historyFilters, historyOf, onHistoryFilter } from './history.js';
import { listOf } from './list.js';
import { deletePlay, markWatched } from './mark.js';
import { clearServers, openConnect, showServers } from './servers.js';
import { clearStatistics, showStatistics } from './statistics.js';

/** @typedef {import('./shapes.js').Me} Me */
/** @typedef {import('./shapes.js').InProgress} InProgress */
/** @typedef {import('./shapes.js').NextUp} NextUp */
/** @typedef {import('./shapes.js').Play} Play */
/** @typedef {import('./shapes.js').New} New */

const firstSteps = byId('first-steps', HTMLElement);

/** @type {Me | null} */
let me = null;

const mayConnect = () => me?.role === 'admin';

/** @param {string} text */
const emptyOf = (text) => make('p', { class: 'empty' }, text);

/**
 * What the button of an entry does; null for those who only look.
 * @param {InProgress | NextUp} entry
 */
const markerOf = ({ item }) => (me === null || me.role === 'guest' ? null : () => markWatched(item, reload));

/**
 * @param {InProgress | NextUp} entry
 * @param {boolean} inProgress
 */
const menuFor = ({ item }, inProgress) =>
  me === null || me.role === 'guest' ? null : menuOf(item, reload, inProgress);

/** @param {NextUp} entry */
const toldOf = (entry) => (entry.positionMs === null ? [whyOf(entry)] : progressOf(entry));

/** @type {ReturnType<typeof listOf<InProgress>>} */
const continuing = listOf({
  section: byId('continue', HTMLElement),
  path: '/me/continue-watching?limit=12',
  draw: (entries) =>
    cardsOf(entries.map((entry) => cardOf(entry.item, progressOf(entry), markerOf(entry), menuFor(entry, true)))),
  empty: () => emptyOf('You are not in the middle of anything. What you stop half-way shows up here.'),
});

/** @type {ReturnType<typeof listOf<NextUp>>} */
const nextUp = listOf({
  section: byId('next-up', HTMLElement),
  path: '/me/next-up?limit=12',
  draw: (entries) =>
    cardsOf(entries.map((entry) => cardOf(entry.item, toldOf(entry), markerOf(entry), menuFor(entry, false)))),
  empty: () => emptyOf('Nothing waits for you. Once you have watched an episode, the one after it shows up here.'),
});

/** @type {ReturnType<typeof listOf<New>>} */
const newly = listOf({
  section: byId('new', HTMLElement),
  path: '/me/new?limit=12',
  draw: (entries) => cardsOf(entries.map((entry) => cardOf(entry.item, [newnessOf(entry)], null))),
  empty: () => emptyOf('Nothing new. What was added in the last three months and you have not watched shows up here.'),
});

/** @type {ReturnType<typeof listOf<Play>>} */
const history = listOf({
  section: byId('history', HTMLElement),
  path: () => `/me/history?limit=40${historyFilters()}`,
  draw: (plays) => historyOf(plays, me === null || me.role === 'guest' ? null : (play) => deletePlay(play, reload)),
  empty: () =>
    emptyOf(
      historyFilters() === ''
        ? 'You have not watched anything yet. What you watch shows up here, day by day.'
        : 'You watched nothing of that kind or title.',
    ),
});

const lists = [continuing, nextUp, newly, history];

/** The newest time that all was loaded; what an older one finds out later is not shown. */
let newest = 0;

const reload = async () => {
  newest += 1;
  const load = newest;
  showStatistics();
  const counts = await Promise.all(lists.map((list) => list.reload()));
  const nothing = counts.every((count) => count === 0) && (await catalogIsEmpty());
  if (load === newest) showFirstSteps(nothing);
};

/** Whether there is nothing to play at all; in doubt there is. */
const catalogIsEmpty = async () => {
  try {
    const pages = await Promise.all(
      ['movie', 'episode', 'track', 'stream'].map((kind) => ask('GET', `/items?kind=${kind}&limit=1`)),
    );
    return pages.every((page) => page.items.length === 0);
  } catch {
    return false;
  }
};

/**
 * What to do first stands in place of three empty lists.
 * @param {boolean} first
 */
const showFirstSteps = (first) => {
  firstSteps.hidden = !first;
  for (const { section } of lists) section.hidden = first;
  for (const text of firstSteps.querySelectorAll('[data-for]')) {
    if (text instanceof HTMLElement) text.hidden = (text.dataset.for === 'admin') !== mayConnect();
  }
};

/** @param {Me} person */
export const showHome = (person) => {
  me = person;
  byId('servers', HTMLElement).hidden = !mayConnect();
  reload();
  if (mayConnect()) showServers(reload);
};

/** Takes away all that was one person's. */
export const clearHome = () => {
  me = null;
  newest += 1;
  showFirstSteps(false);
  for (const list of lists) list.clear();
  clearServers();
  clearHistoryFilter();
  clearStatistics();
  say('');
};

onHistoryFilter(history.reload);
byId('open-connect', HTMLButtonElement).addEventListener('click', openConnect);
