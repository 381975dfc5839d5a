// @ts-check
import { ask, sentenceOf } from './api.js';
import { dateOf } from './dates.js';
import { button, make } from './dom.js';
import { onSubmit } from './form.js';
import { filterField, periodOf } from './history-filter.js';
import { takeBack } from './mark.js';
import { offerUndo, tell } from './notice.js';
import { closeSheet, openSheet } from './sheet.js';
import { countOf } from './words.js';

/** @typedef {import('./shapes.js').Change} Change */

/** Plays counted at the most before it is said that there are more. */
const MOST = 200;

/** @param {string} id @param {string} label @param {HTMLElement} control */
const field = (id, label, control) => {
  control.id = id;
  return make('div', { class: 'field' }, make('label', { for: id }, label), control);
};

/**
 * A copy of a choice in the filter above the history.
 * @param {string} id
 * @param {string} name
 */
const copyOf = (id, name) => {
  const copy = document.getElementById(id)?.cloneNode(true);
  if (!(copy instanceof HTMLSelectElement)) throw new Error(`The page has no choice with the id ${id}.`);
  copy.value = filterField(name);
  return copy;
};

/**
 * Asks which part of the history is to go, and tells what that is before it does.
 * @param {() => Promise<void>} changed
 */
export const openClearing = (changed) => {
  const kind = copyOf('history-kind', 'kind');
  const library = copyOf('history-library', 'libraryId');
  const first = make('input', { type: 'date', value: filterField('first') });
  const last = make('input', { type: 'date', value: filterField('last') });
  const marks = make('input', { type: 'checkbox', id: 'clear-marks' });
  const told = make('p', { class: 'told', 'aria-live': 'polite' }, 'Counting …');
  const submit = make('button', { type: 'submit', class: 'danger' }, 'Clear');
  const chosen = () => {
    const part = periodOf(first.value, last.value);
    if (kind.value) part.set('kind', kind.value);
    if (library.value) part.set('libraryId', library.value);
    return part;
  };
  const form = make(
    'form',
    {},
    make('p', { class: 'fault', role: 'alert', hidden: '' }),
    make(
      'div',
      { class: 'pair' },
      field('clear-kind', 'What', kind),
      field('clear-library', 'Library', library),
      field('clear-first', 'From', first),
      field('clear-last', 'To', last),
    ),
    make('div', { class: 'check' }, marks, make('label', { for: 'clear-marks' }, 'Mark it as not watched, too')),
    told,
    make('div', { class: 'row' }, submit, button('Cancel', closeSheet, { autofocus: '' })),
  );
  /** The newest counting; an older one that answers late is not told. */
  let newest = 0;
  const count = async () => {
    newest += 1;
    const mine = newest;
    const words = await whatGoes(chosen(), marks.checked).catch((error) => ({
      told: sentenceOf(error),
      button: 'Clear',
    }));
    if (mine !== newest) return;
    told.textContent = words.told;
    submit.textContent = words.button;
  };
  form.addEventListener('change', count);
  onSubmit(form, async () => {
    const part = chosen();
    part.set('marks', String(marks.checked));
    const cleared = await ask('DELETE', `/me/history?${part}`);
    closeSheet();
    await tellCleared(cleared, changed);
  });
  openSheet('Clear the history', form);
  count();
};

/**
 * @param {URLSearchParams} part
 * @param {boolean} marks
 */
const whatGoes = async (part, marks) => {
  const { items, next } = await ask('GET', `/me/history?limit=${MOST}&${part}`);
  const some = someOf(items.length, next !== null);
  const watched = marks ? 'What you watched of it counts as not watched again.' : 'What is marked as watched stays so.';
  return {
    told:
      `This takes ${some} out of your history, with the counts that come from them, and forgets where you stopped. ` +
      `${watched} You can take it back for 30 days.`,
    button: items.length === 0 ? 'Clear' : `Clear ${some}`,
  };
};

/**
 * @param {number} count
 * @param {boolean} goesOn
 */
const someOf = (count, goesOn) => {
  if (count === 0) return goesOn ? 'the plays of that' : 'no plays';
  return `${goesOn ? 'at least ' : ''}${countOf(count, 'play')}`;
};

/**
 * @param {{ changeSetId: number | null, plays: number }} cleared
 * @param {() => Promise<void>} changed
 */
const tellCleared = async ({ changeSetId, plays }, changed) => {
  if (changeSetId === null) return tell('There was nothing to clear.');
  const until = await undoableUntil(changeSetId);
  offerUndo(
    `${countOf(plays, 'play is', 'plays are')} out of your history. ${until && `You can take that back until ${until}.`}`,
    () => takeBack(changeSetId, 'Your history is as it was before.', changed),
  );
  await changed();
};

/** @param {number} changeSetId */
const undoableUntil = async (changeSetId) => {
  try {
    const { items } = await ask('GET', '/me/changes?limit=5');
    const until = items.find((/** @type {Change} */ { id }) => id === changeSetId)?.undoableUntil;
    return until ? dateOf(new Date(until)) : '';
  } catch {
    // It is cleared all the same.
    return '';
  }
};
