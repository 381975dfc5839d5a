// `npm run oracle -- 100000 [seed]`: holds the watch state engine against the naive model over that many random histories
// on SQLite. Ends with 1 and the smallest history found on which they differ.
import { availableParallelism } from 'node:os';
import { messageOf } from '#kernel/errors.ts';
import { inWorkers } from '../test/oracle/workers.ts';

const TOLD_EVERY = 1000;

const [runs = 100_000, seed = ((performance.timeOrigin + performance.now()) % 2 ** 31) | 0] = process.argv
  .slice(2)
  .map(Number);
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('Give the number of histories, and a seed if you like: npm run oracle -- 100000 42\n');
  process.exit(2);
}

process.stdout.write(`${runs} histories from seed ${seed}\n`);
const begun = performance.now();
try {
  await inWorkers({ runs, seed }, availableParallelism(), (done) => {
    const seconds = (performance.now() - begun) / 1000;
    if (done % TOLD_EVERY === 0) process.stdout.write(`${done} done in ${seconds.toFixed(0)} s\n`);
  });
  process.stdout.write('The engine and the model agree.\n');
} catch (error) {
  process.stdout.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
