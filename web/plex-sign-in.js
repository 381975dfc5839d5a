// @ts-check
import { Away, ask, sentenceOf } from './api.js';
import { button, byId, make } from './dom.js';

/** @typedef {import('./shapes.js').SignedIn} SignedIn */

const POLL_MS = 2000;

const begin = byId('plex-begin', HTMLButtonElement);
const state = byId('plex-state', HTMLElement);
const way = byId('plex-way', HTMLElement);
const link = byId('plex-link', HTMLAnchorElement);
const servers = byId('plex-servers', HTMLElement);
const select = byId('plex-server', HTMLSelectElement);
const addresses = byId('plex-addresses', HTMLElement);
const address = byId('connect-address', HTMLInputElement);

/** The sign-in that goes on or was allowed. @type {{ id: string, servers: SignedIn['servers'] } | null} */
let signIn = null;

/** For the API: which server of which sign-in; null: nobody has signed in yet. */
export const chosenServer = () => {
  const server = signIn?.servers.find((one) => one.serverId === select.value);
  return signIn && server ? { id: signIn.id, serverId: server.serverId } : null;
};

export const clearSignIn = () => {
  signIn = null;
  state.textContent = '';
  begin.removeAttribute('aria-disabled');
  for (const part of [way, servers, addresses]) part.hidden = true;
};

begin.addEventListener('click', async () => {
  if (begin.getAttribute('aria-disabled') === 'true') return;
  clearSignIn();
  begin.setAttribute('aria-disabled', 'true');
  // Opened at once: a tab that comes later than the press is kept back by browsers.
  const tab = window.open('', '_blank');
  try {
    const { id, url, expiresAt } = await ask('POST', '/sign-ins', { kind: 'plex' });
    lead(tab, url);
    signIn = { id, servers: [] };
    await wait(id, Date.parse(expiresAt));
  } catch (error) {
    tab?.close();
    state.textContent = sentenceOf(error);
  } finally {
    begin.removeAttribute('aria-disabled');
  }
});

/**
 * @param {Window | null} tab
 * @param {string} url
 */
const lead = (tab, url) => {
  if (tab) {
    tab.opener = null;
    tab.location.href = url;
  }
  link.href = url;
  way.hidden = false;
  state.textContent = 'Waiting until you have allowed it on the page of Plex …';
};

/**
 * Asks until it was allowed, another sign-in was begun, or it is too late.
 * @param {string} id
 * @param {number} until
 */
const wait = async (id, until) => {
  while (signIn?.id === id) {
    const told = await look(id);
    if (signIn?.id !== id) return;
    if (told?.allowed) return allowed(id, told);
    if (Date.now() > until) {
      clearSignIn();
      state.textContent = 'Nobody allowed it in time. Begin again.';
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

/**
 * @param {string} id
 * @returns {Promise<SignedIn | null>} null: not to be had now
 */
const look = async (id) => {
  try {
    return await ask('GET', `/sign-ins/${id}`);
  } catch (error) {
    if (error instanceof Away) return null;
    throw error;
  }
};

/**
 * @param {string} id
 * @param {SignedIn} told
 */
const allowed = (id, told) => {
  signIn = { id, servers: told.servers };
  way.hidden = true;
  state.textContent = told.servers.length
    ? `Signed in as ${told.userName ?? 'you'}.`
    : `Signed in as ${told.userName ?? 'you'}, who has no Plex server and is shared none.`;
  select.replaceChildren(
    ...told.servers.map(({ serverId, name, owned }) =>
      make('option', { value: serverId }, owned ? name : `${name} (shared with you)`),
    ),
  );
  servers.hidden = told.servers.length === 0;
  showAddresses();
  if (told.servers.length > 0) select.focus();
};

/** The nearest address goes into its field; the others can be put there. */
const showAddresses = () => {
  const server = signIn?.servers.find((one) => one.serverId === select.value);
  const [first, ...others] = server?.addresses ?? [];
  if (first !== undefined) address.value = first;
  addresses.hidden = others.length === 0;
  addresses.replaceChildren(
    'It may also be reached at ',
    ...others.flatMap((other, index) => [
      index > 0 ? ', ' : '',
      button(
        other,
        () => {
          address.value = other;
          address.focus();
        },
        { class: 'link', 'aria-label': `Use ${other}` },
      ),
    ]),
    '.',
  );
};

select.addEventListener('change', showAddresses);
