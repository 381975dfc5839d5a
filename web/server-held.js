// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { listOf } from './list.js';
import { tell } from './notice.js';
import { partOf } from './part.js';
import { diffOf } from './standing.js';
import { countOf } from './words.js';

/** @typedef {import('./shapes.js').Held} Held */
/** @typedef {import('./server.js').Room} Room */

/**
 * Changes that were too many to believe: they wait for someone's word.
 * @param {Room} room
 */
export const heldOf = (room) => {
  const count = make('p', { class: 'count' });
  const approve = button('Approve', () => send('approve', approved), { 'aria-describedby': 'held-approve' });
  const reject = button('Reject', () => send('reject', rejected), { 'aria-describedby': 'held-reject' });
  const { section } = partOf(
    'server-held',
    'Waits for your word',
    count,
    make(
      'dl',
      { class: 'choice' },
      make('dt', {}, approve),
      make(
        'dd',
        { id: 'held-approve' },
        'It is true: does what is listed here, and nothing else. Each person can undo it in their “Last changes”.',
      ),
      make('dt', {}, reject),
      make(
        'dd',
        { id: 'held-reject' },
        'It is a mistake: nothing of it is believed. The next sync writes there again what is not shown there any more.',
      ),
    ),
  );
  section.classList.add('held');
  section.hidden = true;
  /** @type {ReturnType<typeof listOf<Held>>} */
  const list = listOf({
    section,
    path: () => `/clients/${room.id}/held?`,
    limit: 20,
    row: lineOf,
    draw: (held, rowOf) => make('ul', { class: 'lines' }, ...held.map(rowOf)),
    empty: () => make('p', {}, 'Nothing.'),
  });

  /**
   * @param {'approve' | 'reject'} what
   * @param {() => Promise<void>} then
   */
  const send = async (what, then) => {
    for (const one of [approve, reject]) one.setAttribute('aria-disabled', 'true');
    try {
      await ask('POST', `/clients/${room.id}/held/${what}`);
      await then();
      // The buttons may be gone with what was held.
      section.parentElement?.querySelector('h1')?.focus();
    } catch (error) {
      tell(sentenceOf(error));
    } finally {
      for (const one of [approve, reject]) one.removeAttribute('aria-disabled');
    }
  };
  const approved = async () => {
    tell('What was held is done now.');
    room.watch();
  };
  const rejected = async () => {
    tell('Nothing of it is believed. “Sync now” writes there again what is missing.');
    await room.refresh();
  };

  const reload = async () => {
    const { held, name } = room.server();
    section.hidden = held === 0;
    count.textContent = `${countOf(held, 'change')} of ${name} ${held === 1 ? 'was' : 'were'} not taken over: more is gone at once than can be believed. A server that was moved, restored or only half awake looks like this.`;
    if (held > 0) await list.reload();
  };
  return { section, reload };
};

/** @param {Held} held */
const lineOf = ({ id, title, account, side, before, after }) =>
  make(
    'li',
    { 'data-key': id },
    make('span', { class: 'name' }, title),
    make(
      'span',
      { class: 'second' },
      [account, side === 'theirs' ? 'there' : 'to be taken from there'].filter(Boolean).join(' · '),
    ),
    account === null
      ? make('p', { class: 'diff wide' }, 'The entry itself is not there any more.')
      : diffOf(before, after),
  );
