// @ts-check
import { make } from './dom.js';
import { dayKey, dayOf, fullNameOf, lengthOf, timeOf } from './words.js';

/** @typedef {import('./shapes.js').Play} Play */

/**
 * Plays by the day on which they began, in the zone of whoever looks.
 * @param {Play[]} plays newest first
 */
export const historyOf = (plays) => {
  const now = new Date();
  const days = make('div');
  for (const [, ofDay] of Map.groupBy(plays, (play) => dayKey(new Date(play.startedAt)))) {
    const first = ofDay[0];
    if (!first) continue;
    days.append(
      make('h3', {}, dayOf(new Date(first.startedAt), now)),
      make('ul', { class: 'lines' }, ...ofDay.map(lineOf)),
    );
  }
  return days;
};

/** @param {Play} play */
const lineOf = (play) =>
  make(
    'li',
    { 'data-play': play.id },
    make('time', { class: 'when', datetime: play.startedAt }, timeOf(new Date(play.startedAt))),
    make('span', { class: 'name' }, fullNameOf(play.item)),
    make('span', { class: 'second' }, `${outcomeOf(play)} · ${play.device.name}`),
  );

/** @param {Play} play */
const outcomeOf = (play) => {
  if (play.completed) return 'watched';
  return play.positionMs === null ? 'started' : `stopped after ${lengthOf(play.positionMs)}`;
};
