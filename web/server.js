// @ts-check
import { ask, sentenceOf } from './api.js';
import { byId, make } from './dom.js';
import { kinds } from './kinds.js';
import { tell } from './notice.js';
import { problemOf } from './part.js';
import { scheduleWords } from './schedule.js';
import { heldOf } from './server-held.js';
import { librariesOf } from './server-libraries.js';
import { matchesOf } from './server-matches.js';
import { peopleOf } from './server-people.js';
import { runsOf } from './server-runs.js';
import { settingsOf } from './server-settings.js';
import { stateOf } from './server-state.js';
import { webhookOf } from './server-webhook.js';

/** @typedef {import('./shapes.js').Server} Server */

/**
 * What the parts of a server's page share.
 * @typedef {object} Room
 * @property {number} id of the server
 * @property {() => Server} server as it was read last
 * @property {() => Promise<void>} refresh reads everything again; it tells where that is not to be had
 * @property {() => void} watch looks at the newest run until it has ended
 * @property {() => boolean} isOpen whether it is still looked at
 * @property {() => void} leave goes back to the lists
 */

/** @typedef {{ section: HTMLElement, reload: () => unknown }} Part */

const view = byId('server', HTMLElement);
const lists = byId('lists', HTMLElement);

/** Counts the pages that were opened; what was begun on a former one is not drawn any more. */
let opened = 0;
/** What to do when the lists are looked at again. */
let left = () => {};
/** Whether someone is there who may see servers. */
let allowed = false;

/** @param {number} id */
export const serverPath = (id) => `#server/${id}`;

const idInPath = () => Number(/^#server\/(\d+)$/.exec(location.hash)?.[1] ?? 0);

/**
 * Shows a server's page.
 * @param {number} id
 * @param {{ warnings?: string[], read?: boolean }} [first] of one that was connected just now: what its person should
 * know, and that it is to be read
 */
export const openServer = async (id, { warnings = [], read = false } = {}) => {
  opened += 1;
  const mine = opened;
  const isOpen = () => mine === opened;
  if (idInPath() !== id) history.pushState(null, '', serverPath(id));
  lists.hidden = true;
  view.hidden = false;
  view.replaceChildren(wayBack(), make('p', { class: 'opening' }, 'Opening …'));
  window.scrollTo(0, 0);
  try {
    const server = await ask('GET', `/clients/${id}`);
    if (isOpen()) showServer(server, isOpen, warnings, read);
  } catch (error) {
    if (isOpen())
      view.replaceChildren(
        wayBack(),
        problemOf(error, () => openServer(id)),
      );
  }
};

/**
 * Lets the address of the page say which server is looked at.
 * @param {() => void} onLeft what to do when the lists are looked at again
 */
export const showServerOfPath = (onLeft) => {
  left = onLeft;
  allowed = true;
  if (idInPath() > 0) follow();
};

/** Looks at nothing any more: nobody is signed in. */
export const leaveServerPage = () => {
  allowed = false;
  opened += 1;
};

/** Forgets what was one person's. */
export const clearServerPage = () => {
  leaveServerPage();
  // The address that the page was opened with is still to be followed.
  if (view.hidden) return;
  view.hidden = true;
  lists.hidden = false;
  view.replaceChildren();
  history.replaceState(null, '', '/');
};

/** Opens what the address of the page names, or the lists. */
const follow = () => {
  if (!allowed) return;
  const id = idInPath();
  if (id > 0) return openServer(id);
  if (view.hidden) return;
  opened += 1;
  view.hidden = true;
  lists.hidden = false;
  view.replaceChildren();
  left();
  byId('servers', HTMLElement).scrollIntoView();
  const heading = byId('servers-title', HTMLElement);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
};

window.addEventListener('popstate', follow);

const leave = () => {
  history.pushState(null, '', '/');
  follow();
};

/** For who has connected it just now. */
const firstSteps = 'It is connected, and is only read at first. Link its people below, look at the preview, then sync.';

const wayBack = () => {
  const link = make('a', { class: 'back', href: '/' }, '← All lists');
  link.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  return link;
};

/**
 * @param {Server} first
 * @param {() => boolean} isOpen
 * @param {string[]} warnings
 * @param {boolean} read
 */
const showServer = (first, isOpen, warnings, read) => {
  let server = first;
  const title = make('h1', { tabindex: -1 });
  const facts = make('p', { class: 'second' });
  const head = () => {
    title.textContent = server.name;
    const { label } = kinds[server.kind];
    const version = server.serverVersion === null ? label : `${label} ${server.serverVersion}`;
    facts.textContent = [version, server.address, scheduleWords(server.schedule)].join(' · ');
  };
  /** @type {Room} */
  const room = {
    id: first.id,
    server: () => server,
    isOpen,
    leave,
    watch: () => state.watch(),
    refresh: async () => {
      try {
        const now = await ask('GET', `/clients/${first.id}`);
        if (!isOpen()) return;
        server = now;
      } catch (error) {
        return tell(sentenceOf(error));
      }
      head();
      for (const part of parts) part.reload();
    },
  };
  const state = stateOf(room);
  const held = heldOf(room);
  /** @type {Part[]} */
  const parts = [
    held,
    state,
    peopleOf(room),
    runsOf(room),
    matchesOf(room),
    librariesOf(room),
    webhookOf(room),
    settingsOf(room),
  ];
  head();
  view.replaceChildren(
    wayBack(),
    title,
    facts,
    ...(read ? [make('p', { class: 'warning' }, firstSteps)] : []),
    ...warnings.map((warning) => make('p', { class: 'warning' }, warning)),
    ...parts.map(({ section }) => section),
  );
  title.focus();
  for (const part of parts) if (part !== state) part.reload();
  if (read) state.begin('import');
  else state.watch();
};
