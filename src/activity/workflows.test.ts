import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addDevice, addUser } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { createActivity } from './service.ts';

const START = 1_700_000_000_000;

/**
 * The workflows of seed 003, each as what somebody does (`+` marks watched, `-` unwatched) and all that is watched then.
 *
 *     films ── A, B, C
 *     shows ┬─ One ┬─ One/1 ── One/1/1, One/1/2
 *           │      └─ One/2 ── One/2/1, One/2/2
 *           └─ Two ─── Two/1 ── Two/1/1, Two/1/2
 */
const ALL_FILMS = 'films A B C';
const ONE_1 = 'One/1 One/1/1 One/1/2';
const ONE_2 = 'One/2 One/2/1 One/2/2';
const ONE = `One ${ONE_1} ${ONE_2}`;
const TWO = 'Two Two/1 Two/1/1 Two/1/2';
const ALL_SHOWS = `shows ${ONE} ${TWO}`;

type Workflow = [does: string, then: string];

const mark: Record<string, Workflow[]> = {
  'a movie shelf': [
    ['+films', ALL_FILMS],
    ['+A +films', ALL_FILMS],
  ],
  'a movie': [
    ['+A', 'A'],
    ['+films +A', ALL_FILMS],
    ['+A +B +C', ALL_FILMS],
  ],
  'a show shelf': [
    ['+shows', ALL_SHOWS],
    ['+One/1 +Two/1/1 +shows', ALL_SHOWS],
  ],
  'a show': [
    ['+One', ONE],
    ['+shows +One', ALL_SHOWS],
    ['+One +Two', ALL_SHOWS],
  ],
  'a season': [
    ['+One/1', ONE_1],
    ['+One +One/1', ONE],
    ['+shows +One/1', ALL_SHOWS],
    ['+One/1 +One/2', ONE],
    ['+One/1 +One/2 +Two/1', ALL_SHOWS],
  ],
  'an episode': [
    ['+One/1/1', 'One/1/1'],
    ['+One/1 +One/1/1', ONE_1],
    ['+One +One/1/1', ONE],
    ['+shows +One/1/1', ALL_SHOWS],
    ['+One/1/1 +One/1/2', ONE_1],
    ['+One/2 +One/1/1 +One/1/2', ONE],
    ['+Two +One/2 +One/1/1 +One/1/2', ALL_SHOWS],
  ],
};

const unmark: Record<string, Workflow[]> = {
  'a movie shelf': [
    ['+films -films', ''],
    ['+A +B -films', ''],
  ],
  'a movie': [
    ['+A +B -A', 'B'],
    ['+films -A', 'B C'],
    ['+films -A +A', ALL_FILMS],
  ],
  'a show shelf': [
    ['+shows -shows', ''],
    ['+One +Two/1/1 -shows', ''],
  ],
  'a show': [
    ['+One -One', ''],
    ['+One/1 +One/2/1 -One', ''],
    ['+shows -One', TWO],
  ],
  'a season': [
    ['+One/1 -One/1', ''],
    ['+One -One/1', ONE_2],
    ['+shows -One/1', `${ONE_2} ${TWO}`],
    ['+shows -One/1 +One/1', ALL_SHOWS],
  ],
  'an episode': [
    ['+One/1/1 -One/1/1', ''],
    ['+One/1 -One/1/1', 'One/1/2'],
    ['+One -One/1/1', `One/1/2 ${ONE_2}`],
    ['+shows -One/1/1', `One/1/2 ${ONE_2} ${TWO}`],
  ],
};

/** By what it is watched: any of these alone. */
const check: Record<string, [item: string, by: string[]]> = {
  'a movie shelf': ['films', ['+films', '+A +B +C']],
  'a movie': ['A', ['+films', '+A']],
  'a show shelf': ['shows', ['+shows', '+One +Two', '+One/1 +One/2 +Two/1', '+One/1 +One/2/1 +One/2/2 +Two']],
  'a show': ['One', ['+shows', '+One', '+One/1 +One/2', '+One/1/1 +One/1/2 +One/2']],
  'a season': ['One/1', ['+shows', '+One', '+One/1', '+One/1/1 +One/1/2']],
  'an episode': ['One/1/1', ['+shows', '+One', '+One/1', '+One/1/1']],
};

