// @ts-check
import { dateTitle, timeOf } from './dates.js';
import { make } from './dom.js';
import { fullNameOf, lengthOf } from './words.js';

/** @typedef {import('./shapes.js').Play} Play */

/**
 * Plays by the day on which they began; by month or year where no more is known.
 * @param {Play[]} plays newest first
 * @param {(play: Play) => HTMLElement} lineOf
 */
export const historyOf = (plays, lineOf) => {
  const days = make('div');
  for (const [date, ofDay] of Map.groupBy(plays, (play) => play.date)) {
    days.append(make('h3', {}, dateTitle(date)), make('ul', { class: 'lines' }, ...ofDay.map(lineOf)));
  }
  return days;
};

/**
 * @param {Play} play
 * @param {Node | null} menu
 */
export const playLineOf = (play, menu) =>
  make(
    'li',
    { 'data-key': play.id },
    make(
      'time',
      { class: 'when', datetime: play.startedAt },
      play.startedAt && play.datePrecision === 'exact' ? timeOf(new Date(play.startedAt)) : '',
    ),
    make('span', { class: 'name' }, fullNameOf(play.item)),
    make('span', { class: 'second' }, `${outcomeOf(play)} · ${play.device.name}`),
    menu,
  );

/** @param {Play} play */
const outcomeOf = (play) => {
  if (play.completed) return 'watched';
  return play.positionMs === null ? 'started' : `stopped after ${lengthOf(play.positionMs)}`;
};
