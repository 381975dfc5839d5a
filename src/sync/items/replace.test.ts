import { expect, test } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { createMemoryServer, type MemoryServer } from '../../../test/support/media-server.ts';
import { itemsHouse } from '../../../test/support/sync-items.ts';
import { createCredentials } from '../credentials.ts';
import { startRun } from '../run-repository.ts';
import { previewReplacement, replaceServer } from './replace.ts';

const { signal } = new AbortController();
const place = { address: 'http://new:8096' };

/** A client whose server had a film, a series of two episodes and a film that a person decided on. */
const setUp = async (make: MakeDatabase) => {
  const house = await itemsHouse(make);
  const { database, tree, clock, audit } = house;
  const server = createMemoryServer(clock);
  server.addAccount('Ada');
  const client = await house.addClient('http://old:8096');
  const account = await house.addAccount(client, 'old-ada', 'Ada');
  const films = await tree.library('movies');
  const alien = await tree.movie(films, { title: 'Alien', year: 1979 });
  const cube = await tree.movie(films, { title: 'Cube', year: 1997 });
  const home = await tree.movie(films, { title: 'Our wedding' });
  const show = await tree.show(await tree.library('series'), [2], { title: 'Dark' });
  await database.transaction((tx) =>
    tx
      .insertInto('external_ids')
      .values({ kind: 'movie', provider: 'imdb', value: 'tt0078748', item_id: alien })
      .execute(),
  );
  const ids = {
    alien: await house.addCopy(client, 'movie:1', { title: 'Alien', year: 1979, item: alien }),
    cube: await house.addCopy(client, 'movie:2', { title: 'Cube', year: 1997, item: cube }),
    home: await house.addCopy(client, 'movie:3', {
      title: 'MOV_1',
      path: '/v/2009/MOV_1.mp4',
      item: home,
      match: 'person',
    }),
    show: await house.addCopy(client, 'series:1', { kind: 'series', title: 'Dark', item: show.series }),
    first: await house.addCopy(client, 'episode:1', { kind: 'episode', title: 'One', item: show.episodes[0]![0]! }),
    second: await house.addCopy(client, 'episode:2', { kind: 'episode', title: 'Two', item: show.episodes[0]![1]! }),
  };
  await database.transaction((tx) =>
    tx
      .insertInto('shadows')
      .values(
        Object.values(ids).map((client_item_id) => ({
          account_id: account,
          client_item_id,
          watched: 1 as const,
          play_count: 1,
          seen_at: 1,
        })),
      )
      .execute(),
  );
  const tools = {
    ...house,
    credentials: createCredentials(Buffer.alloc(32, 1)),
    connectors: [server.connector()],
    rebuilder: { rebuildGroup: async () => {} },
    installation: 'test',
    audit,
  };
  const names = async () =>
    Object.fromEntries(
      (await house.copies()).map((row) => [row.client_item_id, row.removed_at === null ? row.item_id : null]),
    );
  return {
    ...house,
    server,
    client,
    account,
    ids,
    items: { alien, cube, home, ...show },
    names,
    preview: () => previewReplacement(tools, client, place, signal),
    replace: () => replaceServer(tools, house.viewer, client, place, signal),
  };
};

/** The same library on the new server: other ids, other order, other folders. */
const fill = (server: MemoryServer) => {
  const show = server.shelf.series({ title: 'Dark' });
  const cube = server.shelf.movie({ title: 'Cube', year: 1997 });
  const home = server.shelf.movie({ title: 'MOV_1', path: '/mnt/2009/MOV_1.mp4' });
  const alien = server.shelf.movie({ title: 'ALIEN', externalIds: [{ provider: 'Imdb', value: 'tt0078748' }] });
  const season = server.shelf.season(show, { seasonNumber: 1 });
  const second = server.shelf.episode(show, { title: 'Two', seasonNumber: 1, episodeNumber: 2 });
  const first = server.shelf.episode(show, { title: 'One', seasonNumber: 1, episodeNumber: 1 });
  const fresh = server.shelf.movie({ title: 'Brazil' });
  return { show, cube, home, alien, season, first, second, fresh };
};

const counts = ({
  remapping: { moved, fresh, gone, conflicting },
}: Awaited<ReturnType<typeof previewReplacement>>) => ({
  moved: moved.length,
  fresh: fresh.length,
  gone: gone.length,
  conflicting: conflicting.length,
});

