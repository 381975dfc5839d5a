// @ts-check
import { make } from './dom.js';
import { listOf } from './list.js';
import { emptyOf, togglesOf } from './part.js';
import { diffOf } from './standing.js';

/** @typedef {import('./shapes.js').Decision} Decision */
/** @typedef {import('./shapes.js').Run} Run */

/** @type {Record<string, [string, string]>} what a decision is called when it is done, and when it is only looked at */
const names = {
  created: ['new here', 'would be new here'],
  matched: ['found among ours', 'would be found among ours'],
  ambiguous: ['left for you to decide', 'would be left for you to decide'],
  updated: ['tells something else', 'would tell something else'],
  rematched: ['stands for another work', 'would stand for another work'],
  taken: ['taken over from there', 'would be taken over from there'],
  held: ['held', 'would be held'],
  removed: ['gone', 'would be gone'],
  written: ['written there', 'would be written there'],
  partial: ['written there in part', 'would be written there in part'],
  unsupported: ['cannot be kept there', 'cannot be kept there'],
  playing: ['waits: it is being played', 'waits: it is being played'],
  gone: ['not there any more', 'not there any more'],
  failed: ['could not be written', 'could not be written'],
};

/** @type {[string, string][]} */
const phases = [
  ['', 'All'],
  ['match', 'What entries are'],
  ['pull', 'From there to here'],
  ['push', 'From here to there'],
  ['remove', 'Gone there'],
];

/**
 * What a run decided, entry by entry.
 * @param {number} clientId
 * @param {Run} run
 */
export const decisionsOf = (clientId, run) => {
  let phase = '';
  const preview = run.kind === 'preview';
  const section = make(
    'section',
    { class: 'decisions', 'aria-label': preview ? 'What a sync would change' : 'What was decided' },
    togglesOf('Show of it', phases, (chosen) => {
      phase = chosen;
      list.reload();
    }),
    make('div', { class: 'content' }),
  );
  /** @type {ReturnType<typeof listOf<Decision>>} */
  const list = listOf({
    section,
    path: () => `/clients/${clientId}/runs/${run.id}/decisions?${phase ? `phase=${phase}&` : ''}`,
    limit: 40,
    row: (decision) => lineOf(decision, preview),
    draw: (decisions, rowOf) => make('ul', { class: 'lines' }, ...decisions.map(rowOf)),
    empty: () => emptyOf(phase ? 'Nothing of that.' : 'Nothing had to be decided: both sides agree.'),
  });
  list.reload();
  return section;
};

/**
 * @param {Decision} decision
 * @param {boolean} preview
 */
const lineOf = (decision, preview) => {
  const { id, title, account, before, after, why, receipt, clientItemId } = decision;
  const name = names[decision.decision]?.[preview ? 1 : 0] ?? decision.decision;
  return make(
    'li',
    { 'data-key': id },
    make('span', { class: 'name' }, title ?? (clientItemId === null ? 'An entry' : `Entry ${clientItemId}`)),
    make('span', { class: 'second' }, [account, name].filter(Boolean).join(' · ')),
    decision.phase === 'match' && before === null ? null : diffOf(before, after),
    make('p', { class: 'why wide' }, why),
    receipt === null ? null : make('p', { class: 'why wide' }, 'Sent: ', make('code', {}, receipt)),
  );
};
