import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createCleaning } from '#activity/cleaning/cleaning.ts';
import { createThresholds } from '#activity/playing/thresholds.ts';
import { HOUR } from '#kernel/clock.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { startFakeKodi } from '../../test/support/kodi/fake.ts';
import { kodiHouse, lists } from '../../test/support/kodi-house.ts';

eachDatabase('what an import brought', (make) => {
  test('is one change set: taken back as a whole, it does not come again; cleaning leaves it when its server is gone', async () => {
    const kodi = await startFakeKodi();
    const alien = kodi.library.addMovie({ title: 'Alien', year: 1979, runtime: 7000 });
    const matrix = kodi.library.addMovie({ title: 'The Matrix', year: 1999, runtime: 8000 });
    const show = kodi.library.addShow({ title: 'Breaking Bad', year: 2008 });
    const pilot = kodi.library.addEpisode(show, 1, 1, { title: 'Pilot', file: '/bb/1.mkv' });
    kodi.library.addEpisode(show, 1, 2, { title: 'Second', file: '/bb/2.mkv' });
    kodi.library.call('VideoLibrary.SetMovieDetails', { movieid: alien, playcount: 3 });
    kodi.library.stopAt('movie', matrix, 4000);
    kodi.library.markWatched('episode', pilot);
    const house = await kodiHouse(make, kodi);
    const { database, clock, viewer, sync } = house;
    const changes = createChanges({ database, clock });
    const before = await lists(house);
    const id = await house.connect();
    const run = await sync.run(id, 'import');
    const after = await lists(house);
    expect(after).not.toEqual(before);

    const [set] = (await changes.list(viewer, { limit: 9 })).items;
    expect(set).toMatchObject({ kind: 'import', runId: run.id, touched: 3, device: { name: expect.any(String) } });
    const { undoneBy, kept } = await changes.undoLast(viewer);
    expect(kept).toBe(0);
    expect(await lists(house)).toEqual(before);
    house.pass(HOUR);
    await sync.run(id, 'import');
    expect(await lists(house)).toEqual(before);
    expect((await changes.list(viewer, { limit: 9 })).items).toHaveLength(2);
    await changes.undo(viewer, undoneBy);
    expect(await lists(house)).toEqual(after);

    await sync.remove(viewer, id);
    const left = await lists(house);
    expect(left.history).toEqual(after.history);
    house.pass(100 * 24 * HOUR);
    const cleaning = createCleaning({
      database,
      clock,
      thresholds: createThresholds({ database, clock }),
      holder: 'a',
    });
    expect(await cleaning.run(new AbortController().signal)).toMatchObject({ plays: 0, changes: 3 });
    expect(await lists(house)).toEqual(left);
    await kodi.close();
  });
});
