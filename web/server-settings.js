// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { onSubmit } from './form.js';
import { tell } from './notice.js';
import { fieldOf, formOf, partOf } from './part.js';
import { scheduleField } from './schedule.js';
import { addressField, credentialFields } from './server-credentials.js';
import { openReplace } from './server-replace.js';
import { closeSheet, openSheet } from './sheet.js';

/** @typedef {import('./server.js').Room} Room */

/**
 * What can be changed about a server itself.
 * @param {Room} room
 */
export const settingsOf = (room) => {
  const { section } = partOf(
    'server-settings',
    'This server',
    make(
      'div',
      { class: 'row' },
      button('Change …', () => openChange(room), { 'aria-haspopup': 'dialog' }),
      button('Replace by another server …', () => openReplace(room), { 'aria-haspopup': 'dialog' }),
      button('Remove …', () => openRemoval(room), { class: 'danger', 'aria-haspopup': 'dialog' }),
    ),
  );
  return { section, reload: () => {} };
};

/** @param {Room} room */
const openChange = (room) => {
  const server = room.server();
  const name = make('input', { name: 'name', maxlength: 100, required: '', value: server.name });
  const address = addressField(server.address);
  const schedule = scheduleField('change-when', server.schedule);
  const credentials = credentialFields(server);
  const form = formOf(
    'Change this server',
    fieldOf('change-name', 'Name', name),
    address.field,
    ...credentials.fields,
    schedule.field,
    make('button', { type: 'submit', class: 'main' }, 'Save'),
  );
  onSubmit(form, async () => {
    const told = schedule.told();
    const changes = {
      ...(name.value === server.name ? {} : { name: name.value }),
      ...(address.value() === server.address ? {} : { address: address.value() }),
      ...(told === server.schedule ? {} : { schedule: told }),
      ...credentials.told(),
    };
    if (Object.keys(changes).length > 0) {
      await ask('PATCH', `/clients/${room.id}`, changes);
      tell(`${name.value} is changed.`);
    }
    closeSheet();
    await room.refresh();
  });
  openSheet(`Change ${server.name}`, form);
};

/** @param {Room} room */
const openRemoval = (room) => {
  const { name } = room.server();
  const said = make('p', { role: 'alert', class: 'said' });
  const remove = async () => {
    try {
      await ask('DELETE', `/clients/${room.id}`);
    } catch (error) {
      said.textContent = sentenceOf(error);
      return;
    }
    closeSheet();
    room.leave();
    tell(`${name} is removed. What was watched there stays.`);
  };
  openSheet(
    `Remove ${name}`,
    said,
    make(
      'p',
      {},
      'Leftoff forgets the server, whom its accounts belong to and what its entries are. What only this server had leaves the lists. Everything that was watched there stays in the history, and nothing is changed on the server.',
    ),
    make(
      'div',
      { class: 'row' },
      button('Remove', remove, { class: 'danger' }),
      button('Cancel', closeSheet, { autofocus: '' }),
    ),
  );
};
