import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';
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

/** A film seen three times, one left in the middle, an episode seen and a song heard. */
const fill = () => {
  const { library } = kodi;
  const alien = library.addMovie({ title: 'Alien', year: 1979, runtime: 7000 });
  const matrix = library.addMovie({ title: 'The Matrix', year: 1999, runtime: 8000, ids: { imdb: 'tt0133093' } });
  const show = library.addShow({ title: 'Breaking Bad', year: 2008, ids: { tvdb: '81189' } });
  const [pilot] = [1, 2].map((episode) =>
    library.addEpisode(show, 1, episode, { title: `Episode ${episode}`, file: `/bb/${episode}.mkv` }),
  );
  const { songids } = library.addAlbum('Björk', 'Homogenic', ['Hunter', 'Jóga']);
  library.call('VideoLibrary.SetMovieDetails', { movieid: alien, playcount: 3 });
  library.stopAt('movie', matrix, 4000);
  library.markWatched('episode', pilot!);
  library.markWatched('song', songids[0]!);
  return { alien };
};

/** All that is known of people's watching and of who they watch on. */
const watching = async (database: Database) => {
  const rows: Record<string, unknown> = {};
  for (const table of ['marks', 'play_states', 'plays', 'device_users', 'scopes'] as const)
    rows[table] = (await database.read.selectFrom(table).selectAll().execute())
      .map((row) => JSON.stringify(row))
      .sort();
  return rows;
};

const present = async (database: Database) =>
  (
    await database.read
      .selectFrom('media_items')
      .select('title')
      .where('kind', 'not in', ['library', 'collection'])
      .where('removed_at', 'is', null)
      .orderBy('title')
      .execute()
  ).map((row) => row.title);

/** A file of an item in a scanned folder. */
const addFile = (database: Database, item_id: MediaItemId) =>
  database.transaction(async (tx) => {
    const { library_id } = await tx
      .selectFrom('media_items')
      .select('library_id')
      .where('id', '=', item_id)
      .executeTakeFirstOrThrow();
    const { id: scan_folder_id } = await tx
      .insertInto('scan_folders')
      .values({ library_id: library_id!, path: '/films', created_at: 0, scanned_at: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const facts = { part: 0, version: null, size_bytes: 1, modified_at: 0, fingerprint: 'a', removed_at: null };
    await tx
      .insertInto('item_locations')
      .values({ item_id, scan_folder_id, path: 'alien.mkv', ...facts })
      .execute();
  });

const isolationOf = async ({ sync }: KodiHouse, id: ClientId) => (await sync.client(id)).accounts[0]?.isolation;

eachDatabase('a Kodi that is removed and connected again', (make) => {
  test('is the same device, and brings nothing a second time', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, database, pass } = house;
    const { alien } = fill();
    pass(MINUTE);
    const first = await house.connect();
    await sync.run(first, 'import');
    const item = (await itemOf(database, `movie:${alien}`)).item_id;
    expect(await house.activity.state(house.viewer, item)).toMatchObject({ playCount: 3 });
    const before = await watching(database);
    const seen = await lists(house);
    pass(HOUR);
    await sync.remove(house.viewer, first);
    const second = await house.connect({ address: `${kodi.address}/` });
    await sync.run(second, 'import');
    expect(second).not.toBe(first);
    expect(await watching(database)).toEqual(before);
    expect(await lists(house)).toEqual(seen);

    // What was seen there since counts as ever.
    pass(HOUR);
    kodi.library.stopAt('movie', alien, 6900);
    await sync.remove(house.viewer, second);
    await sync.run(await house.connect(), 'import');
    expect(await house.activity.state(house.viewer, item)).toMatchObject({ playCount: 4 });
  });

  test('keeps its mode, unless another is asked for', async () => {
    const house = await kodiHouse(make, kodi);
    const { alien } = fill();
    let id = await house.connect({ isolation: 'shout' });
    await house.sync.run(id, 'import');
    const item = (await itemOf(house.database, `movie:${alien}`)).item_id;
    const watched = async () => (await house.activity.state(house.viewer, item)).watched;
    await house.sync.remove(house.viewer, id);
    id = await house.connect();
    expect(await isolationOf(house, id)).toBe('shout');
    expect(await watched()).toBe(true);
    await house.sync.remove(house.viewer, id);
    id = await house.connect({ isolation: 'quiet' });
    expect(await isolationOf(house, id)).toBe('quiet');
    expect(await watched()).toBe(false);
    await house.sync.remove(house.viewer, id);
    expect(await isolationOf(house, await house.connect({ isolation: 'loud' }))).toBe('loud');
    expect(await watched()).toBe(true);
  });
});

