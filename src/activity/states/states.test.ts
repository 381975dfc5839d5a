import { expect, test } from 'vitest';
import { pruneDominated } from '#activity/marks/pruning.ts';
import { createActivity } from '#activity/service.ts';
import { loadShown } from '#catalog/shown-item.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createLeafObserver } from '../leaf-observer.ts';
import { createStates } from './states.ts';

const START = 1_700_000_000_000;

const house = async (make: () => Promise<Database>) => {
  const database = await make();
  const clock = manualClock(START);
  const activity = createActivity({ database, clock });
  const states = createStates({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, START - 10 * DAY);
  const shelf = await tree.library('series');
  return {
    database,
    clock,
    activity,
    viewer,
    tree,
    shelf,
    show: await tree.show(shelf, [2, 3]),
    mark: async (item: MediaItemId, watched = true, who = viewer) => {
      clock.advance(MINUTE);
      await activity.setWatched(who, item, { watched });
    },
    of: async (kind: MediaKind, id: MediaItemId, who: Viewer = viewer) =>
      (await states.of(who, [{ id, kind }])).get(id),
    states,
  };
};

eachDatabase('states of rows', (make) => {
  test('of containers: all, some or none watched, and how many are not', async () => {
    const { show, shelf, mark, of } = await house(make);
    expect(await of('library', shelf)).toEqual({ state: 'unwatched', leaves: 5, unwatched: 5 });
    await mark(show.episodes[0]![0]!);
    expect(await of('series', show.series)).toEqual({ state: 'partly', leaves: 5, unwatched: 4 });
    expect(await of('season', show.seasons[0]!)).toEqual({ state: 'partly', leaves: 2, unwatched: 1 });
    expect(await of('season', show.seasons[1]!)).toEqual({ state: 'unwatched', leaves: 3, unwatched: 3 });
    await mark(show.episodes[0]![0]!);
    expect(await of('series', show.series)).toMatchObject({ unwatched: 4 });
    await mark(shelf);
    expect(await of('series', show.series)).toEqual({ state: 'watched', leaves: 5, unwatched: 0 });
    await mark(show.episodes[1]![1]!, false);
    expect(await of('library', shelf)).toEqual({ state: 'partly', leaves: 5, unwatched: 1 });
  });

  test('an episode watched after a mark on the library overruled what was counted', async () => {
    const { show, shelf, mark, of } = await house(make);
    await mark(show.episodes[0]![0]!);
    expect(await of('series', show.series)).toMatchObject({ unwatched: 4 });
    await mark(shelf, false);
    await mark(show.episodes[1]![0]!);
    for (const [kind, id] of [
      ['series', show.series],
      ['library', shelf],
    ] as const)
      expect(await of(kind, id)).toEqual({ state: 'partly', leaves: 5, unwatched: 4 });
    await mark(shelf);
    await mark(show.episodes[1]![0]!);
    expect(await of('series', show.series)).toMatchObject({ unwatched: 0 });
  });

  test('of leaves: mark, position, plays', async () => {
    const { show, activity, viewer, mark, states } = await house(make);
    const [one, two] = show.episodes[0]! as [MediaItemId, MediaItemId];
    await mark(one);
    await activity.reportProgress(viewer, two, { positionMs: HOUR / 2, durationMs: HOUR });
    const told = await states.of(viewer, [
      { id: one, kind: 'episode' },
      { id: two, kind: 'episode' },
    ]);
    expect(told.get(one)).toMatchObject({ watched: true, markedAt: START + MINUTE, positionMs: null, playCount: 0 });
    expect(told.get(two)).toMatchObject({ watched: false, markedAt: null, positionMs: HOUR / 2, durationMs: HOUR });
  });

  test('of one leaf alone they are as in a list, with the version of the catalog', async () => {
    const { database, show, shelf, activity, viewer, tree, clock, mark, states } = await house(make);
    const quiet = await addDevice(database, viewer, { name: 'tv', isolation: 'quiet' });
    const [one, two, three] = [...show.episodes[0]!, ...show.episodes[1]!] as [MediaItemId, MediaItemId, MediaItemId];
    const version = async () =>
      (await database.read.selectFrom('catalog_version').select('version').executeTakeFirstOrThrow()).version;
    const agree = async () => {
      const leaves = [...(await loadShown(database.read, openGrants, [one, two, three])).values()];
      for (const who of [viewer, quiet]) {
        const listed = await states.of(who, leaves);
        const byId = await states.of(
          who,
          leaves.map(({ id, kind }) => ({ id, kind })),
        );
        expect(byId).toEqual(listed);
        for (const leaf of leaves) {
          expect(await states.ofLeaf(who, leaf)).toEqual({ state: listed.get(leaf.id), version: await version() });
        }
      }
    };
    await agree();
    await mark(one);
    await mark(show.seasons[1]!, true, quiet);
    await agree();
    await activity.reportProgress(viewer, two, { positionMs: HOUR / 2, durationMs: HOUR });
    clock.advance(MINUTE);
    await activity.reportProgress(quiet, two, { positionMs: HOUR / 3, durationMs: HOUR });
    await agree();
    await mark(shelf, false);
    await mark(show.series, true, quiet);
    const before = await version();
    await tree.change(three, { added_at: clock.now() + 1 });
    expect(await version()).toBeGreaterThan(before);
    await agree();
  });

  test('a new episode is not watched, and one that is gone is not counted', async () => {
    const { database, clock, show, shelf, tree, mark, of } = await house(make);
    const changed = () => database.transaction((tx) => createLeafObserver().leavesChanged(tx, [show.series]));
    await mark(shelf);
    const late = await tree.episode(show.seasons[0]!, 3, { added_at: clock.now() + 1 });
    await changed();
    for (const [kind, id] of [['library', shelf], ['series', show.series]] as const) // biome-ignore format: short
      expect(await of(kind, id)).toEqual({ state: 'partly', leaves: 6, unwatched: 1 });
    await tree.change(late, { removed_at: clock.now() });
    await changed();
    for (const [kind, id] of [['library', shelf], ['series', show.series]] as const) // biome-ignore format: short
      expect(await of(kind, id)).toEqual({ state: 'watched', leaves: 5, unwatched: 0 });
  });

  test('only what may be seen is counted', async () => {
    const { show, shelf, tree, viewer, mark, of } = await house(make);
    await tree.change(show.episodes[1]![0]!, { rating_level: 18 });
    await mark(show.episodes[0]![0]!);
    const child = { ...viewer, grants: { ...openGrants, maxRatingLevel: 12 } };
    for (const [kind, id] of [
      ['library', shelf],
      ['series', show.series],
    ] as const) {
      // biome-ignore format: short
      expect(await of(kind, id)).toEqual({ state: 'partly', leaves: 5, unwatched: 4 });
      expect(await of(kind, id, child)).toEqual({ state: 'partly', leaves: 4, unwatched: 3 });
    }
  });

  test('a quiet device counts its own and the group as one', async () => {
    const { database, show, viewer, mark, of } = await house(make);
    const quiet = await addDevice(database, viewer, { name: 'tv', isolation: 'quiet' });
    await mark(show.episodes[0]![0]!);
    await mark(show.episodes[0]![1]!, true, quiet);
    expect(await of('series', show.series)).toMatchObject({ unwatched: 4 });
    expect(await of('series', show.series, quiet)).toMatchObject({ unwatched: 3 });
  });

  test('albums, artists and collections', async () => {
    const { tree, mark, of } = await house(make);
    const artist = await tree.artist(await tree.library('music'));
    const album = await tree.album(artist);
    for (const number of [1, 2]) await tree.track(album, number);
    await tree.track(await tree.album(artist), 1);
    await mark(album);
    expect(await of('album', album)).toEqual({ state: 'watched', leaves: 2, unwatched: 0 });
    expect(await of('artist', artist)).toEqual({ state: 'partly', leaves: 3, unwatched: 1 });
    const movies = await tree.library('movies');
    const films = [await tree.movie(movies), await tree.movie(movies)];
    const box = await tree.collection(movies, films);
    await mark(films[0]!);
    expect(await of('collection', box)).toEqual({ state: 'partly', leaves: 2, unwatched: 1 });
    expect(await of('library', movies)).toEqual({ state: 'partly', leaves: 2, unwatched: 1 });
  });
});

eachDatabase('leaves are counted', (make) => {
  test('whoever adds, retires, moves or deletes them', async () => {
    const { database, show, shelf, tree } = await house(make);
    const other = await tree.library('series');
    const counts = async () => {
      const rows = await database.read.selectFrom('leaf_counts').select(['item_id', 'leaves']).execute();
      const of = new Map(rows.map((row) => [row.item_id, row.leaves]));
      return [shelf, other, show.series, ...show.seasons].map((id) => of.get(id));
    };
    expect(await counts()).toEqual([5, 0, 5, 2, 3]);
    const [gone, moved] = show.episodes[1]! as [MediaItemId, MediaItemId];
    await tree.change(gone, { removed_at: START });
    expect(await counts()).toEqual([4, 0, 4, 2, 2]);
    await tree.change(moved, { parent_id: show.seasons[0]!, season_number: 1, episode_number: 9, title: 'Moved' });
    expect(await counts()).toEqual([4, 0, 4, 3, 1]);
    await database.transaction((tx) =>
      tx.updateTable('media_items').set({ library_id: other }).where('root_id', '=', show.series).execute(),
    );
    expect(await counts()).toEqual([0, 4, 4, 3, 1]);
    await tree.change(gone, { removed_at: null });
    await database.transaction((tx) => tx.deleteFrom('media_items').where('id', '=', moved).execute());
    expect(await counts()).toEqual([0, 4, 4, 2, 2]);
  });
});

eachDatabase('pruning', (make) => {
  test('takes what a newer mark on the series covers, and nothing else', async () => {
    const { database, clock, show, shelf, tree, viewer, mark, of } = await house(make);
    const [one, two] = show.episodes[0]! as [MediaItemId, MediaItemId];
    const late = await tree.episode(show.seasons[0]!, 7, { added_at: START + 30 * MINUTE });
    for (const item of [one, late, show.seasons[1]!]) await mark(item);
    await mark(show.series, false);
    await mark(two);
    await mark(shelf);
    const before = await of('series', show.series);
    const prune = (olderThan: number) => database.transaction((tx) => pruneDominated(tx, viewer.groupScope, olderThan));
    expect(await prune(START)).toEqual({ pruned: 0, next: null });
    expect(await prune(clock.now() + 1)).toEqual({ pruned: 2, next: null });
    const left = await database.read
      .selectFrom('marks')
      .select('item_id')
      .where('scope_id', '=', viewer.groupScope)
      .execute();
    expect(left.map((row) => row.item_id).toSorted()).toEqual([shelf, show.series, two, late].toSorted());
    expect(await of('series', show.series)).toEqual(before);
  });
});
