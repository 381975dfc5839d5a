// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { offerUndo, tell } from './notice.js';
import { closeSheet } from './sheet.js';
import { nameOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').Choices} Choices */

const WEEK_MS = 7 * 86_400_000;

/** Where specials stand, as the API names it, and in words. */
const places = [
  ['', 'Only while I watch them'],
  ['inline', 'Among the episodes'],
  ['after', 'After all episodes'],
  ['never', 'Never'],
];

/** @param {Item} item */
export const isOfSeries = (item) => ['series', 'season', 'episode'].includes(item.kind);

/** @param {Item} item */
const isPlayed = (item) => ['movie', 'episode', 'track', 'stream'].includes(item.kind);

/**
 * What can be chosen of an entry: to hide, drop or snooze it. Episodes stand for their series.
 * @param {Item} item
 * @param {'continue' | 'next-up' | 'new'} list where it stands
 * @param {() => Promise<void>} changed
 */
export const setAsideOf = (item, list, changed) => {
  const name = nameOf(item);
  /** @param {string} what @param {string} done @param {string} path @param {() => unknown} [body] */
  const entry = (what, done, path, body) =>
    button(what, () => choose({ path: `/items/${item.id}/${path}`, body: body?.(), done, name, changed }));
  const waits = list !== 'new';
  const next = () => ({ until: new Date(Date.now() + WEEK_MS).toISOString() });
  return [
    list === 'continue' && item.kind === 'episode'
      ? entry('Hide from continue watching', 'is hidden until you go on with it.', 'hidden')
      : null,
    waits ? entry('Snooze for a week', 'comes back in a week.', 'snoozed', next) : null,
    waits && isOfSeries(item)
      ? entry('Snooze until a new episode', 'comes back with the next new episode.', 'snoozed', () => ({
          untilNew: true,
        }))
      : null,
    isOfSeries(item) || isPlayed(item) ? entry('Drop', 'is dropped until you play it again.', 'dropped') : null,
  ];
};

/**
 * @param {object} of
 * @param {string} of.path
 * @param {unknown} of.body
 * @param {string} of.done
 * @param {string} of.name
 * @param {() => Promise<void>} of.changed
 */
const choose = async ({ path, body, done, name, changed }) => {
  closeSheet();
  try {
    await ask('PUT', path, body);
  } catch (error) {
    return tell(sentenceOf(error));
  }
  offerUndo(`“${name}” ${done}`, () => bringBack(path, name, changed));
  await changed();
};

/**
 * @param {string} path
 * @param {string} name
 * @param {() => Promise<void>} changed
 * @returns {Promise<string>} the words for it
 */
export const bringBack = async (path, name, changed) => {
  await ask('DELETE', path);
  await changed();
  return `“${name}” is back.`;
};

/**
 * Where the specials of its series stand, to be chosen.
 * @param {Item} item
 * @param {Choices} held
 * @param {() => Promise<void>} changed
 */
export const specialsOf = (item, held, changed) => {
  const select = make(
    'select',
    { id: 'specials', name: 'specials' },
    ...places.map(([value, label]) => make('option', { value: value ?? '' }, label ?? '')),
  );
  select.value = held.specials ?? '';
  select.addEventListener('change', async () => {
    const chosen = select.selectedOptions[0]?.textContent?.toLowerCase();
    try {
      await ask('PUT', `/items/${item.id}/specials`, { place: select.value === '' ? null : select.value });
      closeSheet();
      tell(`Specials of “${nameOf(item)}”: ${chosen}.`);
      await changed();
    } catch (error) {
      closeSheet();
      tell(sentenceOf(error));
    }
  });
  return make('div', { class: 'field' }, make('label', { for: 'specials' }, 'Specials in next up'), select);
};

/**
 * Begins the series of an entry anew.
 * @param {Item} item
 * @param {() => Promise<void>} changed
 */
export const startOver = async (item, changed) => {
  const path = `/items/${item.id}/start-over`;
  closeSheet();
  try {
    await ask('POST', path);
  } catch (error) {
    return tell(sentenceOf(error));
  }
  offerUndo(`“${nameOf(item)}” starts over with its first episode.`, async () => {
    await ask('DELETE', path);
    await changed();
    return `“${nameOf(item)}” goes on after what you watched last.`;
  });
  await changed();
};
