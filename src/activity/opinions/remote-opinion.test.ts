import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { createEventBus } from '#kernel/events.ts';
import type { ChangeSetId, MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { noOpinion } from './opinion.ts';
import { createOpinions } from './opinions.ts';
import { type RemoteOpinion, takeRemote } from './remote-opinion.ts';

const NOW = 1_700_000_000_000;
const at = (minute: number) => NOW - DAY + minute * MINUTE;

let people = 0;

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const bus = createEventBus();
  const heard: string[] = [];
  bus.subscribe('change', ({ kind, itemId, scopes }) => heard.push(`${kind} ${itemId} ${scopes === null}`));
  const activity = createActivity({ database, clock, bus });
  const opinions = createOpinions({ database, clock, bus });
  const changes = createChanges({ database, clock, bus });
  const { viewer } = await addUser(database, { name: `Ada ${++people}` });
  const account = await addDevice(database, viewer, { name: 'Jellyfin', isolation: 'loud' });
  const tree = treeIn(database, NOW - 10 * DAY);
  const movies = await tree.library('movies');
  const items = [await tree.movie(movies), await tree.series(await tree.library('series'))] as [
    MediaItemId,
    MediaItemId,
  ];
  const tell = (told: readonly { item: MediaItemId; opinion: RemoteOpinion }[], set: ChangeSetId | null = null) =>
    database.transaction((tx) =>
      activity.recordRun(
        tx,
        account,
        { runId: 1, set },
        told.map(({ item, opinion }) => ({ itemId: item, event: { opinion } })),
      ),
    );
  const rows = async () =>
    (await database.read.selectFrom('opinions').selectAll().where('user_id', '=', viewer.userId).execute()).toSorted(
      (a, b) => a.item_id - b.item_id,
    );
  return { database, clock, heard, activity, opinions, changes, viewer, account, items, tell, rows };
};

eachDatabase('opinions that a server tells', (make) => {
  test('are of its person, on all devices, also of containers; nobody is told of what was known', async () => {
    const { opinions, viewer, items, tell, heard } = await house(await make());
    const [film, series] = items;
    const told = [
      { item: film, opinion: { rating: { value: 7.26, at: at(1) } } },
      { item: series, opinion: { favourite: { value: true, at: at(1) }, rating: { value: 0, at: at(1) } } },
    ];
    const set = await tell(told);
    expect(set).not.toBeNull();
    expect(await opinions.of(viewer, film)).toEqual({ ...noOpinion, rating: { value: 7.5, at: at(1) } });
    expect(await opinions.of(viewer, series)).toMatchObject({
      favourite: { value: true, at: at(1) },
      rating: { value: 0.5, at: at(1) },
    });
    expect(heard).toEqual([`opinion ${film} true`, `opinion ${series} true`]);
    expect(await tell(told)).toBeNull();
  });

  test('the newest word wins in each field, whoever said it; an instant ahead is now', async () => {
    const { opinions, viewer, items, tell } = await house(await make());
    const [film] = items;
    await opinions.say(viewer, film, { favourite: true, rating: 9 }, at(10));
    await tell([
      { item: film, opinion: { favourite: { value: false, at: at(9) }, rating: { value: null, at: at(11) } } },
    ]);
    expect(await opinions.of(viewer, film)).toMatchObject({
      favourite: { value: true, at: at(10) },
      rating: { value: null, at: at(11) },
    });
    await tell([{ item: film, opinion: { rating: { value: 4, at: NOW + DAY } } }]);
    expect(await opinions.of(viewer, film)).toMatchObject({ rating: { value: 4, at: NOW } });
  });

  const word = fc.record({
    item: fc.nat(1),
    opinion: fc.record(
      {
        favourite: fc.record({ value: fc.boolean(), at: fc.integer({ min: 1, max: 6 }).map(at) }),
        rating: fc.record({
          value: fc.option(fc.constantFrom(0, 3.1, 7, 10), { nil: null }),
          at: fc.integer({ min: 1, max: 6 }).map(at),
        }),
      },
      { requiredKeys: [] },
    ),
  });
  const arrival = fc
    .array(word, { minLength: 1, maxLength: 8 })
    .chain((words) => fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length })));

  test('in whatever order and however often they are told, the same comes of it', async () => {
    const database = await make();
    await fc.assert(
      fc.asyncProperty(arrival, async ([words, shuffled]) => {
        const [one, other] = [await house(database), await house(database)];
        const told = (home: typeof one, list: typeof words) =>
          list.map(({ item, opinion }) => ({ item: home.items[item]!, opinion }));
        for (const single of told(one, words)) await one.tell([single]);
        await other.tell([...told(other, shuffled), ...told(other, words)]);
        const bare = (rows: Awaited<ReturnType<typeof one.rows>>) => rows.map(({ item_id, user_id, ...rest }) => rest);
        expect(bare(await other.rows())).toEqual(bare(await one.rows()));
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 40 : 8 },
    );
  }, 60_000);

  test('a run is taken back with what it said, and done again', async () => {
    const database = await make();
    const earlier = fc.array(fc.record({ item: fc.nat(1), favourite: fc.boolean(), disliked: fc.boolean() }), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(earlier, fc.array(word, { minLength: 1, maxLength: 6 }), async (said, words) => {
        const { opinions, changes, viewer, items, tell, rows } = await house(database);
        for (const [index, { item, favourite, disliked }] of said.entries()) {
          await opinions.say(viewer, items[item]!, favourite ? { favourite } : { disliked }, at(index * 2));
        }
        const before = await rows();
        // A page at a time, as runs do.
        let set: ChangeSetId | null = null;
        for (const { item, opinion } of words) set = await tell([{ item: items[item]!, opinion }], set);
        const after = await rows();
        if (set === null) {
          expect(after).toEqual(before);
          return;
        }
        const undone = await changes.undo(viewer, set);
        expect(undone.kept).toBe(0);
        expect(await rows()).toEqual(before);
        await changes.undo(viewer, undone.undoneBy);
        expect(await rows()).toEqual(after);
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 40 : 8 },
    );
  }, 60_000);

  test('what its person said since stays when the run is taken back', async () => {
    const { opinions, changes, viewer, items, tell, clock, heard } = await house(await make());
    const [film] = items;
    const favourite = { value: true, at: at(1) };
    const set = await tell([{ item: film, opinion: { favourite, rating: { value: 3, at: at(1) } } }]);
    clock.advance(HOUR);
    await opinions.say(viewer, film, { rating: 8 });
    heard.length = 0;
    // With the favourite goes that it is not disliked.
    expect(await changes.undo(viewer, set!)).toMatchObject({ restored: 2, kept: 1 });
    expect(heard).toEqual([`opinion ${film} true`]);
    expect(await opinions.of(viewer, film)).toMatchObject({
      favourite: { value: false, at: null },
      rating: { value: 8 },
    });
    expect((await changes.list(viewer, { limit: 9 })).items).toMatchObject([{ touched: 1 }, { touched: 1 }]);
  });
});

test('ratings are kept in halves', () => {
  const rated = (value: number | null) => takeRemote(noOpinion, { rating: { value, at: 1 } }).rating.value;
  expect([0, 0.2, 0.74, 0.75, 7.24, 9.9, 10, null].map(rated)).toEqual([0.5, 0.5, 0.5, 1, 7, 10, 10, null]);
});
