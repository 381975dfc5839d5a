import { systemClock } from '#kernel/clock.ts';
import type { Services } from '../app.ts';
import { type ClientView, idOf } from './named.ts';
import { say } from './output.ts';
import { createProgress } from './progress.ts';

type Sync = Services['sync'];
type WholeRun = Parameters<Sync['run']>[1];
type RunOptions = NonNullable<Parameters<Sync['run']>[2]>;
type Progress = Parameters<NonNullable<RunOptions['onProgress']>>[0];
export type RunView = Awaited<ReturnType<Sync['run']>>;

/** Performs a run, shows how far it is, and tells what its person should know. */
export const runShown = async (
  { sync }: Pick<Services, 'sync'>,
  client: ClientView,
  does: WholeRun,
  signal: AbortSignal,
): Promise<RunView> => {
  const progress = await createProgress(systemClock);
  const run = await sync
    .run(idOf(client), does, {
      signal,
      // Of a kind that the server has nothing of there is nothing to tell.
      onProgress: (at) => {
        if (at.total > 0) progress.show(stageOf(at), at.done, at.total);
      },
    })
    .finally(() => progress.end());
  for (const warning of run.warnings) say(`Note: ${warning}`);
  return run;
};

const stageOf = ({ phase, kind, account }: Progress): string =>
  [
    phases[phase],
    ...(kind === undefined ? [] : [kinds[kind]]),
    ...(account === undefined ? [] : [phase === 'push' ? 'for' : 'of', account]),
  ].join(' ');

const phases: Record<Progress['phase'], string> = {
  match: 'matching',
  pull: 'reading',
  remove: 'removing',
  push: 'writing',
};

const kinds: Record<NonNullable<Progress['kind']>, string> = {
  movie: 'movies',
  series: 'series',
  season: 'seasons',
  episode: 'episodes',
  artist: 'artists',
  album: 'albums',
  track: 'tracks',
};

/** What a run counted, without what it has nothing of: `120 entries read, 3 changes taken over, 2 written`. */
export const inWords = (counts: RunView['counts'], preview = false): string => {
  const words = (Object.keys(counted) as (keyof typeof counted)[])
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${counts[name] === 1 ? counted[name][0] : counted[name][1]}`);
  const read = `${counts.seen} ${counts.seen === 1 ? 'entry' : 'entries'} read`;
  if (words.length === 0) return `${read}, nothing ${preview ? 'would change' : 'changed'}`;
  return `${read}, ${preview ? 'would be: ' : ''}${words.join(', ')}`;
};

const counted = {
  created: ['item made', 'items made'],
  matched: ['found among yours', 'found among yours'],
  updated: ['described anew', 'described anew'],
  rematched: ['matched anew', 'matched anew'],
  ambiguous: ['left to you', 'left to you'],
  events: ['change taken over', 'changes taken over'],
  written: ['written there', 'written there'],
  removed: ['taken away', 'taken away'],
  held: ['held for your word', 'held for your word'],
  failed: ['not written, to be tried again', 'not written, to be tried again'],
} as const satisfies Record<Exclude<keyof RunView['counts'], 'seen'>, readonly [string, string]>;
