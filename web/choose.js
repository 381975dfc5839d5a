// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { offerUndo, tell } from './notice.js';
import { fullNameOf, nameOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */

const WEEK_MS = 7 * 86_400_000;

/** Where specials stand, as the API names it, and in words. */
const places = [
  ['', 'Specials only while I watch them'],
  ['inline', 'Specials among the episodes'],
  ['after', 'Specials after all episodes'],
  ['never', 'No specials'],
];

/**
 * What else can be done with an entry of continue watching or next up. Episodes stand for their series.
 * @param {Item} item
 * @param {() => Promise<void>} changed
 * @param {boolean} inProgress whether it stands in continue watching, where an episode alone can be hidden
 */
export const menuOf = (item, changed, inProgress) => {
  const name = item.kind === 'episode' ? nameOf(item) : fullNameOf(item);
  /**
   * @param {string} what
   * @param {string} done
   * @param {string} path
   * @param {() => unknown} [body]
   */
  const entry = (what, done, path, body) =>
    button(what, () => choose({ path: `/items/${item.id}/${path}`, body: body?.(), done, name, changed }), {
      'aria-label': `${what}: ${name}`,
    });
  const series = item.kind === 'episode';
  return make(
    'details',
    { class: 'menu' },
    make('summary', { 'aria-label': `More for ${name}` }, 'More'),
    inProgress && series ? entry('Hide', 'is hidden until you go on with it.', 'hidden') : null,
    entry('Drop', 'is dropped until you play it again.', 'dropped'),
    entry('Snooze for a week', 'comes back in a week.', 'snoozed', () => ({
      until: new Date(Date.now() + WEEK_MS).toISOString(),
    })),
    series
      ? entry('Snooze until a new episode', 'comes back with the next new episode.', 'snoozed', () => ({
          untilNew: true,
        }))
      : null,
    series ? specialsOf(item, name, changed) : null,
  );
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
  try {
    await ask('PUT', path, body);
  } catch (error) {
    return tell(sentenceOf(error));
  }
  offerUndo(`“${name}” ${done}`, async () => {
    await ask('DELETE', path);
    await changed();
    return `“${name}” is back.`;
  });
  await changed();
};

/**
 * What holds now is asked for when somebody comes to it.
 * @param {Item} item
 * @param {string} name
 * @param {() => Promise<void>} changed
 */
const specialsOf = (item, name, changed) => {
  const select = make(
    'select',
    { 'aria-label': `Specials of ${name}` },
    ...places.map(([value, label]) => make('option', { value: value ?? '' }, label ?? '')),
  );
  select.addEventListener(
    'focus',
    async () => {
      try {
        select.value = (await ask('GET', `/items/${item.id}/choices`)).specials ?? '';
      } catch (error) {
        tell(sentenceOf(error));
      }
    },
    { once: true },
  );
  select.addEventListener('change', async () => {
    try {
      await ask('PUT', `/items/${item.id}/specials`, { place: select.value === '' ? null : select.value });
      tell(`${select.selectedOptions[0]?.textContent}: “${name}”.`);
      await changed();
    } catch (error) {
      tell(sentenceOf(error));
    }
  });
  return select;
};
