import fc from 'fast-check';
import type { Database } from '#database/database.ts';
import { isolationModes } from '#kernel/viewer.ts';
import { compare } from './compare.ts';
import { beginHistory, changeMode, step, take } from './steps.ts';
import { makeHouse, makeWorld, rebuild, shape } from './world.ts';

/**
 * Holds the engine against the model over random trees and histories. Whatever arrives in whatever order, both must
 * tell the same.
 * @param progress is told after each history
 * @throws Error that shows the smallest history found on which they differ, with the seed to find it again
 */
export const runOracle = async (
  database: Database,
  { runs, seed, progress = () => {} }: { runs: number; seed?: number; progress?: () => void },
): Promise<void> => {
  const house = await makeHouse(database);
  const history = fc.tuple(shape, fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }), fc.nat({ max: 99 }));
  const property = fc.asyncProperty(history, async ([tree, steps, salt]) => {
    const world = await makeWorld(house, tree);
    const history = beginHistory(world);
    for (const one of steps) await take(world, one, history);
    await compare(world, history);
    // Everything once more, the other way round: late, repeated, out of order.
    for (const repeat of history.again.toReversed()) await repeat();
    await compare(world, history);
    if (salt % 4 === 0) {
      // A mode is tried and left again.
      const who = salt % 3;
      const was = world.viewers[who]!.isolation;
      await changeMode(world, history, who, isolationModes[salt % 4 === 0 ? (salt / 4) % 4 : 0]!);
      await changeMode(world, history, who, was);
      await rebuild(world);
      await compare(world, history);
    }
    progress();
  });
  await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
};
