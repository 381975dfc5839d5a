// @ts-check
import { make } from './dom.js';
import { countOf } from './words.js';

/** @typedef {import('./shapes.js').Run} Run */

/** What a run is called. @type {Record<Run['kind'], string>} */
export const runNames = { import: 'Import', sync: 'Sync', quick: 'Look at news', preview: 'Preview' };

/**
 * A run that goes on.
 * @param {Run} run
 */
export const runningOf = (run) => {
  const counts = partsOf(run.counts).slice(1);
  const said = run.counts.seen === 0 ? '' : ` ${countOf(run.counts.seen, 'entry', 'entries')} read so far`;
  return make(
    'div',
    { class: 'working' },
    make('progress', { 'aria-label': runNames[run.kind] }),
    make('span', {}, `${runNames[run.kind]} …${[said, ...counts].filter(Boolean).join(', ')}`),
  );
};

/**
 * What came of a run, in words.
 * @param {Run} run
 */
export const outcomeOf = (run) => {
  const told = make('div', {});
  if (run.state === 'failed') {
    told.append(make('p', { class: 'fault' }, `The ${nameIn(run)} failed: ${run.error ?? 'it was broken off.'}`));
    return told;
  }
  told.append(make('p', {}, run.kind === 'preview' ? `Nothing was changed. A sync: ${countsOf(run)}` : countsOf(run)));
  if (run.state === 'held')
    told.append(make('p', { class: 'second' }, 'All else is done; the held changes wait for your word.'));
  for (const warning of run.warnings) told.append(make('p', { class: 'second' }, warning));
  return told;
};

/** @param {Run} run */
const nameIn = (run) => runNames[run.kind].toLowerCase();

/** @param {Run} run */
const countsOf = ({ counts }) => {
  const told = partsOf(counts);
  return `${told.join(', ')}${told.length === 1 ? ', nothing has changed' : ''}.`;
};

/** @param {Run['counts']} counts */
const partsOf = ({ seen, created, matched, ambiguous, rematched, events, written, held, failed, removed }) =>
  [
    `${countOf(seen, 'entry', 'entries')} read`,
    created > 0 ? `${created} new` : '',
    matched > 0 ? `${matched} known already` : '',
    rematched > 0 ? `${rematched} another work than before` : '',
    events > 0 ? `${countOf(events, 'change')} of what was watched` : '',
    written > 0 ? `${countOf(written, 'change')} written there` : '',
    removed > 0 ? `${removed} gone` : '',
    ambiguous > 0 ? `${ambiguous} left for you to decide` : '',
    failed > 0 ? `${failed} could not be written and will be tried again` : '',
    held > 0 ? `${held} held` : '',
  ].filter(Boolean);
