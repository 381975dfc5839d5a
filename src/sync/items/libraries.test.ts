import { expect, test } from 'vitest';
import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createAudit } from '#audit/audit.ts';
import { createIngest } from '#catalog/ingest.ts';
import { manualClock } from '#kernel/clock.ts';
import { asId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { treeIn } from '../../../test/support/tree.ts';
import type { RemoteLibrary } from '../media-server.ts';
import { createClientLibraries } from './libraries.ts';

const films: RemoteLibrary = { remoteId: '1', name: 'Films', kind: 'movies', count: 3 };
const kids: RemoteLibrary = { remoteId: '2', name: 'Kids', kind: 'movies', count: 1 };

const setUp = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(Date.UTC(2026, 10, 21));
  const ingest = createIngest({ clock, observer: createLeafObserver() });
  const libraries = createClientLibraries({ database, audit: createAudit({ clock }), ingest });
  const { id } = await database.transaction((tx) =>
    tx
      .insertInto('clients')
      .values({ kind: 'jellyfin', name: 'Attic', address: 'http://attic', created_at: 0 })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const refresh = (told: RemoteLibrary[]) => database.transaction((tx) => libraries.refresh(tx, id, told));
  const choose = (remoteId: string, libraryId: MediaItemId | null, included = true) =>
    libraries.choose(null, id, remoteId, { libraryId, included });
  return { database, libraries, tree: treeIn(database), client: id as ClientId, refresh, choose };
};

eachDatabase('libraries of a client', (make) => {
  test('by default go into one of ours for each kind, and all count', async () => {
    const { database, libraries, client, refresh } = await setUp(make);
    const plan = await refresh([films, kids]);
    expect(plan.included).toBeUndefined();
    const into = (remoteId?: string) => database.transaction((tx) => plan.libraryFor(tx, 'movies', remoteId));
    expect(new Set([await into('1'), await into('2'), await into('9'), await into()]).size).toBe(1);
    expect(await libraries.list(client)).toEqual([
      { remoteId: '1', name: 'Films', kind: 'movies', libraryId: null, included: true },
      { remoteId: '2', name: 'Kids', kind: 'movies', libraryId: null, included: true },
    ]);
  });

  test('go where a person chose, or are left out, and the choice outlives their absence', async () => {
    const { database, tree, libraries, client, refresh, choose } = await setUp(make);
    const ours = await tree.library('movies', { title: 'For children' });
    const series = await tree.library('series');
    await refresh([films, kids]);
    await choose('2', ours);
    await choose('1', null, false);
    await expect(choose('2', series)).rejects.toMatchObject({
      code: 'invalid',
      message: 'Choose a library of movies.',
    });
    await expect(choose('3', null)).rejects.toMatchObject({ code: 'not_found' });
    await refresh([{ ...films, remoteId: '4', name: 'New' }]);
    expect((await libraries.list(client)).map(({ remoteId }) => remoteId)).toEqual(['1', '2', '4']);
    await refresh([]);
    const plan = await refresh([films, { ...kids, name: 'Children' }]);
    expect(plan.included).toEqual(['2']);
    expect(await database.transaction((tx) => plan.libraryFor(tx, 'movies', '2'))).toBe(ours);
    expect(await libraries.list(client)).toMatchObject([{ included: false }, { name: 'Children', libraryId: ours }]);
    const log = await database.read.selectFrom('audit_log').select('changes').orderBy('id').execute();
    expect(log.map((row) => JSON.parse(row.changes))).toEqual([
      { 'library Kids: libraryId': [null, ours] },
      { 'library Films: included': [true, false] },
    ]);
  });

  test('one of ours that is retired is not gone into', async () => {
    const { database, tree, refresh, choose } = await setUp(make);
    const ours = await tree.library('movies');
    const second = await tree.library('movies');
    await refresh([films]);
    await choose('1', second);
    await tree.change(second, { removed_at: 1 });
    const plan = await refresh([films]);
    expect(await database.transaction((tx) => plan.libraryFor(tx, 'movies', '1'))).toBe(ours);
  });

  test('of a client that is not there are not found', async () => {
    const { libraries } = await setUp(make);
    await expect(libraries.list(asId(99))).rejects.toMatchObject({ code: 'not_found' });
  });
});
