import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import { asId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../test/support/databases.ts';
import { type FakeKodi, startFakeKodi } from '../../test/support/kodi/fake.ts';
import { itemOf, kodiHouse, lists } from '../../test/support/kodi-house.ts';
import { readDoubt } from './items/doubt.ts';

let kodi: FakeKodi;
beforeEach(async () => {
  kodi = await startFakeKodi();
});
afterEach(async () => {
  await kodi.close();
  expect(kodi.violations).toEqual([]);
});

const setUp = (make: MakeDatabase) => kodiHouse(make, kodi);

/** Everything that an import may write, but for when things were seen. */
const everything = async (database: Database) => {
  const tables = [
    'media_items',
    'external_ids',
    'marks',
    'play_states',
    'plays',
    'shadows',
    'collection_items',
  ] as const;
  const rows: Record<string, unknown> = {};
  for (const table of tables)
    rows[table] = (await database.read.selectFrom(table).selectAll().execute())
      .map((row) => JSON.stringify(row))
      .sort();
  rows.copies = (await database.read.selectFrom('client_items').selectAll().orderBy('id').execute()).map(
    ({ seen_at: _, ...row }) => row,
  );
  return rows;
};

const breakingBad = () => {
  const show = kodi.library.addShow({ title: 'Breaking Bad', year: 2008, ids: { tvdb: '81189' } });
  return [1, 2, 3].map((episode) =>
    kodi.library.addEpisode(show, 1, episode, {
      title: `Episode ${episode}`,
      file: `/bb/${episode}.mkv`,
      runtime: 3000,
      firstaired: `2008-02-0${episode}`,
    }),
  );
};

eachDatabase('importing a Kodi', (make) => {
  test('brings its library, its people’s state and their dates; again changes nothing', async () => {
    const house = await setUp(make);
    const { database, sync, pass } = house;
    const [alien, matrix] = [
      kodi.library.addMovie({ title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' }, runtime: 7000 }),
      kodi.library.addMovie({
        title: 'The Matrix',
        year: 1999,
        ids: { imdb: 'tt0133093' },
        runtime: 8000,
        set: 'The Matrix Collection',
      }),
    ];
    const episodes = breakingBad();
    const { songids } = kodi.library.addAlbum('Björk', 'Homogenic', ['Hunter', 'Jóga']);
    kodi.library.markWatched('movie', alien);
    pass(MINUTE);
    kodi.library.stopAt('movie', matrix, 4000);
    pass(MINUTE);
    kodi.library.markWatched('episode', episodes[0]!);
    kodi.library.markWatched('song', songids[0]!);
    pass(MINUTE);
    const id = await house.connect();
    const run = await sync.run(id, 'import');
    expect(run).toMatchObject({
      state: 'done',
      error: null,
      warnings: [],
      counts: { seen: 11, created: 10, ambiguous: 0, events: 4, removed: 0 },
    });
    expect(await lists(house)).toEqual({
      continue: [['The Matrix', 4000_000]],
      next: ['Episode 2'],
      history: expect.arrayContaining(['Episode 1', 'Alien', 'Hunter']),
    });
    const [play] = (await house.activity.history(house.viewer, { limit: 40 })).items.filter(
      (entry) => entry.item.title === 'Alien',
    );
    expect(play).toMatchObject({ completed: true, lastAt: Date.UTC(2026, 10, 21, 10) });

    const before = await everything(database);
    pass(HOUR);
    expect((await sync.run(id, 'import')).counts).toMatchObject({
      seen: 11,
      created: 0,
      matched: 0,
      updated: 0,
      events: 0,
      removed: 0,
    });
    expect(await everything(database)).toEqual(before);
  });

  test('what is watched, unwatched and left off later follows', async () => {
    const house = await setUp(make);
    const { sync, pass } = house;
    const film = kodi.library.addMovie({ title: 'Alien', year: 1979, runtime: 7000 });
    const [first, second] = breakingBad();
    kodi.library.markWatched('movie', film);
    const id = await house.connect();
    await sync.run(id, 'import');
    pass(HOUR);
    kodi.library.markUnwatched('movie', film);
    kodi.library.stopAt('episode', first!, 1500);
    await sync.run(id, 'import');
    const alien = (await itemOf(house.database, `movie:${film}`)).item_id;
    expect((await house.activity.state(house.viewer, alien)).watched).toBe(false);
    expect((await lists(house)).continue).toEqual([['Episode 1', 1500_000]]);
    pass(HOUR);
    kodi.library.stopAt('episode', first!, 2990);
    kodi.library.stopAt('episode', second!, 60);
    await sync.run(id, 'import');
    expect(await lists(house)).toMatchObject({ continue: [], next: ['Episode 2'] });
    pass(HOUR);
    kodi.library.stopAt('episode', first!, 2990);
    await sync.run(id, 'import');
    expect((await lists(house)).history.filter((title) => title === 'Episode 1')).toHaveLength(2);
  });

  test('two files of one film are one item, and the same film told by a scanned folder as well', async () => {
    const house = await setUp(make);
    const { sync, database, ingest } = house;
    const ids = { imdb: 'tt0083658' };
    const known = await database.transaction(async (tx) =>
      ingest.movie(tx, await ingest.library(tx, 'movies'), {
        title: 'Blade Runner',
        year: 1982,
        externalIds: [{ provider: 'imdb', value: 'tt0083658' }],
      }),
    );
    const copies = ['/a.mkv', '/b.mkv'].map((file) =>
      kodi.library.addMovie({ title: 'Blade Runner', year: 1982, ids, file }),
    );
    kodi.library.addMovie({ title: 'The Thing', year: 1982 });
    kodi.library.addMovie({ title: 'The Thing', year: 2011 });
    const run = await sync.run(await house.connect(), 'import');
    expect(run.counts).toMatchObject({ seen: 4, created: 2, matched: 2 });
    const items = await Promise.all(copies.map(async (copy) => (await itemOf(database, `movie:${copy}`)).item_id));
    expect(new Set(items)).toEqual(new Set([(known as { itemId: MediaItemId }).itemId]));
  });

  test('a rebuilt library: ids stand for other things, nothing is lost, moved or doubled', async () => {
    const house = await setUp(make);
    const { sync, database, pass } = house;
    const titles = ['Alien', 'Aliens', 'Brazil', 'Cube', 'Dune'];
    const films = titles.map((title, index) =>
      kodi.library.addMovie({
        title,
        year: 1980 + index,
        ids: index % 2 ? { imdb: `tt000000${index}` } : (undefined as never),
      }),
    );
    const episodes = breakingBad();
    kodi.library.markWatched('movie', films[1]!);
    kodi.library.markWatched('movie', films[4]!);
    kodi.library.markWatched('episode', episodes[1]!);
    const id = await house.connect();
    await sync.run(id, 'import');
    const states = async () => {
      const rows = await database.read
        .selectFrom('media_items')
        .select(['id', 'title'])
        .where('kind', 'in', ['movie', 'episode'])
        .orderBy('title')
        .execute();
      return Promise.all(
        rows.map(async (row) => [row.title, (await house.activity.state(house.viewer, row.id)).watched]),
      );
    };
    const before = await states();
    const plays = await database.read.selectFrom('plays').selectAll().execute();
    kodi.library.rebuild();
    pass(HOUR);
    const run = await sync.run(id, 'import');
    expect(run.warnings).toEqual([]);
    expect(run.counts.rematched).toBeGreaterThan(0);
    expect(await states()).toEqual(before);
    expect(await database.read.selectFrom('plays').selectAll().execute()).toEqual(plays);
    pass(HOUR);
    expect((await sync.run(id, 'import')).counts).toMatchObject({
      created: 0,
      matched: 0,
      rematched: 0,
      events: 0,
      removed: 0,
    });
    expect(await states()).toEqual(before);
  });

  test('what is gone is retired and comes back with its state; an empty or shrunken answer takes nothing away', async () => {
    const house = await setUp(make);
    const { sync, database, pass } = house;
    const films = Array.from({ length: 40 }, (_, index) =>
      kodi.library.addMovie({ title: `Film ${index}`, year: 1980 }),
    );
    kodi.library.markWatched('movie', films[0]!);
    const id = await house.connect();
    await sync.run(id, 'import');
    const removedOf = async (film: number) => {
      const { item_id } = await itemOf(database, `movie:${film}`);
      return (
        await database.read
          .selectFrom('media_items')
          .select('removed_at')
          .where('id', '=', item_id)
          .executeTakeFirstOrThrow()
      ).removed_at;
    };
    const all = kodi.library.movies;
    pass(HOUR);
    kodi.library.remove('movies', 'movieid', films[0]!);
    expect((await sync.run(id, 'import')).counts.removed).toBe(1);
    expect(await removedOf(films[0]!)).not.toBeNull();
    expect(await removedOf(films[1]!)).toBeNull();
    pass(HOUR);
    kodi.library.movies = all;
    await sync.run(id, 'import');
    expect(await removedOf(films[0]!)).toBeNull();
    expect(
      (await house.activity.state(house.viewer, (await itemOf(database, `movie:${films[0]}`)).item_id)).watched,
    ).toBe(true);
    for (const left of [all.slice(0, 28), []]) {
      pass(HOUR);
      kodi.library.movies = left;
      const run = await sync.run(id, 'import');
      expect(run).toMatchObject({ state: 'held', counts: { removed: 0 } });
      expect(run.warnings[0]).toContain('of 40 known entries');
    }
    expect(await removedOf(films[39]!)).toBeNull();
  });

  test('what is in doubt is left to a person, with what it may be', async () => {
    const house = await setUp(make);
    const { sync, database, ingest } = house;
    await database.transaction(async (tx) => {
      const library = await ingest.library(tx, 'movies');
      for (const year of [1982, 2011]) await ingest.movie(tx, library, { title: 'The Thing', year, externalIds: [] });
    });
    const film = kodi.library.addMovie({ title: 'The Thing', file: '/thing.mkv' });
    kodi.library.markWatched('movie', film);
    const id = await house.connect();
    expect((await sync.run(id, 'import')).counts).toMatchObject({ ambiguous: 1, events: 0 });
    const row = await database.read
      .selectFrom('client_items')
      .select(['title', 'path', 'item_id', 'doubt'])
      .where('client_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ title: 'The Thing', path: '/thing.mkv', item_id: null });
    expect(readDoubt(row.doubt)?.candidates).toHaveLength(2);
    expect(readDoubt(row.doubt)?.reason).not.toBe('');
  });

  test('an account that is a silo keeps to itself; shout is heard', async () => {
    const house = await setUp(make);
    const film = kodi.library.addMovie({ title: 'Alien', year: 1979 });
    kodi.library.markWatched('movie', film);
    for (const [isolation, heard] of [
      ['silo', false],
      ['shout', true],
    ] as const) {
      const { client } = await house.sync.add(house.viewer, {
        kind: 'kodi',
        address: kodi.address,
        userName: 'kodi',
        password: 'kodi',
        isolation,
      });
      const id = asId<ClientId>(client.id);
      await house.sync.run(id, 'import');
      const item = (await itemOf(house.database, `movie:${film}`)).item_id;
      expect((await house.activity.state(house.viewer, item)).watched).toBe(heard);
      await house.sync.remove(house.viewer, id);
    }
  });
});

eachDatabase('an import that fails', (make) => {
  test('keeps what it has, says why, and the next one goes on', async () => {
    const house = await setUp(make);
    kodi.library.addMovie({ title: 'Alien', year: 1979 });
    breakingBad();
    const id = await house.connect();
    kodi.fault = { kind: 'cut', method: 'VideoLibrary.GetEpisodes' };
    await expect(house.sync.run(id, 'import')).rejects.toMatchObject({ code: 'unavailable' });
    expect((await house.sync.runs(id, { limit: 1 })).items[0]).toMatchObject({
      state: 'failed',
      counts: { created: 2 },
      error: expect.stringContaining('broke off'),
    });
    kodi.fault = undefined;
    expect(await house.sync.run(id, 'import')).toMatchObject({ state: 'done', counts: { created: 3 } });
  });

  test('two at once: the second is refused; a dead one is given up after a while', async () => {
    const house = await setUp(make);
    kodi.library.addMovie({ title: 'Alien', year: 1979 });
    const id = await house.connect();
    const results = await Promise.allSettled([house.sync.run(id, 'import'), house.sync.run(id, 'import')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    const now = house.clock.now();
    await house.database.transaction((tx) =>
      tx
        .insertInto('sync_runs')
        .values({
          client_id: id,
          started_at: now,
          beat_at: now,
          ended_at: null,
          state: 'running',
          kind: 'import',
          cursor: null,
          counts: '{}',
          warnings: '[]',
          error: null,
        })
        .execute(),
    );
    await expect(house.sync.run(id, 'import')).rejects.toMatchObject({ code: 'conflict' });
    house.clock.advance(2 * MINUTE);
    await house.sync.recover();
    expect((await house.sync.runs(id, { limit: 1 })).items[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('broken off'),
    });
    expect((await house.sync.run(id, 'import')).state).toBe('done');
  });

  test('stops when the program does', async () => {
    const house = await setUp(make);
    kodi.library.addMovie({ title: 'Alien', year: 1979 });
    const id = await house.connect();
    kodi.fault = { kind: 'slow', method: 'VideoLibrary.GetTVShows' };
    const run = await house.sync.startRun(id, 'import');
    expect(run.state).toBe('running');
    await house.sync.close();
    expect((await house.sync.runs(id, { limit: 1 })).items[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('stopped'),
    });
  });
});

eachDatabase('clients', (make) => {
  test('are asked before they are kept; secrets are sealed and never shown', async () => {
    const house = await setUp(make);
    const { sync, viewer, database } = house;
    const add = (more: object) =>
      sync.add(viewer, { kind: 'kodi', address: kodi.address, userName: 'kodi', password: 'kodi', ...more });
    await expect(add({ password: 'wrong' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(add({ address: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'unavailable' });
    await expect(add({ timeZone: 'Mars/Base' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(add({ userId: 999 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(add({ kind: 'plex' })).rejects.toMatchObject({ code: 'invalid' });
    expect((await sync.clients({ limit: 40 })).items).toEqual([]);
    const { client, warnings } = await add({});
    expect(client).toMatchObject({
      name: 'Living room',
      address: kodi.address,
      hasPassword: true,
      serverVersion: '20.1',
      accounts: [{ userId: viewer.userId, isolation: 'loud' }],
    });
    expect(warnings).toEqual([]);
    await expect(add({})).rejects.toMatchObject({ code: 'conflict' });
    const kept = await database.read.selectFrom('clients').select('secret').executeTakeFirstOrThrow();
    const log = JSON.stringify(await database.read.selectFrom('audit_log').selectAll().execute());
    expect(kept.secret).toMatch(/^v1\./);
    expect(log).toContain('•••');
    expect(log).not.toContain(kept.secret);
  });

  test('are changed after trying, and forgotten without what was watched', async () => {
    const house = await setUp(make);
    const { sync, viewer, database } = house;
    const film = kodi.library.addMovie({ title: 'Alien', year: 1979 });
    kodi.library.markWatched('movie', film);
    const id = await house.connect();
    await sync.run(id, 'import');
    await expect(sync.change(viewer, id, { password: 'wrong' })).rejects.toMatchObject({ code: 'invalid' });
    kodi.password = 'new';
    await expect(sync.run(id, 'import')).rejects.toMatchObject({ code: 'invalid' });
    expect(await sync.change(viewer, id, { password: 'new', name: 'TV', timeZone: 'America/New_York' })).toMatchObject({
      name: 'TV',
      timeZone: 'America/New_York',
    });
    expect((await sync.run(id, 'import')).state).toBe('done');
    await sync.remove(viewer, id);
    await expect(sync.client(id)).rejects.toMatchObject({ code: 'not_found' });
    for (const table of ['client_items', 'shadows', 'sync_runs', 'client_accounts'] as const) {
      expect(await database.read.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    expect((await lists(house)).history).toEqual(['Alien']);
  });
});