eachDatabase('the workflows of seed 003:', (make) => {
  let house: Awaited<ReturnType<typeof build>>;
  beforeAll(async () => {
    house = await build(await make());
  });

  for (const [verb, table] of Object.entries({ mark, unmark })) {
    describe(verb, () => {
      for (const [kind, workflows] of Object.entries(table)) {
        test.each(workflows)(`${kind}: %s`, async (does, then) => {
          const person = await house.somebody();
          await person.do(does);
          expect(await person.watched()).toBe(then);
        });
      }
    });
  }

  describe('check', () => {
    test.each(Object.entries(check))('%s', async (_kind, [item, by]) => {
      expect(await (await house.somebody()).isWatched(item)).toBe(false);
      for (const does of by) {
        const person = await house.somebody();
        await person.do(does);
        expect(await person.isWatched(item), does).toBe(true);
      }
    });
  });

  describe('in progress', () => {
    test('is a movie or an episode with a position, newest first; of a show only the newest', async () => {
      const { leave, going } = await house.somebody();
      await leave('A', 40);
      await leave('One/1/1', 30);
      await leave('One/1/2', 20);
      expect(await going()).toEqual(['One/1/2', 'A']);
    });

    test('is nothing at the very beginning, and nothing at the end: that is watched', async () => {
      const { leave, going, isWatched } = await house.somebody();
      await leave('A', 1);
      await leave('B', 95);
      expect([await going(), await isWatched('A'), await isWatched('B')]).toEqual([[], false, true]);
    });

    test('ends with a mark on the item or above it', async () => {
      const person = await house.somebody();
      await person.leave('A', 40);
      await person.leave('One/1/1', 40);
      await person.do('+A -shows');
      expect(await person.going()).toEqual([]);
    });

    test('is a stream whose source can tell where one is, and no live one', async () => {
      const { leave, going } = await house.somebody();
      await leave('tube', 40);
      await leave('tuner', 40);
      expect(await going()).toEqual(['tube']);
    });
  });

  describe('next up', () => {
    test.each<[does: string, next: string[]]>([
      ['', []],
      ['+One/1/1', ['One/1/2']],
      ['+One/1/2', ['One/2/1']],
      ['+One/1', ['One/2/1']],
      ['+One', []],
      ['+One -One/2', ['One/2/1']],
      ['+shows', []],
      ['+shows -shows', []],
      ['+One/1/1 +Two/1/1', ['Two/1/2', 'One/1/2']],
    ])('after %j is the nearest unwatched: %j', async (does, next) => {
      const person = await house.somebody();
      await person.do(does);
      expect(await person.nextUp()).toEqual(next);
    });

    test('is what is in progress, if anything is', async () => {
      const person = await house.somebody();
      await person.do('+One/1/1');
      await person.leave('One/2/2', 40);
      expect(await person.nextUp()).toEqual(['One/2/2']);
    });
  });

  test('a queue is not messed up by an isolated device', async () => {
    const person = await house.somebody();
    const guestRoom = await person.on('guest room', 'silo');
    await person.do('+One/1/1');
    await guestRoom.do('+One/2/1');
    await guestRoom.leave('A', 40);
    expect([await person.nextUp(), await guestRoom.nextUp()]).toEqual([['One/1/2'], ['One/2/2']]);
    expect([await person.going(), await guestRoom.going()]).toEqual([[], ['A']]);
  });
});

const build = async (database: Database) => {
  const clock = manualClock(START);
  const activity = createActivity({ database, clock });
  const ids = await grow(database);
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  const idOf = (name: string): MediaItemId => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`There is no ${name}.`);
    return id;
  };
  const namesOf = (page: { items: { item: { id: MediaItemId } }[] }) =>
    page.items.map((row) => names.get(row.item.id) ?? '?');
  let people = 0;

  const personOf = (viewer: Awaited<ReturnType<typeof addUser>>['viewer']) => {
    const isWatched = async (name: string) => (await activity.state(viewer, idOf(name))).watched;
    return {
      isWatched,
      /** `+One -One/1`: marks One watched, then One/1 unwatched. */
      do: async (what: string) => {
        for (const word of what.split(' ').filter(Boolean)) {
          clock.advance(MINUTE);
          await activity.setWatched(viewer, idOf(word.slice(1)), { watched: word.startsWith('+') });
        }
      },
      /** All that is watched, shelves, shows and seasons too, in the order of the tree. */
      watched: async () => {
        const found: string[] = [];
        for (const name of ids.keys()) if (await isWatched(name)) found.push(name);
        return found.join(' ');
      },
      /** Plays up to some percent. */
      leave: async (name: string, percent: number) => {
        for (const event of ['start', 'stop'] as const) {
          clock.advance(MINUTE);
          const report = { positionMs: (percent * HOUR) / 100, durationMs: HOUR, event };
          await activity.reportProgress(viewer, idOf(name), report);
        }
      },
      going: async () => namesOf(await activity.continueWatching(viewer, { limit: 40 })),
      nextUp: async () => namesOf(await activity.nextUp(viewer, { limit: 40 })),
      on: async (name: string, isolation: 'silo') => personOf(await addDevice(database, viewer, { name, isolation })),
    };
  };
  return { somebody: async () => personOf((await addUser(database, { name: `Somebody ${people++}` })).viewer) };
};

/** The tree above, and two streams, by name. */
const grow = async (database: Database): Promise<Map<string, MediaItemId>> => {
  const tree = treeIn(database, START - 10 * DAY);
  const ids = new Map<string, MediaItemId>();
  const films = await tree.library('movies');
  ids.set('films', films);
  for (const name of ['A', 'B', 'C']) ids.set(name, await tree.movie(films));
  const shows = await tree.library('series');
  ids.set('shows', shows);
  for (const [name, lengths] of Object.entries({ One: [2, 2], Two: [2] })) {
    const { series, seasons, episodes } = await tree.show(shows, lengths);
    ids.set(name, series);
    for (const [s, season] of seasons.entries()) {
      ids.set(`${name}/${s + 1}`, season);
      for (const [e, episode] of episodes[s]!.entries()) ids.set(`${name}/${s + 1}/${e + 1}`, episode);
    }
  }
  const streams = await tree.library('streams');
  for (const [name, tracks] of Object.entries({ tube: true, tuner: false })) {
    ids.set(name, await tree.stream(streams, tracks));
  }
  return ids;
};
