// @ts-check
import { make } from './dom.js';

/** @typedef {import('./shapes.js').Run} Run */

/**
 * An import that goes on.
 * @param {Run} run
 */
export const runningOf = (run) =>
  make(
    'div',
    { class: 'working' },
    make('progress', { 'aria-label': 'Import' }),
    make('span', {}, run.counts.seen === 0 ? 'Importing …' : `Importing … ${run.counts.seen} entries read so far`),
  );

/**
 * What came of an import, in words.
 * @param {Run} run
 */
export const outcomeOf = (run) => {
  const told = make('div', {});
  if (run.state === 'failed') {
    told.append(make('p', { class: 'fault' }, `The import failed: ${run.error ?? 'it was broken off.'}`));
    return told;
  }
  told.append(make('p', {}, countsOf(run.counts)));
  for (const warning of run.warnings) told.append(make('p', { class: 'second' }, warning));
  return told;
};

/** @param {Run['counts']} counts */
const countsOf = ({ seen, created, matched, ambiguous, events, removed }) => {
  const parts = [
    `${entries(seen)} read`,
    created > 0 ? `${created} new` : '',
    matched > 0 ? `${matched} known already` : '',
    events > 0 ? `${events} ${events === 1 ? 'change' : 'changes'} of what was watched` : '',
    removed > 0 ? `${removed} gone` : '',
    ambiguous > 0 ? `${ambiguous} left for you to decide` : '',
  ];
  const told = parts.filter(Boolean);
  return `${told.join(', ')}${told.length === 1 ? ', nothing has changed' : ''}.`;
};

/** @param {number} count */
const entries = (count) => `${count} ${count === 1 ? 'entry' : 'entries'}`;
