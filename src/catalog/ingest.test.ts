import { expect, test } from 'vitest';
import type { Database, Transaction } from '#database/database.ts';
import { DAY, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { openGrants } from '../../test/support/people.ts';
import type { IncomingEpisode, IncomingMovie, Taken } from './incoming.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { loadItem, loadItems } from './item-view.ts';

const clock = manualClock(Date.UTC(2026, 0, 1));
const imdb = (value: string) => ({ provider: 'imdb', value });
const tmdb = (value: string) => ({ provider: 'tmdb', value });

const film = (title: string, year?: number, more: Partial<IncomingMovie> = {}): IncomingMovie => ({
  title,
  ...(year === undefined ? {} : { year }),
  externalIds: [],
  ...more,
});
const part = (seasonNumber: number, more: Partial<IncomingEpisode> = {}): IncomingEpisode => ({
  title: '',
  seasonNumber,
  externalIds: [],
  ...more,
});

const setUp = (database: Database) => {
  const changed: MediaItemId[][] = [];
  const ingest = createIngest({
    clock,
    observer: {
      leavesChanged: async (_tx, series) => {
        changed.push([...series]);
      },
    },
  });
  const run = <T>(act: (tx: Transaction, ingest: Ingest) => Promise<T>): Promise<T> =>
    database.transaction((tx) => act(tx, ingest));
  const movie = (told: IncomingMovie): Promise<Taken> =>
    run(async (tx) => ingest.movie(tx, await ingest.library(tx, 'movies'), told));
  const movies = async (...told: IncomingMovie[]): Promise<Taken[]> => {
    const taken: Taken[] = [];
    for (const one of told) taken.push(await movie(one));
    return taken;
  };
  const count = async (kind: string) =>
    Number(
      (
        await database.read
          .selectFrom('media_items')
          .select((select) => select.fn.countAll<number>().as('n'))
          .where('kind', '=', kind as 'movie')
          .executeTakeFirstOrThrow()
      ).n,
    );
  const series = async (title = 'Lost'): Promise<MediaItemId> =>
    idOf(await run(async (tx) => ingest.series(tx, await ingest.library(tx, 'series'), { title, externalIds: [] })));
  return { ingest, run, movie, movies, series, count, changed };
};

const idOf = (taken: Taken): MediaItemId => {
  if (taken.outcome === 'ambiguous') throw new Error(taken.reason);
  return taken.itemId;
};

eachDatabase('matching movies', (make) => {
  const cases: [string, IncomingMovie[], (Taken['outcome'] | { same: number; by: Taken['outcome'] })[]][] = [
    ['remakes of one title stay apart', [film('The Thing', 1982), film('The Thing', 2011)], ['created', 'created']],
    [
      'title and year find it, whatever the accents and case',
      [film("À l'intérieur", 2007), film('A LINTERIEUR', 2007)],
      ['created', { same: 0, by: 'title' }],
    ],
    [
      'an external id finds it under another title',
      [
        film('Alien³', 1992, { externalIds: [imdb('tt0103644')] }),
        film('Alien 3', 1993, { externalIds: [imdb('TT0103644')] }),
      ],
      ['created', { same: 0, by: 'external_id' }],
    ],
    [
      'two known different ids of one provider are two films',
      [film('The Host', 2006, { externalIds: [tmdb('1')] }), film('The Host', 2006, { externalIds: [tmdb('2')] })],
      ['created', 'created'],
    ],
    [
      'ids of different providers do not contradict each other',
      [film('Up', 2009, { externalIds: [tmdb('14160')] }), film('Up', 2009, { externalIds: [imdb('tt1049413')] })],
      ['created', { same: 0, by: 'title' }],
    ],
    [
      'ids that name two items are for a person to decide',
      [
        film('A', 2000, { externalIds: [tmdb('1')] }),
        film('B', 2000, { externalIds: [imdb('tt0000002')] }),
        film('A', 2000, { externalIds: [tmdb('1'), imdb('tt0000002')] }),
      ],
      ['created', 'created', 'ambiguous'],
    ],
    [
      'an id in common and another in contradiction is for a person to decide',
      [
        film('A', 2000, { externalIds: [tmdb('1'), imdb('tt0000001')] }),
        film('A', 2000, { externalIds: [tmdb('1'), imdb('tt0000002')] }),
      ],
      ['created', 'ambiguous'],
    ],
    [
      'a missing year fits the only one of that title',
      [film('M', 1931), film('M')],
      ['created', { same: 0, by: 'title' }],
    ],
    [
      'a missing year is filled by the next',
      [film('M'), film('M', 1931), film('M', 1951)],
      ['created', { same: 0, by: 'title' }, 'created'],
    ],
    [
      'a missing year with two of that title is for a person to decide',
      [film('M', 1931), film('M', 1951), film('M')],
      ['created', 'created', 'ambiguous'],
    ],
    [
      'two of the same title and year are for a person to decide',
      [
        film('X', 2000, { externalIds: [tmdb('1')] }),
        film('X', 2000, { externalIds: [tmdb('2')] }),
        film('X', 2000),
        film('X', 2000, { externalIds: [tmdb('2')] }),
      ],
      ['created', 'created', 'ambiguous', { same: 1, by: 'external_id' }],
    ],
    [
      'invalid ids name nothing',
      [film('P', 2001, { externalIds: [imdb('nm1')] }), film('Q', 2001, { externalIds: [imdb('nm1')] })],
      ['created', 'created'],
    ],
    ['no title is for a person to decide', [film('  ', 2001)], ['ambiguous']],
  ];
  test.each(cases)('%s', async (_name, told, expected) => {
    const { movies } = setUp(await make());
    const taken = await movies(...told);
    expected.forEach((want, index) => {
      const got = taken[index]!;
      if (typeof want === 'string') expect(got.outcome).toBe(want);
      else expect(got).toEqual({ outcome: want.by, itemId: idOf(taken[want.same]!) });
    });
    const made = taken.flatMap((one) => (one.outcome === 'created' ? [one.itemId] : []));
    expect(new Set(made).size).toBe(made.length);
  });

  test('the candidates of what is ambiguous are told', async () => {
    const { movies } = setUp(await make());
    const [a, b, c] = await movies(film('M', 1931), film('M', 1951), film('M'));
    expect(c).toMatchObject({ outcome: 'ambiguous', candidates: [idOf(a!), idOf(b!)] });
  });

  test('what was found gets what it lacked and keeps what it has', async () => {
    const database = await make();
    const { movies } = setUp(database);
    const [first] = await movies(
      film('Up', 2009, { overview: 'A house flies.', tags: ['Family'], contentRating: 'PG' }),
      film('Up', 2009, {
        overview: 'Other words.',
        runtimeMs: 5_760_000,
        tagline: 'Up!',
        budget: 175_000_000,
        tags: ['family', 'Adventure'],
        externalIds: [tmdb('14160')],
        images: [{ role: 'poster', address: 'https://example.org/up.jpg' }],
        collection: { title: 'Pixar', externalIds: [] },
      }),
    );
    expect(await loadItem(database.read, openGrants, idOf(first!))).toMatchObject({
      overview: 'A house flies.',
      runtimeMs: 5_760_000,
      ratingLevel: 8,
      details: { tagline: 'Up!', budget: 175_000_000, revenue: null },
      tags: ['Adventure', 'Family'],
      externalIds: [{ provider: 'tmdb', value: '14160' }],
      images: [{ role: 'poster', address: 'https://example.org/up.jpg' }],
    });
    expect(await database.read.selectFrom('collection_items').select('item_id').execute()).toEqual([
      { item_id: idOf(first!) },
    ]);
  });

  test('the same film told by ten at once is made once', async () => {
    const database = await make();
    const { movie, count } = setUp(database);
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        movie(film(n % 2 === 0 ? 'Heat' : 'HEAT', 1995, n % 3 === 0 ? { externalIds: [tmdb('949')] } : {})),
      ),
    );
    expect(new Set(taken.map(idOf)).size).toBe(1);
    expect(await count('movie')).toBe(1);
    expect(await count('library')).toBe(1);
  });
});

