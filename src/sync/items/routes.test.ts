import { expect, test } from 'vitest';
import { ADMIN, startApi } from '../../../test/support/api.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { createMemoryServer } from '../../../test/support/media-server.ts';
import { itemsHouse } from '../../../test/support/sync-items.ts';
import { createCredentials } from '../credentials.ts';
import { createClientLibraries } from './libraries.ts';
import { createMatches } from './matches.ts';
import { previewReplacement, replaceServer } from './replace.ts';
import { itemRoutes } from './routes.ts';

eachDatabase('routes of a client’s items', (make) => {
  test('show, decide, choose and replace, for admins', async () => {
    const house = await itemsHouse(make);
    const server = createMemoryServer(house.clock);
    const tools = {
      ...house,
      credentials: createCredentials(Buffer.alloc(32, 1)),
      connectors: [server.connector()],
      installation: 'test',
    };
    const libraries = createClientLibraries(house);
    const routes = itemRoutes({
      matches: createMatches(house),
      libraries,
      replace: (viewer, clientId, place, confirm, signal) =>
        confirm
          ? replaceServer(tools, viewer, clientId, place, signal)
          : previewReplacement(tools, clientId, place, signal),
    });
    await house.database.transaction((tx) => tx.deleteFrom('users').execute());
    const api = await startApi(house.database, { routes: () => routes });
    const admin = api.caller();
    expect((await api.caller().get('/clients/1/matches?state=unmatched')).statusCode).toBe(401);
    await admin.send('POST', '/setup', ADMIN);

    const client = await house.addClient('http://old');
    const films = await house.tree.library('movies');
    const alien = await house.tree.movie(films, { title: 'Alien', year: 1979 });
    const doubt = { reason: 'Several.', candidates: [alien] };
    const copy = await house.addCopy(client, '1', { title: 'Alien', year: 1979, doubt });
    const at = `/clients/${client}`;
    const list = async (state: string) => (await admin.get(`${at}/matches?state=${state}`)).json();
    expect(await list('ambiguous')).toMatchObject({
      items: [{ id: copy, candidates: [{ item: { id: alien }, score: 40 }] }],
      next: null,
    });
    expect((await admin.get(`${at}/matches?state=nonsense`)).statusCode).toBe(400);
    expect((await admin.get(`${at}/matches/${copy}/candidates?q=ali`)).json()).toMatchObject({
      items: expect.any(Array),
    });
    for (const body of [{}, { itemId: alien, ignore: true }, { create: false }, { other: 1 }]) {
      expect((await admin.send('PUT', `${at}/matches/${copy}`, body)).statusCode).toBe(400);
    }
    const put = await admin.send('PUT', `${at}/matches/${copy}`, { itemId: alien });
    expect(put.json()).toMatchObject({ state: 'decided', item: { id: alien } });
    expect((await list('decided')).items).toHaveLength(1);
    expect((await admin.send('DELETE', `${at}/matches/${copy}`)).json()).toMatchObject({ state: 'ambiguous' });
    expect((await admin.send('DELETE', `${at}/matches/${copy}`)).statusCode).toBe(409);

    await house.database.transaction((tx) =>
      libraries.refresh(tx, client, [{ remoteId: 'a/b', name: 'Films', kind: 'movies', count: 1 }]),
    );
    const chosen = { libraryId: films, included: false };
    expect((await admin.send('PUT', `${at}/libraries/a%2Fb`, chosen)).json()).toMatchObject(chosen);
    expect((await admin.get(`${at}/libraries`)).json()).toEqual({
      items: [{ remoteId: 'a/b', name: 'Films', kind: 'movies', ...chosen }],
    });

    server.addAccount('Ada');
    server.shelf.movie({ title: 'Alien', year: 1979 });
    const shown = (await admin.send('POST', `${at}/replace`, { address: 'http://new/' })).json();
    expect(shown).toMatchObject({ done: false, counts: { moved: 1, new: 0, gone: 0, conflicting: 0 } });
    expect(shown.moved).toMatchObject([{ from: { clientItemId: '1' }, to: { remoteId: 'movie:1' }, by: 'title' }]);
    expect((await house.copy(copy)).client_item_id).toBe('1');
    const done = await admin.send('POST', `${at}/replace`, { address: 'http://new/', confirm: true });
    expect(done.json()).toMatchObject({ done: true });
    expect((await house.copy(copy)).client_item_id).toBe('movie:1');
  });
});
