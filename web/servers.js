// @ts-check
import { Away, ask, sentenceOf } from './api.js';
import { whenOf } from './dates.js';
import { button, byId, make, say } from './dom.js';
import { emptyForm, onSubmit } from './form.js';
import { outcomeOf, runningOf } from './outcome.js';

/** @typedef {import('./shapes.js').Server} Server */
/** @typedef {import('./shapes.js').Run} Run */

const POLL_MS = 700;

const list = byId('server-list', HTMLElement);
const form = byId('connect-form', HTMLFormElement);
const details = byId('connect', HTMLDetailsElement);
const working = byId('connect-working', HTMLElement);

/** What to do when an import may have changed what is shown. */
let imported = () => {};
/** Counts the people who were shown this; what was begun for a former one is not drawn any more. */
let visit = 0;

/** @param {() => void} onImported */
export const showServers = async (onImported) => {
  imported = onImported;
  const mine = visit;
  try {
    const { items } = await ask('GET', '/clients?limit=200');
    if (mine === visit) list.replaceChildren(make('ul', { class: 'servers' }, ...items.map(lineOf)));
  } catch (error) {
    if (mine === visit) list.replaceChildren(make('p', { class: 'fault', role: 'alert' }, sentenceOf(error)));
  }
};

export const clearServers = () => {
  visit += 1;
  list.replaceChildren();
  emptyForm(form);
  details.open = false;
};

/** Opens the form and leads to it. */
export const openConnect = () => {
  details.open = true;
  byId('connect-address', HTMLInputElement).focus();
};

/** @param {Server} server */
const lineOf = (server) => {
  const outcome = make('div', { class: 'outcome' });
  const again = button('Import again', () => runImport(server, outcome, again), {
    'aria-label': `Import again from ${server.name}`,
  });
  lastRun(server, outcome, again);
  return make(
    'li',
    { 'data-server': server.id },
    make('span', { class: 'name' }, server.name),
    make('span', { class: 'second' }, server.address),
    again,
    outcome,
  );
};

/**
 * Shows what came of the newest import, and follows one that still goes on.
 * @param {Server} server
 * @param {HTMLElement} outcome
 * @param {HTMLElement} again
 */
const lastRun = async (server, outcome, again) => {
  try {
    const [run] = (await ask('GET', `/clients/${server.id}/runs?limit=1`)).items;
    if (!run) outcome.replaceChildren('Not imported yet.');
    else if (run.state === 'running') await follow(server, outcome, again);
    else outcome.replaceChildren(`Imported ${whenOf(new Date(run.startedAt))}. `, outcomeOf(run));
  } catch (error) {
    outcome.replaceChildren(make('p', { class: 'fault', role: 'alert' }, sentenceOf(error)));
  }
};

/**
 * @param {Server} server
 * @param {HTMLElement} outcome
 * @param {HTMLElement} again
 */
const runImport = async (server, outcome, again) => {
  if (again.getAttribute('aria-disabled') === 'true') return;
  again.setAttribute('aria-disabled', 'true');
  try {
    await ask('POST', `/clients/${server.id}/import`);
    await follow(server, outcome, again);
  } catch (error) {
    outcome.replaceChildren(make('p', { class: 'fault', role: 'alert' }, sentenceOf(error)));
  } finally {
    again.removeAttribute('aria-disabled');
  }
};

/**
 * Looks at the newest import until it has ended.
 * @param {Server} server
 * @param {HTMLElement} outcome
 * @param {HTMLElement} again
 */
const follow = async (server, outcome, again) => {
  const mine = visit;
  again.setAttribute('aria-disabled', 'true');
  say(`Importing from ${server.name}.`);
  while (mine === visit) {
    const run = await newestRun(server, outcome);
    if (run && run.state !== 'running') {
      end(server, run, outcome);
      break;
    }
    if (run) outcome.replaceChildren(runningOf(run));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  again.removeAttribute('aria-disabled');
};

/**
 * @param {Server} server
 * @param {HTMLElement} outcome
 * @returns {Promise<Run | null>} null: not to be had now; the import may go on all the same
 */
const newestRun = async (server, outcome) => {
  try {
    return (await ask('GET', `/clients/${server.id}/runs?limit=1`)).items[0] ?? null;
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    outcome.replaceChildren(make('p', { class: 'fault' }, 'The server does not answer. Looking again …'));
    return null;
  }
};

/**
 * @param {Server} server
 * @param {Run} run
 * @param {HTMLElement} outcome
 */
const end = (server, run, outcome) => {
  const told = outcomeOf(run);
  outcome.replaceChildren(told);
  say(`${server.name}: ${told.textContent}`);
  imported();
};

onSubmit(form, async ({ address, userName, password, name }) => {
  const mine = visit;
  working.hidden = false;
  byId('connect-step', HTMLElement).textContent = 'Asking Kodi who it is …';
  try {
    const { client, warnings } = await ask('POST', '/clients', {
      kind: 'kodi',
      address,
      ...(userName ? { userName } : {}),
      ...(password ? { password } : {}),
      ...(name?.trim() ? { name } : {}),
    });
    if (mine === visit) await added(client, warnings);
  } finally {
    working.hidden = true;
  }
});

/**
 * The server is connected from here on: the form has done its work, whatever becomes of the import.
 * @param {Server} server
 * @param {string[]} warnings
 */
const added = async (server, warnings) => {
  emptyForm(form);
  details.open = false;
  await showServers(imported);
  const line = list.querySelector(`[data-server="${server.id}"]`);
  const again = line?.querySelector('button');
  const outcome = line?.querySelector('.outcome');
  if (!line || !(again instanceof HTMLElement) || !(outcome instanceof HTMLElement)) return;
  for (const warning of warnings) line.append(make('p', { class: 'outcome' }, warning));
  again.focus();
  runImport(server, outcome, again);
};
