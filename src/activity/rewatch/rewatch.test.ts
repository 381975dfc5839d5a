import { expect, test } from 'vitest';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { createEventBus } from '#kernel/events.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createRewatches } from './rewatch.ts';

const START = 1_700_000_000_000;

const house = async (database: Database) => {
  const clock = manualClock(START);
  const bus = createEventBus();
  const told: string[] = [];
  bus.subscribe('change', ({ kind, itemId }) => void told.push(`${kind} ${itemId}`));
  const activity = createActivity({ database, clock });
  const rewatches = createRewatches({ database, clock, bus });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, START - 10 * DAY);
  const show = await tree.show(await tree.library('series'), [3]);
  const movies = await tree.library('movies');
  const play = (item: MediaItemId, percent: number, who: Viewer = viewer) => {
    clock.advance(2 * HOUR);
    return activity.reportProgress(who, item, { positionMs: (percent * HOUR) / 100, durationMs: HOUR });
  };
  const nextUp = async (who = viewer) => (await activity.nextUp(who, { limit: 9 })).items.map((row) => row.item.id);
  const episodes = show.episodes[0]! as [MediaItemId, MediaItemId, MediaItemId];
  return {
    database,
    clock,
    activity,
    rewatches,
    viewer,
    tree,
    show,
    movies,
    movie: await tree.movie(movies),
    play,
    nextUp,
    told,
    episodes,
  };
};

eachDatabase('starting over', (make) => {
  test('a whole cycle: watched, begun anew, watched again, and counted twice', async () => {
    const { activity, rewatches, viewer, show, episodes, play, nextUp } = await house(await make());
    const [first, second, third] = episodes;
    for (const episode of episodes) await play(episode, 95);
    expect(await nextUp()).toEqual([]);
    const { itemId } = await rewatches.startOver(viewer, second);
    expect(itemId).toBe(show.series);
    expect(await nextUp()).toEqual([first]);
    expect(await activity.state(viewer, first)).toMatchObject({ watched: true, playCount: 1 });
    await play(first, 95);
    expect(await nextUp()).toEqual([second]);
    expect(await activity.state(viewer, first)).toMatchObject({ watched: true, playCount: 2 });
    await play(second, 95);
    await play(third, 95);
    expect(await nextUp()).toEqual([]);
    expect(await activity.state(viewer, third)).toMatchObject({ watched: true, playCount: 2 });
    expect((await activity.history(viewer, { limit: 50 })).items).toHaveLength(6);
  });

  test('ended, next up goes on where it was', async () => {
    const { rewatches, viewer, show, episodes, play, nextUp } = await house(await make());
    await play(episodes[0], 95);
    await play(episodes[1], 95);
    await rewatches.startOver(viewer, show.series);
    expect(await nextUp()).toEqual([episodes[0]]);
    await rewatches.end(viewer, episodes[2]);
    expect(await nextUp()).toEqual([episodes[2]]);
    await rewatches.end(viewer, show.series);
    expect(await nextUp()).toEqual([episodes[2]]);
  });

  test('what was left off in the series is not in progress any more, and stays so', async () => {
    const { activity, rewatches, viewer, show, episodes, play, nextUp, clock } = await house(await make());
    await play(episodes[0], 95);
    await play(episodes[1], 50);
    const left = clock.now();
    await rewatches.startOver(viewer, show.series);
    expect((await activity.continueWatching(viewer, { limit: 9 })).items).toEqual([]);
    expect(await nextUp()).toEqual([episodes[0]]);
    // A report from before that comes late does not bring it back.
    await activity.reportProgress(viewer, episodes[1], {
      positionMs: HOUR / 2,
      durationMs: HOUR,
      at: left + MINUTE / 60,
    });
    expect(await activity.state(viewer, episodes[1])).toMatchObject({ positionMs: null });
  });

  test('a movie loses its position and stays watched; playing a watched one does not unwatch it', async () => {
    const { activity, rewatches, viewer, movie, play, database } = await house(await make());
    await play(movie, 95);
    expect(await play(movie, 40)).toMatchObject({ watched: true, positionMs: 0.4 * HOUR, playCount: 1 });
    expect(await rewatches.startOver(viewer, movie)).toMatchObject({ itemId: movie });
    expect(await activity.state(viewer, movie)).toMatchObject({ watched: true, positionMs: null, playCount: 1 });
    expect(await database.read.selectFrom('rewatches').selectAll().execute()).toEqual([]);
    await rewatches.end(viewer, movie);
  });

  test('is told once it is saved, in the scopes that its device writes; again later the newest holds', async () => {
    const { rewatches, viewer, show, database, told, clock } = await house(await make());
    const silo = await addDevice(database, viewer, { name: 'Silo', isolation: 'silo' });
    await rewatches.startOver(silo, show.series);
    clock.advance(HOUR);
    const { startedAt } = await rewatches.startOver(viewer, show.series);
    const rows = await database.read.selectFrom('rewatches').selectAll().execute();
    expect(new Map(rows.map((row) => [row.scope_id, row.started_at]))).toEqual(
      new Map([
        [silo.ownScope, START],
        [viewer.ownScope, startedAt],
        [viewer.groupScope, startedAt],
      ]),
    );
    await rewatches.end(viewer, show.series);
    expect(await database.read.selectFrom('rewatches').select('scope_id').execute()).toEqual([
      { scope_id: silo.ownScope },
    ]);
    expect(told).toEqual([`state ${show.series}`, `state ${show.series}`, `state ${show.series}`]);
  });

  test('is refused for what has no beginning, to guests, and for what may not be seen', async () => {
    const { rewatches, viewer, movies, show } = await house(await make());
    await expect(rewatches.startOver(viewer, movies)).rejects.toMatchObject({ code: 'invalid' });
    await expect(rewatches.startOver(viewer, asId(999_999))).rejects.toMatchObject({ code: 'not_found' });
    await expect(rewatches.startOver({ ...viewer, role: 'guest' }, show.series)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const blind: Viewer = { ...viewer, grants: { ...viewer.grants, libraries: [] } };
    await expect(rewatches.end(blind, show.series)).rejects.toMatchObject({ code: 'not_found' });
  });
});
