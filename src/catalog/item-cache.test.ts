import { expect, test } from 'vitest';
import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { openGrants } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { keepItems } from './item-cache.ts';
import { loadItem, loadItems } from './item-view.ts';
import { loadShown, loadShownItem, wholeOf } from './shown-item.ts';

const wholeSize = ({ json }: { json: string }): number => Buffer.byteLength(json);

eachDatabase('items kept from before', (make) => {
  const house = async () => {
    const database = await make();
    const tree = treeIn(database);
    const library = await tree.library('movies');
    const movie = await tree.movie(library);
    const other = await tree.movie(library);
    keepItems(database.read);
    const load = () => loadShown(database.read, openGrants, [movie, other]);
    return { database, movie, other, load };
  };

  test('are the same objects while nothing in the catalog changes', async () => {
    const { movie, load } = await house();
    const first = await load();
    expect((await load()).get(movie)).toBe(first.get(movie));
  });

  test('are told of alone as in a list, as long as they are as they were', async () => {
    const { database, movie, load } = await house();
    const one = (grants = openGrants) => loadShownItem(database.read, grants, movie);
    const first = await one();
    expect(await one()).toBe(first);
    expect((await load()).get(movie)).toBe(first);
    await database.transaction(async (tx) => changes.title!(tx, movie));
    const after = await one();
    expect(wholeOf(after!)).toEqual({ ...wholeOf(first!), title: 'Other' });
    expect(wholeOf(after!)).toEqual(await loadItem(database.read, openGrants, movie));
    expect((await load()).get(movie)).toBe(after);
    expect(await one({ ...openGrants, libraries: [] })).toBeUndefined();
    await database.transaction((tx) => tx.deleteFrom('media_items').where('id', '=', movie).execute());
    expect(await one()).toBeUndefined();
    expect((await load()).has(movie)).toBe(false);
  });

  test('are no more than there is room for', async () => {
    const { database, movie, other, load } = await house();
    const size = wholeSize((await load()).get(movie)!);
    keepItems(database.read, size + 400);
    const first = (await load()).get(other);
    expect((await loadShown(database.read, openGrants, [other])).get(other)).toBe(first);
    const again = await loadShown(database.read, openGrants, [movie]);
    expect(again.get(movie)).toEqual((await load()).get(movie));
    expect((await loadShown(database.read, openGrants, [movie])).get(movie)).not.toBe(again.get(movie));
  });

  test('of those grants that hide something are only what they show', async () => {
    const { database, movie, other, load } = await house();
    await load();
    await database.transaction((tx) => changes.rating!(tx, other));
    const child = { ...openGrants, maxRatingLevel: 12 };
    await load();
    expect([...(await loadShown(database.read, child, [movie, other])).keys()]).toEqual([movie]);
    expect(await loadShownItem(database.read, child, other)).toBeUndefined();
    expect(await loadShownItem(database.read, child, movie)).toBe((await load()).get(movie));
  });

  const changes: Record<string, (tx: Transaction, id: MediaItemId) => Promise<unknown>> = {
    title: (tx, id) => tx.updateTable('media_items').set({ title: 'Other' }).where('id', '=', id).execute(),
    rating: (tx, id) => tx.updateTable('media_items').set({ rating_level: 18 }).where('id', '=', id).execute(),
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
    expect(wholeOf(after!)).toEqual((await loadItems(database.read, openGrants, [movie])).get(movie));
  });

  test('a change that is undone leaves nothing behind', async () => {
    const { database, movie, other, load } = await house();
    await load();
    await database
      .transaction(async (tx) => {
        await changes.title!(tx, movie);
        expect((await loadShown(tx, openGrants, [movie, other])).get(movie)?.title).toBe('Other');
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
    expect((await loadShown(database.read, none, [movie])).size).toBe(0);
    expect((await loadShown(database.read, none, [...(await load()).keys()])).size).toBe(0);
  });
});
