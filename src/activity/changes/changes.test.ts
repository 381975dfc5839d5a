import { expect, test } from 'vitest';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type MediaItemId, type PlayId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createChanges } from './changes.ts';

const NOW = Date.UTC(2026, 10, 21, 20);
const page = { limit: 40 };
const film = { positionMs: HOUR, durationMs: HOUR };

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const activity = createActivity({ database, clock });
  const changes = createChanges({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, NOW - 400 * DAY);
  const shelf = await tree.library('series');
  const show = await tree.show(shelf, [3, 2]);
  const films = await tree.library('movies');
  const movies = [await tree.movie(films), await tree.movie(films), await tree.movie(films)] as const;
  const pass = (by = MINUTE) => clock.advance(by);
  /** Watches something to its end. */
  const watch = async (item: MediaItemId, who: Viewer = viewer) => {
    pass(DAY);
    await activity.reportProgress(who, item, { ...film, positionMs: HOUR / 2 });
    pass(HOUR / 2);
    await activity.reportProgress(who, item, { ...film, event: 'stop' });
    return (await activity.history(who, page)).items[0]!.id as PlayId;
  };
  const sees = async (who: Viewer = viewer) => ({
    next: (await activity.nextUp(who, page)).items.map((row) => [row.item.id, row.reason]),
    continued: (await activity.continueWatching(who, page)).items.map((row) => [row.item.id, row.positionMs]),
    history: (await activity.history(who, page)).items.map((row) => row.item.id),
  });
  return { database, clock, activity, changes, viewer, tree, shelf, films, show, movies, pass, watch, sees };
};

