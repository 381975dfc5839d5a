import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, manualClock, SECOND } from '#kernel/clock.ts';
import { createEventBus } from '#kernel/events.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import { type Viewer, writeScopes } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createEvents, type Events, type Told } from './events.ts';
import { MOST_KEPT } from './feed.ts';

const START = 1_700_000_000_000;

const ada: Viewer = {
  userId: asId(1),
  userName: 'Ada',
  role: 'user',
  timeZone: 'UTC',
  deviceUserId: asId(1),
  isolation: 'loud',
  ownScope: asId(1),
  groupScope: asId(2),
  grants: openGrants,
  sessionId: null,
};

const noDatabase = {
  get read(): Database['read'] {
    throw new Error('Nothing is to be read here.');
  },
};

const quietHouse = () => {
  const clock = manualClock(START);
  const bus = createEventBus();
  const events = createEvents({ database: noDatabase, clock, bus, lookEveryMs: DAY });
  let item = 0;
  const happen = (by = ada) => {
    item += 1;
    const { userId, deviceUserId } = by;
    const change = { userId, deviceUserId, scopes: writeScopes(by), kind: 'state' as const, at: clock.now() };
    bus.publish('change', { ...change, itemId: asId(item) });
    return item;
  };
  return { clock, bus, events, happen };
};

/** Lets everything go on that can. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Follows until it is cut; what is sent after `most` events is lost on the way. */
const follow = (events: Events, viewer: Viewer, lastEventId: string | null = null, most = Infinity) => {
  const cut = new AbortController();
  const self = {
    told: [] as Told[],
    viewer: viewer as Viewer | null,
    cut: () => cut.abort(),
    get last() {
      return self.told.findLast(({ id }) => id !== null)?.id ?? lastEventId;
    },
    kinds: () => self.told.map(({ event }) => event.kind),
    items: () => self.told.flatMap(({ event }) => event.itemId ?? []),
    ended: Promise.resolve(),
  };
  self.ended = events.follow(viewer, {
    lastEventId,
    signal: cut.signal,
    viewerNow: async () => self.viewer,
    send: async (told) => {
      await settle();
      self.told.push(...told.slice(0, Math.max(0, most - self.told.length)));
      if (self.told.length >= most) cut.abort();
    },
  });
  return self;
};