eachDatabase('refreshing', (make) => {
  test('changes what is told otherwise, once', async () => {
    const database = await make();
    const { movie, run } = setUp(database);
    const id = idOf(await movie(film('Alien 3', 1992, { externalIds: [tmdb('1')], overview: 'Old.' })));
    const told = film('Alien³', 1992, {
      overview: 'New.',
      externalIds: [tmdb('8077')],
      tags: ['Horror'],
      tagline: 'Three times the suspense.',
      images: [{ role: 'poster', address: 'https://example.org/3.jpg' }],
      collection: { title: 'Alien Collection', externalIds: [tmdb('8091')], position: 3 },
    });
    clock.advance(1000);
    await run((tx, ingest) => ingest.refresh(tx, id, told));
    const after = await loadItem(database.read, openGrants, id);
    expect(after).toMatchObject({ title: 'Alien³', overview: 'New.', externalIds: [tmdb('8077')], tags: ['Horror'] });
    expect(after?.updatedAt).not.toBe(after?.addedAt);
    clock.advance(1000);
    const before = await contents(database);
    await run((tx, ingest) => ingest.refresh(tx, id, told));
    await run((tx, ingest) => ingest.refresh(tx, id, { title: '', externalIds: [] }));
    expect(await contents(database)).toEqual(before);
  });

  test('never takes an id from another item', async () => {
    const database = await make();
    const { movie, run } = setUp(database);
    const first = idOf(await movie(film('A', 1992, { externalIds: [tmdb('1')] })));
    const second = idOf(await movie(film('B', 1993, { externalIds: [tmdb('2')] })));
    await run((tx, ingest) => ingest.refresh(tx, second, film('B', 1993, { externalIds: [tmdb('1')] })));
    const items = await loadItems(database.read, openGrants, [first, second]);
    expect(items.get(first)?.externalIds).toEqual([tmdb('1')]);
    expect(items.get(second)?.externalIds).toEqual([tmdb('2')]);
  });
});

