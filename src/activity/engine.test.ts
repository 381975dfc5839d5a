import { expect, test } from 'vitest';
import { runOracle } from '../../test/oracle/run.ts';
import { inWorkers } from '../../test/oracle/workers.ts';
import { makePostgres } from '../../test/support/databases.ts';

/**
 * The engine against a naive model (test/oracle): over random trees and histories of marks at all levels, reports,
 * additions, removals, moves, series begun anew, wishes for specials, four isolation modes and their changes, pruning;
 * all of it repeated the other way round. `npm run oracle` does it for longer.
 */

const seed = Math.floor(Math.random() * 2 ** 31);

test('the engine agrees with a naive model on SQLite', async () => {
  let done = 0;
  await inWorkers({ runs: 10_000, seed }, 2, () => done++);
  expect(done).toBeGreaterThanOrEqual(10_000);
}, 900_000);

test('the engine agrees with a naive model on PostgreSQL', async () => {
  let done = 0;
  await runOracle(await makePostgres(), { runs: 200, seed, progress: () => done++ });
  expect(done).toBe(200);
}, 600_000);
