// @ts-check
import { ask } from './api.js';
import { openChanges, refreshChanges } from './changes.js';
import { openClearing } from './clear-history.js';
import { setZone } from './dates.js';
import { byId, say } from './dom.js';
import { follow, stopFollowing } from './follow.js';
import { clearHistoryFilter, loadFilterChoices, onHistoryFilter } from './history-filter.js';
import { listsOf } from './lists.js';
import { closeNotice } from './notice.js';
import { pacedBy } from './pace.js';
import { leaveServerPage, showServerOfPath } from './server.js';
import { clearServers, openConnect, showServers } from './servers.js';
import { closeSheet, sheetIsOpen } from './sheet.js';
import { clearStatistics, showStatistics } from './statistics.js';
import { onZoneChange, showZone } from './zone.js';

/** @typedef {import('./shapes.js').Me} Me */
/** @typedef {import('./follow.js').News} News */

const firstSteps = byId('first-steps', HTMLElement);

/** @type {Me | null} */
let me = null;

const mayConnect = () => me?.role === 'admin';
const mayChange = () => me !== null && me.role !== 'guest';

/** The newest time that all was loaded; what an older one finds out later is not shown. */
let newest = 0;

/** Loads all that may be different now. */
const reload = async () => {
  newest += 1;
  paced.forget();
  const load = newest;
  showStatistics();
  refreshChanges();
  const counts = await Promise.all(all.map((list) => list.reload()));
  const nothing = counts.every((count) => count === 0) && (await catalogIsEmpty());
  if (load === newest) showFirstSteps(nothing);
};

const lists = listsOf({ mayChange, changed: reload });
const all = Object.values(lists);

/**
 * What is to be looked at again. By a play or a reset anything may be different.
 * @type {Partial<Record<News, (keyof typeof lists)[]>>}
 */
const touched = {
  progress: ['continuing', 'nextUp', 'history'],
  opinion: ['continuing', 'nextUp', 'newly', 'mine'],
};

/** @param {Set<News>} news */
const refresh = async (news) => {
  const names = new Set([...news].flatMap((one) => touched[one] ?? []));
  if ([...news].some((one) => !touched[one])) return reload();
  await Promise.all([...names].map((name) => lists[name].reload()));
};

const paced = pacedBy(refresh);

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
 * What to do first stands in place of empty lists.
 * @param {boolean} first
 */
const showFirstSteps = (first) => {
  firstSteps.hidden = !first;
  for (const { section } of all) section.hidden = first;
  for (const text of firstSteps.querySelectorAll('[data-for]')) {
    if (text instanceof HTMLElement) text.hidden = (text.dataset.for === 'admin') !== mayConnect();
  }
};

/**
 * @param {Me} person
 * @param {() => void} signedOut
 */
export const showHome = (person, signedOut) => {
  me = person;
  setZone(person.user.timeZone);
  showZone();
  byId('servers', HTMLElement).hidden = !mayConnect();
  byId('open-clearing', HTMLElement).hidden = !mayChange();
  reload();
  loadFilterChoices();
  if (mayConnect()) {
    showServers();
    showServerOfPath(leftServer);
  }
  follow(paced.heed, signedOut);
};

/** A server's page was left: what it brought may be anywhere. */
const leftServer = () => {
  reload();
  showServers();
  loadFilterChoices();
};

/** Leaves the page as it is, and silent: nobody is signed in. */
export const leaveHome = () => {
  stopFollowing();
  leaveServerPage();
  paced.forget();
  if (sheetIsOpen()) closeSheet();
};

/** Takes away all that was one person's. */
export const clearHome = () => {
  leaveHome();
  me = null;
  newest += 1;
  showFirstSteps(false);
  for (const list of all) list.clear();
  clearServers();
  clearHistoryFilter();
  clearStatistics();
  closeNotice();
  say('');
};

onHistoryFilter(lists.history.reload);
onZoneChange(reload);
byId('open-connect', HTMLButtonElement).addEventListener('click', openConnect);
byId('open-changes', HTMLButtonElement).addEventListener('click', () => openChanges(mayChange(), reload));
byId('open-clearing', HTMLButtonElement).addEventListener('click', () => openClearing(reload));
