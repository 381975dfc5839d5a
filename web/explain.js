// @ts-check
import { ask, sentenceOf } from './api.js';
import { dateTitle, whenOf } from './dates.js';
import { make } from './dom.js';
import { tell } from './notice.js';
import { fieldOf } from './part.js';
import { modes } from './server-people.js';
import { openSheet } from './sheet.js';
import { standingWords } from './standing.js';
import { fullNameOf, lengthOf } from './words.js';

/** @typedef {import('./shapes.js').Explanation} Explanation */
/** @typedef {import('./shapes.js').Item} Item */

/**
 * Tells why an item stands as it does: who said what, which rule decided, and what was exchanged with media servers.
 * Who runs the house can look at anyone's.
 * @param {Item} item
 */
export const openExplanation = async (item) => {
  const place = make('div', { 'aria-live': 'polite' });
  /** @param {string} whom */
  const show = async (whom) => {
    /** @type {Explanation} */
    const told = await ask('GET', `/items/${item.id}/explain${whom}`);
    place.replaceChildren(...partsOf(told).filter((part) => part !== null));
  };
  const [whose] = await Promise.all([whoseField((id) => show(`?userId=${id}`)), show('')]);
  openSheet(`Why “${fullNameOf(item)}” stands like this`, whose, place);
};

/**
 * @param {(id: string) => Promise<void>} show
 * @returns {Promise<Node | null>} null: there is only oneself to look at
 */
const whoseField = async (show) => {
  /** @type {import('./shapes.js').Me} */
  const me = await ask('GET', '/me');
  if (me.role !== 'admin') return null;
  /** @type {import('./shapes.js').User[]} */
  const users = (await ask('GET', '/users?limit=200')).items;
  if (users.length < 2) return null;
  const select = make('select', {}, ...users.map(({ id, name }) => make('option', { value: id }, name)));
  select.value = String(me.user.id);
  select.addEventListener('change', () => show(select.value).catch((error) => tell(sentenceOf(error))));
  return fieldOf('explain-whose', 'For', select);
};

/** @param {Explanation} told */
const partsOf = (told) => [
  make('p', { class: 'rule' }, told.rule),
  factsOf('Marks', told.marks.map(markLine)),
  factsOf('Positions', told.positions.map(positionLine)),
  factsOf('Plays', told.plays.map(playLine)),
  factsOf('Said of it', opinionLines(told.opinion)),
  factsOf('On media servers', told.accounts.flatMap(accountLines)),
  factsOf('Exchanged with them', told.exchanged.map(exchangeLine)),
];

/**
 * Only what was ever said.
 * @param {Explanation['opinion']} opinion
 */
const opinionLines = ({ favourite, disliked, watchlist, rating }) => {
  /** @type {[string, string | null][]} */
  const said = [
    [favourite.value ? 'a favourite' : 'no favourite', favourite.at],
    [disliked.value ? 'disliked' : 'not disliked', disliked.at],
    [watchlist.value ? 'on the watchlist' : 'not on the watchlist', watchlist.at],
    [rating.value === null ? 'not rated' : `rated ${rating.value} of 10`, rating.at],
  ];
  return said.flatMap(([what, at]) => (at === null ? [] : [make('li', {}, `${what}, since ${whenOf(new Date(at))}`)]));
};

/**
 * @param {string} title
 * @param {HTMLElement[]} lines
 */
const factsOf = (title, lines) =>
  lines.length === 0
    ? null
    : make('section', { 'aria-label': title }, make('h3', {}, title), make('ul', { class: 'reasons' }, ...lines));

/**
 * @param {boolean} decides
 * @param {string} what
 * @param {string} why
 */
const lineOf = (decides, what, why) =>
  make(
    'li',
    {},
    make('span', { class: decides ? 'name' : '' }, what),
    decides ? make('span', { class: 'badge' }, 'decides') : null,
    make('p', { class: 'why flat' }, why),
  );

/** @param {Explanation['marks'][number]} mark */
const markLine = ({ on, watched, at, by, decides, why }) => {
  const whole = ['movie', 'episode', 'track', 'stream'].includes(on.kind)
    ? ''
    : ` (the ${on.kind} “${on.title ?? '…'}”)`;
  const what = `${by?.name ?? 'A device that says so no more'}: ${watched ? 'watched' : 'not watched'}${whole}, ${atOf(at)}`;
  return lineOf(decides, what, why);
};

/** Marks that no date is known of are as of the beginning of time. @param {string} at */
const atOf = (at) => (Date.parse(at) < 86_400_000 ? 'without a date' : whenOf(new Date(at)));

/** @param {Explanation['positions'][number]} position */
const positionLine = ({ positionMs, reportedAt, by, decides, why }) => {
  const where = positionMs === null ? 'not in the middle of it' : `stopped after ${lengthOf(positionMs)}`;
  return lineOf(
    decides,
    `${by?.name ?? 'A device that says so no more'}: ${where}, ${whenOf(new Date(reportedAt))}`,
    why,
  );
};

/** @param {Explanation['plays'][number]} play */
const playLine = ({ startedAt, precision, completed, clientName, by }) => {
  const when =
    precision === 'exact'
      ? whenOf(new Date(startedAt))
      : precision === 'unknown'
        ? 'on some day'
        : `in ${dateTitle(startedAt.slice(0, { day: 10, month: 7, year: 4 }[precision]))}`;
  const with_ = clientName === null ? '' : ` with ${clientName}`;
  return make('li', {}, `${by.name}${with_}: ${completed ? 'played to the end' : 'played in part'} ${when}`);
};

/** @param {Explanation['accounts'][number]} of */
const accountLines = ({ account, copies }) =>
  copies.map(({ removedAt, shown }) => {
    const name = `${account.name} on ${account.clientName}`;
    const words = modes[account.isolation][0].toLowerCase();
    const away = removedAt === null ? '' : `, not there any more since ${whenOf(new Date(removedAt))}`;
    return make(
      'li',
      {},
      make('span', {}, `${name} (${words})${away}`),
      make('p', { class: 'flat' }, shown === null ? 'Nothing was seen or written there yet.' : shownWords(shown)),
      shown?.unsure
        ? make('p', { class: 'why flat' }, 'A change was being sent, and it is not known whether it arrived.')
        : null,
    );
  });

/** @param {NonNullable<Explanation['accounts'][number]['copies'][number]['shown']>} shown */
const shownWords = ({ lastPlayedAt, seenAt, ...shown }) => {
  const words = standingWords({ ...shown, lastPlayedAt: lastPlayedAt === null ? null : Date.parse(lastPlayedAt) });
  return `Shows: ${words}. Seen or written ${whenOf(new Date(seenAt))}.`;
};

/** @param {Explanation['exchanged'][number]} of */
const exchangeLine = ({ account, at, phase, why, receipt }) => {
  const what = phase === 'push' ? `Written to ${account.clientName}` : `Taken from ${account.clientName}`;
  return make(
    'li',
    {},
    make('span', {}, `${what} as ${account.name}, ${whenOf(new Date(at))}`),
    make('p', { class: 'why flat' }, why),
    receipt === null ? null : make('p', { class: 'why flat' }, 'Sent: ', make('code', {}, receipt)),
  );
};
