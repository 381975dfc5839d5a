// @ts-check
import { onDayOf, whenOf } from './dates.js';
import { button, make } from './dom.js';
import { fullNameOf, lengthOf, nameOf, nextInOf, numberOf, placeOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').NextUp} NextUp */
/** @typedef {import('./shapes.js').New} New */

/**
 * @param {Node[]} cards
 */
export const cardsOf = (cards) => make('ul', { class: 'cards' }, ...cards);

/**
 * One item: its tile, its name, what else is told of it, and what can be done with it.
 * @param {Item} item
 * @param {(Node | null)[]} told
 * @param {object} does
 * @param {(() => void) | null} does.mark marks it as watched; null where the person may not
 * @param {Node | null} does.menu what else
 */
export const cardOf = (item, told, { mark, menu }) =>
  make(
    'li',
    { class: 'card', 'data-key': item.id },
    tileOf(item),
    make(
      'div',
      { class: 'facts' },
      make('p', { class: 'name' }, nameOf(item)),
      placeOf(item) ? make('p', { class: 'second' }, placeOf(item)) : null,
      ...told,
      mark || menu
        ? make(
            'div',
            { class: 'row' },
            mark && button('Mark as watched', mark, { 'aria-label': `Mark as watched: ${fullNameOf(item)}` }),
            menu,
          )
        : null,
    ),
  );

/**
 * How far someone is: a bar, and what is left in words.
 * @param {{ item: Item, positionMs: number | null, durationMs: number | null }} entry
 */
export const progressOf = ({ item, positionMs, durationMs }) => {
  const position = positionMs ?? 0;
  if (!durationMs) return [make('p', { class: 'second' }, `Stopped after ${lengthOf(position)}`)];
  const value = Math.min(position, durationMs);
  return [
    make('progress', { max: durationMs, value, 'aria-label': `Progress of ${fullNameOf(item)}` }),
    make('p', { class: 'second' }, `${lengthOf(durationMs - value)} left`),
  ];
};

/**
 * Why an episode or a movie is next: what was watched before it, when and where.
 * @param {NextUp} entry
 */
export const whyOf = ({ after, collection }) => {
  const where = nextInOf(collection);
  if (!after) return make('p', { class: 'why' }, `${where}The next one you have not watched.`);
  const when = whenOf(new Date(after.watchedAt));
  const told =
    after.device === null
      ? `After ${numberOf(after)}, marked as watched ${when}.`
      : `You watched ${numberOf(after)} ${when} on ${after.device}.`;
  return make('p', { class: 'why' }, `${where}${told}`);
};

/**
 * When it came, and how much of it waits.
 * @param {New} entry
 */
export const newnessOf = ({ addedAt, unwatched, first }) => {
  const what = first === null ? '' : ` · ${unwatched} to watch`;
  return make('p', { class: 'second' }, `Added ${onDayOf(new Date(addedAt))}${what}`);
};

/**
 * Stands in for a poster: the initials of the name, in a colour that stays the same.
 * @param {Item} item
 */
const tileOf = (item) => {
  const name = nameOf(item);
  const letters = name.replace(/^(the|a|an) /i, '').match(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu) ?? ['·'];
  const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
  return make('div', { class: `tile hue-${hue}`, 'aria-hidden': 'true' }, letters.slice(0, 2).join('').toUpperCase());
};
