// @ts-check
import { ask } from './api.js';
import { dayAfter, instantOf } from './dates.js';
import { byId, make } from './dom.js';

/** @typedef {import('./shapes.js').Device} Device */
/** @typedef {import('./shapes.js').Item} Item */

const form = byId('history-filter', HTMLFormElement);
const showAll = byId('history-all', HTMLButtonElement);

/** Fields of the filter that the API takes as they are. */
const plain = ['text', 'kind', 'libraryId', 'deviceUserId'];

/** What the history is kept to, as parameters of the API. */
export const historyFilter = () => {
  const values = new FormData(form);
  const filter = periodOf(String(values.get('first') ?? ''), String(values.get('last') ?? ''));
  for (const name of plain) {
    const value = String(values.get(name) ?? '').trim();
    if (value !== '') filter.set(name, value);
  }
  return filter;
};

/**
 * Whole days as the instants between which they lie.
 * @param {string} first day, or nothing
 * @param {string} last
 */
export const periodOf = (first, last) => {
  const period = new URLSearchParams();
  if (first) period.set('from', instantOf(`${first}T00:00`).toISOString());
  if (last) period.set('to', instantOf(`${dayAfter(last, 1)}T00:00`).toISOString());
  return period;
};

/**
 * The fields of the filter as they are now.
 * @param {string} name
 */
export const filterField = (name) => String(new FormData(form).get(name) ?? '');

/** Fills in what there is to choose from. Without it the history can be read all the same. */
export const loadFilterChoices = async () => {
  try {
    const [libraries, devices] = await Promise.all([
      ask('GET', '/libraries?limit=200'),
      ask('GET', '/me/devices?limit=200'),
    ]);
    fill(
      'history-library',
      'All libraries',
      libraries.items.map((/** @type {Item} */ { id, title }) => [id, title]),
    );
    fill(
      'history-device',
      'All devices',
      devices.items.map((/** @type {Device} */ { deviceUserId, name }) => [deviceUserId, name]),
    );
  } catch {
    // As above.
  }
};

/**
 * @param {string} id
 * @param {string} all
 * @param {[number, string][]} choices
 */
const fill = (id, all, choices) => {
  const select = byId(id, HTMLSelectElement);
  const { value } = select;
  select.replaceChildren(
    make('option', { value: '' }, all),
    ...choices.map(([key, name]) => make('option', { value: key }, name)),
  );
  select.value = value;
  if (select.selectedIndex < 0) select.value = '';
};

export const clearHistoryFilter = () => {
  form.reset();
  fill('history-library', 'All libraries', []);
  fill('history-device', 'All devices', []);
  showAll.hidden = true;
};

/** @param {() => void} changed */
export const onHistoryFilter = (changed) => {
  const heed = () => {
    showAll.hidden = historyFilter().size === 0;
    changed();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    heed();
  });
  form.addEventListener('change', heed);
  showAll.addEventListener('click', () => {
    form.reset();
    byId('history-text', HTMLInputElement).focus();
    heed();
  });
};
