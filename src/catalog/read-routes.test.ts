import { expect, test } from 'vitest';
import { createStates } from '#activity/states/states.ts';
import { createAudit } from '#audit/audit.ts';
import { manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Written } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addUser, openGrants } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { readRoutes } from './read-routes.ts';
import { createCatalog } from './service.ts';

eachDatabase('one item over the API', (make) => {
  const house = async () => {
    const database = await make();
    const clock = manualClock(1_700_000_000_000);
    const observer = { leavesChanged: async () => {} };
    const catalog = createCatalog({ database, clock, audit: createAudit({ clock }), observer });
    const routes = readRoutes(catalog, createStates({ database, clock }));
    const { viewer } = await addUser(database, { name: 'Ada' });
    const tree = treeIn(database);
    const library = await tree.library('movies');
    const movie = await tree.movie(library, { title: 'Alien' });
    const ask = async (operationId: string, call: object): Promise<unknown> => {
      const route = routes.find((one) => one.operationId === operationId)!;
      return JSON.parse(((await route.handle(call as never)) as Written).json);
    };
    const get = (id: MediaItemId = movie, who: Viewer = viewer) => ask('getItem', { viewer: who, params: { id } });
    const list = async () => {
      const query = { kind: 'movie', sort: 'title', order: 'asc', removed: false, limit: 40 };
      return ((await ask('listItems', { viewer, query })) as { items: unknown[] }).items;
    };
    return { database, viewer, tree, library, movie, get, list };
  };

  test('is the same alone and in a list, asked for anew or again', async () => {
    const { movie, get, list } = await house();
    const first = await get();
    expect(first).toMatchObject({ id: movie, title: 'Alien', state: { watched: false, playCount: 0 } });
    expect(await get()).toEqual(first);
    expect(await list()).toEqual([first]);
  });

  test('shows what another program changed just now, of the item and of its state', async () => {
    const { database, viewer, tree, movie, get, list } = await house();
    await get();
    await tree.change(movie, { title: 'Aliens' });
    expect(await get()).toMatchObject({ title: 'Aliens' });
    const mark = { scope_id: viewer.groupScope, item_id: movie, watched: 1, at: 1_700_000_000_000 } as const;
    await database.transaction((tx) => tx.insertInto('marks').values(mark).execute());
    const marked = { title: 'Aliens', state: { watched: true, markedAt: '2023-11-14T22:13:20.000Z' } };
    expect(await get()).toMatchObject(marked);
    expect(await list()).toMatchObject([marked]);
    await database.transaction((tx) => tx.deleteFrom('media_items').where('id', '=', movie).execute());
    await expect(get()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is not there for whom it is hidden, whoever saw it before', async () => {
    const { viewer, tree, movie, get } = await house();
    await tree.change(movie, { rating_level: 18 });
    await get();
    const child = { ...viewer, grants: { ...openGrants, maxRatingLevel: 12 } };
    await expect(get(movie, child)).rejects.toMatchObject({ code: 'not_found' });
    await tree.change(movie, { rating_level: 6 });
    expect(await get(movie, child)).toEqual(await get());
  });

  test('of a container tells what is in it', async () => {
    const { library, get } = await house();
    const told = { kind: 'library', state: { state: 'unwatched', unwatched: 1 } };
    expect(await get(library)).toMatchObject(told);
    expect(await get(library)).toMatchObject(told);
  });
});
