// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { keepingFocus } from './focus.js';
import { onSubmit } from './form.js';
import { offerUndo, tell } from './notice.js';
import { aside, emptyOf, fieldOf, formOf, loaderOf, partOf, problemOf } from './part.js';
import { closeSheet, openSheet } from './sheet.js';

/** @typedef {import('./shapes.js').RemoteAccount} RemoteAccount */
/** @typedef {import('./shapes.js').Account} Account */
/** @typedef {import('./shapes.js').User} User */
/** @typedef {import('./server.js').Room} Room */
/** @typedef {Account['isolation']} Mode */

/** Who sees what, by mode. @type {Record<Mode, [string, string]>} */
export const modes = {
  loud: [
    'Both ways',
    'What is watched there is seen on the other devices, and what is watched on those is shown there.',
  ],
  shout: [
    'Only read from there',
    'What is watched there is seen on the other devices. Nothing is written to the server.',
  ],
  quiet: [
    'Only written there',
    'What is watched on the other devices is shown there. What is watched there stays there.',
  ],
  silo: ['Neither way', 'What is watched there stays there, and nothing is written to the server.'],
};

/**
 * Whom the server knows, and with whom here each is linked.
 * @param {Room} room
 */
export const peopleOf = (room) => {
  const { section, content } = partOf(
    'server-people',
    'People',
    aside('An account that is linked with someone here is a device of theirs. The others are left alone.'),
  );
  const reload = loaderOf(
    content,
    async () => {
      const [told, users] = await Promise.all([toldBy(room), ask('GET', '/users?limit=200')]);
      return { ...told, users: /** @type {User[]} */ (users.items) };
    },
    ({ accounts, error, users }) => {
      keepingFocus(content, () => {
        const linked = room.server().accounts;
        const unknown = linked.filter(({ id }) => !accounts.some(({ accountId }) => accountId === id));
        content.replaceChildren(
          ...(error === null ? [] : [problemOf(error, reload)]),
          accounts.length + unknown.length === 0 ? emptyOf('It knows nobody.') : '',
          make(
            'ul',
            { class: 'lines' },
            ...accounts.map((account) =>
              lineOf(
                room,
                account,
                linked.find(({ id }) => id === account.accountId),
                users,
              ),
            ),
            ...unknown.map((account) => linkedLine(room, null, account, users)),
          ),
        );
      });
    },
  );
  return { section, reload };
};

/**
 * A server that is away does not hide the links that there are.
 * @param {Room} room
 * @returns {Promise<{ accounts: RemoteAccount[], error: unknown }>}
 */
const toldBy = async (room) => {
  try {
    return { accounts: (await ask('GET', `/clients/${room.id}/accounts`)).items, error: null };
  } catch (error) {
    return { accounts: [], error };
  }
};

/**
 * @param {Room} room
 * @param {RemoteAccount} account
 * @param {Account | undefined} link
 * @param {User[]} users
 */
const lineOf = (room, account, link, users) =>
  link ? linkedLine(room, account, link, users) : freeLine(room, account, users);

/**
 * @param {Room} room
 * @param {RemoteAccount} account
 * @param {User[]} users
 */
const freeLine = (room, account, users) =>
  make(
    'li',
    { 'data-key': account.remoteId },
    make('span', { class: 'name' }, account.name),
    make('span', { class: 'second' }, 'not linked'),
    button('Link …', () => openLink(room, account, users), {
      'aria-label': `Link ${account.name}`,
      'aria-haspopup': 'dialog',
    }),
  );

/**
 * @param {Room} room
 * @param {RemoteAccount | null} account null: the server does not tell of it (now)
 * @param {Account} link
 * @param {User[]} users
 */
const linkedLine = (room, account, link, users) => {
  const person = users.find(({ id }) => id === link.userId)?.name ?? 'someone';
  const [name, words] = modes[link.isolation];
  return make(
    'li',
    { 'data-key': link.remoteId },
    make('span', { class: 'name' }, link.remoteName),
    make('span', { class: 'second' }, `is ${person} here`),
    button('Change …', () => openChange(room, account, link), {
      'aria-label': `Change the link of ${link.remoteName}`,
      'aria-haspopup': 'dialog',
    }),
    button('Unlink', () => unlink(room, link), { 'aria-label': `Unlink ${link.remoteName}` }),
    make('p', { class: 'why wide' }, make('strong', {}, `${name}. `), words),
  );
};

