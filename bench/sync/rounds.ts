import { join } from 'node:path';
import type { Measurement } from './meters.ts';
import type { RemotePerson } from './remote-changes.ts';
import type { Outcome, Remote } from './task.ts';
import { startWorker, type Worker } from './worker.ts';

/** What is measured against: the filled media server, its person, and where databases are made. */
export interface Stand {
  remote: Remote;
  person: RemotePerson;
  /** Entries that are watched by nobody: some for changes here, some for those there, some for the bare connector. */
  here: string[];
  there: string[];
  bare: string[];
}

/** What was done, how much of it, and what it took. */
export interface Sample {
  name: string;
  /** Entries read or changes written. */
  count: number;
  took: Measurement;
}

const QUIET_RUNS = 3;

/** The connector alone. */
export const bareRound = ({ remote, person, bare }: Stand): Promise<Sample[]> =>
  inWorker(remote, async (worker) => {
    const read = await worker.perform({ does: 'read' });
    const written = await worker.perform({ does: 'write', names: bare });
    await person.unwatch(bare);
    return [
      { name: 'bare: all pages', count: read.seen, took: read.whole },
      { name: 'bare: pushed', count: written.written, took: written.whole },
    ];
  });

/** One whole history of a database: filled for the first time, asked again, and changed on both sides. */
export const engineRound = (name: string, database: string, stand: Stand): Promise<Sample[]> =>
  inWorker(stand.remote, async (worker) => {
    const samples: Sample[] = [];
    const add = (what: string, count: number, took: Measurement) =>
      samples.push({ name: `${name}: ${what}`, count, took });
    await worker.perform({ does: 'open', database });
    const first = await worker.perform({ does: 'import' });
    add('first import', first.seen, first.whole);
    const second = await worker.perform({ does: 'sync' });
    add('first comparison', second.seen, second.whole);
    for (let run = 0; run < QUIET_RUNS; run += 1) {
      const quiet = await worker.perform({ does: 'sync' });
      expectCounts(quiet, { events: 0, written: 0 });
      add('nothing changed', quiet.seen, quiet.whole);
    }
    await worker.perform({ does: 'mark', names: stand.here });
    const pushed = await worker.perform({ does: 'sync' });
    expectCounts(pushed, { events: 0, written: stand.here.length });
    add('pushed', pushed.written, pushed.afterReading);
    await stand.person.watch(stand.there);
    const pulled = await worker.perform({ does: 'sync' });
    expectCounts(pulled, { events: stand.there.length, written: 0 });
    add('pulled, whole run', pulled.events, pulled.whole);
    await stand.person.unwatch([...stand.here, ...stand.there]);
    return samples;
  });

export const sqliteIn = (folder: string, round: number): string => `sqlite:${join(folder, `${round}.db`)}`;

const inWorker = async <T>(remote: Remote, work: (worker: Worker) => Promise<T>): Promise<T> => {
  const worker = startWorker(remote);
  try {
    return await work(worker);
  } finally {
    await worker.close();
  }
};

/** A figure of something else than was meant is none. */
const expectCounts = (outcome: Outcome, expected: Pick<Outcome, 'events' | 'written'>): void => {
  const { events, written } = outcome;
  if (events === expected.events && written === expected.written) return;
  throw new Error(
    `A run took over ${events} changes and wrote ${written}, not ${expected.events} and ${expected.written}.`,
  );
};
