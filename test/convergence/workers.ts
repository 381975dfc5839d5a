import { Worker } from 'node:worker_threads';

/** What one worker does: this many schedules, each of the next seed. */
export interface Share {
  runs: number;
  seed: number;
}

/** What it tells after each schedule. */
export interface Told {
  /** What happened, and what is wrong; null: all is well. */
  failure: string | null;
}

/**
 * Runs schedules on SQLite in several workers, each with its own share of the seeds.
 * @param progress is told how many schedules are done
 * @throws Error that tells the seed of one that failed and all that happened in it
 */
export const inWorkers = async (
  { runs, seed }: Share,
  workers: number,
  progress: (done: number) => void = () => {},
): Promise<void> => {
  let done = 0;
  const share = Math.ceil(runs / workers);
  const work = (n: number) =>
    runWorker({ runs: share, seed: (seed + n * share) | 0 }, () => {
      done++;
      progress(done);
    });
  await Promise.all(Array.from({ length: workers }, (_, n) => work(n)));
};

const runWorker = (share: Share, progress: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
    let failure: string | null = null;
    worker.on('message', (told: Told) => {
      failure ??= told.failure;
      if (told.failure === null) progress();
    });
    worker.on('error', reject);
    worker.on('exit', () => (failure === null ? resolve() : reject(new Error(failure))));
  });
