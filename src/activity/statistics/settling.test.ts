import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { type DatePrecision, datePrecisions } from '#database/tables/activity.ts';
import type { Flag } from '#database/tables.ts';
import type { MediaItemId, PlayId, UserId } from '#kernel/ids.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createSettling } from './settling.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];

/** A house with something to watch: in two libraries of series, and movies. */
const house = async (database: Database) => {
  const tree = treeIn(database);
  const [first, second] = [await tree.library('series'), await tree.library('series')];
  const movies = await tree.library('movies');
  const show = await tree.show(first, [2], { runtime_ms: 1_200_000 });
  const other = await tree.show(second, [2]);
  const movie = await tree.movie(movies, { runtime_ms: 6_000_000 });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const phone = await addDevice(database, viewer, { name: 'phone', isolation: 'silo' });
  return {
    libraries: [first, second],
    series: [show.series, other.series],
    leaves: [...show.episodes.flat(), ...other.episodes.flat(), movie],
    devices: [viewer.deviceUserId, phone.deviceUserId],
    user: viewer.userId,
  };
};

interface Told {
  at: number;
  item: number;
  device: number;
  precision: DatePrecision;
  watched: number;
  duration: number | null;
  completed: boolean;
  confirmed: boolean;
  deleted: boolean;
}

const told: fc.Arbitrary<Told> = fc.record({
  // Around changes of the clock, the turn of a year, and anything else.
  at: fc.oneof(
    fc.integer({ min: Date.UTC(2025, 11, 30), max: Date.UTC(2026, 0, 3) }),
    fc.integer({ min: Date.UTC(2026, 2, 28), max: Date.UTC(2026, 3, 6) }),
    fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(2027, 0, 1) }),
  ),
  item: fc.nat(4),
  device: fc.nat(1),
  precision: fc.oneof({ weight: 2, arbitrary: fc.constant('exact' as const) }, fc.constantFrom(...datePrecisions)),
  watched: fc.oneof(fc.constant(0), fc.nat(7_200_000)),
  duration: fc.option(fc.nat(9_000_000)),
  completed: fc.boolean(),
  confirmed: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  deleted: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});

type Step =
  | { does: 'add'; play: Told }
  | { does: 'edit'; which: number; play: Told }
  | { does: 'delete'; which: number }
  | { does: 'shelve'; item: number; library: number }
  | { does: 'hang'; item: number; series: number }
  | { does: 'measure'; item: number; runtime: number | null }
  | { does: 'move'; zone: string }
  | { does: 'settle'; batches: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('add' as const), play: told }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('edit' as const), which: fc.nat(30), play: told }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('delete' as const), which: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('shelve' as const), item: fc.nat(3), library: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('hang' as const), item: fc.nat(3), series: fc.nat(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('measure' as const),
      item: fc.nat(4),
      runtime: fc.option(fc.integer({ min: 1, max: 9_000_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('move' as const), zone: fc.constantFrom(...ZONES) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('settle' as const), batches: fc.integer({ min: 1, max: 3 }) }),
  },
);

const flag = (value: boolean): Flag => (value ? 1 : 0);

const rowOf = (play: Told) => ({
  started_at: play.at,
  last_at: play.at,
  watched_ms: play.watched,
  duration_ms: play.duration,
  completed: flag(play.completed),
  confirmed: flag(play.confirmed),
  deleted_at: play.deleted ? 1 : null,
  date_precision: play.precision,
});