eachDatabase('matching episodes', (make) => {
  const day = Date.UTC(2005, 3, 6);
  const cases: [string, IncomingEpisode[], number[]][] = [
    ['by number', [part(1, { episodeNumber: 1 }), part(1, { episodeNumber: 1, title: 'Pilot' })], [0, 0]],
    [
      'numbers differ',
      [part(1, { episodeNumber: 1 }), part(1, { episodeNumber: 2 }), part(2, { episodeNumber: 1 })],
      [0, 1, 2],
    ],
    [
      'by day',
      [part(1, { releasedAt: day, title: 'One' }), part(1, { releasedAt: day + DAY / 2, title: 'Uno' })],
      [0, 0],
    ],
    [
      'a number told later',
      [part(1, { releasedAt: day }), part(1, { episodeNumber: 3, releasedAt: day }), part(1, { episodeNumber: 3 })],
      [0, 0, 0],
    ],
    [
      'two numbers on one day',
      [part(1, { episodeNumber: 1, releasedAt: day }), part(1, { episodeNumber: 2, releasedAt: day })],
      [0, 1],
    ],
    [
      'by absolute number',
      [part(1, { absoluteNumber: 61 }), part(3, { episodeNumber: 9, absoluteNumber: 61 })],
      [0, 0],
    ],
    [
      'by external id, renumbered',
      [
        part(1, { episodeNumber: 5, externalIds: [{ provider: 'tvdb', value: '77' }] }),
        part(2, { episodeNumber: 1, externalIds: [{ provider: 'tvdb', value: '77' }] }),
      ],
      [0, 0],
    ],
    [
      'inside a double episode',
      [
        part(1, { episodeNumber: 1, episodeNumberEnd: 2 }),
        part(1, { episodeNumber: 2 }),
        part(1, { episodeNumber: 3 }),
      ],
      [0, 0, 2],
    ],
    [
      'a double episode told after its halves',
      [
        part(1, { episodeNumber: 1 }),
        part(1, { episodeNumber: 2 }),
        part(1, { episodeNumber: 1, episodeNumberEnd: 2 }),
      ],
      [0, 1, 0],
    ],
    ['specials', [part(0, { episodeNumber: 1 }), part(1, { episodeNumber: 1 })], [0, 1]],
  ];
  test.each(cases)('%s', async (_name, told, same) => {
    const { run, series } = setUp(await make());
    const id = await series();
    const taken: Taken[] = [];
    for (const one of told) taken.push(await run((tx, ingest) => ingest.episode(tx, id, one)));
    expect(taken.map(idOf)).toEqual(same.map((index) => idOf(taken[index]!)));
  });

  test('seasons come as they are needed, and the observer hears of each change', async () => {
    const database = await make();
    const { run, series, changed, ingest } = setUp(database);
    const lost = await series();
    const one = idOf(await run((tx) => ingest.episode(tx, lost, part(1, { episodeNumber: 1, title: 'Pilot' }))));
    const special = idOf(await run((tx) => ingest.episode(tx, lost, part(0, { episodeNumber: 1 }))));
    expect(changed).toEqual([[lost], [lost]]);
    const items = await loadItems(database.read, openGrants, [one, special]);
    expect(items.get(one)).toMatchObject({ seriesTitle: 'Lost', seasonNumber: 1, rootId: lost, title: 'Pilot' });
    expect(items.get(special)).toMatchObject({ title: 'Episode 1', seasonNumber: 0 });
    const season = await loadItem(database.read, openGrants, items.get(special)!.parentId!);
    expect(season).toMatchObject({ kind: 'season', title: 'Specials', parentId: lost, seasonNumber: 0 });

    changed.length = 0;
    await run((tx) => ingest.refresh(tx, one, part(1, { episodeNumber: 1, title: 'Pilot (1)' })));
    expect(changed).toEqual([]);
    await run((tx) => ingest.refresh(tx, one, part(2, { episodeNumber: 4, releasedAt: day })));
    expect(changed).toEqual([[lost]]);
    const moved = await loadItem(database.read, openGrants, one);
    expect(moved).toMatchObject({ seasonNumber: 2, episodeNumber: 4, releaseDate: '2005-04-06', title: 'Pilot (1)' });
    expect(await loadItem(database.read, openGrants, moved!.parentId!)).toMatchObject({ title: 'Season 2' });
    await run((tx) => ingest.refresh(tx, one, part(0, { episodeNumber: 1 })));
    expect(await loadItem(database.read, openGrants, one)).toMatchObject({ seasonNumber: 2, episodeNumber: 4 });
  });

  test('the second half of a double episode changes nothing of the whole', async () => {
    const database = await make();
    const { run, series, ingest } = setUp(database);
    const lost = await series();
    const id = idOf(
      await run((tx) => ingest.episode(tx, lost, part(1, { episodeNumber: 1, episodeNumberEnd: 2, title: 'Both' }))),
    );
    await run((tx) => ingest.refresh(tx, id, part(1, { episodeNumber: 2, title: 'Second' })));
    expect(await loadItem(database.read, openGrants, id)).toMatchObject({
      title: 'Both',
      episodeNumber: 1,
      episodeNumberEnd: 2,
    });
  });

  test('retired with all above that is left empty; back with them when seen again', async () => {
    const database = await make();
    const { run, series, changed, ingest } = setUp(database);
    const lost = await series();
    const take = (season: number, episode: number) =>
      run(async (tx) => idOf(await ingest.episode(tx, lost, part(season, { episodeNumber: episode }))));
    const [a, b, c] = [await take(1, 1), await take(1, 2), await take(2, 1)];
    const gone = async () =>
      (await database.read.selectFrom('media_items').select('id').where('removed_at', 'is not', null).execute()).map(
        (row) => row.id,
      );
    changed.length = 0;
    await run((tx) => ingest.retire(tx, [a, b], clock.now()));
    expect(changed).toEqual([[lost]]);
    const season = (await loadItem(database.read, openGrants, a))!.parentId;
    expect(new Set(await gone())).toEqual(new Set([a, b, season]));
    clock.advance(1000);
    await run((tx) => ingest.retire(tx, [c], clock.now()));
    expect(await gone()).toHaveLength(6);
    expect(await take(1, 1)).toBe(a);
    expect(new Set(await gone())).not.toContain(lost);
    expect(await gone()).toHaveLength(3);
    await run((tx) => ingest.revive(tx, [b]));
    await run((tx) => ingest.revive(tx, [c]));
    expect(await gone()).toEqual([]);
    await run((tx) => ingest.retire(tx, [lost], clock.now()));
    expect(await gone()).toHaveLength(6);
    changed.length = 0;
    await run((tx) => ingest.revive(tx, [lost]));
    expect(await gone()).toEqual([]);
    expect(changed).toEqual([[lost]]);
  });
});

