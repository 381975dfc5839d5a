import { isAppError } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type Account, type Act, type Copy, itemOf, type Person, type Work, type World } from './world.ts';

/** Somebody does something somewhere. */
export const act = async (world: World): Promise<void> => {
  const { random, places } = world;
  const account = random.chance(0.7) ? random.pick(random.pick(places).accounts) : undefined;
  if (account) actThere(world, account);
  else await actHere(world, random.pick(world.people));
};

const isLeaf = ({ kind }: Work): boolean => kind !== 'series';

const actThere = (world: World, account: Account): void => {
  const { random } = world;
  const { server, copies } = account.place;
  if (copies.length === 0) return;
  const copy = random.pick(copies);
  const id = copy.entry.remoteId;
  const { work } = copy;
  const screen = server.as(account.key);
  const { noFavourites, ratingStep } = server.traits;
  const does = isLeaf(work)
    ? random.weighed({ watch: 10, unwatch: 4, stop: 6, like: 2, unlike: 1, rate: 2, unrate: 1, play: 1 })
    : random.weighed({ like: 2, unlike: 1, rate: 2, unrate: 1 });
  if (noFavourites && (does === 'like' || does === 'unlike')) return;
  if (account.place.line.stubborn && (does === 'rate' || does === 'unrate')) return;
  if (does === 'play') {
    screen.play(random.chance(0.5) ? id : null);
    return;
  }
  const done = note(world, { person: account.person, work, account, did: does });
  if (does === 'watch') screen.watch(id);
  if (does === 'unwatch') screen.unwatch(id);
  if (does === 'stop') {
    done.value = positionIn(world, work);
    screen.stopAt(id, done.value);
  }
  if (does === 'like' || does === 'unlike') screen.favourite(id, does === 'like');
  if (does === 'unrate') screen.rate(id, null);
  if (does === 'rate') {
    const step = Math.max(ratingStep, 0.5);
    done.value = random.between(1, 10 / step) * step;
    screen.rate(id, done.value);
  }
  tellAct(world, done, copy);
};

const positionIn = ({ random }: World, { runtimeMs }: Work): number =>
  Math.round(((random.chance(0.1) ? random.between(0, 6) : random.between(15, 95)) / 100) * runtimeMs);

const actHere = async (world: World, person: Person): Promise<void> => {
  const { random, works, house } = world;
  const work = random.pick(works);
  const item = await itemOf(world, work);
  if (item === undefined) return;
  if (random.chance(0.15)) {
    world.tell(`${person.name}'s child device: ${work.title}`);
    await actOfChild(world, person, work, item);
    return;
  }
  const does = isLeaf(work)
    ? random.weighed({ watch: 6, unwatch: 4, stop: 5, like: 2, unlike: 1, rate: 2, unrate: 1 })
    : random.weighed({ mark: 3, unmark: 2, like: 2, unlike: 1, rate: 2, unrate: 1 });
  const { viewer } = person;
  const said = {
    like: { favourite: true },
    unlike: { favourite: false },
    rate: { rating: random.between(1, 20) / 2 },
    unrate: { rating: null },
  };
  const positionMs = positionIn(world, work);
  const done = note(world, { person, work, account: null, did: does });
  if (does === 'watch' || does === 'unwatch' || does === 'mark' || does === 'unmark') {
    const watched = does === 'watch' || does === 'mark';
    await house.activity.setWatched(viewer, item, { watched });
  } else if (does === 'stop') {
    done.value = positionMs;
    const report = { positionMs, durationMs: work.runtimeMs, event: 'stop' as const };
    const { completed } = await house.activity.reportProgress(viewer, item, report);
    if (completed) done.did = 'complete';
  } else {
    if (does === 'rate') done.value = said.rate.rating;
    await house.opinions.say(viewer, item, said[does]);
  }
  done.lost = false;
  if (does === 'mark' || does === 'unmark') noteBelow(world, person, does);
  tellAct(world, done);
};

/** What a device in silo does is nobody else's business. */
const actOfChild = async ({ random, house }: World, { child }: Person, work: Work, item: MediaItemId) => {
  if (random.chance(0.5) || !isLeaf(work))
    await house.activity.setWatched(child, item, { watched: random.chance(0.8) });
  else {
    const positionMs = Math.round(work.runtimeMs / 2);
    await house.activity.reportProgress(child, item, { positionMs, durationMs: work.runtimeMs });
  }
};

export const note = (world: World, done: Pick<Act, 'person' | 'work' | 'account' | 'did'>): Act => {
  const at = world.house.clock.now();
  // What is done here may never come to be, should the program die.
  const one: Act = { ...done, at, noticedAt: done.account ? null : at, lost: done.account === null };
  world.acts.push(one);
  return one;
};

const noteBelow = (world: World, person: Person, did: 'mark' | 'unmark'): void => {
  for (const work of world.works.filter(({ kind }) => kind === 'episode')) {
    note(world, { person, work, account: null, did });
  }
};

const tellAct = ({ tell }: World, { person, did, work, value, account }: Act, copy?: Copy): void => {
  const where = account ? `S${account.place.index} ${copy?.entry.remoteId}` : 'here';
  tell(`${person.name} ${did} ${work.title}${value === undefined ? '' : ` ${value}`} (${where})`);
};

/** A refusal is an answer too: another run goes on, or the server is away. */
export const allowRefusal = async (work: Promise<unknown>): Promise<string | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
};