eachDatabase('change sets', (make) => {
  test('a mark on an episode is taken back with the position it ended, and done again', async () => {
    const { activity, changes, viewer, show, pass, sees } = await house(await make());
    const [one, two] = show.episodes[0]! as [MediaItemId, MediaItemId];
    await activity.setWatched(viewer, one, { watched: true });
    pass();
    await activity.reportProgress(viewer, two, { positionMs: HOUR / 2, durationMs: HOUR });
    const before = await sees();
    pass();
    const { changeSetId } = await activity.setWatched(viewer, two, { watched: true });
    const after = await sees();
    expect(after).not.toEqual(before);
    const undone = await changes.undo(viewer, changeSetId!);
    expect(undone).toMatchObject({ changeSetId, restored: 2, kept: 0 });
    expect(await sees()).toEqual(before);
    expect(await activity.state(viewer, two)).toMatchObject({ watched: false, positionMs: HOUR / 2 });
    await changes.undo(viewer, undone.undoneBy);
    expect(await sees()).toEqual(after);
    expect(await activity.state(viewer, two)).toMatchObject({ watched: true, positionMs: null });
  });

  test('a mark on a library, a series or a collection is one set', async () => {
    const { activity, changes, viewer, shelf, show, tree, films, movies, pass, sees } = await house(await make());
    const box = await tree.collection(films, [...movies]);
    await activity.setWatched(viewer, show.episodes[0]![0]!, { watched: true });
    await activity.reportProgress(viewer, movies[1], { positionMs: HOUR / 2, durationMs: HOUR });
    await activity.reportProgress(viewer, show.episodes[1]![0]!, { positionMs: HOUR / 3, durationMs: HOUR });
    const before = await sees();
    for (const item of [shelf, show.series, show.seasons[1]!, box]) {
      pass();
      const { changeSetId } = await activity.setWatched(viewer, item, { watched: true });
      const after = await sees();
      const { undoneBy, kept } = await changes.undo(viewer, changeSetId!);
      expect(kept).toBe(0);
      expect(await sees(), `mark on ${item}`).toEqual(before);
      const again = await changes.undo(viewer, undoneBy);
      expect(await sees(), `mark on ${item}, again`).toEqual(after);
      await changes.undo(viewer, again.undoneBy);
      expect(await sees()).toEqual(before);
    }
    expect(await activity.state(viewer, movies[1])).toMatchObject({ watched: false, positionMs: HOUR / 2 });
  });

  test('what was changed since stays', async () => {
    const { activity, changes, viewer, movies, tree, films, pass } = await house(await make());
    const box = await tree.collection(films, [...movies]);
    const { changeSetId } = await activity.setWatched(viewer, box, { watched: true });
    pass();
    await activity.setWatched(viewer, movies[0], { watched: false });
    await activity.setWatched(viewer, movies[1], { watched: true });
    expect(await changes.undo(viewer, changeSetId!)).toMatchObject({ restored: 1, kept: 2 });
    const states = await Promise.all(movies.map((movie) => activity.state(viewer, movie)));
    expect(states.map((state) => state.watched)).toEqual([false, true, false]);
  });

  test('the newest that holds goes first, then the one before; undone or old ones are refused', async () => {
    const { activity, changes, viewer, movies, pass } = await house(await make());
    const sets = [];
    for (const movie of movies) sets.push((await activity.setWatched(viewer, movie, { watched: true })).changeSetId!);
    expect(await changes.undoLast(viewer)).toMatchObject({ changeSetId: sets[2] });
    expect(await changes.undoLast(viewer)).toMatchObject({ changeSetId: sets[1] });
    await expect(changes.undo(viewer, sets[1]!)).rejects.toMatchObject({ code: 'conflict' });
    const { items } = await changes.list(viewer, page);
    expect(items.map((set) => [set.kind, set.item?.id, set.undoneAt !== null])).toEqual([
      ['undo', movies[1], false],
      ['undo', movies[2], false],
      ['mark', movies[2], true],
      ['mark', movies[1], true],
      ['mark', movies[0], false],
    ]);
    expect(items[4]).toMatchObject({ watched: true, touched: 1, undoableUntil: NOW + 30 * DAY });
    pass(30 * DAY);
    await expect(changes.undo(viewer, sets[0]!)).rejects.toMatchObject({ code: 'conflict' });
    await expect(changes.undoLast(viewer)).rejects.toMatchObject({ code: 'not_found' });
    const first = await changes.list(viewer, { limit: 2 });
    const second = await changes.list(viewer, { limit: 3, cursor: first.next! });
    expect([...first.items, ...second.items].map((set) => set.id)).toEqual(items.map((set) => set.id));
    expect(second.next).toBeNull();
  });

  test('nothing is kept of a mark that changes nothing', async () => {
    const { activity, changes, viewer, movies } = await house(await make());
    await activity.setWatched(viewer, movies[0], { watched: true, at: NOW });
    const older = await activity.setWatched(viewer, movies[0], { watched: false, at: NOW - DAY });
    expect(older.changeSetId).toBeNull();
    expect((await changes.list(viewer, page)).items).toHaveLength(1);
  });

  test('other people, and devices that keep to themselves, are not known of', async () => {
    const database = await make();
    const { activity, changes, viewer, movies } = await house(database);
    const silo = await addDevice(database, viewer, { name: 'Den', isolation: 'silo' });
    const loud = await addDevice(database, viewer, { name: 'Phone' });
    const { viewer: other } = await addUser(database, { name: 'Ben' });
    const own = (await activity.setWatched(silo, movies[0], { watched: true })).changeSetId!;
    const heard = (await activity.setWatched(viewer, movies[1], { watched: true })).changeSetId!;
    for (const who of [other, loud]) {
      await expect(changes.undo(who, own)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(changes.undo(other, heard)).rejects.toMatchObject({ code: 'not_found' });
    await expect(changes.undo(silo, heard)).rejects.toMatchObject({ code: 'not_found' });
    expect((await changes.list(loud, page)).items.map((set) => set.id)).toEqual([heard]);
    expect((await changes.list(silo, page)).items.map((set) => set.id)).toEqual([own]);
    await changes.undo(loud, heard);
    expect(await activity.state(viewer, movies[1])).toMatchObject({ watched: false });
    await expect(changes.undo({ ...viewer, role: 'guest' }, heard)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('taking back what one device did leaves what another did', async () => {
    const database = await make();
    const { activity, changes, viewer, movies, pass } = await house(database);
    const phone = await addDevice(database, viewer, { name: 'Phone' });
    await activity.reportProgress(viewer, movies[0], { positionMs: HOUR / 2, durationMs: HOUR });
    await activity.setWatched(viewer, movies[1], { watched: true });
    pass();
    await activity.setWatched(phone, movies[0], { watched: true });
    const { changeSetId } = await activity.setWatched(phone, movies[1], { watched: false });
    await changes.undo(viewer, changeSetId!);
    expect(await activity.state(viewer, movies[1])).toMatchObject({ watched: true });
    await changes.undoLast(viewer);
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: false, positionMs: HOUR / 2 });
  });
});

eachDatabase('correcting a history', (make) => {
  test('a deleted play takes its mark and its count with it, and comes back', async () => {
    const { activity, changes, viewer, show, watch, sees } = await house(await make());
    const [one, two] = show.episodes[0]! as [MediaItemId, MediaItemId];
    await watch(one);
    const first = await activity.state(viewer, one);
    const again = await watch(one);
    const play = await watch(two);
    const before = await sees();
    const set = await changes.remove(viewer, [play, again]);
    expect(await activity.state(viewer, two)).toMatchObject({ watched: false, playCount: 0, lastPlayedAt: null });
    expect(await activity.state(viewer, one)).toEqual(first);
    expect((await sees()).next).toEqual([[two, 'next']]);
    expect((await sees()).history).toEqual([one]);
    await changes.undo(viewer, set);
    expect(await sees()).toEqual(before);
    expect(await activity.state(viewer, one)).toMatchObject({ watched: true, playCount: 2 });
  });

  test('after it what is above decides again', async () => {
    const { activity, changes, viewer, show, watch, pass } = await house(await make());
    const one = show.episodes[0]![0]!;
    await activity.setWatched(viewer, show.series, { watched: true });
    const play = await watch(one);
    pass();
    await changes.remove(viewer, [play]);
    expect(await activity.state(viewer, one)).toMatchObject({ watched: true, markedAt: NOW, playCount: 0 });
  });

  test('counts that came without plays stay', async () => {
    const database = await make();
    const { activity, changes, viewer, movies } = await house(database);
    const kodi = await addDevice(database, viewer, { name: 'Kodi' });
    const at = NOW - 9 * DAY;
    await database.transaction((tx) =>
      activity.recordRemote(tx, kodi, movies[0], {
        watched: { value: true, at },
        plays: [{ at, sourceKey: 'a', completed: true }],
        playCount: 5,
      }),
    );
    const [play] = (await activity.history(viewer, page)).items;
    await changes.remove(viewer, [play!.id]);
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: false, playCount: 4, lastPlayedAt: null });
  });

  test('a play gets another date, told as exactly as it is known', async () => {
    const { activity, changes, viewer, show, watch } = await house(await make());
    const berlin = { ...viewer, timeZone: 'Europe/Berlin' };
    const [one, two] = show.episodes[0]! as [MediaItemId, MediaItemId];
    await watch(two);
    const play = await watch(one);
    expect((await activity.nextUp(viewer, page)).items).toMatchObject([{ after: { itemId: one } }]);
    const day = await changes.correct(berlin, play, { date: '2024-07-17' });
    expect(day).toMatchObject({ startedAt: Date.UTC(2024, 6, 16, 22), precision: 'day', completed: true });
    expect((await activity.nextUp(viewer, page)).items).toMatchObject([{ after: { itemId: two } }]);
    expect(await activity.state(viewer, one)).toMatchObject({ watched: true, markedAt: day.startedAt, playCount: 1 });
    expect(await changes.correct(berlin, play, { date: '2024' })).toMatchObject({
      startedAt: Date.UTC(2023, 11, 31, 23),
      precision: 'year',
    });
    await changes.correct(viewer, play, { precision: 'unknown' });
    expect(await activity.state(viewer, one)).toMatchObject({ watched: true, markedAt: 0, lastPlayedAt: null });
    await changes.undoLast(viewer);
    await changes.undoLast(viewer);
    await changes.undoLast(viewer);
    expect((await activity.nextUp(viewer, page)).items).toMatchObject([{ after: { itemId: one } }]);
  });

  test('a play that was not to the end is, and the other way round', async () => {
    const { activity, changes, viewer, movies, watch } = await house(await make());
    const play = await watch(movies[0]);
    await changes.correct(viewer, play, { completed: false, watchedMs: MINUTE });
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: false, playCount: 0 });
    await changes.correct(viewer, play, { completed: true });
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: true, playCount: 1 });
  });

  test('a play is added by hand', async () => {
    const { activity, changes, viewer, show, movies } = await house(await make());
    const added = await changes.add(viewer, { itemId: movies[0], date: '2019-02' });
    expect(added).toMatchObject({ precision: 'month', completed: true, startedAt: Date.UTC(2019, 1, 1) });
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: true, playCount: 1 });
    await changes.add(viewer, { itemId: movies[1] });
    expect((await activity.history(viewer, page)).items.map((row) => row.item.id)).toEqual([movies[0], movies[1]]);
    await changes.undoLast(viewer);
    expect(await activity.state(viewer, movies[1])).toMatchObject({ watched: false, playCount: 0, markedAt: null });
    await expect(changes.add(viewer, { itemId: show.series })).rejects.toMatchObject({ code: 'invalid' });
    await expect(changes.add(viewer, { itemId: asId(999_999) })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('only plays that one may see are touched, all or none', async () => {
    const database = await make();
    const { activity, changes, viewer, movies, watch } = await house(database);
    const silo = await addDevice(database, viewer, { name: 'Den', isolation: 'silo' });
    const { viewer: other } = await addUser(database, { name: 'Ben' });
    const hidden = await watch(movies[0], silo);
    const play = await watch(movies[1]);
    await expect(changes.remove(viewer, [play, hidden])).rejects.toMatchObject({ code: 'not_found' });
    await expect(changes.remove(other, [play])).rejects.toMatchObject({ code: 'not_found' });
    await expect(changes.correct(other, play, { date: '2020' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await activity.state(viewer, movies[1])).toMatchObject({ watched: true });
    await changes.remove(viewer, [play]);
    await expect(changes.remove(viewer, [play])).rejects.toMatchObject({ code: 'not_found' });
  });
});

eachDatabase('clearing a history', (make) => {
  test('takes plays, counts and positions; marks only where that is asked for; and brings all back', async () => {
    const { activity, changes, viewer, show, movies, watch, sees, pass } = await house(await make());
    await watch(show.episodes[0]![0]!);
    await watch(movies[0]);
    pass();
    await activity.reportProgress(viewer, movies[1], { positionMs: HOUR / 2, durationMs: HOUR });
    const before = await sees();
    pass();
    const { changeSetId, plays } = await changes.clear(viewer, {});
    // Of the third there was but one report: it is no play yet.
    expect(plays).toBe(2);
    expect(await sees()).toMatchObject({ continued: [], history: [], next: before.next });
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: true, playCount: 0 });
    expect((await changes.list(viewer, page)).items[0]).toMatchObject({ kind: 'clear', touched: 3 });
    await changes.undo(viewer, changeSetId!);
    expect(await sees()).toEqual(before);
    const all = await changes.clear(viewer, { marks: true });
    expect(await sees()).toEqual({ next: [], continued: [], history: [] });
    await watch(movies[0]);
    const { undoneBy } = await changes.undo(viewer, all.changeSetId!);
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: true, playCount: 2 });
    expect((await sees()).history).toHaveLength(3);
    await changes.undo(viewer, undoneBy);
    expect(await activity.state(viewer, movies[0])).toMatchObject({ watched: true, playCount: 1 });
    expect((await sees()).history).toEqual([movies[0]]);
  });

  test('of a kind, a library or a period', async () => {
    const { activity, changes, viewer, show, movies, films, watch, clock } = await house(await make());
    const one = show.episodes[0]![0]!;
    await watch(one);
    await watch(movies[0]);
    const between = clock.now() + MINUTE;
    await watch(movies[0]);
    const history = async () => (await activity.history(viewer, page)).items.map((row) => row.item.id);
    await changes.clear(viewer, { kind: 'episode' });
    expect(await history()).toEqual([movies[0], movies[0]]);
    expect(await activity.state(viewer, one)).toMatchObject({ playCount: 0 });
    await changes.undoLast(viewer);
    await changes.clear(viewer, { to: between, kind: 'movie' });
    expect(await history()).toEqual([movies[0], one]);
    expect(await activity.state(viewer, movies[0])).toMatchObject({ playCount: 1, watched: true });
    await changes.undoLast(viewer);
    expect(await activity.state(viewer, movies[0])).toMatchObject({ playCount: 2 });
    expect(await changes.clear(viewer, { libraryId: films })).toMatchObject({ plays: 2 });
    expect(await history()).toEqual([one]);
    expect(await changes.clear(viewer, { libraryId: films })).toEqual({ changeSetId: null, plays: 0 });
  });
});