eachDatabase('a Kodi with another address', (make) => {
  /** The same Kodi, as it answers under another address. */
  const moved = async () => {
    const other = await startFakeKodi();
    onTestFinished(() => other.close());
    other.wallClock = kodi.wallClock;
    return Object.assign(other, { library: kodi.library });
  };

  test('keeps everything, and is found again there', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, database, viewer } = house;
    fill();
    const id = await house.connect();
    await sync.run(id, 'import');
    const before = await watching(database);
    const { address } = await moved();
    expect(await sync.change(viewer, id, { address: `${address.replace('http', 'HTTP')}/` })).toMatchObject({
      id,
      address,
    });
    expect((await sync.run(id, 'import')).counts).toMatchObject({ created: 0, updated: 0, events: 0 });
    expect(await watching(database)).toEqual(before);
    await sync.remove(viewer, id);
    await sync.run(await house.connect({ address }), 'import');
    expect(await watching(database)).toEqual(before);
    // At the old one another may be connected now.
    await house.connect();
    expect(await database.read.selectFrom('devices').select('id').where('kind', '=', 'kodi').execute()).toHaveLength(2);
    const log = await database.read.selectFrom('audit_log').select('changes').where('action', '=', 'update').execute();
    expect(JSON.stringify(log)).toContain(address);
  });

  test('keeps the old one when nothing answers there, or another is connected', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, viewer } = house;
    const id = await house.connect();
    const { address } = await moved();
    await house.connect({ address });
    await expect(sync.change(viewer, id, { address: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(sync.change(viewer, id, { address: 'ftp://kodi' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(sync.change(viewer, id, { address })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is connected already'),
    });
    expect(await sync.client(id)).toMatchObject({ address: kodi.address });
    expect((await sync.run(id, 'import')).state).toBe('done');
  });

  test('may take the place of one that was removed, which keeps its history', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, viewer, database } = house;
    fill();
    const former = await house.connect();
    await sync.run(former, 'import');
    await sync.remove(viewer, former);
    const { address } = await moved();
    const id = await house.connect({ address });
    const [account] = (await sync.client(id)).accounts;
    const before = await watching(database);
    expect((await sync.change(viewer, id, { address: kodi.address })).accounts).toEqual([account]);
    expect(await watching(database)).toEqual(before);
  });
});

eachDatabase('a Kodi that is removed', (make) => {
  test('takes what it alone has from the lists, not from the history; connected again it brings it back', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, database, ingest, viewer, pass } = house;
    const { alien } = fill();
    const own = await database.transaction(async (tx) =>
      ingest.movie(tx, await ingest.library(tx, 'movies'), { title: 'Brazil', year: 1985, externalIds: [] }),
    );
    const id = await house.connect();
    await sync.run(id, 'import');
    const item = (await itemOf(database, `movie:${alien}`)).item_id;
    const before = await present(database);
    const { history } = await lists(house);
    expect(before).toContain('Breaking Bad');
    pass(HOUR);
    await sync.remove(viewer, id);
    expect(own).toMatchObject({ outcome: 'created' });
    expect(await present(database)).toEqual(['Brazil']);
    expect(await lists(house)).toEqual({ continue: [], next: [], history });
    const again = await house.connect();
    expect((await sync.run(again, 'import')).counts).toMatchObject({ created: 0 });
    expect(await present(database)).toEqual(before);
    expect((await itemOf(database, `movie:${alien}`)).item_id).toBe(item);
    expect((await house.activity.state(viewer, item)).watched).toBe(true);
  });

  test('leaves what has a file or a copy elsewhere', async () => {
    const house = await kodiHouse(make, kodi);
    const { sync, database, viewer } = house;
    const { alien } = fill();
    const id = await house.connect();
    await sync.run(id, 'import');
    const other = await startFakeKodi();
    onTestFinished(() => other.close());
    other.wallClock = kodi.wallClock;
    other.library.addMovie({ title: 'The Matrix', year: 1999, ids: { imdb: 'tt0133093' } });
    await sync.run(await house.connect({ address: other.address }), 'import');
    await addFile(database, (await itemOf(database, `movie:${alien}`)).item_id);
    await sync.remove(viewer, id);
    expect(await present(database)).toEqual(['Alien', 'The Matrix']);
  });
});
