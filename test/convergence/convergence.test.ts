import { expect, test } from 'vitest';
import { makePostgres, makeSqlite } from '../support/databases.ts';
import { runConvergence, runSchedule } from './run.ts';
import { inWorkers } from './workers.ts';

/**
 * Houses of one to three people and two to five media servers of five kinds live through schedules of chance: watching,
 * unwatching, stopping, liking and rating on every side; runs and looks that fail, answer late, twice or not at all;
 * programs that die at any call and any unit of work; clocks that are off; servers that are away, empty, set up anew.
 * Then it becomes quiet, and all that can see each other must agree. Here always the same schedules are lived through;
 * `npm run convergence` goes on to others, and `SEED=42 npx vitest run test/convergence` repeats one.
 */

const given = process.env.SEED;
const FIRST = 1;

test.runIf(given !== undefined)('one schedule again', async () => {
  await runSchedule(await makeSqlite(), Number(given));
});

test.runIf(given === undefined)(
  'all that can see each other agree, on SQLite',
  async () => {
    let done = 0;
    await inWorkers({ runs: 2000, seed: FIRST }, 2, () => done++);
    expect(done).toBe(2000);
  },
  1_200_000,
);

test.runIf(given === undefined)(
  'all that can see each other agree, on PostgreSQL',
  async () => {
    let done = 0;
    await runConvergence(await makePostgres(), { runs: 40, seed: FIRST, progress: () => done++ });
    expect(done).toBe(40);
  },
  600_000,
);
