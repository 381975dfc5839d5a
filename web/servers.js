// @ts-check
import { ask } from './api.js';
import { clearConnect, onConnected } from './connect.js';
import { whenOf } from './dates.js';
import { byId, make } from './dom.js';
import { keepingFocus } from './focus.js';
import { kinds } from './kinds.js';
import { outcomeOf, runNames, runningOf } from './outcome.js';
import { loaderOf } from './part.js';
import { clearServerPage, openServer, serverPath } from './server.js';
import { newestRuns } from './start-run.js';
import { countOf } from './words.js';

/** @typedef {import('./shapes.js').Server} Server */
/** @typedef {import('./shapes.js').Run} Run */

export { openConnect } from './connect.js';

const LOOK_MS = 2000;

const list = byId('server-list', HTMLElement);
const held = byId('held-notice', HTMLElement);

/** Counts the people who were shown this; what was begun for a former one is not drawn any more. */
let visit = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const load = loaderOf(
  list,
  async () => {
    const mine = visit;
    /** @type {Server[]} */
    const servers = (await ask('GET', '/clients?limit=200')).items;
    const runs = await Promise.all(servers.map(newestRun));
    return { mine, servers, runs };
  },
  ({ mine, servers, runs }) => {
    if (mine !== visit) return;
    // A run that goes on is looked at again, as long as the list is.
    const running = runs.some((run) => run?.state === 'running');
    clearTimeout(timer);
    if (running && !byId('lists', HTMLElement).hidden) timer = setTimeout(load, LOOK_MS);
    showHeld(servers);
    keepingFocus(list, () =>
      list.replaceChildren(
        make('ul', { class: 'servers' }, ...servers.map((server, index) => lineOf(server, runs[index] ?? null))),
      ),
    );
  },
);

/** Shows the media servers, each with how it stands. */
export const showServers = () => load();

export const clearServers = () => {
  visit += 1;
  clearTimeout(timer);
  held.hidden = true;
  held.replaceChildren();
  list.replaceChildren();
  clearConnect();
  clearServerPage();
};

/**
 * What waits for someone's word stands above all lists.
 * @param {Server[]} servers
 */
const showHeld = (servers) => {
  const waiting = servers.filter((server) => server.held > 0);
  held.hidden = waiting.length === 0;
  held.replaceChildren(
    ...waiting.map(({ id, name, held: count }) =>
      make(
        'span',
        {},
        `${countOf(count, 'change')} of `,
        make('a', { href: serverPath(id) }, name),
        ` ${count === 1 ? 'waits' : 'wait'} for your word: more is gone at once than can be believed. `,
      ),
    ),
  );
};

/**
 * @param {Server} server
 * @returns {Promise<Run | null>} the newest that is more than a look at news; null: there was none
 */
const newestRun = async ({ id }) => {
  const runs = await newestRuns(id);
  return runs.find(({ kind }) => kind !== 'quick') ?? runs[0] ?? null;
};

/**
 * @param {Server} server
 * @param {Run | null} run
 */
const lineOf = (server, run) =>
  make(
    'li',
    { 'data-key': server.id },
    make('a', { class: 'name', href: serverPath(server.id) }, server.name),
    make('span', { class: 'second' }, `${kinds[server.kind].label} · ${server.address}`),
    server.held > 0 ? make('span', { class: 'badge' }, `${countOf(server.held, 'change')} held`) : null,
    make('div', { class: 'outcome' }, ...told(run)),
  );

/** @param {Run | null} run */
const told = (run) => {
  if (run === null) return ['Not read yet.'];
  if (run.state === 'running') return [runningOf(run)];
  return [`${runNames[run.kind]} ${whenOf(new Date(run.startedAt))}. `, outcomeOf(run)];
};

onConnected((server, warnings) => {
  showServers();
  openServer(server.id, { warnings, read: true });
});
