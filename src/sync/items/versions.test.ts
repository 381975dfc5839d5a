import { expect, test } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { type MemoryHouse, memoryHouse } from '../../../test/support/memory-house.ts';

const externalIds = [{ provider: 'imdb', value: 'tt0078748' }];
const alien = { title: 'Alien', year: 1979, runtimeMs: 100 * MINUTE, externalIds };

const syncAll = async ({ sync, clock }: MemoryHouse, ids: Awaited<ReturnType<MemoryHouse['connect']>>[]) => {
  for (const id of [...ids, ...ids]) {
    clock.advance(MINUTE);
    await sync.run(id, 'sync');
  }
};

eachDatabase('several versions of one film on a server', (make) => {
  test('are one item, follow each other and all others, and then all is quiet', async () => {
    const house = await memoryHouse(make, [{ kind: 'jellyfin' }, { kind: 'plex' }]);
    const [one, other] = house.servers.map(({ server, ada }) => ({ server, ada: server.as(ada) }));
    const [hd, uhd] = [
      one!.server.shelf.movie({ ...alien, path: '/hd/Alien/alien.mkv' }),
      one!.server.shelf.movie({ ...alien, path: '/uhd/Alien/alien.mkv' }),
    ];
    const there = other!.server.shelf.movie(alien);
    const ids = [await house.connect(0), await house.connect(1)];
    other!.ada.watch(there);
    await syncAll(house, ids);
    const items = await house.database.read.selectFrom('client_items').select('item_id').distinct().execute();
    expect(items).toHaveLength(1);
    const watched = () =>
      [one!.ada.kept(hd), one!.ada.kept(uhd), other!.ada.kept(there)].map(({ state }) => state.watched);
    expect(watched()).toEqual([true, true, true]);
    house.clock.advance(MINUTE);
    one!.ada.unwatch(uhd);
    await syncAll(house, ids);
    expect(watched()).toEqual([false, false, false]);
    for (const { server } of house.servers) server.calls.length = 0;
    await syncAll(house, ids);
    const written = house.servers.flatMap(({ server }) => server.calls.filter(({ call }) => call === 'write'));
    expect(written).toEqual([]);
  });
});
