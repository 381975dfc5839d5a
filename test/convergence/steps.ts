import { DAY, HOUR, MINUTE, SECOND } from '#kernel/clock.ts';
import type { IsolationMode } from '#kernel/viewer.ts';
import { act, allowRefusal, note } from './acts.ts';
import { look, replace, run } from './runs.ts';
import { addCopy, type Place, type World } from './world.ts';

/** One step of a schedule: somebody does something, or something happens to a server or to the program. */
export const step = async (world: World): Promise<void> => {
  const { random, house } = world;
  house.clock.advance(someTime(world));
  const place = random.pick(world.places);
  const what = random.weighed({ act: 44, run: 24, both: 3, glance: 6, mode: 3, weather: 8, shelf: 4, rebuild: 3 });
  if (what === 'act') await act(world);
  if (what === 'run') await runSomehow(world, place);
  if (what === 'both') await runTwo(world);
  if (what === 'glance' && !place.renumbered) await mayDie(world, () => look(world, place));
  if (what === 'mode') await changeMode(world, place);
  if (what === 'weather') changeWeather(world, place);
  if (what === 'shelf') changeShelf(world, place);
  if (what === 'rebuild') await rebuild(world, place);
};

const someTime = ({ random }: World): number => {
  const most = random.weighed({ second: 2, minute: 4, hour: 5, day: 1 });
  return random.between(1, { second: SECOND, minute: MINUTE, hour: HOUR, day: 2 * DAY }[most]);
};

const runSomehow = async (world: World, place: Place): Promise<void> => {
  const does = world.random.weighed({ sync: 20, import: 2, approve: 0, preview: 1 });
  await mayDie(world, () => run(world, place, does));
};

/** With some chance the program dies in the middle, and is started again. */
const mayDie = async (world: World, work: () => Promise<unknown>): Promise<void> => {
  const { house, random } = world;
  const dies = random.weighed({ not: 12, anywhere: 3, writing: 2 });
  house.dieIn = dies === 'anywhere' ? random.below(random.pick([10, 60])) : undefined;
  house.diesWriting = dies === 'writing';
  house.meanwhile = async () => {
    if (!random.chance(0.03)) return;
    house.meanwhile = async () => {};
    await act(world);
  };
  await work();
  house.dieIn = undefined;
  house.diesWriting = false;
  house.meanwhile = async () => {};
  if (!house.dead()) return;
  world.tell('The program is started again.');
  await house.restart();
};

const runTwo = async (world: World): Promise<void> => {
  const { random, places } = world;
  const one = random.pick(places);
  const other = random.pick(places);
  await mayDie(world, () => Promise.all([run(world, one), run(world, other)]));
};

const changeMode = async (world: World, place: Place): Promise<void> => {
  const account = world.random.pick(place.accounts);
  const isolation: IsolationMode = world.random.weighed({ loud: 5, quiet: 2, shout: 2, silo: 2 });
  const { sync } = world.house;
  await sync.changeAccount(account.person.viewer, place.clientId, account.id, { isolation });
  if (isHeard(account.mode) && !isHeard(isolation)) account.person.muted = true;
  account.mode = isolation;
  account.everHeard ||= isHeard(isolation);
  world.tell(`${account.person.name} on S${place.index} is ${isolation}`);
};

const isHeard = (mode: IsolationMode): boolean => mode === 'loud' || mode === 'shout';

const changeWeather = ({ random, house, tell }: World, place: Place): void => {
  const what = random.weighed({ down: 3, empty: 2, up: 4, storm: 2, calm: 2 });
  if (what === 'down') place.line.down = true;
  if (what === 'empty') place.line.empty = true;
  if (what === 'up') Object.assign(place.line, { down: false, empty: false });
  if (what === 'storm') house.trouble = random.pick([0.03, 0.15]);
  if (what === 'calm') house.trouble = 0;
  tell(`S${place.index}: ${what}`);
};

const changeShelf = (world: World, place: Place): void => {
  const { random, works, tell, acts } = world;
  if (random.chance(0.6) || place.copies.length < 3) {
    const work = random.pick(works);
    const copy = addCopy(place, work, `version ${random.below(3)}`);
    if (copy) tell(`S${place.index} has ${copy.entry.remoteId} (${work.title})`);
    return;
  }
  const copy = random.pick(place.copies.filter(({ work }) => work.kind !== 'series'));
  if (!copy) return;
  const id = copy.entry.remoteId;
  place.server.shelf.remove(id);
  place.copies = place.copies.filter((one) => one !== copy);
  for (const act of acts) {
    if (act.account?.place === place && act.work === copy.work && act.noticedAt === null) act.lost = true;
  }
  tell(`S${place.index} has no ${id} (${copy.work.title}) any more`);
};

/** A server is set up anew: it names its items otherwise, and may have forgotten all that was watched. */
const rebuild = async (world: World, place: Place): Promise<void> => {
  const { random, tell, acts } = world;
  const { server } = place;
  const was = server.serverId;
  const ids = random.pick(['fresh', 'again'] as const);
  const keepState = random.chance(0.5);
  server.rebuild({ ids, keepState });
  place.renewed = true;
  const another = random.chance(0.5);
  place.replaced ||= another;
  if (!another) {
    server.serverId = was;
    place.renumbered ||= ids === 'again';
  }
  if (!keepState) {
    place.forgot = true;
    for (const act of acts) if (act.account?.place === place && act.noticedAt === null) act.lost = true;
    if (ids === 'again') noteForgotten(world, place);
  }
  tell(
    `S${place.index} is set up anew: ${ids} ids, ${keepState ? 'states kept' : 'states forgotten'}${place.replaced ? ', another server' : ''}`,
  );
  if (place.replaced) await allowRefusal(replace(world, place));
};

/** Where an item has an id again that it had before, that it shows nothing any more is as if someone had taken it all back. */
const noteForgotten = (world: World, place: Place): void => {
  for (const { work } of place.copies) {
    for (const account of place.accounts) {
      for (const did of ['unwatch', 'unlike', 'unrate'] as const)
        note(world, { person: account.person, work, account, did });
    }
  }
};
