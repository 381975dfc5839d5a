import { Worker } from 'node:worker_threads';

/** What one worker does. */
export interface Share {
  runs: number;
  seed: number;
}

/** What it tells after each history. */
export interface Told {
  /** What to do to see it again; null: engine and model agreed. */
  failure: string | null;
}

/**
 * Runs the oracle on SQLite in several workers, each with its own share of the histories.
 * @param progress is told how many histories are done
 * @throws Error that shows the smallest history found on which engine and model differ
 */
export const inWorkers = async (
  { runs, seed }: Share,
  workers: number,
  progress: (done: number) => void = () => {},
): Promise<void> => {
  let done = 0;
  const share = Math.ceil(runs / workers);
  const work = (n: number) =>
    runWorker({ runs: share, seed: (seed + n * 7919) | 0 }, () => {
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
      progress();
    });
    worker.on('error', reject);
    worker.on('exit', () => (failure === null ? resolve() : reject(new Error(failure))));
  });
