// @ts-check
import { ask, sentenceOf } from './api.js';
import { whenOf } from './dates.js';
import { button, make } from './dom.js';
import { keepingFocus } from './focus.js';
import { listOf } from './list.js';
import { tell } from './notice.js';
import { aside, emptyOf, fieldOf, loaderOf, partOf } from './part.js';
import { openSheet } from './sheet.js';

/** @typedef {import('./shapes.js').Webhook} Webhook */
/** @typedef {import('./shapes.js').Delivery} Delivery */
/** @typedef {import('./server.js').Room} Room */

const LOOK_MS = 1500;

/** Where it is to be filled in, by the kind of server. @type {Record<string, string>} */
const where = {
  plex: 'In Plex: Account settings → Webhooks → Add webhook. It needs a Plex Pass.',
  jellyfin:
    'In Jellyfin: install the plug-in “Webhook”, add a generic destination with this address, and tick “Send All Properties” and the events of playback and user data.',
  emby: 'In Emby: Settings → Notifications → Add notification → Webhooks, with the events of playback and users.',
};

/** What came of a delivery. @type {Record<Delivery['outcome'], string>} */
const outcomes = {
  waiting: 'waits',
  taken: 'looked into',
  ignored: 'concerns nothing here',
  refused: 'not understood',
  failed: 'failed',
};

/**
 * Where a server may send what happens there, and what it sent.
 * @param {Room} room
 */
export const webhookOf = (room) => {
  const { section, content } = partOf(
    'server-webhook',
    'Webhook',
    aside(
      'A server that tells at once when something was watched is looked at within seconds, not only at the next sync.',
    ),
  );
  const reload = loaderOf(
    content,
    async () => /** @type {Webhook} */ (await ask('GET', `/clients/${room.id}/webhook`)),
    (webhook) => {
      keepingFocus(content, () => content.replaceChildren(...addressOf(room, webhook, reload)));
      inbox.section.hidden = !webhook.possible;
      if (webhook.possible) inbox.list.reload();
    },
  );
  const inbox = inboxOf(room);
  section.append(inbox.section);
  return { section, reload };
};

/**
 * @param {Room} room
 * @param {Webhook} webhook
 * @param {() => Promise<void>} changed
 */
const addressOf = (room, { possible, path }, changed) => {
  if (!possible) return [emptyOf('Servers of this kind have none.')];
  /** @param {'POST' | 'DELETE'} method @param {string} words */
  const change = async (method, words) => {
    try {
      await ask(method, `/clients/${room.id}/webhook`);
    } catch (error) {
      return tell(sentenceOf(error));
    }
    tell(words);
    await changed();
  };
  if (path === null) {
    return [button('Make an address', () => change('POST', 'The address is made. Copy it to the server.'))];
  }
  const input = make('input', { readonly: '', value: new URL(path, location.origin).href });
  input.addEventListener('focus', () => input.select());
  return [
    fieldOf('webhook-address', 'Address to send to', input, 'Whoever knows it can send: treat it as a password.'),
    aside(where[room.server().kind] ?? ''),
    make(
      'div',
      { class: 'row' },
      button('Copy', () => copy(input)),
      button('Make a new one', () => change('POST', 'The address is new; the former one takes nothing any more.')),
      button('Remove', () => change('DELETE', 'The address is removed.'), { class: 'danger' }),
    ),
  ];
};

/** @param {HTMLInputElement} input */
const copy = async (input) => {
  try {
    // Only there on https and on localhost.
    await navigator.clipboard.writeText(input.value);
    tell('Copied.');
  } catch {
    input.focus();
    input.select();
    tell('It is marked: copy it with the keyboard.');
  }
};

/** @param {Room} room */
const inboxOf = (room) => {
  const section = make(
    'section',
    { class: 'inbox', 'aria-labelledby': 'server-inbox-title' },
    make(
      'div',
      { class: 'head' },
      make('h3', { id: 'server-inbox-title' }, 'What it sent'),
      button('Look again', () => list.reload(), { class: 'quiet' }),
    ),
    make('div', { class: 'content' }),
  );
  /** Whether something of what is shown waits: it is read within seconds, and looked at again until then. */
  let waits = false;
  const lookAgain = async () => {
    if (!room.isOpen() || !waits) return;
    await list.reload();
    if (waits) setTimeout(lookAgain, LOOK_MS);
  };
  /** @type {ReturnType<typeof listOf<Delivery>>} */
  const list = listOf({
    section,
    path: () => `/clients/${room.id}/deliveries?`,
    limit: 10,
    row: (delivery) => lineOf(room, delivery, () => list.reload()),
    draw: (deliveries, rowOf) => {
      const before = waits;
      waits = deliveries.some(({ outcome }) => outcome === 'waiting');
      if (waits && !before) setTimeout(lookAgain, LOOK_MS);
      return make('ul', { class: 'lines' }, ...deliveries.map(rowOf));
    },
    empty: () => emptyOf('Nothing came in the last 30 days.'),
  });
  return { section, list };
};

/**
 * @param {Room} room
 * @param {Delivery} delivery
 * @param {() => Promise<unknown>} changed
 */
const lineOf = (room, delivery, changed) => {
  const when = whenOf(new Date(delivery.receivedAt));
  return make(
    'li',
    { 'data-key': delivery.id },
    make('span', { class: 'name' }, outcomes[delivery.outcome]),
    make('span', { class: 'second' }, when),
    button('Show', () => show(room, delivery), {
      'aria-label': `Show the delivery ${when}`,
      'aria-haspopup': 'dialog',
    }),
    button('Read again', () => replay(room, delivery, changed), { 'aria-label': `Read the delivery ${when} again` }),
    delivery.detail ? make('p', { class: 'why wide' }, delivery.detail) : null,
  );
};

/**
 * @param {Room} room
 * @param {Delivery} delivery
 */
const show = async (room, { id }) => {
  try {
    /** @type {Delivery} */
    const { body, bodyIsCut, contentType } = await ask('GET', `/clients/${room.id}/deliveries/${id}`);
    openSheet(
      'What was sent',
      make('p', { class: 'second' }, `${contentType}${bodyIsCut ? ', of which the beginning was kept' : ''}`),
      make('pre', { tabindex: 0 }, pretty(body)),
    );
  } catch (error) {
    tell(sentenceOf(error));
  }
};

/** @param {string} body */
const pretty = (body) => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

/**
 * @param {Room} room
 * @param {Delivery} delivery
 * @param {() => Promise<unknown>} changed
 */
const replay = async (room, { id }, changed) => {
  try {
    await ask('POST', `/clients/${room.id}/deliveries/${id}/replay`);
  } catch (error) {
    return tell(sentenceOf(error));
  }
  tell('It is read again.');
  await changed();
};
