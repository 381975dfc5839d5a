import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import { asId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../test/support/databases.ts';
import { memoryHouse } from '../../test/support/memory-house.ts';
import { createMatches } from './items/matches.ts';
import { glance } from './quick.ts';

/** What the simulator of test/convergence found, each in a few steps. */

const setUp = async (make: MakeDatabase) => {
  const house = await memoryHouse(make, [{ kind: 'jellyfin' }, { kind: 'emby' }]);
  const facts = { title: 'Alien', year: 1979, runtimeMs: 100 * MINUTE };
  const films = house.servers.map(({ server }) =>
    server.shelf.movie({ ...facts, externalIds: [{ provider: 'imdb', value: 'tt0078748' }], path: '/alien.mkv' }),
  );
  const [first, second] = house.servers.map(({ server, ada }) => ({ server, person: server.as(ada) }));
  const sync = async (id: ClientId, does: 'sync' | 'import' = 'sync') => {
    house.clock.advance(HOUR);
    return house.sync.run(id, does);
  };
  const item = async () => {
    const rows = await house.database.read
      .selectFrom('media_items')
      .select('id')
      .where('title', '=', 'Alien')
      .execute();
    return asId<MediaItemId>(rows[0]!.id);
  };
  const state = async () => house.activity.state(house.viewer, await item());
  const opinions = createOpinions(house);
  /** Writes what is to be written; none of the answers arrives. */
  const runWithoutAnswer = async (id: ClientId) => {
    house.servers[0]!.server.inject({ on: 'write', how: 'lost' });
    const { counts } = await sync(id);
    expect(counts).toMatchObject({ written: 0, failed: 1 });
  };
  return { ...house, films, first: first!, second: second!, run: sync, item, state, opinions, runWithoutAnswer };
};

eachDatabase('agreement', (make) => {
  test('what was looked at before and is liked now was liked now', async () => {
    const { films, first, connect, run, item, tools, viewer } = await setUp(make);
    const id = await connect(0);
    await run(id);
    const opinions = createOpinions({ database: tools.database, clock: tools.clock });
    await opinions.say(viewer, await item(), { favourite: false });
    await run(id);
    first.person.favourite(films[0]!, true);
    await run(id);
    expect((await opinions.of(viewer, await item())).favourite.value).toBe(true);
  });

  test('the same said again after they showed otherwise is written again', async () => {
    const { films, first, connect, run, item, activity, viewer } = await setUp(make);
    const id = await connect(0);
    first.person.watch(films[0]!);
    await run(id);
    first.person.unwatch(films[0]!);
    await run(id, 'import');
    await activity.setWatched(viewer, await item(), { watched: true });
    await run(id);
    expect(first.person.kept(films[0]!).state.watched).toBe(true);
  });

  test('a server that is set up anew with all its states counts nothing twice', async () => {
    const { films, first, second, connect, run, state, database } = await setUp(make);
    const ids = [await connect(0), await connect(1)];
    first.person.watch(films[0]!);
    for (const id of [...ids, ...ids]) await run(id);
    expect(second.person.kept(films[1]!).state.playCount).toBe(1);
    const { serverId } = second.server;
    second.server.rebuild({ ids: 'fresh', keepState: true });
    second.server.serverId = serverId;
    for (const id of [...ids, ...ids]) await run(id);
    expect(await state()).toMatchObject({ watched: true, playCount: 1 });
    expect(await database.read.selectFrom('plays').select('id').execute()).toHaveLength(1);
  });

  test('what is watched there while something else of it is written is not lost', async () => {
    const { films, first, connect, run, state, item, tools, viewer } = await setUp(make);
    const id = await connect(0);
    await run(id);
    await createOpinions({ database: tools.database, clock: tools.clock }).say(viewer, await item(), { rating: 8 });
    first.server.inject({ on: 'write', how: 'slow', delay: async () => first.person.watch(films[0]!) });
    await run(id);
    await run(id);
    expect(first.person.kept(films[0]!)).toMatchObject({ state: { watched: true }, opinion: { rating: 8 } });
    expect((await state()).watched).toBe(true);
  });

  test('what was done on an account while it was not read is taken once it is', async () => {
    const { films, first, connect, run, state, item, tools, viewer, sync } = await setUp(make);
    const id = await connect(0, { isolation: 'quiet' });
    await run(id);
    first.person.watch(films[0]!);
    await createOpinions({ database: tools.database, clock: tools.clock }).say(viewer, await item(), { rating: 8 });
    await run(id);
    expect(first.person.kept(films[0]!).opinion.rating).toBe(8);
    const [account] = (await sync.client(id)).accounts;
    await sync.changeAccount(viewer, id, asId(account!.id), { isolation: 'loud' });
    await run(id);
    expect((await state()).watched).toBe(true);
  });

  test('a quick look does not take another server for the one that was connected', async () => {
    const { first, connect, run, tools } = await setUp(make);
    const id = await connect(0);
    await run(id);
    first.server.rebuild({ ids: 'again' });
    const look = glance(tools, id, { read: [], items: 'all' }, new AbortController().signal);
    await expect(look).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a play whose date is known only after its mark was written is written as well', async () => {
    const { films, first, connect, run, item, activity, viewer, clock, database } = await setUp(make);
    const id = await connect(0);
    await run(id);
    const film = await item();
    const record = (event: Parameters<typeof activity.recordRemote>[3]) =>
      database.transaction((tx) => activity.recordRemote(tx, viewer, film, event));
    await activity.setWatched(viewer, film, { watched: true });
    await run(id);
    const at = clock.now();
    await record({ watched: { value: true, at }, playCount: 1 });
    await run(id);
    await record({ plays: [{ at, completed: true, counted: true, sourceKey: '1' }] });
    await run(id);
    expect(first.person.kept(films[0]!).state).toMatchObject({ playCount: 1, lastPlayedAt: at });
  });

  test('what arrived at an account that is not read is nobody’s play, once it is read', async () => {
    const { films, first, connect, run, item, state, activity, viewer, sync, runWithoutAnswer } = await setUp(make);
    const id = await connect(0, { isolation: 'quiet' });
    await run(id);
    await activity.setWatched(viewer, await item(), { watched: true });
    await runWithoutAnswer(id);
    await run(id);
    expect(first.person.kept(films[0]!).state).toMatchObject({ watched: true, playCount: 1 });
    const [account] = (await sync.client(id)).accounts;
    await sync.changeAccount(viewer, id, asId(account!.id), { isolation: 'loud' });
    const { counts } = await run(id);
    expect(counts).toMatchObject({ events: 0, written: 0 });
    expect(await state()).toMatchObject({ watched: true, playCount: 0 });
  });

  test('what arrived at an account that is not read is taken back there when it is taken back here', async () => {
    const { films, first, connect, run, item, opinions, activity, viewer, runWithoutAnswer } = await setUp(make);
    const id = await connect(0, { isolation: 'quiet' });
    await run(id);
    await opinions.say(viewer, await item(), { favourite: true });
    await activity.setWatched(viewer, await item(), { watched: true });
    await runWithoutAnswer(id);
    expect(first.person.kept(films[0]!)).toMatchObject({ state: { watched: true }, opinion: { favourite: true } });
    await opinions.say(viewer, await item(), { favourite: false });
    await activity.setWatched(viewer, await item(), { watched: false });
    await run(id);
    expect(first.person.kept(films[0]!)).toMatchObject({ state: { watched: false }, opinion: { favourite: false } });
  });

  for (const isolation of ['loud', 'quiet'] as const) {
    test(`what arrived at a ${isolation} account and is undone here is undone there`, async () => {
      const { films, first, connect, run, item, activity, viewer, database, clock, ...more } = await setUp(make);
      const id = await connect(0, { isolation });
      await run(id);
      await activity.setWatched(viewer, await item(), { watched: true });
      await more.runWithoutAnswer(id);
      expect(first.person.kept(films[0]!).state.watched).toBe(true);
      await createChanges({ database, clock }).undoLast(viewer);
      await run(id);
      expect(first.person.kept(films[0]!).state.watched).toBe(false);
    });
  }

  test('what is decided on late is looked at with its dates', async () => {
    const { first, connect, run, ingest, database, tools, viewer, activity, clock } = await setUp(make);
    await database.transaction(async (tx) => {
      const library = await ingest.library(tx, 'movies');
      for (const year of [1982, 2011]) await ingest.movie(tx, library, { title: 'The Thing', year, externalIds: [] });
    });
    const film = first.server.shelf.movie({ title: 'The Thing' });
    const id = await connect(0);
    await run(id);
    first.person.watch(film);
    const at = clock.now();
    await run(id);
    const catalog = { search: () => Promise.reject(new Error('Nothing is searched for.')) };
    const { id: copy } = await database.read
      .selectFrom('client_items')
      .select('id')
      .where('client_item_id', '=', film)
      .executeTakeFirstOrThrow();
    clock.advance(MINUTE);
    const { item } = await createMatches({ ...tools, catalog }).decide(viewer, id, copy, { create: true });
    await run(id);
    expect(await activity.state(viewer, asId(item!.id))).toMatchObject({
      markedAt: at,
      lastPlayedAt: at,
      playCount: 1,
    });
  });

  test('what was away and comes back is looked at with its dates', async () => {
    const { films, first, connect, run, state, servers, clock } = await setUp(make);
    const others = first.server.shelf.library('movies', 'Others');
    for (const title of ['Up', 'Down', 'Left']) first.server.shelf.movie({ title, year: 2009 }, others);
    const [library] = first.server.shelf.libraries();
    const id = await connect(0);
    await run(id);
    first.server.hide(servers[0]!.ada, [library!.remoteId]);
    expect((await run(id)).counts.removed).toBe(1);
    first.person.watch(films[0]!);
    const at = clock.now();
    await run(id);
    first.server.hide(servers[0]!.ada, []);
    await run(id);
    expect(await state()).toMatchObject({ markedAt: at, lastPlayedAt: at, playCount: 1 });
  });

  test('an account that showed nothing at all was not read', async () => {
    const { films, first, connect, run, state, servers, clock, sync, viewer } = await setUp(make);
    const id = await connect(0, { isolation: 'quiet' });
    await run(id);
    first.person.watch(films[0]!);
    const at = clock.now();
    const [account] = (await sync.client(id)).accounts;
    await sync.changeAccount(viewer, id, asId(account!.id), { isolation: 'loud' });
    first.server.hide(servers[0]!.ada, [first.server.shelf.libraries()[0]!.remoteId]);
    expect((await run(id)).counts.removed).toBe(0);
    first.server.hide(servers[0]!.ada, []);
    await run(id);
    expect(await state()).toMatchObject({ watched: true, markedAt: at, lastPlayedAt: at });
  });

  test('two copies of a film whose ids change places are each looked at anew', async () => {
    const { films, first, connect, run, state, clock } = await setUp(make);
    const facts = { title: 'Alien', year: 1979, externalIds: [{ provider: 'imdb' as const, value: 'tt0078748' }] };
    first.server.shelf.movie({ ...facts, path: '/alien-long.mkv' });
    const id = await connect(0);
    first.person.watch(films[0]!);
    const at = clock.now();
    await run(id, 'import');
    const { serverId } = first.server;
    first.server.rebuild({ ids: 'again', keepState: true });
    first.server.serverId = serverId;
    await run(id);
    expect(await state()).toMatchObject({ watched: true, markedAt: at, playCount: 1 });
  });

  test('what was marked here and then watched there counts once, also after that is set up anew', async () => {
    const { films, first, connect, run, state, item, activity, viewer } = await setUp(make);
    const id = await connect(0);
    await run(id);
    await activity.setWatched(viewer, await item(), { watched: true });
    await run(id);
    first.person.watch(films[0]!);
    await run(id);
    expect(first.person.kept(films[0]!).state.playCount).toBe(2);
    const { serverId } = first.server;
    first.server.rebuild({ ids: 'fresh', keepState: true });
    first.server.serverId = serverId;
    await run(id);
    expect(await state()).toMatchObject({ watched: true, playCount: 1 });
  });

  for (const look of ['a quick look', 'a run that only writes'] as const) {
    test(`${look} settles nothing on an account whose state was not read yet`, async () => {
      const { films, first, connect, run, item, viewer, tools, sync, opinions } = await setUp(make);
      const id = await connect(0, { isolation: 'quiet' });
      first.person.favourite(films[0]!, true);
      await run(id);
      await opinions.say(viewer, await item(), { favourite: false });
      if (look === 'a run that only writes') await run(id);
      const [account] = (await sync.client(id)).accounts;
      await sync.changeAccount(viewer, id, asId(account!.id), { isolation: 'loud' });
      await glance(tools, id, { read: [], items: 'all' }, new AbortController().signal);
      await run(id);
      expect(first.person.kept(films[0]!).opinion.favourite).toBe(false);
      expect((await opinions.of(viewer, await item())).favourite.value).toBe(false);
    });
  }

  test('a server that is connected again is read before a quick look settles anything on it', async () => {
    const { films, first, connect, run, state, item, activity, viewer, tools, sync } = await setUp(make);
    const former = await connect(0);
    first.person.watch(films[0]!);
    await run(former);
    await sync.remove(viewer, former);
    first.person.stopAt(films[0]!, 30 * MINUTE);
    const id = await connect(0, { isolation: 'quiet' });
    await run(id, 'import');
    await activity.setWatched(viewer, await item(), { watched: false });
    const [account] = (await sync.client(id)).accounts;
    await sync.changeAccount(viewer, id, asId(account!.id), { isolation: 'loud' });
    await glance(tools, id, { read: [], items: 'all' }, new AbortController().signal);
    await run(id);
    expect(first.person.kept(films[0]!).state.watched).toBe(false);
    expect(await state()).toMatchObject({ watched: false, playCount: 1 });
  });

  test('what was done there before our newest wish and is seen only after it was told gives way to it', async () => {
    const { films, first, connect, run, state, item, activity, viewer, tools, clock } = await setUp(make);
    const id = await connect(0);
    await run(id);
    clock.advance(HOUR);
    first.person.stopAt(films[0]!, 95 * MINUTE);
    clock.advance(HOUR);
    await activity.setWatched(viewer, await item(), { watched: false });
    await glance(tools, id, { read: [], items: 'all' }, new AbortController().signal);
    await run(id);
    expect(first.person.kept(films[0]!).state.position).toBeNull();
    expect(await state()).toMatchObject({ watched: false, positionMs: null });
  });

  test('what is watched there where a mark of ours did not arrive is a play of theirs', async () => {
    const { films, first, connect, run, state, item, activity, viewer, clock, servers } = await setUp(make);
    const id = await connect(0);
    await run(id);
    await activity.setWatched(viewer, await item(), { watched: true });
    servers[0]!.server.inject({ on: 'write', how: 'throw', fault: 'timeout' });
    await run(id);
    clock.advance(HOUR);
    first.person.watch(films[0]!);
    const at = clock.now();
    await run(id);
    expect(await state()).toMatchObject({ watched: true, markedAt: at, lastPlayedAt: at, playCount: 1 });
  });

  test('what is watched there once a mark of ours had arrived is one play of theirs', async () => {
    const { films, first, connect, run, state, item, activity, viewer, clock, runWithoutAnswer } = await setUp(make);
    const id = await connect(0);
    await run(id);
    await activity.setWatched(viewer, await item(), { watched: true });
    await runWithoutAnswer(id);
    clock.advance(HOUR);
    first.person.watch(films[0]!);
    const at = clock.now();
    await run(id);
    expect(first.person.kept(films[0]!).state.playCount).toBe(2);
    expect(await state()).toMatchObject({ watched: true, markedAt: at, lastPlayedAt: at, playCount: 1 });
  });

  test('who stops at the end of what a mark of ours had reached has not watched it once more', async () => {
    const { films, first, connect, run, state, item, activity, viewer, clock, runWithoutAnswer } = await setUp(make);
    const id = await connect(0);
    await run(id);
    await activity.setWatched(viewer, await item(), { watched: true });
    await runWithoutAnswer(id);
    clock.advance(HOUR);
    first.person.stopAt(films[0]!, 95 * MINUTE);
    await run(id);
    expect(await state()).toMatchObject({ watched: true, playCount: 0 });
  });
});
