import { afterEach, beforeEach, expect, test } from 'vitest';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import { asId, type ClientId, type DeviceUserId } from '#kernel/ids.ts';
import type { IsolationMode } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { type FakeKodi, startFakeKodi } from '../../test/support/kodi/fake.ts';
import { itemOf, type KodiHouse, kodiHouse, lists } from '../../test/support/kodi-house.ts';

let kodi: FakeKodi;
beforeEach(async () => {
  kodi = await startFakeKodi();
});
afterEach(async () => {
  await kodi.close();
  expect(kodi.violations).toEqual([]);
});

/** As identity does it. */
const setMode = async ({ sync, database, viewer }: KodiHouse, id: ClientId, isolation: IsolationMode) => {
  const [account] = (await sync.client(id)).accounts;
  await database.transaction(async (tx) => {
    const deviceUserId = asId<DeviceUserId>(account!.deviceUserId);
    await tx.updateTable('device_users').set({ isolation }).where('id', '=', deviceUserId).execute();
    await createScopeRebuilder().rebuildGroup(tx, viewer.userId);
  });
};

eachDatabase('a Kodi that is not to be read', (make) => {
  for (const mode of ['quiet', 'silo'] as const) {
    test(`${mode}: its library is known, its people’s state is not; read later, it is taken as at first sight`, async () => {
      const house = await kodiHouse(make, kodi);
      const { sync, database, pass } = house;
      const film = kodi.library.addMovie({ title: 'Alien', year: 1979, runtime: 7000 });
      kodi.library.call('VideoLibrary.SetMovieDetails', { movieid: film, playcount: 3 });
      const played = house.clock.now();
      pass(MINUTE);
      const id = await house.connect({ isolation: mode });
      const run = await sync.run(id, 'import');
      expect(run).toMatchObject({ state: 'done', counts: { seen: 1, created: 1, events: 0 } });
      expect(run.warnings).toEqual([expect.stringContaining(`set to ${mode}`)]);
      for (const table of ['marks', 'plays', 'play_states', 'shadows'] as const)
        expect(await database.read.selectFrom(table).selectAll().execute()).toEqual([]);

      pass(HOUR);
      await sync.run(id, 'import');
      await setMode(house, id, 'loud');
      pass(HOUR);
      expect(await sync.run(id, 'import')).toMatchObject({ counts: { created: 0, events: 1 }, warnings: [] });
      const { item_id } = await itemOf(database, `movie:${film}`);
      expect(await house.activity.state(house.viewer, item_id)).toMatchObject({
        watched: true,
        markedAt: played,
        playCount: 3,
      });
      pass(HOUR);
      expect((await sync.run(id, 'import')).counts.events).toBe(0);
    });
  }

  test('for a while: what was done there meanwhile is taken later, with its dates, and nothing twice', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, database, pass } = house;
    const films = ['Alien', 'Brazil', 'Cube'].map((title) =>
      kodi.library.addMovie({ title, year: 1980, runtime: 7000 }),
    );
    const [alien, brazil, cube] = films as [number, number, number];
    kodi.library.markWatched('movie', alien);
    kodi.library.markWatched('movie', brazil);
    const id = await house.connect();
    await sync.run(id, 'import');
    await setMode(house, id, 'quiet');
    pass(HOUR);
    kodi.library.markUnwatched('movie', brazil);
    kodi.library.markWatched('movie', cube);
    const played = house.clock.now();
    for (let day = 0; day < 2; day++) {
      pass(HOUR);
      expect((await sync.run(id, 'import')).counts.events).toBe(0);
    }
    expect((await lists(house)).history).toEqual([]);
    await setMode(house, id, 'shout');
    pass(HOUR);
    expect((await sync.run(id, 'import')).counts.events).toBe(2);
    const state = async (film: number) =>
      house.activity.state(house.viewer, (await itemOf(database, `movie:${film}`)).item_id);
    expect(await state(alien)).toMatchObject({ watched: true, playCount: 1 });
    expect(await state(brazil)).toMatchObject({ watched: false });
    expect(await state(cube)).toMatchObject({ watched: true, markedAt: played, playCount: 1 });
    expect((await lists(house)).history.toSorted()).toEqual(['Alien', 'Brazil', 'Cube']);
  });
});
