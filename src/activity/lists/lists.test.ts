import fc from 'fast-check';
import { sql, type Updateable } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createChoices } from '#activity/choices/choices.ts';
import { createActivity } from '#activity/service.ts';
import type { Database, Reader } from '#database/database.ts';
import type { Value } from '#database/prepared.ts';
import type { ListChoicesTable } from '#database/tables/activity.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { leftInOne } from './continue-query.ts';
import { keptIn } from './next-up-query.ts';

const START = 1_700_000_000_000;

const house = async (make: () => Promise<Database>) => {
  const database = await make();
  const clock = manualClock(START);
  const activity = createActivity({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, START - 10 * DAY);
  const shelf = await tree.library('series');
  const ids = (page: Page<{ item: { id: MediaItemId } }>) => page.items.map((row) => row.item.id);
  return {
    database,
    clock,
    activity,
    viewer,
    tree,
    shelf,
    mark: async (item: MediaItemId, watched = true, who = viewer) => {
      clock.advance(MINUTE);
      await activity.setWatched(who, item, { watched });
    },
    leave: async (item: MediaItemId, who = viewer) => {
      clock.advance(MINUTE);
      await activity.reportProgress(who, item, { positionMs: HOUR / 2, durationMs: HOUR });
    },
    choose: (item: MediaItemId, choice: Partial<Updateable<ListChoicesTable>>) =>
      database.transaction(async (tx) => {
        const none = { dropped_at: null, snoozed_at: null, snoozed_until: null, specials: null };
        const said = { drop_said_at: null, snooze_said_at: null, specials_said_at: null };
        await tx
          .insertInto('list_choices')
          .values({ ...none, ...said, ...choice, user_id: viewer.userId, item_id: item })
          .execute();
      }),
    going: async (who = viewer, limit = 100) => ids(await activity.continueWatching(who, { limit })),
    nextUp: async (who = viewer, limit = 100) => ids(await activity.nextUp(who, { limit })),
  };
};

const walk = async <T>(list: (request: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> => {
  const all: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list({ limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.items.length).toBe(page.next === null ? page.items.length : limit);
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = page.next;
  }
};

eachDatabase('what a user chose of the lists', (make) => {
  /** A series with one watched and one begun episode, and a movie in the middle; each list shows its part of them. */
  const lists = async () => {
    const here = await house(make);
    const { episodes, series, seasons } = await here.tree.show(here.shelf, [4]);
    const other = await here.tree.show(here.shelf, [4]);
    const film = await here.tree.movie(await here.tree.library('movies'));
    const [first, second] = episodes[0] as [MediaItemId, MediaItemId];
    const [begun, upcoming] = other.episodes[0] as [MediaItemId, MediaItemId];
    await here.mark(begun);
    await here.leave(film);
    await here.mark(first);
    await here.leave(second);
    const seasonOf = seasons[0] as MediaItemId;
    return { ...here, series, seasonOf, first, second, film, upcoming };
  };

  test('dropped: out until there is newer activity', async () => {
    const { series, second, film, upcoming, choose, clock, going, nextUp, leave } = await lists();
    await choose(series, { dropped_at: clock.now() });
    await choose(film, { dropped_at: clock.now() });
    expect(await going()).toEqual([]);
    expect(await nextUp()).toEqual([upcoming]);
    await leave(second);
    expect(await going()).toEqual([second]);
    expect(await nextUp()).toEqual([second, upcoming]);
    await leave(film);
    expect(await going()).toEqual([film, second]);
  });

  test('a hidden leaf: out of continue watching until its position moves, and nothing older in its place', async () => {
    const { database, series, viewer, second, film, choose, clock, going, nextUp, leave, tree, seasonOf } =
      await lists();
    const quiet = await addDevice(database, viewer, { name: 'quiet', isolation: 'quiet' });
    const third = await tree.episode(seasonOf, 9);
    await leave(third);
    expect(await going()).toEqual([third, film]);
    const before = await nextUp();
    await choose(third, { dropped_at: clock.now() });
    for (const who of [viewer, quiet]) {
      expect(await going(who)).toEqual([film]);
      expect(await nextUp(who)).toEqual(before);
    }
    await leave(second);
    for (const who of [viewer, quiet]) expect(await going(who)).toEqual([second, film]);
    await leave(third);
    for (const who of [viewer, quiet]) expect(await going(who)).toEqual([third, film]);
    await choose(series, { snoozed_at: clock.now(), snoozed_until: clock.now() + DAY });
    expect(await going()).toEqual([film]);
  });

  test('a dropped series is back in both lists when any episode of it was marked', async () => {
    const { series, second, choose, clock, going, nextUp, mark, film, first, upcoming } = await lists();
    await choose(series, { dropped_at: clock.now() });
    await mark(first, false);
    expect(await going()).toEqual([second, film]);
    expect(await nextUp()).toEqual([second, upcoming]);
  });

  test('snoozed until an instant', async () => {
    const { series, second, film, upcoming, choose, clock, going, nextUp } = await lists();
    await choose(series, { snoozed_at: clock.now(), snoozed_until: clock.now() + DAY });
    expect(await going()).toEqual([film]);
    expect(await nextUp()).toEqual([upcoming]);
    clock.advance(DAY);
    expect(await going()).toEqual([second, film]);
    expect(await nextUp()).toEqual([second, upcoming]);
  });

  test('snoozed until an episode is added', async () => {
    const { series, second, film, upcoming, choose, clock, going, nextUp, tree } = await lists();
    await choose(series, { snoozed_at: clock.now(), snoozed_for_new: 1 });
    expect(await going()).toEqual([film]);
    const season = await tree.season(series, 2, { added_at: clock.now() + HOUR });
    expect(await nextUp()).toEqual([upcoming]);
    const added = await tree.episode(season, 1, { added_at: clock.now() + HOUR });
    expect(await nextUp()).toEqual([second, upcoming]);
    expect(await going()).toEqual([second, film]);
    await tree.change(added, { removed_at: clock.now() });
    expect(await nextUp()).toEqual([upcoming]);
  });

  test('what others chose says nothing; a quiet device goes by the same choices', async () => {
    const { database, series, viewer, upcoming, second, film, choose, clock, going, nextUp } = await lists();
    const quiet = await addDevice(database, viewer, { name: 'quiet', isolation: 'quiet' });
    expect(await going(quiet)).toEqual([second, film]);
    expect(await nextUp(quiet)).toEqual([second, upcoming]);
    await choose(series, { dropped_at: clock.now() });
    expect(await going(quiet)).toEqual([film]);
    expect(await nextUp(quiet)).toEqual([upcoming]);
    const { viewer: other } = await addUser(database, { name: 'Bob' });
    clock.advance(MINUTE);
    await createActivity({ database, clock }).reportProgress(other, second, { positionMs: HOUR / 2, durationMs: HOUR });
    expect(await going(other)).toEqual([second]);
  });
});

eachDatabase('pages of continue watching and next up', (make) => {
  test('of a series only the newest, also when its older positions are on later pages', async () => {
    const { tree, shelf, leave, activity, viewer, going } = await house(make);
    const shows = [];
    for (let n = 0; n < 4; n += 1) shows.push(await tree.show(shelf, [4]));
    // Round after round: each series has three positions, one below the other.
    for (let round = 0; round < 3; round += 1) {
      for (const { episodes } of shows) await leave(episodes[0]?.[round] as MediaItemId);
    }
    const newest = shows.map(({ episodes }) => episodes[0]?.[2] as MediaItemId).toReversed();
    expect(await going()).toEqual(newest);
    const byOne = await walk((request) => activity.continueWatching(viewer, request), 1);
    expect(byOne.map((row) => row.item.id)).toEqual(newest);
  });

  test('rows that may not be seen or are retired give way to those behind them', async () => {
    const { tree, shelf, leave, mark, viewer, going, nextUp, activity } = await house(make);
    const hidden = await tree.library('series');
    const secret = await tree.show(hidden, [3]);
    const shown = await tree.show(shelf, [3]);
    const [a, b, c] = shown.episodes[0] as [MediaItemId, MediaItemId, MediaItemId];
    const kid: Viewer = { ...viewer, grants: { ...openGrants, libraries: [shelf] } };
    await mark(a);
    await leave(b);
    await leave(c);
    for (const episode of secret.episodes[0] ?? []) await leave(episode);
    expect(await going(kid, 1)).toEqual([c]);
    expect(await nextUp(kid, 1)).toEqual([c]);
    await tree.change(c, { removed_at: START });
    expect(await going(kid)).toEqual([b]);
    expect(await nextUp(kid)).toEqual([b]);
    expect(await walk((request) => activity.nextUp(viewer, request), 1)).toHaveLength(2);
  });

  test('a mark on the library ends what is older, but not what it does not cover', async () => {
    const { tree, shelf, leave, mark, clock, going, nextUp } = await house(make);
    const old = await tree.show(shelf, [3]);
    const other = await tree.library('series');
    const elsewhere = await tree.show(other, [2]);
    const [first] = old.episodes[0] as [MediaItemId];
    const [begun, following] = elsewhere.episodes[0] as [MediaItemId, MediaItemId];
    await mark(begun);
    await leave(first);
    await mark(shelf);
    expect(await going()).toEqual([]);
    expect(await nextUp()).toEqual([following]);
    const late = await tree.episode(old.seasons[0] as MediaItemId, 4, { added_at: clock.now() + HOUR });
    clock.advance(2 * HOUR);
    await leave(late);
    expect(await going()).toEqual([late]);
    expect(await nextUp()).toEqual([late, following]);
    await mark(other);
    expect(await nextUp()).toEqual([late]);
  });

  test('says where the last episode was watched, and by nothing that was deleted', async () => {
    const { database, tree, shelf, activity, viewer, clock } = await house(make);
    const { episodes } = await tree.show(shelf, [3]);
    const [first] = episodes[0] as [MediaItemId];
    const tv = await addDevice(database, viewer, { name: 'Living-room TV' });
    clock.advance(MINUTE);
    await activity.reportProgress(tv, first, { positionMs: HOUR / 2, durationMs: HOUR });
    clock.advance(20 * MINUTE);
    await activity.reportProgress(tv, first, { positionMs: HOUR, durationMs: HOUR });
    const after = async () => (await activity.nextUp(viewer, { limit: 1 })).items[0]?.after;
    expect(await after()).toMatchObject({ itemId: first, seasonNumber: 1, episodeNumber: 1, watchedAt: clock.now() });
    expect((await after())?.device).toBe('Living-room TV');
    await database.transaction(async (tx) => {
      await tx.updateTable('plays').set({ deleted_at: clock.now() }).execute();
      await tx.updateTable('series_states').set({ stale: 1, open: 1 }).execute();
    });
    expect((await after())?.device).toBeNull();
  });
});

eachDatabase('random positions and marks', (make) => {
  test('continue watching in pages is the newest of each series, whatever came before', async () => {
    const { database, tree, shelf, activity, clock } = await house(make);
    const choices = createChoices({ database, clock });
    const shows = [await tree.show(shelf, [3]), await tree.show(shelf, [3])];
    const movies = await tree.library('movies');
    const films = [await tree.movie(movies), await tree.movie(movies)];
    const leaves = [...shows.flatMap(({ episodes }) => episodes.flat()), ...films];
    const seriesOf = (leaf: MediaItemId) =>
      shows.find(({ episodes }) => episodes.flat().includes(leaf))?.series ?? leaf;
    const above = (leaf: MediaItemId) => [leaf, seriesOf(leaf), films.includes(leaf) ? movies : shelf];
    const step = fc.record({
      what: fc.constantFrom('leave', 'leave', 'mark', 'hide'),
      on: fc.constantFrom(...leaves),
      level: fc.nat(2),
      watched: fc.boolean(),
    });
    let people = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.integer({ min: 1, max: 3 }), async (steps, limit) => {
        const { viewer } = await addUser(database, { name: `person ${people++}` });
        const left = new Map<MediaItemId, number>();
        const hidden = new Map<MediaItemId, number>();
        for (const { what, on, level, watched } of steps) {
          clock.advance(MINUTE);
          if (what === 'leave') {
            await activity.reportProgress(viewer, on, { positionMs: HOUR / 2, durationMs: HOUR });
            left.set(on, clock.now());
          } else if (what === 'hide') {
            await choices.hide(viewer, on, watched);
            hidden.set(on, watched ? clock.now() : 0);
          } else {
            const node = above(on)[level] as MediaItemId;
            await activity.setWatched(viewer, node, { watched });
            for (const leaf of left.keys()) if (above(leaf).includes(node)) left.delete(leaf);
          }
        }
        const newest = [...left].sort(([, one], [, two]) => two - one).map(([leaf]) => leaf);
        const firsts = newest.filter((leaf, at) => newest.findIndex((l) => seriesOf(l) === seriesOf(leaf)) === at);
        const expected = firsts.filter((leaf) => (hidden.get(leaf) ?? 0) < (left.get(leaf) ?? 0));
        const rows = await walk((request) => activity.continueWatching(viewer, request), limit);
        expect(rows.map((row) => row.item.id)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

eachDatabase('every list is served by an index', (make) => {
  const literal = ((name: string) => sql.lit(values[name as keyof typeof values])) as unknown as Value<never>;
  const values = { user: 1, scope: 1, first: 1, second: 1, at: START, id: 1, floor: 0, now: START, limit: 41 };
  const queries = {
    'continue watching': (db: Reader) => leftInOne(db, literal),
    'next up': (db: Reader) => keptIn(db, literal),
  };

  describe.each(Object.entries(queries))('%s', (name, query) => {
    test('walks its index in order', async () => {
      const database = await make();
      if (database.dialect.name === 'postgres') await sql`SET enable_seqscan = off`.execute(database.schema);
      const plan = await planOf(database, query(database.schema).compile());
      expect(plan).toContain(name.startsWith('next up') ? 'series_states_next' : 'play_states_in_progress');
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN (p|st|choice)\b/);
    });
  });
});
