// @ts-check
import { ask } from './api.js';
import { button, make } from './dom.js';
import { onSubmit } from './form.js';
import { tell } from './notice.js';
import { formOf } from './part.js';
import { addressField, credentialFields } from './server-credentials.js';
import { closeSheet, openSheet } from './sheet.js';

/** @typedef {import('./shapes.js').Replacement} Replacement */
/** @typedef {import('./server.js').Room} Room */

/** How an entry was known again. @type {Record<Replacement['moved'][number]['by'], string>} */
const by = { external_id: 'by its ids', path: 'by its path', title: 'by title and place', decision: 'as you decided' };

/**
 * Puts another server in the place of this one, after showing what becomes of what.
 * @param {Room} room
 */
export const openReplace = (room) => {
  const server = room.server();
  const address = addressField(server.address);
  const credentials = credentialFields(server);
  const form = formOf(
    'Replace this server',
    make(
      'p',
      {},
      'For a server that was set up anew or moved: its entries are found again by ids, paths and titles, and no history is lost or moved to another work. First you see what becomes of what.',
    ),
    address.field,
    ...credentials.fields,
    make('button', { type: 'submit', class: 'main' }, 'Show what would happen'),
  );
  onSubmit(form, async () => {
    const place = { address: address.value(), ...credentials.told() };
    showReport(room, place, await ask('POST', `/clients/${room.id}/replace`, place));
  });
  openSheet(`Replace ${server.name}`, form);
};

/**
 * @param {Room} room
 * @param {object} place
 * @param {Replacement} report
 */
const showReport = (room, place, report) => {
  const { name } = room.server();
  const form = formOf(
    'Replace this server',
    ...reportOf(report),
    make(
      'div',
      { class: 'row' },
      make('button', { type: 'submit', class: 'main' }, 'Replace it'),
      button('Cancel', closeSheet),
    ),
  );
  onSubmit(form, async () => {
    /** @type {Replacement} */
    const done = await ask('POST', `/clients/${room.id}/replace`, { ...place, confirm: true });
    openSheet(`${name} is replaced`, ...reportOf(done), button('Close', closeSheet));
    tell(`${name} is another server now.`);
    await room.refresh();
  });
  openSheet(`Replace ${name}?`, form);
};

/** @param {Replacement} report */
const reportOf = ({ server, counts, accounts, warnings, moved, gone, conflicting, ...rest }) => [
  make(
    'p',
    {},
    `It calls itself ${server.name}, version ${server.version}${server.same ? ', and is the same server as before' : ''}.`,
  ),
  ...warnings.map((warning) => make('p', { class: 'warning' }, warning)),
  make(
    'ul',
    {},
    ...accounts.map(({ name, remoteId, needsPin }) =>
      make(
        'li',
        {},
        remoteId === null ? `${name}: not there` : needsPin ? `${name}: there, needs a PIN` : `${name}: there`,
      ),
    ),
  ),
  listOf(
    `${counts.moved} found again`,
    moved.map((one) => `${one.to.title}, ${by[one.by]}`),
  ),
  listOf(
    `${counts.new} only there`,
    rest.new.map(({ title }) => title),
  ),
  listOf(
    `${counts.gone} not there`,
    gone.map(({ title }) => title),
  ),
  listOf(
    `${counts.conflicting} uncertain, left as they are`,
    conflicting.map(({ to, reason }) => `${to.title}: ${reason}`),
  ),
];

/**
 * @param {string} title
 * @param {string[]} lines the first of them
 */
const listOf = (title, lines) =>
  lines.length === 0
    ? make('p', { class: 'count' }, `${title}.`)
    : make('details', {}, make('summary', {}, title), make('ul', {}, ...lines.map((line) => make('li', {}, line))));
