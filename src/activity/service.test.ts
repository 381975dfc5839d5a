import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addDevice, addUser } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { createLeafObserver } from './leaf-observer.ts';
import { createScopeRebuilder } from './marks/group-rebuild.ts';
import { createActivity, type ProgressReport } from './service.ts';

const START = 1_700_000_000_000;

/** A house with one person, whose doings are each a minute apart. */
const house = async (make: () => Promise<Database>) => {
  const database = await make();
  const clock = manualClock(START);
  const activity = createActivity({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const all = { limit: 200 };
  return {
    database,
    clock,
    activity,
    viewer,
    tree: treeIn(database, START - 10 * DAY),
    mark: async (item: MediaItemId, value = true, who = viewer) => {
      clock.advance(MINUTE);
      return activity.setWatched(who, item, { watched: value });
    },
    play: async (item: MediaItemId, percent: number, more: Partial<ProgressReport> = {}, who = viewer) => {
      clock.advance(MINUTE);
      return activity.reportProgress(who, item, { positionMs: (percent * HOUR) / 100, durationMs: HOUR, ...more });
    },
    watched: async (item: MediaItemId, who = viewer) => (await activity.state(who, item)).watched,
    nextUp: async (who = viewer) => (await activity.nextUp(who, all)).items.map((row) => row.item.id),
    going: async (who = viewer) => (await activity.continueWatching(who, all)).items.map((row) => row.item.id),
    past: async (who = viewer) => (await activity.history(who, all)).items.map((row) => row.item.id),
    changed: (...series: MediaItemId[]) => database.transaction((tx) => createLeafObserver().leavesChanged(tx, series)),
  };
};

eachDatabase('marking', (make) => {
  const shelves = async (make: () => Promise<Database>) => {
    const here = await house(make);
    const { tree } = here;
    const movies = await tree.library('movies');
    const films = [await tree.movie(movies), await tree.movie(movies), await tree.movie(movies)] as const;
    const shelf = await tree.library('series');
    const one = await tree.show(shelf, [2, 2]);
    return { ...here, movies, films, shelf, one };
  };

  test('a collection marks each of its movies; an album each of its tracks', async () => {
    const { tree, movies, films, mark, watched } = await shelves(make);
    const box = await tree.collection(movies, [films[0], films[1]]);
    await mark(box);
    expect([await watched(box), await watched(films[0]), await watched(films[2])]).toEqual([true, true, false]);
    const album = await tree.album(await tree.artist(await tree.library('music')));
    const track = await tree.track(album, 1);
    await mark(album);
    expect([await watched(album), await watched(track)]).toEqual([true, true]);
  });

  test('one mark is one row a scope, whatever the level', async () => {
    const { database, shelf, mark } = await shelves(make);
    await mark(shelf);
    expect(await database.read.selectFrom('marks').selectAll().execute()).toHaveLength(2);
    expect(await database.read.selectFrom('series_states').selectAll().execute()).toHaveLength(0);
  });

  test('what is added later is not born watched; an older mark that arrives late changes nothing', async () => {
    const { tree, clock, activity, viewer, one, mark, watched } = await shelves(make);
    await mark(one.series);
    const late = await tree.episode(one.seasons[0]!, 3, { added_at: clock.now() + 1 });
    expect([await watched(late), await watched(one.episodes[0]![0]!)]).toEqual([false, true]);
    const answer = await activity.setWatched(viewer, one.episodes[0]![0]!, { watched: false, at: START - HOUR });
    expect(answer).toMatchObject({ watched: true, markedAt: START + MINUTE });
  });
});

eachDatabase('progress and plays', (make) => {
  const film = async () => {
    const here = await house(make);
    const movies = await here.tree.library('movies');
    return { ...here, movies, movie: await here.tree.movie(movies) };
  };

  test('from the start to the end: position, mark, count, one play', async () => {
    const { play, movie, going, past, viewer, activity } = await film();
    expect(await play(movie, 1, { event: 'start' })).toMatchObject({ positionMs: null, watched: false });
    expect(await going()).toEqual([]);
    expect(await play(movie, 40)).toMatchObject({ positionMs: 0.4 * HOUR, completed: false, playCount: 0 });
    expect(await going()).toEqual([movie]);
    expect(await play(movie, 92)).toMatchObject({ positionMs: null, watched: true, completed: true, playCount: 1 });
    // The credits are the same play.
    expect(await play(movie, 99, { event: 'stop' })).toMatchObject({ completed: true, playCount: 1 });
    expect(await going()).toEqual([]);
    expect(await past()).toEqual([movie]);
    const [entry] = (await activity.history(viewer, { limit: 1 })).items;
    expect(entry).toMatchObject({ startedAt: START + MINUTE, lastAt: START + 4 * MINUTE, endedAt: START + 4 * MINUTE });
    expect(entry).toMatchObject({ completed: true, positionMs: 0.99 * HOUR, device: { name: 'Ada' } });
  });

  test('watching again does not unwatch, and is a play of its own', async () => {
    const { play, movie, going, past, clock } = await film();
    await play(movie, 95);
    expect(await play(movie, 10, { event: 'start' })).toMatchObject({
      watched: true,
      positionMs: HOUR / 10,
      playCount: 1,
    });
    expect(await going()).toEqual([movie]);
    clock.advance(3 * HOUR);
    expect(await play(movie, 95)).toMatchObject({ watched: true, positionMs: null, playCount: 2 });
    // A beginning that nothing followed is no history.
    expect(await past()).toHaveLength(2);
  });

  test('a mark ends a position, watched or not, and is no play', async () => {
    const { play, mark, movie, going, past } = await film();
    for (const value of [true, false]) {
      await play(movie, 50);
      expect(await going()).toEqual([movie]);
      expect(await mark(movie, value)).toMatchObject({ watched: value, positionMs: null, playCount: 0 });
      expect(await going()).toEqual([]);
    }
    expect(await past()).toHaveLength(1);
  });

  test('a mark on the shelf ends positions below it', async () => {
    const { play, mark, movie, movies, going, activity, viewer } = await film();
    await play(movie, 50);
    await mark(movies, false);
    expect(await going()).toEqual([]);
    expect(await activity.state(viewer, movie)).toMatchObject({ positionMs: null, watched: false });
    await play(movie, 60);
    expect(await going()).toEqual([movie]);
  });

  test('late and repeated reports move nothing', async () => {
    const { play, movie, past, clock, activity, viewer } = await film();
    await play(movie, 50);
    const report = { at: clock.now() };
    expect(await play(movie, 50, report)).toMatchObject({ positionMs: HOUR / 2 });
    expect(await play(movie, 20, { at: START })).toMatchObject({ positionMs: HOUR / 2 });
    expect(await past()).toHaveLength(1);
    const end = { at: clock.now() };
    await play(movie, 95, end);
    expect(await play(movie, 95, end)).toMatchObject({ playCount: 1, watched: true });
    expect(await play(movie, 50, { at: START + 10 })).toMatchObject({ playCount: 1, positionMs: null });
    expect((await activity.history(viewer, { limit: 9 })).items).toMatchObject([{ startedAt: START, completed: true }]);
  });

  test('an hour later is another sitting, and the start of a player does not drop the position', async () => {
    const { play, movie, past, clock } = await film();
    await play(movie, 49);
    await play(movie, 50);
    clock.advance(HOUR);
    expect(await play(movie, 0, { event: 'start' })).toMatchObject({ positionMs: HOUR / 2 });
    expect(await play(movie, 0)).toMatchObject({ positionMs: null });
    expect(await past()).toHaveLength(2);
  });

  test('a live stream is history without progress; music counts from the middle on', async () => {
    const { play, tree, past, going } = await film();
    const library = await tree.library('streams');
    const live = await tree.stream(library, false);
    await play(live, 94);
    expect(await play(live, 95)).toMatchObject({ positionMs: null, watched: false, completed: false });
    const tube = await tree.stream(library, true);
    await play(tube, 49);
    expect(await play(tube, 50)).toMatchObject({ positionMs: HOUR / 2 });
    const track = await tree.track(await tree.album(await tree.artist(await tree.library('music'))), 1);
    const song = { positionMs: 100_000, durationMs: 180_000 };
    expect(await play(track, 0, song)).toMatchObject({ completed: true, playCount: 1 });
    expect(await going()).toEqual([tube]);
    expect(await past()).toEqual([track, tube, live]);
  });

  test('refuses what cannot be', async () => {
    const { play, movie, movies, tree, activity, viewer, database, mark } = await film();
    const bad: Partial<ProgressReport>[] = [
      { positionMs: -1 },
      { positionMs: Number.NaN },
      { positionMs: 2 * HOUR },
      { durationMs: 0 },
      { at: START + DAY },
      { at: 0 },
      { at: Number.NaN },
    ];
    for (const report of bad) await expect(play(movie, 50, report)).rejects.toMatchObject({ code: 'invalid' });
    await expect(play(movies, 50)).rejects.toMatchObject({ code: 'invalid' });
    await expect(play(asId(999_999), 50)).rejects.toMatchObject({ code: 'not_found' });
    await expect(mark(asId(999_999))).rejects.toMatchObject({ code: 'not_found' });
    const guest: Viewer = { ...viewer, role: 'guest' };
    await expect(activity.setWatched(guest, movie, { watched: true })).rejects.toMatchObject({ code: 'forbidden' });
    const hidden: Grants = { ...viewer.grants, libraries: [await tree.library('movies')] };
    const kept: Viewer = { ...viewer, grants: hidden };
    await expect(mark(movie, true, kept)).rejects.toMatchObject({ code: 'not_found' });
    await expect(activity.state(kept, movie)).rejects.toMatchObject({ code: 'not_found' });
    for (const table of ['marks', 'play_states', 'plays'] as const) {
      expect(await database.read.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  test('a clock slightly ahead is taken for now, so that the next word still counts', async () => {
    const { movie, activity, viewer, clock } = await film();
    await activity.setWatched(viewer, movie, { watched: true, at: clock.now() + 4 * MINUTE });
    expect(await activity.setWatched(viewer, movie, { watched: false })).toMatchObject({ watched: false });
  });
});

eachDatabase('isolation', (make) => {
  const modes = ['silo', 'quiet', 'loud', 'shout'] as const;

  test('who sees whose marks, positions, pointers and plays, for every pair of modes', async () => {
    const { database, tree, mark, play, watched, going, nextUp, past } = await house(make);
    const shelf = await tree.library('series');
    const movies = await tree.library('movies');
    for (const doing of modes) {
      const { viewer: doer } = await addUser(database, { name: `Doer ${doing}`, isolation: doing });
      const lookers = new Map<string, Viewer>();
      for (const mode of modes) lookers.set(mode, await addDevice(database, doer, { name: mode, isolation: mode }));
      const { viewer: stranger } = await addUser(database, { name: `Stranger ${doing}` });
      const show = await tree.show(shelf, [2]);
      const movie = await tree.movie(movies);
      await mark(show.episodes[0]![0]!, true, doer);
      await play(movie, 49, {}, doer);
      await play(movie, 50, {}, doer);
      const seen = async (who: Viewer) => [
        await watched(show.episodes[0]![0]!, who),
        (await nextUp(who)).length === 1,
        (await going(who)).length === 1,
        (await past(who)).length === 1,
      ];
      const expected = (sees: boolean) => [sees, sees, sees, sees];
      expect(await seen(doer), `${doing} itself`).toEqual(expected(true));
      expect(await seen(stranger), 'a stranger').toEqual(expected(false));
      for (const [mode, looker] of lookers) {
        const tells = doing === 'loud' || doing === 'shout';
        const listens = mode === 'loud' || mode === 'quiet';
        expect(await seen(looker), `${doing} seen by ${mode}`).toEqual(expected(tells && listens));
      }
    }
  });

  test('two scopes with nothing next can have something next together', async () => {
    const { database, tree, viewer, mark, nextUp } = await house(make);
    const quiet = await addDevice(database, viewer, { name: 'Quiet', isolation: 'quiet' });
    const show = await tree.show(await tree.library('series'), [3]);
    await mark(show.series);
    await mark(show.episodes[0]![2]!, false, quiet);
    expect([await nextUp(), await nextUp({ ...quiet, isolation: 'silo' })]).toEqual([[], []]);
    expect(await nextUp(quiet)).toEqual([show.episodes[0]![2]]);
  });

  test('quiet reads its own and the group as one', async () => {
    const { database, tree, viewer, mark, play, nextUp, going, activity } = await house(make);
    const quiet = await addDevice(database, viewer, { name: 'Quiet', isolation: 'quiet' });
    const show = await tree.show(await tree.library('series'), [4]);
    const [first, second, third, fourth] = show.episodes[0]!;
    await mark(first!);
    await mark(second!, true, quiet);
    expect([await nextUp(), await nextUp(quiet)]).toEqual([[second], [third]]);
    await mark(third!);
    expect([await nextUp(), await nextUp(quiet)]).toEqual([[fourth], [fourth]]);
    await play(fourth!, 30);
    await play(fourth!, 60, {}, quiet);
    expect([await going(), await going(quiet)]).toEqual([[fourth], [fourth]]);
    expect((await activity.state(viewer, fourth!)).positionMs).toBe(0.3 * HOUR);
    expect((await activity.state(quiet, fourth!)).positionMs).toBe(0.6 * HOUR);
    expect((await activity.nextUp(quiet, { limit: 1 })).items[0]).toMatchObject({ positionMs: 0.6 * HOUR });
  });
});

eachDatabase('next up', (make) => {
  const show = async (seasons: number[] = [3, 3]) => {
    const here = await house(make);
    const shelf = await here.tree.library('series');
    const grown = await here.tree.show(shelf, seasons);
    return { ...here, shelf, ...grown };
  };

  test('the first unwatched after the one watched last, in whatever order', async () => {
    const { episodes, mark, nextUp } = await show();
    expect(await nextUp()).toEqual([]);
    await mark(episodes[0]![0]!);
    expect(await nextUp()).toEqual([episodes[0]![1]]);
    await mark(episodes[1]![1]!);
    expect(await nextUp()).toEqual([episodes[1]![2]]);
    await mark(episodes[1]![0]!);
    expect(await nextUp()).toEqual([episodes[1]![2]]);
    await mark(episodes[0]![2]!);
    await mark(episodes[0]![1]!);
    expect(await nextUp()).toEqual([episodes[1]![2]]);
    await mark(episodes[1]![2]!);
    expect(await nextUp()).toEqual([]);
    await mark(episodes[1]![2]!, false);
    expect(await nextUp()).toEqual([episodes[1]![2]]);
  });

  test('one in progress is shown instead, with the reason', async () => {
    const { episodes, mark, play, activity, viewer } = await show();
    await play(episodes[0]![0]!, 95);
    await play(episodes[1]![0]!, 30);
    await play(episodes[0]![2]!, 40);
    const [row] = (await activity.nextUp(viewer, { limit: 1 })).items;
    expect(row).toMatchObject({
      item: { id: episodes[0]![2] },
      reason: 'in_progress',
      positionMs: 0.4 * HOUR,
      durationMs: HOUR,
      activityAt: START + 3 * MINUTE,
      after: { itemId: episodes[0]![0], seasonNumber: 1, episodeNumber: 1, watchedAt: START + MINUTE, device: 'Ada' },
    });
    expect((await activity.continueWatching(viewer, { limit: 9 })).items.map((entry) => entry.item.id)).toEqual([
      episodes[0]![2],
    ]);
    await mark(episodes[0]![2]!);
    expect((await activity.nextUp(viewer, { limit: 1 })).items[0]).toMatchObject({
      item: { id: episodes[1]![0] },
      reason: 'in_progress',
      after: { itemId: episodes[0]![2], device: null },
    });
  });

  test('specials only while they are being watched', async () => {
    const { tree, series, episodes, mark, nextUp } = await show();
    const specials = await tree.season(series, 0);
    const [one, two] = [await tree.episode(specials, 1), await tree.episode(specials, 2)];
    await mark(episodes[0]![0]!);
    expect(await nextUp()).toEqual([episodes[0]![1]]);
    await mark(one);
    expect(await nextUp()).toEqual([two]);
    await mark(two);
    expect(await nextUp()).toEqual([episodes[0]![1]]);
  });

  test('what is not shown yet waits for its day', async () => {
    const { tree, seasons, episodes, mark, nextUp, clock, changed, series } = await show([1]);
    const later = await tree.episode(seasons[0]!, 2, { released_at: START + DAY });
    const sooner = await tree.episode(seasons[0]!, 3, { released_at: START + HOUR });
    await changed(series);
    await mark(episodes[0]![0]!);
    expect(await nextUp()).toEqual([]);
    clock.advance(HOUR);
    expect(await nextUp()).toEqual([sooner]);
    clock.advance(DAY);
    await mark(episodes[0]![0]!);
    expect(await nextUp()).toEqual([later]);
  });

  test('episodes told by date alone come in the order of their dates', async () => {
    const { tree, shelf, mark, nextUp } = await house(make).then(async (here) => ({
      ...here,
      shelf: await here.tree.library('series'),
    }));
    const season = await tree.season(await tree.series(shelf), 2023);
    const friday = await tree.episode(season, null, { released_at: START - 3 * DAY });
    const thursday = await tree.episode(season, null, { released_at: START - 4 * DAY });
    await mark(thursday);
    expect(await nextUp()).toEqual([friday]);
  });

  test('a new episode of a series that was caught up with', async () => {
    const { tree, seasons, mark, nextUp, clock, changed, series } = await show();
    await mark(series);
    expect(await nextUp()).toEqual([]);
    const fresh = await tree.episode(seasons[1]!, 4, { added_at: clock.now() + 1 });
    await changed(series);
    expect(await nextUp()).toEqual([fresh]);
  });

  test('a whole shelf marked, then a new episode; a new series stays out', async () => {
    const { tree, shelf, seasons, episodes, mark, nextUp, clock, changed, series } = await show();
    await mark(episodes[0]![0]!);
    await mark(shelf);
    expect(await nextUp()).toEqual([]);
    const added = { added_at: clock.now() + 1 };
    const fresh = await tree.episode(seasons[1]!, 4, added);
    const other = await tree.show(shelf, [2], added);
    await changed(series, other.series);
    expect(await nextUp()).toEqual([fresh]);
    await mark(shelf, false);
    expect(await nextUp()).toEqual([]);
    await mark(episodes[0]![1]!);
    expect(await nextUp()).toEqual([episodes[0]![2]]);
  });

  test('a mark on the shelf that arrives late is heeded below what is newer', async () => {
    const { shelf, episodes, activity, viewer, nextUp, clock, mark, tree, seasons, changed, series } = await show();
    clock.advance(DAY);
    await mark(episodes[0]![0]!);
    expect(await nextUp()).toEqual([episodes[0]![1]]);
    await activity.setWatched(viewer, shelf, { watched: true, at: START });
    expect(await nextUp()).toEqual([]);
    const fresh = await tree.episode(seasons[1]!, 4, { added_at: START + HOUR });
    await changed(series);
    expect(await nextUp()).toEqual([fresh]);
    await activity.setWatched(viewer, shelf, { watched: false, at: START + 1 });
    expect(await nextUp()).toEqual([episodes[0]![1]]);
  });

  test('what was watched before its episode was added here outlives an older mark on the shelf', async () => {
    const { shelf, activity, viewer, nextUp, clock, tree, seasons, changed, series, mark } = await show();
    await mark(shelf, false);
    clock.advance(DAY);
    const [one, two] = [
      await tree.episode(seasons[1]!, 4, { added_at: START + HOUR }),
      await tree.episode(seasons[1]!, 5, { added_at: START + HOUR }),
    ];
    await changed(series);
    expect(await nextUp()).toEqual([]);
    await activity.setWatched(viewer, one, { watched: true, at: START - DAY });
    expect(await nextUp()).toEqual([two]);
  });

  test('the same when another device marked the shelf, and the group is made anew', async () => {
    const { database, shelf, activity, viewer, nextUp, clock, tree, seasons, changed, series } = await show();
    const other = await addDevice(database, viewer, { name: 'TV' });
    clock.advance(DAY);
    const [one, two] = [
      await tree.episode(seasons[1]!, 4, { added_at: START + HOUR }),
      await tree.episode(seasons[1]!, 5, { added_at: START + HOUR }),
    ];
    await changed(series);
    await activity.setWatched(other, one, { watched: true, at: START - DAY });
    // Its own scope knows nothing of the series, so that nothing was raised there.
    await activity.setWatched(viewer, shelf, { watched: false, at: START });
    expect(await nextUp()).toEqual([two]);
    await database.transaction((tx) => createScopeRebuilder().rebuildGroup(tx, viewer.userId));
    expect(await nextUp()).toEqual([two]);
  });

  test('a retired episode is passed over, and shown again when it comes back; history keeps it', async () => {
    const { tree, episodes, play, nextUp, going, past, changed, series } = await show();
    const [first, second, third] = episodes[0]! as [MediaItemId, MediaItemId, MediaItemId];
    await play(first, 95);
    await play(second, 39);
    await play(second, 40);
    await tree.change(second, { removed_at: START });
    await changed(series);
    expect([await nextUp(), await going()]).toEqual([[third], []]);
    await tree.change(first, { removed_at: START });
    await changed(series);
    expect([await nextUp(), await past()]).toEqual([[third], [second, first]]);
    await tree.change(second, { removed_at: null });
    await changed(series);
    expect([await nextUp(), await going()]).toEqual([[second], [second]]);
  });

  test('nothing that may not be seen', async () => {
    const { database, tree, shelf, episodes, mark, play, nextUp, going, past, viewer } = await show();
    const other = await tree.show(await tree.library('series'), [2]);
    await mark(episodes[0]![0]!);
    await play(other.episodes[0]![0]!, 50);
    const kept: Viewer = { ...viewer, grants: { ...viewer.grants, libraries: [shelf] } };
    expect(await nextUp()).toEqual([other.episodes[0]![0], episodes[0]![1]]);
    expect([await nextUp(kept), await going(kept), await past(kept)]).toEqual([[episodes[0]![1]], [], []]);
    expect(await database.read.selectFrom('plays').selectAll().execute()).toHaveLength(1);
  });

  test('marks made at once by several requests leave the right pointer', async () => {
    const { episodes, activity, viewer, clock, nextUp } = await show([20]);
    const [list] = episodes as [MediaItemId[]];
    clock.advance(DAY);
    await Promise.all(
      list
        .slice(0, 15)
        .map((episode, index) => activity.setWatched(viewer, episode, { watched: true, at: START + index })),
    );
    expect(await nextUp()).toEqual([list[15]]);
  });
});

eachDatabase('paging', (make) => {
  const walk = async <T>(page: (cursor?: string) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> => {
    const rows: T[] = [];
    let cursor: string | undefined;
    for (;;) {
      const { items, next } = await page(cursor);
      rows.push(...items);
      if (next === null) return rows;
      cursor = next;
    }
  };

  test('every list can be walked to its end, nothing twice and nothing left out', async () => {
    const { database, tree, activity, viewer, mark, play, clock } = await house(make);
    const quiet = await addDevice(database, viewer, { name: 'Quiet', isolation: 'quiet' });
    const shelf = await tree.library('series');
    const movies = await tree.library('movies');
    for (let index = 0; index < 7; index++) {
      const show = await tree.show(shelf, [2]);
      await mark(show.episodes[0]![0]!, true, index % 2 ? viewer : quiet);
      // The same instant for several, so that the id must decide.
      const movie = await tree.movie(movies);
      for (const at of [START, START - MINUTE]) await activity.reportProgress(viewer, movie, { positionMs: HOUR, at });
    }
    await mark((await tree.show(shelf, [2])).series);
    await play(await tree.movie(movies), 50);
    expect(clock.now()).toBeGreaterThan(START);
    for (const who of [viewer, quiet]) {
      const everything = { limit: 200 };
      const lists = [
        (request: { limit: number; cursor?: string | undefined }) => activity.continueWatching(who, request),
        (request: { limit: number; cursor?: string | undefined }) => activity.nextUp(who, request),
        (request: { limit: number; cursor?: string | undefined }) => activity.history(who, request),
      ];
      for (const list of lists) {
        const whole = (await list(everything)).items.map((row) => row.item.id);
        const walked = await walk<{ item: { id: MediaItemId } }>((cursor) => list({ limit: 2, cursor }));
        expect(walked.map((row) => row.item.id)).toEqual(whole);
        expect(whole.length).toBeGreaterThan(2);
        expect(new Set(whole).size).toBe(whole.length);
      }
    }
    const { next } = await activity.history(viewer, { limit: 1 });
    await expect(activity.nextUp(viewer, { limit: 1, cursor: next! })).rejects.toMatchObject({ code: 'invalid' });
    const forged = Buffer.from(JSON.stringify(['history', 'x', null])).toString('base64url');
    await expect(activity.history(viewer, { limit: 1, cursor: forged })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('history by kind, library and period', async () => {
    const { tree, activity, viewer, play } = await house(make);
    const movies = await tree.library('movies');
    const movie = await tree.movie(movies);
    const show = await tree.show(await tree.library('series'), [1]);
    for (const item of [movie, show.episodes[0]![0]!]) for (const percent of [49, 50]) await play(item, percent);
    const of = async (filters: object) =>
      (await activity.history(viewer, { limit: 9, ...filters })).items.map((row) => row.item.id);
    expect(await of({ kind: 'movie' })).toEqual([movie]);
    expect(await of({ kind: 'track' })).toEqual([]);
    expect(await of({ libraryId: movies })).toEqual([movie]);
    expect(await of({ from: START + 2 * MINUTE })).toEqual([show.episodes[0]![0]]);
    expect(await of({ to: START + 2 * MINUTE })).toEqual([movie]);
  });
});
