import { setTimeout as wait } from 'node:timers/promises';
import { type StockedJellyfin, startStockedJellyfin } from '../../test/support/fakes/jellyfin/stocked.ts';
import { type Aim, type Bench, median, type Report, type Row } from '../bench.ts';
import { inFolder } from '../folder.ts';
import { newDatabase, onPostgres } from '../postgres.ts';
import { machineCpuMicros } from '../process.ts';
import { personAt } from './remote-changes.ts';
import { bareRound, engineRound, type Sample, type Stand, sqliteIn } from './rounds.ts';

const ROUNDS = 3;
const CHANGES = 1000;
/** 50,000 entries: 9,650 movies, 400 series with 2,000 seasons and 30,000 episodes, 150 artists with 600 albums and 7,200 tracks. */
const STOCK = {
  movies: 9650,
  series: 400,
  seasons: 5,
  episodes: 15,
  artists: 150,
  albums: 4,
  tracks: 12,
  states: 30_000,
};
/** Of the episodes, the first without a state: movies have theirs before. */
const FIRST_BLANK = STOCK.states - STOCK.movies;

/** What it costs to keep in agreement with a media server, beside reading it alone. */
export const sync: Bench = {
  name: 'sync',
  says: 'a Jellyfin with 50,000 entries and 30,000 states: first import, a quiet run, 1,000 changes each way',
  run: async () => {
    const fake = await startStockedJellyfin(STOCK);
    try {
      return await onPostgres((server) => inFolder((folder) => measure(folder, server, fake)));
    } finally {
      await fake.close();
    }
  },
};

const measure = async (folder: string, server: string, fake: StockedJellyfin): Promise<Report> => {
  const stand = await standOn(fake);
  // What is asked for first is written down then.
  await bareRound(stand);
  const samples: Sample[] = [];
  const foreign: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    foreign.push(await foreignShare());
    samples.push(...(await bareRound(stand)));
    samples.push(...(await engineRound('sqlite', sqliteIn(folder, round), stand)));
    const database = await newDatabase(server, `leftoff_bench_${process.pid}_${round}`);
    samples.push(...(await engineRound('postgres', database.url, stand)));
    await database.drop();
  }
  return reportOf(
    Map.groupBy(samples, ({ name }) => name),
    median(foreign),
  );
};

const standOn = async (fake: StockedJellyfin): Promise<Stand> => {
  const person = personAt(fake);
  const blank = (part: number) => person.episodes(FIRST_BLANK + part * CHANGES, CHANGES);
  return { remote: fake, person, here: await blank(0), there: await blank(1), bare: await blank(2) };
};

const QUIET_MS = 500;

/** How much of a core others take while we do nothing. */
const foreignShare = async (): Promise<number> => {
  const before = machineCpuMicros();
  await wait(QUIET_MS);
  return (machineCpuMicros() - before) / 1000 / QUIET_MS;
};

const reportOf = (samples: ReadonlyMap<string, Sample[]>, foreign: number): Report => ({
  rows: [...samples].map(([name, all]) => rowOf(name, all)),
  aims: aimsOf(samples),
  notes: [
    ...[...samples].map(([name, all]) => noteOf(name, all)),
    '',
    `Medians of ${ROUNDS} rounds, each with an empty database; p99 is the longest.`,
    `Before the rounds other programs took ${(foreign * 100).toFixed(0)} % of a core${foreign > 0.2 ? ': do not trust the times' : ''}.`,
  ],
});

const rowOf = (name: string, samples: readonly Sample[]): Row => {
  const each = (figure: (sample: Sample) => number): number => median(samples.map(figure));
  return {
    name,
    perSecond: each(({ count, took }) => (count / took.wallMs) * 1000),
    medianMs: each(({ took }) => took.wallMs),
    p99Ms: Math.max(...samples.map(({ took }) => took.wallMs)),
    cpuMicros: each(({ count, took }) => (took.cpuMs / count) * 1000),
  };
};

const noteOf = (name: string, samples: readonly Sample[]): string => {
  const each = (figure: (sample: Sample) => number): number => median(samples.map(figure));
  const whole = (figure: keyof Sample['took']): string => each(({ took }) => took[figure]).toFixed(0);
  const share = each(({ took }) => took.cpuMs / took.wallMs) * 100;
  const requests = each(({ took }) => (took.requests / took.wallMs) * 1000).toFixed(0);
  return `${name}: our CPU ${share.toFixed(0)} % of the time; ${whole('requests')} requests, ${requests} a second; ${whole('statements')} statements, ${whole('commits')} commits; ${whole('peakMiB')} MiB at the most so far`;
};

const aimsOf = (samples: ReadonlyMap<string, Sample[]>): Aim[] => {
  const of = (name: string, figure: (sample: Sample) => number): number =>
    median((samples.get(name) ?? []).map(figure));
  const aim = (says: string, figure: number, most: number): Aim => ({ says, figure, aim: most, better: 'lower' });
  return [
    aim(
      'first import, s',
      of('sqlite: first import', ({ took }) => took.wallMs / 1000),
      20,
    ),
    aim(
      'memory of a first import, MiB',
      of('sqlite: first import', ({ took }) => took.peakMiB),
      300,
    ),
    aim(
      'nothing changed, s',
      of('sqlite: nothing changed', ({ took }) => took.wallMs / 1000),
      2,
    ),
  ];
};
