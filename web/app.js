// @ts-check
import { Away, ask, onSignedOut, Refusal, sentenceOf } from './api.js';
import { byId } from './dom.js';
import { openDoors } from './door.js';
import { clearHome, leaveHome, showHome } from './home.js';
import { tell } from './notice.js';

/** @typedef {import('./shapes.js').Me} Me */

const views = ['opening', 'setup', 'sign-in', 'home'].map((id) => byId(id, HTMLElement));

/** Whose home the page holds. @type {number | null} */
let shownFor = null;

/** @param {'setup' | 'sign-in' | 'home'} id */
const show = (id) => {
  for (const view of views) view.hidden = view.id !== id;
  byId('who', HTMLElement).hidden = id !== 'home';
  byId(`${id}-title`, HTMLElement).focus();
};

/** Finds out who is there and shows what is theirs. */
const enter = async () => {
  const { needed } = await ask('GET', '/setup');
  if (needed) return show('setup');
  const me = await whoAmI();
  if (!me) return show('sign-in');
  openHome(me);
};

/** @returns {Promise<Me | null>} null: nobody is signed in */
const whoAmI = async () => {
  try {
    return await ask('GET', '/me');
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  }
};

/** @param {Me} me */
const openHome = (me) => {
  // After a session has run out the same person finds what they had typed; another one must not.
  if (shownFor !== me.user.id) clearHome();
  shownFor = me.user.id;
  byId('who-name', HTMLElement).textContent = me.user.name;
  show('home');
  showHome(me, leave);
};

const start = async () => {
  const banner = byId('away', HTMLElement);
  try {
    await enter();
    banner.hidden = true;
  } catch (error) {
    byId('opening', HTMLElement).hidden = true;
    byId('away-text', HTMLElement).textContent =
      error instanceof Away ? 'The server does not answer. Is it running?' : sentenceOf(error);
    banner.hidden = false;
  }
};

/** The session is over: to the door, with what was typed kept. */
const leave = () => {
  leaveHome();
  if (shownFor !== null && !byId('home', HTMLElement).hidden) show('sign-in');
};

openDoors(enter);
onSignedOut(leave);
byId('away-retry', HTMLButtonElement).addEventListener('click', start);
byId('sign-out', HTMLButtonElement).addEventListener('click', async () => {
  try {
    await ask('DELETE', '/session');
  } catch (error) {
    // Whoever is signed out already is where they wanted to be.
    if (!(error instanceof Refusal && error.status === 401)) return tell(sentenceOf(error));
  }
  shownFor = null;
  clearHome();
  show('sign-in');
});
await start();
