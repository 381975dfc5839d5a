// @ts-check
import { whenOf } from './dates.js';
import { decisionsOf } from './decisions.js';
import { button, make } from './dom.js';
import { listOf } from './list.js';
import { outcomeOf, runNames, runningOf } from './outcome.js';
import { aside, emptyOf, partOf } from './part.js';
import { states } from './server-state.js';

/** @typedef {import('./shapes.js').Run} Run */
/** @typedef {import('./server.js').Room} Room */

/**
 * The runs of a server, each with what it decided.
 * @param {Room} room
 */
export const runsOf = (room) => {
  const { section } = partOf(
    'server-runs',
    'Runs',
    aside('Each with all that it decided, entry by entry. What stayed as it was is only counted.'),
  );
  /** @type {ReturnType<typeof listOf<Run>>} */
  const list = listOf({
    section,
    path: () => `/clients/${room.id}/runs?`,
    limit: 10,
    row: (run) => lineOf(room.id, run),
    draw: (runs, rowOf) => make('ul', { class: 'lines' }, ...runs.map(rowOf)),
    empty: () => emptyOf('There was none yet.'),
  });
  return { section, reload: list.reload };
};

/**
 * @param {number} clientId
 * @param {Run} run
 */
const lineOf = (clientId, run) => {
  const when = whenOf(new Date(run.startedAt));
  const place = make('div', { class: 'wide', hidden: '' });
  const open = button(
    'Decisions',
    () => {
      place.hidden = !place.hidden;
      open.setAttribute('aria-expanded', String(!place.hidden));
      if (!place.hasChildNodes()) place.append(decisionsOf(clientId, run));
    },
    { 'aria-expanded': 'false', 'aria-label': `Decisions of the ${runNames[run.kind].toLowerCase()} ${when}` },
  );
  return make(
    'li',
    { 'data-key': run.id },
    make('span', { class: 'name' }, `${runNames[run.kind]} ${when}`),
    make('span', { class: 'second' }, states[run.state]),
    open,
    make('div', { class: 'wide' }, run.state === 'running' ? runningOf(run) : outcomeOf(run)),
    place,
  );
};