eachDatabase('matching music', (make) => {
  test('albums below their artist, tracks by place and title', async () => {
    const database = await make();
    const { run, ingest } = setUp(database);
    await run(async (tx) => {
      const library = await ingest.library(tx, 'music');
      const artist = async (title: string) => idOf(await ingest.artist(tx, library, { title, externalIds: [] }));
      const [one, two] = [await artist('Björk'), await artist('Queen')];
      expect(await artist('bjork')).toBe(one);
      const album = async (under: MediaItemId, title: string, year?: number) =>
        idOf(await ingest.album(tx, under, { title, externalIds: [], ...(year ? { year } : {}) }));
      const first = await album(one, 'Greatest Hits', 2002);
      const second = await album(two, 'Greatest Hits', 2002);
      expect(second).not.toBe(first);
      expect(await album(one, 'Greatest hits')).toBe(first);
      const track = async (title: string, trackNumber?: number, discNumber?: number) =>
        idOf(
          await ingest.track(tx, first, {
            title,
            externalIds: [],
            ...(trackNumber ? { trackNumber } : {}),
            ...(discNumber ? { discNumber } : {}),
          }),
        );
      const human = await track('Human Behaviour', 1);
      expect(await track('Human behaviour', 1, 1)).toBe(human);
      expect(await track('Human Behaviour')).toBe(human);
      expect(await track('Human Behaviour', 9)).not.toBe(human);
      expect(await loadItem(tx, openGrants, human)).toMatchObject({
        artistTitle: 'Björk',
        albumTitle: 'Greatest Hits',
        rootId: one,
        trackNumber: 1,
      });
    });
  });
});

const contents = async (database: Database) => {
  const tables = ['media_items', 'movies', 'external_ids', 'item_tags', 'images', 'collection_items'] as const;
  return Promise.all(tables.map((table) => database.read.selectFrom(table).selectAll().execute()));
};
