import { expect, test } from 'vitest';
import { asId, type ClientItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { itemsHouse } from '../../../test/support/sync-items.ts';
import { createMatches, type Decision } from './matches.ts';

const setUp = async (make: MakeDatabase) => {
  const house = await itemsHouse(make);
  const client = await house.addClient('http://attic');
  const matches = createMatches(house);
  const films = await house.tree.library('movies');
  const page = { limit: 40 };
  return {
    ...house,
    client,
    matches,
    films,
    list: (state: 'unmatched' | 'ambiguous' | 'conflicting' | 'decided', request = page) =>
      matches.list(client, state, request),
    decide: (copy: ClientItemId, decision: Decision) => matches.decide(house.viewer, client, copy, decision),
    undo: (copy: ClientItemId) => matches.undo(house.viewer, client, copy),
  };
};

const facts = (more: object = {}) => ({ externalIds: [], ...more });

eachDatabase('the match workbench', (make) => {
  test('shows what is in doubt with its candidates, best first', async () => {
    const { tree, films, client, addCopy, list } = await setUp(make);
    const old = await tree.movie(films, { title: 'Solaris', year: 1972 });
    const young = await tree.movie(films, { title: 'Solaris', year: 2002 });
    const doubt = { reason: 'Several items have this title.', candidates: [old, young], facts: facts() };
    const [solaris, nothing, conflict] = [
      await addCopy(client, '1', { title: 'Solaris', year: 2003, doubt }),
      await addCopy(client, '2', { title: 'Lost', doubt: { reason: 'Its series is not matched.', candidates: [] } }),
      await addCopy(client, '3', { title: 'Solaris', doubt: { ...doubt, conflict: true } }),
    ];
    const gone = await addCopy(client, '4', { title: 'Gone' });
    expect((await list('ambiguous')).items).toMatchObject([
      {
        id: solaris,
        clientItemId: '1',
        state: 'ambiguous',
        reason: 'Several items have this title.',
        item: null,
        decision: null,
        candidates: [
          { item: { id: young }, score: 32, reasons: ['the same title', 'a year apart'] },
          { item: { id: old }, score: 10 },
        ],
      },
    ]);
    expect((await list('unmatched')).items.map(({ id, reason }) => [id, reason])).toEqual([
      [nothing, 'Its series is not matched.'],
      [gone, 'Its item was deleted; the next run looks for it again.'],
    ]);
    expect((await list('conflicting')).items.map(({ id }) => id)).toEqual([conflict]);
    const first = await list('unmatched', { limit: 1 });
    expect(first.items).toHaveLength(1);
    const next = await list('unmatched', { limit: 1, cursor: first.next! } as never);
    expect([next.items.map(({ id }) => id), next.next]).toEqual([[gone], null]);
    await expect(list('ambiguous', { limit: 1, cursor: first.next! } as never)).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('shows different works of one client that are taken for one item, until a person says which is which', async () => {
    const { tree, films, client, addClient, addCopy, list, decide } = await setUp(make);
    const item = await tree.movie(films, { title: 'Dune' });
    const other = await tree.movie(films, { title: 'Dune: Part Two' });
    const elsewhere = await addClient('http://cabin');
    const one = await addCopy(client, '1', { title: 'Dune', item });
    const two = await addCopy(client, '2', { title: 'Dune: Part Two', item });
    await addCopy(elsewhere, '1', { title: 'Der Wüstenplanet', item });
    await addCopy(client, '3', { title: 'DUNE', item: other });
    await addCopy(client, '4', { title: 'Dune', item: other });
    await addCopy(client, '5', { title: 'A', item: films, kind: 'season' });
    await addCopy(client, '6', { title: 'B', item: films, kind: 'season' });
    const { items } = await list('conflicting');
    expect(items.map(({ id, state, item: is, reason }) => [id, state, is?.id, reason])).toEqual([
      [one, 'conflicting', item, expect.stringContaining('“Dune: Part Two”')],
      [two, 'conflicting', item, expect.stringContaining('“Dune”')],
    ]);
    await decide(two, { itemId: other });
    expect((await list('conflicting')).items).toEqual([]);
  });

  test('a decision holds, drops what was seen of the copy, moves no history, and is taken back', async () => {
    const { database, tree, films, client, viewer, addAccount, addCopy, copy, list, decide, undo } = await setUp(make);
    const wrong = await tree.movie(films, { title: 'Alien' });
    const right = await tree.movie(films, { title: 'Aliens' });
    const account = await addAccount(client, 'u', 'Ada');
    const id = await addCopy(client, '1', { title: 'Aliens', item: wrong, match: 'title' });
    const still = await addCopy(client, '2', { title: 'Alien', item: wrong, match: 'title' });
    await database.transaction(async (tx) => {
      for (const client_item_id of [id, still]) {
        await tx
          .insertInto('shadows')
          .values({ account_id: account, client_item_id, watched: 1, play_count: 1, seen_at: 1 })
          .execute();
      }
      await tx.insertInto('marks').values({ scope_id: viewer.groupScope, item_id: wrong, watched: 1, at: 1 }).execute();
    });
    const view = await decide(id, { itemId: right });
    expect(view).toMatchObject({ state: 'decided', decision: 'item', item: { id: right }, reason: '' });
    expect(await copy(id)).toMatchObject({ item_id: right, match: 'person', digest: 'as before' });
    expect((await database.read.selectFrom('shadows').select('client_item_id').execute()).map(Object.values)).toEqual([
      [still],
    ]);
    expect(await database.read.selectFrom('marks').select('item_id').execute()).toEqual([{ item_id: wrong }]);
    expect((await list('decided')).items.map((one) => one.id)).toEqual([id]);
    expect(await undo(id)).toMatchObject({ decision: null, item: { id: wrong } });
    expect(await copy(id)).toMatchObject({ item_id: wrong, match: 'title', digest: '', doubt: null });
    await expect(undo(id)).rejects.toMatchObject({ code: 'conflict' });
    const log = await database.read.selectFrom('audit_log').select(['user_id', 'changes']).orderBy('id').execute();
    expect(log.map((row) => [row.user_id, JSON.parse(row.changes)])).toEqual([
      [viewer.userId, { 'item of 1 (Aliens)': [wrong, right] }],
      [viewer.userId, { 'item of 1 (Aliens)': [right, wrong] }],
    ]);
  });

  test('an item is made although others look like it, and is retired when that is taken back', async () => {
    const { database, tree, films, client, addCopy, copy, list, decide, undo } = await setUp(make);
    const known = await tree.movie(films, { title: 'Solaris' });
    const doubt = { reason: 'Several.', candidates: [known], facts: facts({ runtimeMs: 5000 }) };
    const id = await addCopy(client, '1', { title: 'Solaris', year: 2002, doubt });
    const made = (await decide(id, { create: true })).item;
    expect(made).toMatchObject({ kind: 'movie', title: 'Solaris', year: 2002 });
    expect(made!.id).not.toBe(known);
    expect((await list('ambiguous')).items).toEqual([]);
    await undo(id);
    expect(await copy(id)).toMatchObject({ item_id: null, match: 'ambiguous', doubt: JSON.stringify(doubt) });
    const row = await database.read
      .selectFrom('media_items')
      .select('removed_at')
      .where('id', '=', made!.id)
      .executeTakeFirstOrThrow();
    expect(row.removed_at).not.toBeNull();
    expect((await list('ambiguous')).items).toHaveLength(1);
  });

  test('what is ignored is no longer asked for', async () => {
    const { client, addCopy, list, decide, undo } = await setUp(make);
    const id = await addCopy(client, '1', { title: 'Holiday', doubt: { reason: 'x', candidates: [] } });
    expect(await decide(id, { ignore: true })).toMatchObject({ decision: 'ignored', item: null });
    expect((await list('unmatched')).items).toEqual([]);
    expect((await list('decided')).items).toHaveLength(1);
    await undo(id);
    expect((await list('unmatched')).items).toHaveLength(1);
  });

  test('what hangs from a series that is another now is looked at anew', async () => {
    const { tree, client, addCopy, copy, decide } = await setUp(make);
    const shelf = await tree.library('series');
    const wrong = await tree.show(shelf, [1]);
    const right = await tree.show(shelf, [1]);
    const series = await addCopy(client, 's', { kind: 'series', item: wrong.series });
    const episode = await addCopy(client, 'e', { kind: 'episode', item: wrong.episodes[0]![0]! });
    const other = await addCopy(client, 'f', { kind: 'episode', item: right.episodes[0]![0]! });
    await decide(series, { itemId: right.series });
    expect((await copy(episode)).digest).toBe('');
    expect((await copy(other)).digest).toBe('as before');
  });

  test('refuses what cannot be', async () => {
    const { tree, films, client, addClient, matches, viewer, addCopy, decide } = await setUp(make);
    const id = await addCopy(client, '1');
    const episode = await addCopy(client, '2', { kind: 'episode' });
    await expect(decide(id, { itemId: asId(999) })).rejects.toMatchObject({ code: 'not_found' });
    await expect(decide(id, { itemId: films })).rejects.toMatchObject({ code: 'invalid' });
    await expect(decide(episode, { create: true })).rejects.toMatchObject({ code: 'conflict' });
    const show = await tree.show(await tree.library('series'), [1]);
    const doubt = {
      reason: 'x',
      candidates: [],
      facts: facts({ parentId: show.series, seasonNumber: 1, episodeNumber: 1 }),
    };
    const there = await addCopy(client, '3', { kind: 'episode', doubt });
    await expect(decide(there, { create: true })).rejects.toMatchObject({ code: 'conflict' });
    const cabin = await addClient('http://cabin');
    await expect(matches.decide(viewer, cabin, id, { ignore: true })).rejects.toMatchObject({ code: 'not_found' });
    await expect(matches.list(asId(99), 'unmatched', { limit: 1 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('finds candidates by title, and an episode’s at its place', async () => {
    const { database, ingest, tree, films, client, viewer, matches, addCopy } = await setUp(make);
    const take = (title: string, year: number) =>
      database.transaction((tx) => ingest.movie(tx, films, { title, year, externalIds: [] }));
    const alien = ((await take('Alien', 1979)) as { itemId: number }).itemId;
    await take('Brazil', 1985);
    const id = await addCopy(client, '1', { title: 'Alien: Director’s Cut', year: 1979 });
    const found = (text?: string) => matches.candidates(viewer, client, id, text);
    expect(await found()).toMatchObject([{ item: { id: alien }, score: 15, reasons: ['the same year'] }]);
    expect(await found('ali')).toHaveLength(1);
    expect(await found('nothing')).toEqual([]);
    const show = await tree.show(await tree.library('series'), [2], { title: 'Show' });
    const doubt = {
      reason: 'x',
      candidates: [],
      facts: facts({ parentId: show.series, seasonNumber: 1, episodeNumber: 2 }),
    };
    const episode = await addCopy(client, '2', { kind: 'episode', title: 'Untold', doubt });
    expect(await matches.candidates(viewer, client, episode)).toMatchObject([
      { item: { id: show.episodes[0]![1], parentTitle: 'Show' }, score: 45 },
      { item: { id: show.episodes[0]![0] }, score: 0 },
    ]);
  });
});