eachDatabase('replacing a server', (make) => {
  test('shows what would become of each copy, and changes nothing', async () => {
    const { server, names, preview, database } = await setUp(make);
    fill(server);
    const before = await names();
    const report = await preview();
    expect(counts(report)).toEqual({ moved: 6, fresh: 2, gone: 0, conflicting: 0 });
    expect(report).toMatchObject({ done: false, warnings: [], server: { name: 'Memory', same: false } });
    expect(await names()).toEqual(before);
    expect(server.calls.filter(({ call }) => call === 'write')).toEqual([]);
    expect(await database.read.selectFrom('shadows').select('seen_at').execute()).toHaveLength(6);
  });

  test('moves every copy to its name there; what was seen is forgotten, decisions stay', async () => {
    const { server, client, account, ids, items, names, copy, replace, database } = await setUp(make);
    // `movie:2` was Cube, and is MOV_1 on the new server.
    const there = fill(server);
    expect((await replace()).done).toBe(true);
    expect(await names()).toEqual({
      [there.alien]: items.alien,
      [there.cube]: items.cube,
      [there.home]: items.home,
      [there.show]: items.series,
      [there.first]: items.episodes[0]![0],
      [there.second]: items.episodes[0]![1],
    });
    expect(await copy(ids.home)).toMatchObject({ match: 'person', path: '/mnt/2009/MOV_1.mp4', digest: '' });
    expect(await database.read.selectFrom('shadows').select('seen_at').execute()).toEqual([]);
    expect(
      await database.read.selectFrom('clients').select(['address', 'server_id']).where('id', '=', client).execute(),
    ).toEqual([{ address: 'http://new:8096', server_id: 'memory-1' }]);
    expect(
      await database.read
        .selectFrom('client_accounts as a')
        .innerJoin('device_users as u', 'u.id', 'a.device_user_id')
        .innerJoin('devices as d', 'd.id', 'u.device_id')
        .select(['a.id', 'a.remote_user_id', 'a.state_read_at', 'd.device_key'])
        .execute(),
    ).toEqual([
      { id: account, remote_user_id: 'account:1', state_read_at: 0, device_key: 'jellyfin:memory-1:account:1' },
    ]);
  });

  test('an empty server takes nothing from anyone', async () => {
    const { database, names, replace, copies } = await setUp(make);
    const report = await replace();
    expect(counts(report)).toEqual({ moved: 0, fresh: 0, gone: 6, conflicting: 0 });
    expect(report.warnings).toEqual(['So much is not there that its items stay, without a copy, until it is.']);
    expect(Object.values(await names())).toEqual([null, null, null, null, null, null]);
    expect((await copies()).map((row) => row.client_item_id)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^~\d+ movie:1$/)]),
    );
    const retired = await database.read
      .selectFrom('media_items')
      .select('id')
      .where('removed_at', 'is not', null)
      .execute();
    expect(retired).toEqual([]);
  });

  test('filled later and put in place again, the copies are found again', async () => {
    const { server, items, names, replace } = await setUp(make);
    await replace();
    const there = fill(server);
    expect(counts(await replace())).toEqual({ moved: 6, fresh: 2, gone: 0, conflicting: 0 });
    expect((await names())[there.alien]).toBe(items.alien);
  });

  test('what nobody can tell apart is left to a person, and no history goes to it', async () => {
    const { database, server, items, names, preview, replace } = await setUp(make);
    fill(server);
    server.shelf.movie({ title: 'Cube' });
    server.shelf.remove('episode:6');
    const report = await preview();
    expect(counts(report)).toEqual({ moved: 4, fresh: 2, gone: 2, conflicting: 2 });
    expect(report.remapping.conflicting[0]!.copies.map(({ itemId }) => itemId)).toEqual([items.cube]);
    await replace();
    expect(Object.values(await names()).filter((id: MediaItemId | null) => id === items.cube)).toEqual([]);
    // What is really gone is retired; what may be there is not.
    const retired = await database.read
      .selectFrom('media_items')
      .select('id')
      .where('removed_at', 'is not', null)
      .execute();
    expect(retired).toEqual([{ id: items.episodes[0]![1] }]);
  });

  test('a link ends where the new server does not know the person', async () => {
    const { server, client, addAccount, replace, database } = await setUp(make);
    fill(server);
    await addAccount(client, 'old-bob', 'Bob');
    expect((await replace()).warnings).toEqual(['It has no account of Bob: that link ends, what was watched stays.']);
    const left = await database.read.selectFrom('client_accounts').select('remote_name').execute();
    expect(left).toEqual([{ remote_name: 'Ada' }]);
  });

  test('is refused while a run goes on, and where that server is a client already; nothing is half done', async () => {
    const { server, client, addClient, names, replace, database, clock } = await setUp(make);
    fill(server);
    const before = await names();
    const run = (state: 'running' | 'done') =>
      database.transaction((tx) =>
        tx
          .insertInto('sync_runs')
          .values({
            client_id: client,
            started_at: 1,
            beat_at: clock.now(),
            ended_at: null,
            kind: 'sync',
            state,
            cursor: null,
            counts: '{}',
            warnings: '[]',
            error: null,
          } as never)
          .execute(),
      );
    await run('running');
    await expect(replace()).rejects.toMatchObject({ code: 'conflict' });
    await database.transaction((tx) => tx.deleteFrom('sync_runs').execute());
    await addClient('http://new:8096');
    await expect(replace()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('already') });
    expect(await names()).toEqual(before);
  });

  test('a run whose program died does not stand in the way', async () => {
    const { server, client, replace, database, clock } = await setUp(make);
    fill(server);
    await database.transaction((tx) => startRun(tx, client, 'sync', clock.now()));
    await expect(replace()).rejects.toMatchObject({ code: 'conflict' });
    clock.advance(2 * MINUTE);
    await replace();
    expect(await database.read.selectFrom('sync_runs').select('state').execute()).toEqual([{ state: 'failed' }]);
  });

  test('a server that fails changes nothing', async () => {
    const { server, names, replace } = await setUp(make);
    fill(server);
    const before = await names();
    server.inject({ on: 'items', how: 'throw', after: 2 });
    await expect(replace()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await names()).toEqual(before);
  });
});
