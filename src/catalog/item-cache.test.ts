import { expect, test } from 'vitest';
import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { openGrants } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { keepItems } from './item-cache.ts';
import { loadItem, loadItems } from './item-view.ts';

eachDatabase('items kept from before', (make) => {
  const house = async () => {
    const database = await make();
    const tree = treeIn(database);
    const library = await tree.library('movies');
    const movie = await tree.movie(library);
    const other = await tree.movie(library);
    keepItems(database.read);
    const load = () => loadItems(database.read, openGrants, [movie, other]);
    return { database, movie, other, load };
  };

  test('are the same objects while nothing in the catalog changes', async () => {
    const { movie, load } = await house();
    const first = await load();
    expect((await load()).get(movie)).toBe(first.get(movie));
  });

  test('are what one item is read from, as long as they are as it is', async () => {
    const { database, movie, load } = await house();
    const one = () => loadItem(database.read, openGrants, movie);
    expect(await one()).not.toBe(await one());
    const listed = (await load()).get(movie);
    expect(await one()).toBe(listed);
    await database.transaction(async (tx) => changes.title!(tx, movie));
    expect(await one()).toEqual({ ...listed, title: 'Other' });
    expect(await loadItem(database.read, { ...openGrants, libraries: [] }, movie)).toBeUndefined();
  });

  const changes: Record<string, (tx: Transaction, id: MediaItemId) => Promise<unknown>> = {
    title: (tx, id) => tx.updateTable('media_items').set({ title: 'Other' }).where('id', '=', id).execute(),
    tagline: (tx, id) => tx.updateTable('movies').set({ tagline: 'Other' }).where('item_id', '=', id).execute(),
    id: (tx, id) =>
      tx.insertInto('external_ids').values({ kind: 'movie', provider: 'imdb', value: 'tt1', item_id: id }).execute(),
    image: (tx, id) =>
      tx.insertInto('images').values({ item_id: id, role: 'poster', address: 'https://example.org/p' }).execute(),
    tag: async (tx, id) => {
      const tag = await tx
        .insertInto('tags')
        .values({ name: 'a', name_key: 'a' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx.insertInto('item_tags').values({ item_id: id, tag_id: tag.id }).execute();
    },
  };
  test.each(Object.keys(changes))('are read anew after another %s', async (what) => {
    const { database, movie, load } = await house();
    const before = (await load()).get(movie);
    await database.transaction(async (tx) => changes[what]!(tx, movie));
    const after = (await load()).get(movie);
    expect(after).not.toEqual(before);
    expect(after).toEqual((await loadItems(database.read, openGrants, [movie])).get(movie));
  });

  test('a change that is undone leaves nothing behind', async () => {
    const { database, movie, other, load } = await house();
    await load();
    await database
      .transaction(async (tx) => {
        await changes.title!(tx, movie);
        expect((await loadItems(tx, openGrants, [movie, other])).get(movie)?.title).toBe('Other');
        throw new Error('no');
      })
      .catch(() => {});
    await database.transaction(async (tx) => changes.tagline!(tx, other));
    expect((await load()).get(movie)?.title).not.toBe('Other');
  });

  test('what may no longer be seen is not shown from before', async () => {
    const { database, movie, load } = await house();
    await load();
    const none = { ...openGrants, libraries: [] };
    expect((await loadItems(database.read, none, [movie])).size).toBe(0);
    expect((await loadItems(database.read, none, [...(await load()).keys()])).size).toBe(0);
  });
});
