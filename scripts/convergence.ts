// `npm run convergence -- 20000 [seed]`: lets that many houses of people and media servers live through schedules of
// chance on SQLite. Ends with 1 and all that happened in one of them when it did not come to agree.
import { availableParallelism } from 'node:os';
import { messageOf } from '#kernel/errors.ts';
import { inWorkers } from '../test/convergence/workers.ts';

const TOLD_EVERY = 500;

const [runs = 20_000, seed = ((performance.timeOrigin + performance.now()) % 2 ** 31) | 0] = process.argv
  .slice(2)
  .map(Number);
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('Give the number of schedules, and a seed if you like: npm run convergence -- 20000 42\n');
  process.exit(2);
}

process.stdout.write(`${runs} schedules from seed ${seed}\n`);
const begun = performance.now();
try {
  await inWorkers({ runs, seed }, availableParallelism(), (done) => {
    const seconds = (performance.now() - begun) / 1000;
    if (done % TOLD_EVERY === 0) process.stdout.write(`${done} done in ${seconds.toFixed(0)} s\n`);
  });
  process.stdout.write('All that could see each other agreed.\n');
} catch (error) {
  process.stdout.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