/** What a scan of all plays says that there is to count, by the platform's own calendar. */
const oracle = async (database: Database, user: UserId) => {
  const { time_zone: zone } = await database.read
    .selectFrom('users')
    .select('time_zone')
    .where('id', '=', user)
    .executeTakeFirstOrThrow();
  const plays = await database.read
    .selectFrom('plays as p')
    .innerJoin('media_items as i', 'i.id', 'p.item_id')
    .selectAll('p')
    .select(['i.library_id', 'i.root_id', 'i.runtime_ms'])
    .where('p.user_id', '=', user)
    .execute();
  const sums = new Map<string, [number, number, number]>();
  const add = (key: string, ms: number, completed: number) => {
    const sum = sums.get(key) ?? [0, 0, 0];
    sums.set(key, [sum[0] + ms, sum[1] + 1, sum[2] + completed]);
  };
  for (const play of plays) {
    if (play.confirmed === 0 || play.deleted_at !== null) continue;
    const ms = play.completed && play.watched_ms === 0 ? (play.duration_ms ?? play.runtime_ms ?? 0) : play.watched_ms;
    const noon = play.date_precision === 'exact' ? 0 : 12 * 3_600_000;
    const { year, month, day, weekday, hour } = wallOf(play.started_at + noon, zone);
    const exactly = play.date_precision;
    const y = exactly === 'unknown' ? 0 : year;
    const m = exactly === 'unknown' || exactly === 'year' ? 0 : month;
    const d = exactly === 'exact' || exactly === 'day' ? day : 0;
    const device = play.device_user_id;
    add(`day ${device} ${y * 10_000 + m * 100 + d} ${play.library_id}`, ms, play.completed);
    if (exactly === 'exact')
      add(`hour ${device} ${y * 100 + m} ${weekday * 24 + hour} ${play.library_id}`, ms, play.completed);
    for (const period of new Set([y * 100 + m, y * 100]))
      add(`root ${device} ${period} ${play.root_id ?? play.item_id}`, ms, play.completed);
  }
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const calendars = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const wallOf = (at: number, timeZone: string) => {
  const calendar =
    calendars.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
  calendars.set(timeZone, calendar);
  const parts = Object.fromEntries(calendar.formatToParts(at).map((part) => [part.type, part.value]));
  return {
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    weekday: WEEKDAYS.indexOf(parts.weekday!),
    hour: Number(parts.hour),
  };
};

const stored = async (database: Database) => {
  const db = database.read;
  const all = [
    ...(await db.selectFrom('watch_days').selectAll().execute()).map(
      (r) => [`day ${r.device_user_id} ${r.day} ${r.library_id}`, r] as const,
    ),
    ...(await db.selectFrom('watch_hours').selectAll().execute()).map(
      (r) => [`hour ${r.device_user_id} ${r.month} ${r.hour} ${r.library_id}`, r] as const,
    ),
    ...(await db.selectFrom('watch_roots').selectAll().execute()).map(
      (r) => [`root ${r.device_user_id} ${r.period} ${r.root_id}`, r] as const,
    ),
  ];
  return Object.fromEntries(
    all
      .map(([key, row]) => [key, [row.ms, row.plays, row.completed]] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
};

eachDatabase('counters', (make) => {
  const run = async (database: Database, place: Awaited<ReturnType<typeof house>>, steps: Step[]) => {
    const { user } = place;
    const settling = createSettling(database, 2);
    const plays: PlayId[] = [];
    const item = (index: number) => place.leaves[index]!;
    const perform = async (one: Step): Promise<void> => {
      if (one.does === 'settle') {
        await settling.settle(user, one.batches);
        return;
      }
      await database.transaction(async (tx) => {
        const change = (id: MediaItemId, facts: object) =>
          tx.updateTable('media_items').set(facts).where('id', '=', id).execute();
        switch (one.does) {
          case 'add': {
            const { id } = await tx
              .insertInto('plays')
              .values({
                user_id: user,
                device_user_id: place.devices[one.play.device]!,
                item_id: item(one.play.item),
                ...rowOf(one.play),
              })
              .returning('id')
              .executeTakeFirstOrThrow();
            plays.push(id);
            return;
          }
          case 'edit': {
            const id = plays[one.which % plays.length];
            if (id === undefined) return;
            await tx
              .updateTable('plays')
              .set({ ...rowOf(one.play), item_id: item(one.play.item), unsettled: 1 })
              .where('id', '=', id)
              .execute();
            return;
          }
          case 'delete': {
            const [id] = plays.splice(one.which % Math.max(plays.length, 1), 1);
            if (id !== undefined) await tx.deleteFrom('plays').where('id', '=', id).execute();
            return;
          }
          case 'shelve':
            await change(item(one.item), { library_id: place.libraries[one.library] });
            return;
          case 'hang':
            await change(item(one.item), { root_id: place.series[one.series], episode_number: 100 + one.item });
            return;
          case 'measure':
            await change(item(one.item), { runtime_ms: one.runtime });
            return;
          case 'move':
            await tx.updateTable('users').set({ time_zone: one.zone }).where('id', '=', user).execute();
        }
      });
    };
    for (const one of steps) await perform(one);
    while (!(await settling.settle(user, 2)));
    return settling;
  };

  const clear = async (database: Database) =>
    database.transaction(async (tx) => {
      await tx.deleteFrom('plays').execute();
      for (const table of ['watch_days', 'watch_hours', 'watch_roots'] as const) {
        expect(await tx.selectFrom(table).selectAll().execute()).toEqual([]);
      }
    });

  test('are what a scan of all plays says, whatever is edited, deleted, moved or measured, in any zone', async () => {
    const database = await make();
    const place = await house(database);
    let counted = 0;
    await fc.assert(
      fc
        .asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const settling = await run(database, place, steps);
          const expected = await oracle(database, place.user);
          expect(await stored(database)).toEqual(expected);
          counted += Object.keys(expected).length;
          await settling.rebuild(place.user);
          expect(await stored(database)).toEqual(expected);
        })
        .afterEach(() => clear(database)),
      { numRuns: 40 },
    );
    expect(counted).toBeGreaterThan(100);
  });

  test('a rebuild mends what was damaged', async () => {
    const database = await make();
    const place = await house(database);
    const settling = await run(database, place, [
      { does: 'add', play: plain(Date.UTC(2026, 4, 1, 20)) },
      { does: 'add', play: plain(Date.UTC(2026, 5, 1, 20)) },
    ]);
    await database.transaction(async (tx) => {
      await tx.updateTable('watch_days').set({ ms: 1 }).execute();
      await tx.deleteFrom('watch_hours').execute();
      await tx.updateTable('watch_roots').set({ plays: 9 }).execute();
    });
    await settling.rebuild(place.user);
    expect(await stored(database)).toEqual(await oracle(database, place.user));
  });

  test('several who settle at once, while plays go on, count each play once', async () => {
    const database = await make();
    const place = await house(database);
    const settling = createSettling(database, 3);
    await run(
      database,
      place,
      Array.from({ length: 30 }, (_, n) => ({ does: 'add', play: plain(n * 86_400_000) })),
    );
    const write = (n: number) =>
      database.transaction((tx) =>
        tx
          .updateTable('plays')
          .set({ watched_ms: n * 1000, unsettled: 1 })
          .where('user_id', '=', place.user)
          .execute(),
      );
    for (let n = 1; n < 6; n++) {
      await Promise.all([settling.settle(place.user), write(n), settling.settle(place.user), settling.settleSome()]);
    }
    expect(await settling.settleSome()).toBe(true);
    expect(await stored(database)).toEqual(await oracle(database, place.user));
  });

  test('a device that goes takes its counters along', async () => {
    const database = await make();
    const place = await house(database);
    await run(database, place, [
      { does: 'add', play: { ...plain(0), device: 1 } },
      { does: 'add', play: plain(0) },
    ]);
    await database.transaction((tx) => tx.deleteFrom('device_users').where('id', '=', place.devices[1]!).execute());
    expect(await stored(database)).toEqual(await oracle(database, place.user));
    expect(Object.keys(await stored(database))).toHaveLength(4);
  });
});

const plain = (at: number): Told => ({
  at,
  item: 0,
  device: 0,
  precision: 'exact',
  watched: 60_000,
  duration: null,
  completed: true,
  confirmed: true,
  deleted: false,
});