test('after any cuts, coming back loses nothing and doubles nothing', async () => {
  const step = fc.oneof(
    fc.record({ happens: fc.integer({ min: 1, max: 250 }) }),
    fc.record({ reads: fc.integer({ min: 1, max: 300 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { events, happen } = quietHouse();
      const first = follow(events, ada, null, 1);
      await first.ended;
      let { last } = first;
      const taken: MediaItemId[] = [];
      const all: number[] = [];
      const read = async (most: number) => {
        const reader = follow(events, ada, last, most);
        while (all.length > taken.length + reader.items().length && reader.told.length < most) await settle();
        reader.cut();
        await reader.ended;
        expect(reader.kinds()[0]).toBe('ready');
        taken.push(...reader.items());
        last = reader.last;
      };
      for (const each of steps) {
        if ('reads' in each) await read(each.reads);
        else if (all.length - taken.length + each.happens <= MOST_KEPT) {
          for (let index = 0; index < each.happens; index++) all.push(happen());
        }
      }
      await read(Infinity);
      expect(taken).toEqual(all);
    }),
    { numRuns: 60 },
  );
});

test('who missed more than is kept is told to load anew, once, and goes on from there', async () => {
  const { events, happen } = quietHouse();
  const first = follow(events, ada);
  await settle();
  first.cut();
  for (let index = 0; index < MOST_KEPT + 1; index++) happen();
  const second = follow(events, ada, first.last);
  await settle();
  await settle();
  // What happens while the reset is on its way comes after it.
  const next = happen();
  for (let round = 0; round < 5; round++) await settle();
  second.cut();
  expect(second.kinds()).toEqual(['ready', 'reset', 'state']);
  expect(second.items()).toEqual([next]);
});

test('nothing that happens while a reset is being sent is lost', async () => {
  const { events, happen } = quietHouse();
  const reader = follow(events, ada);
  for (let round = 0; round < 3; round++) await settle();
  for (let index = 0; index < MOST_KEPT + 1; index++) happen();
  const missed = new Set(Array.from({ length: MOST_KEPT + 1 }, (_, index) => index + 1));
  // The reset is asked for in microtasks and sent at the end of this turn.
  for (let round = 0; round < 20; round++) await Promise.resolve();
  const next = happen();
  for (let round = 0; round < 5; round++) await settle();
  reader.cut();
  expect(reader.kinds()).toEqual(['ready', 'reset', 'state']);
  expect(reader.items().filter((item) => !missed.has(item))).toEqual([next]);
});

test('an id from before a restart, of another device or made up begins with a reset', async () => {
  const { events, happen } = quietHouse();
  const first = follow(events, ada);
  await settle();
  const other = { ...ada, deviceUserId: asId<Viewer['deviceUserId']>(9), ownScope: asId<Viewer['ownScope']>(9) };
  for (const [viewer, id] of [
    [ada, 'abcdefgh-3'],
    [ada, 'nonsense'],
    [other, first.last],
  ] as const) {
    const reader = follow(events, viewer, id);
    await settle();
    const item = happen();
    for (let round = 0; round < 3; round++) await settle();
    reader.cut();
    expect(reader.kinds()).toEqual(['reset', 'state']);
    expect(reader.items()).toEqual([item]);
  }
  first.cut();
});

test('an hour after its last reader left, a feed is forgotten; until then it keeps what is missed', async () => {
  const { events, happen, clock } = quietHouse();
  const first = follow(events, ada);
  await settle();
  first.cut();
  await first.ended;
  clock.advance(59 * 60 * SECOND);
  const missed = happen();
  const second = follow(events, ada, first.last);
  for (let round = 0; round < 3; round++) await settle();
  second.cut();
  await second.ended;
  expect(second.items()).toEqual([missed]);
  clock.advance(61 * 60 * SECOND);
  const third = follow(events, ada, second.last);
  await settle();
  third.cut();
  expect(third.kinds()).toEqual(['reset']);
});

test('the stream ends with its session, and when its viewer sees something else', async () => {
  const { events, bus, clock, happen } = quietHouse();
  const others: [Viewer | null, string][] = [
    [null, 'signed_out'],
    [{ ...ada, isolation: 'silo' }, 'changed'],
    [{ ...ada, grants: { ...openGrants, maxRatingLevel: 6 } }, 'changed'],
  ];
  for (const [now, reason] of others) {
    const reader = follow(events, ada);
    const stays = follow(events, ada);
    await settle();
    reader.viewer = now;
    happen();
    bus.publish('viewers', { at: clock.now() });
    await reader.ended;
    expect(reader.told.at(-1)).toMatchObject({ id: null, event: { kind: 'end', reason } });
    // What happened since is not told any more.
    expect(reader.items()).toEqual([]);
    await settle();
    expect(stays.kinds()).toEqual(['ready', 'state']);
    stays.cut();
  }
});

test('what happens in the moment before it waits is told at once', async () => {
  const { events, happen } = quietHouse();
  const cut = new AbortController();
  const items: unknown[] = [];
  let asked = 0;
  const ended = events.follow(ada, {
    lastEventId: null,
    signal: cut.signal,
    viewerNow: async () => {
      asked += 1;
      if (asked <= 3) happen();
      return ada;
    },
    send: async (told) => void items.push(...told.flatMap(({ event }) => event.itemId ?? [])),
  });
  for (let round = 0; round < 5; round++) await settle();
  cut.abort();
  await ended;
  expect(items).toEqual([1, 2, 3]);
});

test('one that comes back with another view ends the streams that still have the former', async () => {
  const { events } = quietHouse();
  const former = follow(events, ada);
  await settle();
  former.viewer = { ...ada, isolation: 'quiet' };
  const present = follow(events, former.viewer);
  await former.ended;
  expect(former.told.at(-1)?.event.reason).toBe('changed');
  present.cut();
});

test('a change that nobody announced is noticed all the same', async () => {
  const clock = manualClock(START);
  const events = createEvents({ database: noDatabase, clock, bus: createEventBus(), lookEveryMs: 20 });
  const reader = follow(events, ada);
  await settle();
  reader.viewer = null;
  await reader.ended;
  expect(reader.told.at(-1)?.event.reason).toBe('signed_out');
});

test('one user has twenty streams at the most; others are not affected, and a seat becomes free again', async () => {
  const { events } = quietHouse();
  const readers = Array.from({ length: 20 }, () => follow(events, ada));
  const tooMany = { code: 'unavailable', tooMany: true };
  await expect(follow(events, ada).ended).rejects.toMatchObject(tooMany);
  const other = follow(events, { ...ada, userId: asId(2), deviceUserId: asId(5) });
  await settle();
  expect(other.kinds()).toEqual(['ready']);
  readers[0]!.cut();
  await readers[0]!.ended;
  const again = follow(events, ada);
  await settle();
  expect(again.kinds()).toEqual(['ready']);
  await expect(follow(events, ada).ended).rejects.toMatchObject(tooMany);
  for (const reader of [...readers, other, again]) reader.cut();
});

test('what nobody follows costs next to nothing', () => {
  const { happen } = quietHouse();
  const rounds = 100_000;
  for (let index = 0; index < rounds; index++) happen();
  const begun = performance.now();
  for (let index = 0; index < rounds; index++) happen();
  expect(((performance.now() - begun) * 1000) / rounds).toBeLessThan(5);
});

eachDatabase('what a follower is told', (make) => {
  const house = async () => {
    const database = await make();
    const clock = manualClock(START);
    const bus = createEventBus();
    const events = createEvents({ database, clock, bus, lookEveryMs: DAY });
    const activity = createActivity({ database, clock, bus });
    const { viewer } = await addUser(database, { name: 'Ada' });
    const tree = treeIn(database, START - DAY);
    return { database, clock, bus, events, activity, viewer, tree };
  };
  const told = (reader: ReturnType<typeof follow>, count: number) =>
    expect.poll(() => reader.told.length, { timeout: 5000, interval: 5 }).toBeGreaterThanOrEqual(count);

  test('each write is one event, also on a container; what failed is none', async () => {
    const { events, activity, viewer, tree, database, clock } = await house();
    const shelf = await tree.library('series');
    const show = await tree.show(shelf, [3]);
    const tv = await addDevice(database, viewer, { name: 'TV' });
    const here = follow(events, viewer);
    const there = follow(events, tv);
    await settle();
    const episode = show.episodes[0]![0]!;
    await activity.setWatched(viewer, shelf, { watched: true });
    await activity.reportProgress(viewer, episode, { positionMs: 600_000, durationMs: 1_200_000 });
    await activity.reportProgress(viewer, episode, { positionMs: 1_199_000, durationMs: 1_200_000 });
    await expect(activity.reportProgress(viewer, shelf, { positionMs: 1 })).rejects.toThrow();
    await database.transaction((tx) =>
      activity.recordRemote(tx, tv, episode, { watched: { value: false, at: clock.now() } }),
    );
    await database
      .transaction(async (tx) => {
        await activity.recordRemote(tx, tv, episode, { playCount: 3 });
        throw new Error('no');
      })
      .catch(() => {});
    await activity.setWatched(viewer, shelf, { watched: false });
    const kinds = ['ready', 'state', 'progress', 'play', 'state', 'state'];
    for (const [reader, own] of [
      [here, [false, true, true, true, false, true]],
      [there, [false, false, false, false, true, false]],
    ] as const) {
      await told(reader, kinds.length);
      reader.cut();
      expect(reader.kinds()).toEqual(kinds);
      expect(reader.items()).toEqual([shelf, episode, episode, episode, shelf]);
      expect(reader.told.map(({ event }) => event.own)).toEqual(own);
      expect(reader.told.every(({ event }) => event.at === START)).toBe(true);
    }
  });

  test('an opinion is told to all devices of its user, once', async () => {
    const { events, viewer, tree, database, bus, clock } = await house();
    const movie = await tree.movie(await tree.library('movies'));
    const silo = await addDevice(database, viewer, { name: 'TV', isolation: 'silo' });
    const opinions = createOpinions({ database, clock, bus });
    const readers = [follow(events, viewer), follow(events, silo)];
    await settle();
    await opinions.say(viewer, movie, { favourite: true }, START - 1);
    await opinions.say(viewer, movie, { favourite: false }, START - 2);
    await opinions.say(viewer, movie, { rating: 8 });
    for (const reader of readers) {
      await told(reader, 3);
      reader.cut();
      expect(reader.kinds()).toEqual(['ready', 'opinion', 'opinion']);
    }
    expect(readers.map((reader) => reader.told[1]?.event.own)).toEqual([true, false]);
  });

  test('nothing is told of what may not be seen, nor of another user', async () => {
    const { database, events, activity, tree, bus, clock } = await house();
    const open = await tree.library('movies');
    const closed = await tree.library('movies');
    const seen = await tree.movie(open, { rating_level: 6 });
    const strong = await tree.movie(open, { rating_level: 18 });
    const hidden = await tree.movie(closed, { rating_level: 6 });
    const last = await tree.movie(open, { rating_level: 6 });
    const child = await addUser(database, { name: 'Kim', grants: { libraries: [open], maxRatingLevel: 12 } });
    const parent = await addUser(database, { name: 'Lee' });
    const reader = follow(events, child.viewer);
    await settle();
    // A media server's account tells of all that it has, whatever may be seen here.
    for (const item of [strong, hidden, closed, seen]) {
      await database.transaction((tx) =>
        activity.recordRemote(tx, child.viewer, item, { watched: { value: true, at: clock.now() } }),
      );
    }
    await activity.setWatched(parent.viewer, seen, { watched: true });
    await told(reader, 2);
    // Raised while it is followed: hidden once what was known of it is forgotten.
    await tree.change(seen, { rating_level: 18 });
    clock.advance(5 * SECOND);
    const written = { userId: child.viewer.userId, scopes: [child.viewer.ownScope, child.viewer.groupScope] };
    const change = { ...written, kind: 'state' as const, deviceUserId: null, at: clock.now() };
    bus.publish('change', { ...change, itemId: seen });
    bus.publish('change', { ...change, itemId: last });
    await told(reader, 3);
    reader.cut();
    expect(reader.items()).toEqual([seen, last]);
  });
});
