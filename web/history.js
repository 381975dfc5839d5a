// @ts-check
import { button, byId, make } from './dom.js';
import { dayOf, fullNameOf, lengthOf, timeOf } from './words.js';

/** @typedef {import('./shapes.js').Play} Play */

/**
 * Plays by the day on which they began, in the zone of whose they are; by month or year where no more is known.
 * @param {Play[]} plays newest first
 * @param {((play: Play) => void) | null} remove null where the person may not
 */
export const historyOf = (plays, remove) => {
  const now = new Date();
  const days = make('div');
  for (const [date, ofDay] of Map.groupBy(plays, (play) => play.date)) {
    days.append(
      make('h3', {}, dateOf(date, now)),
      make('ul', { class: 'lines' }, ...ofDay.map((play) => lineOf(play, remove))),
    );
  }
  return days;
};

/**
 * @param {string | null} date 2026-11-20, 2026-11 or 2026
 * @param {Date} now
 */
const dateOf = (date, now) => {
  if (date === null) return 'Some day';
  const [year = 0, month, day] = date.split('-').map(Number);
  return month === undefined || day === undefined ? date : dayOf(new Date(year, month - 1, day), now);
};

/**
 * @param {Play} play
 * @param {((play: Play) => void) | null} remove
 */
const lineOf = (play, remove) =>
  make(
    'li',
    { 'data-play': play.id },
    make(
      'time',
      { class: 'when', datetime: play.startedAt },
      play.startedAt && play.datePrecision === 'exact' ? timeOf(new Date(play.startedAt)) : '',
    ),
    make('span', { class: 'name' }, fullNameOf(play.item)),
    make('span', { class: 'second' }, `${outcomeOf(play)} · ${play.device.name}`),
    remove &&
      button('Delete', () => remove(play), { 'aria-label': `Delete from your history: ${fullNameOf(play.item)}` }),
  );

/** @param {Play} play */
const outcomeOf = (play) => {
  if (play.completed) return 'watched';
  return play.positionMs === null ? 'started' : `stopped after ${lengthOf(play.positionMs)}`;
};

const form = byId('history-filter', HTMLFormElement);

/** What the history is kept to, as parameters that follow others. */
export const historyFilters = () => {
  const filters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (String(value).trim() !== '') filters.set(name, String(value));
  return filters.size === 0 ? '' : `&${filters}`;
};

export const clearHistoryFilter = () => form.reset();

/** @param {() => void} changed */
export const onHistoryFilter = (changed) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    changed();
  });
  form.addEventListener('change', changed);
};