/**
 * @param {Room} room
 * @param {RemoteAccount} account
 * @param {User[]} users
 */
const openLink = (room, account, users) => {
  const person = make(
    'select',
    { name: 'userId', required: '' },
    make('option', { value: '' }, 'Choose …'),
    ...users.map(({ id, name }) => make('option', { value: id }, name)),
  );
  // Often they have the same name in both places.
  const namesake = users.find(({ name }) => name.toLowerCase() === account.name.toLowerCase());
  if (namesake) person.value = String(namesake.id);
  const mode = modeField('loud');
  const secret = secretField(account);
  const form = formOf(
    `Link ${account.name}`,
    fieldOf('link-person', 'Who that is here', person),
    mode.field,
    secret.field,
    make('button', { type: 'submit', class: 'main' }, 'Link'),
  );
  onSubmit(form, async () => {
    await ask('POST', `/clients/${room.id}/accounts`, {
      remoteId: account.remoteId,
      userId: Number(person.value),
      isolation: mode.chosen(),
      ...secret.told(),
    });
    closeSheet();
    tell(`${account.name} is linked with ${person.selectedOptions[0]?.textContent}.`);
    await room.refresh();
  });
  openSheet(`Link ${account.name}`, form);
};

/**
 * @param {Room} room
 * @param {RemoteAccount | null} account
 * @param {Account} link
 */
const openChange = (room, account, link) => {
  const mode = modeField(link.isolation);
  const secret = secretField(account, 'Empty: as it is.');
  const form = formOf(
    `Change ${link.remoteName}`,
    mode.field,
    secret.field,
    make('button', { type: 'submit', class: 'main' }, 'Save'),
  );
  onSubmit(form, async () => {
    const isolation = mode.chosen();
    const changes = { ...(isolation === link.isolation ? {} : { isolation }), ...secret.told() };
    if (Object.keys(changes).length > 0) {
      await ask('PATCH', `/clients/${room.id}/accounts/${link.id}`, changes);
      tell(`The link of ${link.remoteName} is changed.`);
    }
    closeSheet();
    await room.refresh();
  });
  openSheet(link.remoteName, form);
};

/** @param {Mode} held */
const modeField = (held) => {
  const select = make(
    'select',
    { name: 'isolation', 'aria-describedby': 'link-mode-words' },
    ...Object.entries(modes).map(([value, [name]]) => make('option', { value }, `${name} (${value})`)),
  );
  select.value = held;
  const words = make('p', { class: 'second', id: 'link-mode-words', 'aria-live': 'polite' });
  const chosen = () => /** @type {Mode} */ (select.value);
  const show = () => {
    words.textContent = modes[chosen()][1];
  };
  select.addEventListener('change', show);
  show();
  return { field: make('div', {}, fieldOf('link-mode', 'Which way', select), words), chosen };
};

/**
 * What it takes to act as the account, where it takes anything.
 * @param {RemoteAccount | null} account
 * @param {string} [more]
 */
const secretField = (account, more = '') => {
  if (account?.entry !== 'pin' && account?.entry !== 'password') {
    return { field: null, told: () => /** @type {{ pin?: string, password?: string }} */ ({}) };
  }
  const pin = account.entry === 'pin';
  const input = make('input', { type: 'password', name: pin ? 'pin' : 'password', autocomplete: 'off' });
  if (pin) input.inputMode = 'numeric';
  const about = pin ? `Their PIN is used once and not kept. ${more}` : `Kept encrypted. ${more}`;
  return {
    field: fieldOf('link-secret', pin ? `PIN of ${account.name}` : `Password of ${account.name}`, input, about.trim()),
    /** @returns {{ pin?: string, password?: string }} */
    told: () => (input.value === '' ? {} : pin ? { pin: input.value } : { password: input.value }),
  };
};

/**
 * @param {Room} room
 * @param {Account} link
 */
const unlink = async (room, link) => {
  try {
    await ask('DELETE', `/clients/${room.id}/accounts/${link.id}`);
  } catch (error) {
    return tell(sentenceOf(error));
  }
  offerUndo(`${link.remoteName} is not linked any more. What was watched there stays.`, async () => {
    const { remoteId, userId, isolation } = link;
    await ask('POST', `/clients/${room.id}/accounts`, { remoteId, userId, isolation });
    await room.refresh();
    return `${link.remoteName} is linked again.`;
  });
  await room.refresh();
};
