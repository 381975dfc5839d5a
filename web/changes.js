// @ts-check
import { ask, sentenceOf } from './api.js';
import { whenOf } from './dates.js';
import { button, make } from './dom.js';
import { listOf } from './list.js';
import { openSheet } from './sheet.js';
import { countOf, fullNameOf } from './words.js';

/** @typedef {import('./shapes.js').Change} Change */

/** Loads the list again while it is shown. */
let reload = async () => {};

/** For when something was changed elsewhere. */
export const refreshChanges = () => reload();

/**
 * Opens the last changes, each with the way back.
 * @param {boolean} mayUndo
 * @param {() => Promise<void>} changed
 */
export const openChanges = (mayUndo, changed) => {
  const said = make('p', { role: 'status', class: 'said' });
  const section = make('section', { 'aria-label': 'Last changes' }, make('div', { class: 'content' }));
  /** @param {Change} change */
  const undo = async (change) => {
    try {
      const { kept } = await ask('POST', `/me/changes/${change.id}/undo`);
      said.textContent = `${change.kind === 'undo' ? 'Done again' : 'Taken back'}: ${whatOf(change)}.${keptOf(kept)}`;
    } catch (error) {
      said.textContent = sentenceOf(error);
    }
    await changed();
  };
  /** @type {ReturnType<typeof listOf<Change>>} */
  const list = listOf({
    section,
    path: () => '/me/changes?',
    limit: 20,
    row: (change) => lineOf(change, mayUndo ? undo : null),
    draw: (changes, rowOf) => make('ul', { class: 'lines' }, ...changes.map(rowOf)),
    empty: () => make('p', { class: 'empty' }, 'Nothing was changed yet.'),
  });
  reload = async () => {
    if (section.isConnected) await list.reload();
  };
  openSheet('Last changes', said, section);
  reload();
};

/**
 * @param {Change} change
 * @param {((change: Change) => void) | null} undo
 */
const lineOf = (change, undo) => {
  const word = change.kind === 'undo' ? 'Redo' : 'Undo';
  const facts = [
    whenOf(new Date(change.at)),
    change.device.name,
    change.touched > 1 ? countOf(change.touched, 'thing') : '',
    change.undoneAt === null ? '' : change.kind === 'undo' ? 'done again' : 'taken back',
  ];
  return make(
    'li',
    { 'data-key': change.id },
    make('span', { class: 'name' }, whatOf(change)),
    make('span', { class: 'second' }, facts.filter(Boolean).join(' · ')),
    undo && change.undoableUntil !== null
      ? button(word, () => undo(change), { 'aria-label': `${word}: ${whatOf(change)}` })
      : null,
  );
};

/** @param {Change} change */
const whatOf = ({ kind, item, watched, touched }) => {
  const what = item ? `“${fullNameOf(item)}”` : countOf(touched, 'thing');
  switch (kind) {
    case 'mark':
      return `${what} marked as ${watched ? 'watched' : 'not watched'}`;
    case 'import':
      return 'Import';
    case 'add':
      return `Play of ${what} added`;
    case 'edit':
      return `Play of ${what} corrected`;
    case 'delete':
      return item ? `Play of ${what} deleted` : 'Plays deleted';
    case 'clear':
      return item ? `History of ${what} cleared` : 'History cleared';
    case 'undo':
      return item ? `Change of ${what} taken back` : 'Change taken back';
  }
};

/** @param {number} kept */
const keptOf = (kept) => (kept === 0 ? '' : ` ${countOf(kept, 'thing', 'things')} changed since and stayed.`);
