import type { Database } from '#database/database.ts';
import { messageOf } from '#kernel/errors.ts';
import { act } from './acts.ts';
import { check } from './check.ts';
import { empty } from './house.ts';
import { quieten } from './quiet.ts';
import { createRandom } from './random.ts';
import { step } from './steps.ts';
import { connectPlace, createWorld, type World } from './world.ts';

/**
 * Lets a house full of people and servers live through a schedule that is made of a seed, and come to rest: then all that
 * can see each other must agree, and nothing may be lost.
 * @throws Error with the seed and all that happened
 */
export const runSchedule = async (database: Database, seed: number): Promise<void> => {
  await empty(database);
  const random = createRandom(seed);
  const world = await createWorld(database, random);
  try {
    await live(world);
    await quieten(world);
    await check(world);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
    throw new Error(`Seed ${seed}: ${why}\n\n${world.story.join('\n')}`, { cause: error });
  }
};

const live = async (world: World): Promise<void> => {
  const { random } = world;
  // Some of what is there was done before anything was connected, and some servers come later.
  for (let n = random.below(10); n > 0; n--) await act(world);
  world.house.trouble = random.chance(0.3) ? 0.05 : 0;
  const waiting = world.places.splice(0);
  for (let n = random.between(10, 30); n > 0; n--) {
    const next = waiting[0];
    if (next && (world.places.length === 0 || random.chance(0.4))) {
      await connectPlace(world, next);
      world.places.push(next);
      waiting.shift();
    }
    await step(world);
  }
  for (const place of waiting) {
    await connectPlace(world, place);
    world.places.push(place);
  }
};

/** Runs schedules one after the other. @param progress is told after each */
export const runConvergence = async (
  database: Database,
  { runs, seed, progress = () => {} }: { runs: number; seed: number; progress?: () => void },
): Promise<void> => {
  for (let n = 0; n < runs; n++) {
    await runSchedule(database, (seed + n) | 0);
    progress();
  }
};
