// @ts-check
import { ask } from './api.js';
import { make } from './dom.js';
import { onSubmit } from './form.js';
import { takeBack } from './mark.js';
import { offerUndo } from './notice.js';
import { closeSheet, openSheet } from './sheet.js';
import { whenFields } from './when.js';
import { fullNameOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').Play} Play */

/**
 * Asks what was wrong about a play: its date, and whether it went to the end.
 * @param {Play} play
 * @param {() => Promise<void>} changed
 */
export const openCorrection = (play, changed) => {
  const name = fullNameOf(play.item);
  const when = whenFields(play.startedAt === null ? new Date() : new Date(play.startedAt), play.datePrecision);
  const completed = make('input', { id: 'completed', name: 'completed', type: 'checkbox' });
  completed.checked = play.completed;
  const end = make(
    'div',
    { class: 'check' },
    completed,
    make('label', { for: 'completed' }, 'I watched it to the end'),
  );
  const form = formOf([...when.fields, end], 'Save');
  onSubmit(form, async () => {
    const body = { ...when.told(), ...(completed.checked === play.completed ? {} : { completed: completed.checked }) };
    if (Object.keys(body).length === 0) return closeSheet();
    const { changeSetId } = await ask('PATCH', `/me/history/${play.id}`, body);
    closeSheet();
    offerUndo(`“${name}” is corrected.`, () => takeBack(changeSetId, `“${name}” is as it was before.`, changed));
    await changed();
  });
  openSheet(`Correct “${name}”`, form);
};

/**
 * Asks when something was watched that nobody recorded.
 * @param {Item} item
 * @param {() => Promise<void>} changed
 */
export const openAddPlay = (item, changed) => {
  const name = fullNameOf(item);
  const when = whenFields(new Date(), 'exact');
  const form = formOf(when.fields, 'Add to the history');
  onSubmit(form, async () => {
    const { changeSetId } = await ask('POST', '/me/history', { itemId: item.id, completed: true, ...when.all() });
    closeSheet();
    offerUndo(`“${name}” is in your history once more.`, () =>
      takeBack(changeSetId, `“${name}” is as it was before.`, changed),
    );
    await changed();
  });
  openSheet(`“${name}”, watched again`, form);
};

/**
 * @param {Node[]} fields
 * @param {string} submit
 */
const formOf = (fields, submit) =>
  make(
    'form',
    {},
    make('p', { class: 'fault', role: 'alert', hidden: '' }),
    ...fields,
    make('button', { type: 'submit', class: 'main' }, submit),
  );
