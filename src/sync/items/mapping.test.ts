import { expect, test } from 'vitest';
import { withoutCopies } from '#catalog/copies.ts';
import { loadItems } from '#catalog/item-view.ts';
import { manualClock } from '#kernel/clock.ts';
import { asId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { openGrants } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createMapping, type NewMapping } from './mapping.ts';

const setUp = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(Date.UTC(2026, 10, 21));
  const tree = treeIn(database);
  const client = async (address: string) => {
    const { id } = await database.transaction((tx) =>
      tx
        .insertInto('clients')
        .values({ kind: 'jellyfin', name: address, address, created_at: 0 })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    return id;
  };
  const [home, cabin] = [await client('http://home'), await client('http://cabin')];
  const films = await tree.library('movies');
  const movies = [await tree.movie(films), await tree.movie(films)] as const;
  const mapping = createMapping({ database, clock });
  const map = (entry: NewMapping, item: MediaItemId, further: MediaItemId[] = []) =>
    database.transaction((tx) => mapping.map(tx, entry, item, further));
  return { database, tree, home, cabin, movies, mapping, map };
};

const movie = (clientId: ClientId, clientItemId: string): NewMapping => ({
  clientId,
  clientItemId,
  kind: 'movie',
  title: 'A film',
});

eachDatabase('client item ids', (make) => {
  test('name a copy on one client: the same id elsewhere is another', async () => {
    const { mapping, map, home, cabin, movies } = await setUp(make);
    await map(movie(home, '7'), movies[0]);
    await map(movie(cabin, '7'), movies[1]);
    expect(await mapping.itemByClientId(home, '7')).toBe(movies[0]);
    expect(await mapping.itemByClientId(cabin, '7')).toBe(movies[1]);
    expect(await mapping.itemByClientId(cabin, '8')).toBeNull();
    expect(await mapping.itemByClientIdAndKind(home, '7', 'movie')).toBe(movies[0]);
    expect(await mapping.itemByClientIdAndKind(home, '7', 'series')).toBeNull();
  });

  test('are looked up in batches, and listed in pages', async () => {
    const { database, mapping, home, movies } = await setUp(make);
    const names = Array.from({ length: 450 }, (_, index) => `m${String(index).padStart(3, '0')}`);
    await database.transaction(async (tx) => {
      for (const name of names) await mapping.map(tx, movie(home, name), movies[0]);
    });
    const found = await mapping.itemsByClientIds(home, [...names, 'nothing', 'm000']);
    expect(found.size).toBe(450);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await mapping.list(home, { limit: 200, cursor });
      seen.push(...page.items.map((entry) => entry.clientItemId));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(names);
  });

  test('an item may have several copies, and a copy several items', async () => {
    const { mapping, map, tree, home, cabin, movies } = await setUp(make);
    await map(movie(home, 'hd'), movies[0]);
    await map(movie(home, '4k'), movies[0]);
    await map(movie(cabin, 'x'), movies[0]);
    expect(await mapping.copiesOf(movies[0])).toEqual([
      { clientId: home, clientType: 'jellyfin', itemId: 'hd' },
      { clientId: home, clientType: 'jellyfin', itemId: '4k' },
      { clientId: cabin, clientType: 'jellyfin', itemId: 'x' },
    ]);
    const show = await tree.show(await tree.library('series'), [3]);
    const [one, two, three] = show.episodes[0]!;
    const double: NewMapping = { clientId: home, clientItemId: 'e', kind: 'episode', title: 'Both' };
    const copy = await map(double, one!, [two!]);
    expect(await mapping.itemsOf(copy)).toEqual([one, two]);
    expect(await mapping.copiesOf(two!)).toHaveLength(1);
    expect(await map(double, one!, [three!])).toBe(copy);
    expect(await mapping.itemsOf(copy)).toEqual([one, three]);
    expect(await mapping.copiesOf(two!)).toEqual([]);
  });

  test('get or create makes an item once, also when asked twice at once', async () => {
    const { database, mapping, tree, home } = await setUp(make);
    const films = await tree.library('movies');
    let made = 0;
    const get = () =>
      database.transaction((tx) =>
        mapping.getOrCreate(tx, movie(home, 'new'), async (unit) => {
          made++;
          const { id } = await unit
            .insertInto('media_items')
            .values({
              kind: 'movie',
              library_id: films,
              title: 'New',
              sort_title: 'new',
              title_key: 'new',
              added_at: 0,
              updated_at: 0,
            })
            .returning('id')
            .executeTakeFirstOrThrow();
          return id;
        }),
      );
    const ids = await Promise.all([get(), get(), get()]);
    expect(new Set(ids).size).toBe(1);
    expect(await mapping.itemByClientId(home, 'new')).toBe(ids[0]);
    expect(made).toBe(1);
  });

  test('a failing unit leaves no mapping behind', async () => {
    const { database, mapping, home, movies } = await setUp(make);
    const work = database.transaction(async (tx) => {
      await mapping.map(tx, movie(home, '1'), movies[0]);
      await mapping.map(tx, movie(home, '2'), asId(99_999));
    });
    await expect(work).rejects.toMatchObject({ code: 'not_found' });
    expect(await mapping.itemsByClientIds(home, ['1', '2'])).toEqual(new Map());
  });

  test('are unique: another item gets a copy only by moving it, and unmapped it is nobody’s', async () => {
    const { database, mapping, map, tree, home, movies } = await setUp(make);
    await map(movie(home, '1'), movies[0]);
    await expect(map(movie(home, '1'), movies[1])).rejects.toMatchObject({ code: 'conflict' });
    await database.transaction((tx) => mapping.move(tx, home, '1', movies[1]));
    expect(await mapping.itemByClientId(home, '1')).toBe(movies[1]);
    const series = await tree.series(await tree.library('series'));
    await expect(database.transaction((tx) => mapping.move(tx, home, '1', series))).rejects.toMatchObject({
      code: 'invalid',
      message: 'A movie cannot be a copy of a series.',
    });
    await database.transaction((tx) => mapping.unmap(tx, home, '1'));
    expect(await mapping.itemByClientId(home, '1')).toBeNull();
    await map(movie(home, '1'), movies[0]);
    expect(await mapping.itemByClientId(home, '1')).toBe(movies[0]);
    await expect(database.transaction((tx) => mapping.unmap(tx, home, '2'))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

eachDatabase('a copy of several items', (make) => {
  test('is shown on each of them, and each counts as having a copy', async () => {
    const { database, tree, home, map } = await setUp(make);
    const show = await tree.show(await tree.library('series'), [3]);
    const [one, two, three] = show.episodes[0]!;
    const items = () => loadItems(database.read, openGrants, [one!, two!, three!]);
    expect((await items()).get(two!)?.syncClients).toEqual([]);
    await map({ clientId: home, clientItemId: 'e', kind: 'episode', title: 'Both' }, one!, [two!]);
    const shown = await items();
    const copy = { clientId: home, clientType: 'jellyfin', itemId: 'e' };
    expect([one, two, three].map((id) => shown.get(id!)?.syncClients)).toEqual([[copy], [copy], []]);
    const lonely = await withoutCopies(database.read, [one!, two!, three!]);
    expect(lonely.map(({ id }) => id)).toEqual([three]);
  });
});
