import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAudit } from '#audit/audit.ts';
import type { Database } from '#database/database.ts';
import { manualClock } from '#kernel/clock.ts';
import { AppError } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Page } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addUser } from '../../test/support/people.ts';
import { type ItemList, type ItemSort, itemSorts } from './items-query.ts';
import { insertItem } from './items-repository.ts';
import { type Catalog, createCatalog } from './service.ts';

const setUp = async (database: Database) => {
  const clock = manualClock(Date.UTC(2026, 0, 1));
  const changed: MediaItemId[] = [];
  const catalog = createCatalog({
    database,
    clock,
    audit: createAudit({ clock }),
    observer: {
      leavesChanged: async (_tx, series) => {
        changed.push(...series);
      },
    },
  });
  const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
  return { catalog, viewer, clock, changed };
};

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

const every = { limit: 200 };
const listOf = (list: Partial<ItemList> & Pick<ItemList, 'kind'>): ItemList => ({
  sort: 'title',
  descending: false,
  removed: false,
  ...list,
});
const titles = (page: Page<{ title: string }>): string[] => page.items.map((item) => item.title);

eachDatabase('the catalog by hand', (make) => {
  test('makes, reads and lists every kind', async () => {
    const { catalog, viewer } = await setUp(await make());
    const movie = await catalog.create(viewer, {
      kind: 'movie',
      title: 'The Matrix',
      releaseDate: '1999-03-31',
      contentRating: 'R',
      tagline: 'Free your mind.',
      budget: 63_000_000,
    });
    expect(movie).toMatchObject({
      kind: 'movie',
      year: 1999,
      releaseDate: '1999-03-31',
      ratingLevel: 17,
      sortTitle: 'matrix',
      parentId: null,
      details: { tagline: 'Free your mind.', budget: 63_000_000, revenue: null },
      syncClients: [],
    });
    const series = await catalog.create(viewer, { kind: 'series', title: 'Lost', status: 'ended' });
    const season = await catalog.create(viewer, {
      kind: 'season',
      parentId: series.id,
      title: 'Season 1',
      seasonNumber: 1,
    });
    const episode = await catalog.create(viewer, {
      kind: 'episode',
      parentId: season.id,
      title: 'Pilot',
      episodeNumber: 1,
      episodeNumberEnd: 2,
    });
    expect(episode).toMatchObject({ seasonNumber: 1, seriesTitle: 'Lost', rootId: series.id, details: {} });
    const artist = await catalog.create(viewer, { kind: 'artist', title: 'Björk' });
    const album = await catalog.create(viewer, { kind: 'album', parentId: artist.id, title: 'Debut', year: 1993 });
    const track = await catalog.create(viewer, {
      kind: 'track',
      parentId: album.id,
      title: 'Venus as a Boy',
      trackNumber: 3,
    });
    expect(track).toMatchObject({ artistTitle: 'Björk', albumTitle: 'Debut', rootId: artist.id });
    const source = await catalog.createStreamSource(viewer, { name: 'Tuner', tracksProgress: false });
    const stream = await catalog.create(viewer, {
      kind: 'stream',
      title: 'Arte',
      streamSourceId: source.id,
      address: 'http://tuner/1',
    });
    expect(stream.details).toEqual({ streamSourceId: source.id, address: 'http://tuner/1' });
    const collection = await catalog.create(viewer, { kind: 'collection', title: 'Matrix Collection' });
    for (const item of [movie, series, season, episode, artist, album, track, stream, collection]) {
      expect(await catalog.get(viewer, item.id)).toEqual(item);
      expect(titles(await catalog.list(viewer, listOf({ kind: item.kind }), every))).toEqual([item.title]);
    }
    expect(titles(await catalog.libraries(viewer, every))).toEqual(['Movies', 'Music', 'Series', 'Streams']);
    for (const [parent, child] of [
      [series, season],
      [season, episode],
      [artist, album],
      [album, track],
    ] as const) {
      expect(titles(await catalog.children(viewer, parent.id, every))).toEqual([child.title]);
      expect(titles(await catalog.children(viewer, child.libraryId, every))).toHaveLength(1);
    }
    expect(await catalog.streamSources(viewer, every)).toEqual({ items: [source], next: null });
    expect(await codeOf(catalog.createStreamSource(viewer, { name: 'TUNER', tracksProgress: true }))).toBe('conflict');
  });

  test('refuses what cannot be, and says each fault', async () => {
    const { catalog, viewer } = await setUp(await make());
    const movie = await catalog.create(viewer, { kind: 'movie', title: 'M' });
    const series = await catalog.create(viewer, { kind: 'series', title: 'Lost' });
    const season = await catalog.create(viewer, {
      kind: 'season',
      parentId: series.id,
      title: 'Season 1',
      seasonNumber: 1,
    });
    const faults = async (promise: Promise<unknown>) =>
      promise.then(
        () => [],
        (error: AppError) => error.faults.map((fault) => fault.path),
      );
    expect(await faults(catalog.create(viewer, { kind: 'season', title: 'x' }))).toEqual(['parentId', 'seasonNumber']);
    expect(
      await faults(catalog.create(viewer, { kind: 'season', title: 'x', parentId: movie.id, seasonNumber: 1 })),
    ).toEqual(['parentId']);
    expect(await faults(catalog.create(viewer, { kind: 'episode', title: 'x', parentId: season.id }))).toEqual([
      'episodeNumber',
    ]);
    expect(
      await faults(
        catalog.create(viewer, {
          kind: 'episode',
          title: 'x',
          parentId: season.id,
          episodeNumber: 3,
          episodeNumberEnd: 2,
        }),
      ),
    ).toEqual(['episodeNumberEnd']);
    expect(
      await faults(
        catalog.create(viewer, { kind: 'movie', title: 'x', parentId: series.id, trackNumber: 1, status: 'ended' }),
      ),
    ).toEqual(['trackNumber', 'status', 'parentId']);
    expect(await faults(catalog.create(viewer, { kind: 'movie', title: 'x', libraryId: series.libraryId }))).toEqual([
      'libraryId',
    ]);
    expect(await faults(catalog.create(viewer, { kind: 'stream', title: 'x' }))).toEqual(['address', 'streamSourceId']);
    expect(await faults(catalog.create(viewer, { kind: 'movie', title: 'x', releaseDate: '2001-02-31x' }))).toEqual([
      'releaseDate',
    ]);
    expect(
      await codeOf(catalog.create(viewer, { kind: 'season', title: 'x', parentId: series.id, seasonNumber: 1 })),
    ).toBe('conflict');
    await catalog.create(viewer, { kind: 'episode', title: 'a', parentId: season.id, episodeNumber: 1 });
    const b = await catalog.create(viewer, { kind: 'episode', title: 'b', parentId: season.id, episodeNumber: 2 });
    expect(
      await codeOf(catalog.create(viewer, { kind: 'episode', title: 'c', parentId: season.id, episodeNumber: 2 })),
    ).toBe('conflict');
    expect(await codeOf(catalog.update(viewer, b.id, { episodeNumber: 1 }))).toBe('conflict');
    expect(await faults(catalog.update(viewer, b.id, { episodeNumberEnd: 1 }))).toEqual(['episodeNumberEnd']);
    expect(await faults(catalog.update(viewer, b.id, { libraryId: series.libraryId }))).toEqual([]);
    expect(await faults(catalog.update(viewer, b.id, { libraryId: movie.libraryId }))).toEqual(['libraryId']);
    expect(await codeOf(catalog.get(viewer, 9999 as MediaItemId))).toBe('not_found');
    expect(await codeOf(catalog.update(viewer, 9999 as MediaItemId, { title: 'x' }))).toBe('not_found');
    expect(await codeOf(catalog.renameLibrary(viewer, movie.id, 'x'))).toBe('not_found');
    expect(await codeOf(catalog.retireLibrary(viewer, movie.id))).toBe('not_found');
  });

  test('changes, moves, retires and restores, and the audit log says what', async () => {
    const database = await make();
    const { catalog, viewer, clock, changed } = await setUp(database);
    const series = await catalog.create(viewer, { kind: 'series', title: 'The Office', year: 2001 });
    const season = await catalog.create(viewer, { kind: 'season', parentId: series.id, title: 'One', seasonNumber: 1 });
    const episode = await catalog.create(viewer, {
      kind: 'episode',
      parentId: season.id,
      title: 'Pilot',
      episodeNumber: 1,
    });
    clock.advance(1000);
    const patched = await catalog.update(viewer, series.id, { title: 'The Office (UK)', year: null, status: 'ended' });
    expect(patched).toMatchObject({
      title: 'The Office (UK)',
      sortTitle: 'office uk',
      year: null,
      details: { status: 'ended' },
    });
    expect(patched.updatedAt).toBe('2026-01-01T00:00:01.000Z');
    expect(titles(await catalog.search(viewer, { text: 'uk' }, every))).toEqual(['The Office (UK)']);

    const other = await catalog.createLibrary(viewer, { kind: 'series', title: 'British' });
    changed.length = 0;
    await catalog.update(viewer, series.id, { libraryId: other.id });
    expect(changed).toEqual([series.id]);
    expect((await catalog.get(viewer, episode.id)).libraryId).toBe(other.id);
    expect(titles(await catalog.children(viewer, other.id, every))).toEqual(['The Office (UK)']);

    await catalog.update(viewer, season.id, { seasonNumber: 3 });
    expect((await catalog.get(viewer, episode.id)).seasonNumber).toBe(3);

    clock.advance(1000);
    await catalog.retire(viewer, series.id);
    expect((await catalog.get(viewer, episode.id)).removedAt).toBe('2026-01-01T00:00:02.000Z');
    expect(titles(await catalog.list(viewer, listOf({ kind: 'series' }), every))).toEqual([]);
    expect(titles(await catalog.search(viewer, { text: 'office' }, every))).toEqual([]);
    expect(titles(await catalog.list(viewer, listOf({ kind: 'series', removed: true }), every))).toEqual([
      'The Office (UK)',
    ]);
    await catalog.retire(viewer, series.id);
    expect((await catalog.restore(viewer, series.id)).removedAt).toBeNull();
    expect((await catalog.get(viewer, episode.id)).removedAt).toBeNull();

    const log = await database.read
      .selectFrom('audit_log')
      .selectAll()
      .where('entity_id', '=', series.id)
      .orderBy('id')
      .execute();
    expect(log.map((entry) => [entry.action, JSON.parse(entry.changes) as unknown])).toEqual([
      ['create', { kind: [null, 'series'], title: [null, 'The Office'], libraryId: [null, series.libraryId] }],
      [
        'update',
        {
          title: ['The Office', 'The Office (UK)'],
          sortTitle: ['office', 'office uk'],
          year: [2001, null],
          details: [{ status: null }, { status: 'ended' }],
        },
      ],
      ['update', { libraryId: [series.libraryId, other.id] }],
      ['delete', { removedAt: [null, '2026-01-01T00:00:02.000Z'] }],
      ['update', { removedAt: ['2026-01-01T00:00:02.000Z', null] }],
    ]);
    expect(log.every((entry) => entry.user_id === viewer.userId)).toBe(true);

    await catalog.retireLibrary(viewer, other.id);
    expect((await catalog.get(viewer, episode.id)).removedAt).not.toBeNull();
    await catalog.restore(viewer, other.id);
    expect((await catalog.get(viewer, episode.id)).removedAt).toBeNull();
  });

  test('tags, external ids, images and members', async () => {
    const { catalog, viewer } = await setUp(await make());
    const [first, second] = [
      await catalog.create(viewer, { kind: 'movie', title: 'Alien', year: 1979 }),
      await catalog.create(viewer, { kind: 'movie', title: 'Aliens', year: 1986 }),
    ];
    expect((await catalog.setTags(viewer, first.id, ['Space', 'horror', 'HORROR'])).tags).toEqual(['horror', 'Space']);
    expect((await catalog.setTags(viewer, second.id, ['Horror'])).tags).toEqual(['horror']);
    expect((await catalog.setTags(viewer, first.id, ['Space'])).tags).toEqual(['Space']);
    expect(titles(await catalog.list(viewer, listOf({ kind: 'movie', tag: 'HORROR' }), every))).toEqual(['Aliens']);

    const ids = [
      { provider: 'IMDb', value: 'tt0078748' },
      { provider: 'tmdb', value: '348' },
    ];
    expect((await catalog.setExternalIds(viewer, first.id, ids)).externalIds).toEqual([
      { provider: 'imdb', value: 'tt0078748' },
      { provider: 'tmdb', value: '348' },
    ]);
    expect((await catalog.byExternalId(viewer, 'movie', { provider: 'imdb', value: 'TT0078748' })).id).toBe(first.id);
    expect(await codeOf(catalog.byExternalId(viewer, 'series', { provider: 'imdb', value: 'tt0078748' }))).toBe(
      'not_found',
    );
    expect(await codeOf(catalog.byExternalId(viewer, 'movie', { provider: 'imdb', value: 'nonsense' }))).toBe(
      'not_found',
    );
    await expect(catalog.setExternalIds(viewer, second.id, [{ provider: 'tmdb', value: '348' }])).rejects.toThrow(
      `Item ${first.id} has tmdb 348 already`,
    );
    expect(await codeOf(catalog.setExternalIds(viewer, second.id, [{ provider: 'imdb', value: 'x' }]))).toBe('invalid');
    expect((await catalog.setExternalIds(viewer, first.id, [])).externalIds).toEqual([]);

    const poster = { role: 'poster' as const, address: 'https://example.org/alien.jpg' };
    expect((await catalog.setImages(viewer, first.id, [poster])).images).toEqual([poster]);
    expect(await codeOf(catalog.setImages(viewer, first.id, [{ role: 'poster', address: 'file:///etc/passwd' }]))).toBe(
      'invalid',
    );
    expect((await catalog.get(viewer, first.id)).images).toEqual([poster]);

    const box = await catalog.create(viewer, { kind: 'collection', title: 'Alien Anthology' });
    await catalog.putMember(viewer, box.id, second.id);
    await catalog.putMember(viewer, box.id, first.id);
    expect(titles(await catalog.children(viewer, box.id, every))).toEqual(['Aliens', 'Alien']);
    await catalog.putMember(viewer, box.id, first.id, 0);
    const page = await catalog.children(viewer, box.id, { limit: 1 });
    expect(titles(page)).toEqual(['Alien']);
    expect(titles(await catalog.children(viewer, box.id, { limit: 1, cursor: page.next! }))).toEqual(['Aliens']);
    await catalog.removeMember(viewer, box.id, first.id);
    expect(await codeOf(catalog.removeMember(viewer, box.id, first.id))).toBe('not_found');
    expect(await codeOf(catalog.putMember(viewer, first.id, second.id))).toBe('not_found');
    expect(await codeOf(catalog.putMember(viewer, box.id, box.id))).toBe('invalid');
    expect(titles(await catalog.children(viewer, box.id, every))).toEqual(['Aliens']);
  });

  test('the copies on media servers are told', async () => {
    const database = await make();
    const { catalog, viewer } = await setUp(database);
    const movie = await catalog.create(viewer, { kind: 'movie', title: 'Alien' });
    const clientId = await database.transaction(async (tx) => {
      const { id } = await tx
        .insertInto('clients')
        .values({
          kind: 'kodi',
          name: 'Den',
          address: 'http://k',
          user_name: null,
          secret: null,
          time_zone: null,
          server_version: null,
          created_at: 1,
          imported_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const copy = {
        client_id: id,
        kind: 'movie' as const,
        item_id: movie.id,
        match: 'title' as const,
        title: 'Alien',
        year: null,
        path: null,
        digest: '',
        doubt: null,
        first_seen_at: 1,
        seen_at: 1,
      };
      await tx
        .insertInto('client_items')
        .values({ ...copy, client_item_id: 'movie:7', removed_at: null })
        .execute();
      await tx
        .insertInto('client_items')
        .values({ ...copy, client_item_id: 'movie:8', removed_at: 5 })
        .execute();
      return id;
    });
    expect((await catalog.get(viewer, movie.id)).syncClients).toEqual([
      { clientId, clientType: 'kodi', itemId: 'movie:7' },
    ]);
  });
});

eachDatabase('lists', (make) => {
  const films = fc.array(
    fc.record({
      title: fc.constantFrom('Alpha', 'The Alpha', 'beta', 'Été', 'Zulu'),
      year: fc.option(fc.integer({ min: 1990, max: 1993 }), { nil: null }),
      released: fc.option(fc.integer({ min: -2, max: 2 }), { nil: null }),
      added: fc.integer({ min: 0, max: 3 }),
      removed: fc.boolean(),
    }),
    { maxLength: 25 },
  );

  test('each page after the other gives every item once, in order, what has no date last', async () => {
    const database = await make();
    const { catalog, viewer } = await setUp(database);
    const library = await catalog.createLibrary(viewer, { kind: 'movies', title: 'Films' });
    const runs = database.dialect.name === 'sqlite' ? 60 : 15;
    const order = fc.record({
      sort: fc.constantFrom<ItemSort>(...itemSorts),
      descending: fc.boolean(),
      limit: fc.integer({ min: 1, max: 7 }),
      inLibrary: fc.boolean(),
      from: fc.option(fc.integer({ min: 1990, max: 1993 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(films, order, async (all, { sort, descending, limit, inLibrary, from }) => {
        const ids = await database.transaction(async (tx) => {
          await tx.deleteFrom('media_items').where('kind', '=', 'movie').execute();
          const made: MediaItemId[] = [];
          for (const film of all) {
            made.push(
              await insertItem(tx, {
                kind: 'movie',
                library_id: library.id,
                title: film.title,
                year: film.year,
                released_at: film.released,
                added_at: film.added,
                removed_at: film.removed ? 1 : null,
              }),
            );
          }
          return made;
        });
        const keyOf = (n: number): number | string | null => {
          const film = all[n]!;
          if (sort === 'title') return film.title.replace('The ', '').replace('Été', 'ete').toLowerCase();
          return sort === 'added' ? film.added : sort === 'released' ? film.released : film.year;
        };
        const expected = all
          .map((film, n) => ({ film, key: keyOf(n), id: ids[n]! }))
          .filter(({ film }) => !film.removed && (from === undefined || (film.year !== null && film.year >= from)))
          .toSorted((a, b) => {
            if (a.key === null || b.key === null) {
              if (a.key !== b.key) return a.key === null ? 1 : -1;
              return descending ? b.id - a.id : a.id - b.id;
            }
            const way = a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id;
            return descending ? -way : way;
          })
          .map(({ id }) => id);
        const list = listOf({
          kind: 'movie',
          sort,
          descending,
          yearFrom: from,
          ...(inLibrary ? { libraryId: library.id } : {}),
        });
        const walked = await walk(catalog, viewer, list, limit);
        expect(walked).toEqual(expected);
      }),
      { numRuns: runs },
    );
  });

  const walk = async (catalog: Catalog, viewer: Viewer, list: ItemList, limit: number): Promise<MediaItemId[]> => {
    const ids: MediaItemId[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalog.list(viewer, list, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      ids.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return ids;
  };

  test('a cursor of another list or made up is refused', async () => {
    const { catalog, viewer } = await setUp(await make());
    for (const title of ['a', 'b', 'c']) await catalog.create(viewer, { kind: 'movie', title });
    const { next } = await catalog.list(viewer, listOf({ kind: 'movie' }), { limit: 1 });
    expect(
      await codeOf(catalog.list(viewer, listOf({ kind: 'movie', sort: 'year' }), { limit: 1, cursor: next! })),
    ).toBe('invalid');
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const cursor of [
      made('items added_at asc', 'x', 1),
      made('items added_at asc', 1, 'x'),
      made('items added_at asc', 1, 1.5),
      '%%',
      '',
    ]) {
      expect(await codeOf(catalog.list(viewer, listOf({ kind: 'movie', sort: 'added' }), { limit: 1, cursor }))).toBe(
        'invalid',
      );
    }
    expect(await codeOf(catalog.search(viewer, { text: 'a' }, { limit: 1, cursor: made('search  a', 'x') }))).toBe(
      'invalid',
    );
  });

  test('children come by their ordinals, those without one last', async () => {
    const { catalog, viewer } = await setUp(await make());
    const series = await catalog.create(viewer, { kind: 'series', title: 'S' });
    for (const number of [2, 0, 10, 1]) {
      await catalog.create(viewer, {
        kind: 'season',
        parentId: series.id,
        title: `Season ${number}`,
        seasonNumber: number,
      });
    }
    expect((await catalog.children(viewer, series.id, every)).items.map((item) => item.seasonNumber)).toEqual([
      0, 1, 2, 10,
    ]);
    const [, season] = (await catalog.children(viewer, series.id, every)).items;
    const episode = (title: string, rest: object) =>
      catalog.create(viewer, { kind: 'episode', parentId: season!.id, title, ...rest });
    await episode('dated late', { releaseDate: '2020-01-02' });
    await episode('ten', { episodeNumber: 10 });
    await episode('dated early', { releaseDate: '2020-01-01' });
    await episode('two', { episodeNumber: 2 });
    const first = await catalog.children(viewer, season!.id, { limit: 3 });
    const rest = await catalog.children(viewer, season!.id, { limit: 3, cursor: first.next! });
    expect([...titles(first), ...titles(rest)]).toEqual(['two', 'ten', 'dated early', 'dated late']);
    const artist = await catalog.create(viewer, { kind: 'artist', title: 'A' });
    const album = (title: string, year?: number) =>
      catalog.create(viewer, { kind: 'album', parentId: artist.id, title, ...(year ? { year } : {}) });
    const debut = await album('Debut', 1993);
    for (const [title, year] of [
      ['Undated', undefined],
      ['Older', 1990],
      ['B 1993', 1993],
    ] as const)
      await album(title, year);
    const walkedAlbums: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalog.children(viewer, artist.id, { limit: 1, cursor });
      walkedAlbums.push(...titles(page));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(walkedAlbums).toEqual(['Older', 'B 1993', 'Debut', 'Undated']);
    const track = (title: string, rest: object) =>
      catalog.create(viewer, { kind: 'track', parentId: debut.id, title, ...rest });
    await track('2-1', { discNumber: 2, trackNumber: 1 });
    await track('none', {});
    await track('1-2', { trackNumber: 2 });
    await track('1-1', { discNumber: 1, trackNumber: 1 });
    expect(titles(await catalog.children(viewer, debut.id, every))).toEqual(['1-1', '1-2', 'none', '2-1']);
    expect(
      await catalog.children(viewer, (await catalog.create(viewer, { kind: 'movie', title: 'm' })).id, every),
    ).toEqual({ items: [], next: null });
  });

  test('search finds beginnings of words: the title itself first, then what begins with it, then the rest', async () => {
    const { catalog, viewer } = await setUp(await make());
    for (const title of [
      'Alien',
      'Aliens',
      'My Stepmother Is an Alien',
      'Alien³',
      'Salient',
      'The Matrix',
      'À l’intérieur',
      '***',
      '1984',
      '300',
      "Ocean's Eleven",
    ]) {
      await catalog.create(viewer, { kind: 'movie', title });
    }
    const found = async (text: string, limit = 200) => titles(await catalog.search(viewer, { text }, { limit }));
    expect(await found('alien')).toEqual(['Alien', 'Alien³', 'Aliens', 'My Stepmother Is an Alien']);
    expect(await found('ALI step')).toEqual(['My Stepmother Is an Alien']);
    expect(await found('interieur')).toEqual([]);
    expect(await found('a linterieur')).toEqual(['À l’intérieur']);
    expect(await found('oceans')).toEqual(["Ocean's Eleven"]);
    expect(await found('***')).toEqual(['***']);
    expect(await found('19')).toEqual(['1984']);
    expect(await found('"; DROP')).toEqual([]);
    expect(await found("' | 'a & !")).not.toContain('The Matrix');
    expect(await found('matrix NOT alien')).toEqual([]);
    expect(await found('   ')).toEqual([]);
    expect(titles(await catalog.search(viewer, { text: 'alien', kind: 'series' }, every))).toEqual([]);
    const page = await catalog.search(viewer, { text: 'alien' }, { limit: 3 });
    expect(titles(page)).toEqual(['Alien', 'Alien³', 'Aliens']);
    expect(await catalog.search(viewer, { text: 'alien' }, { limit: 3, cursor: page.next! })).toMatchObject({
      items: [{ title: 'My Stepmother Is an Alien' }],
      next: null,
    });
  });

  test('any text may be searched for', async () => {
    const database = await make();
    const { catalog, viewer } = await setUp(database);
    await catalog.create(viewer, { kind: 'movie', title: 'Alien' });
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme', maxLength: 40 }), async (text) => {
        await catalog.search(viewer, { text: text.replaceAll('\0', '') }, { limit: 1 });
      }),
      { numRuns: 150 },
    );
  });
});

eachDatabase('what may not be seen', (make) => {
  test('is in no list, under no parent, found by no word and no id', async () => {
    const database = await make();
    const { catalog, viewer } = await setUp(database);
    const adult = await catalog.create(viewer, { kind: 'movie', title: 'Adult film', contentRating: 'R' });
    const child = await catalog.create(viewer, { kind: 'movie', title: 'Child film', contentRating: 'G' });
    const blocked = await catalog.create(viewer, { kind: 'series', title: 'Blocked film series', contentRating: 'G' });
    const season = await catalog.create(viewer, {
      kind: 'season',
      parentId: blocked.id,
      title: 'Season film',
      seasonNumber: 1,
    });
    const episode = await catalog.create(viewer, {
      kind: 'episode',
      parentId: season.id,
      title: 'Episode film',
      episodeNumber: 1,
    });
    await catalog.setTags(viewer, blocked.id, ['war']);
    const secret = await catalog.createLibrary(viewer, { kind: 'movies', title: 'Secret' });
    const hidden = await catalog.create(viewer, {
      kind: 'movie',
      title: 'Hidden film',
      libraryId: secret.id,
      contentRating: 'G',
    });
    const box = await catalog.create(viewer, { kind: 'collection', title: 'Box film', contentRating: 'G' });
    const closed = await catalog.create(viewer, { kind: 'collection', title: 'Closed film box', contentRating: 'G' });
    for (const item of [adult, child]) await catalog.putMember(viewer, box.id, item.id);
    await catalog.putMember(viewer, closed.id, adult.id);
    const all = [hidden, adult, child, blocked, season, episode, box, closed];
    for (const item of all) {
      await catalog.setExternalIds(viewer, item.id, [{ provider: 'tmdb', value: String(item.id) }]);
    }
    const { id: war } = await database.read.selectFrom('tags').select('id').executeTakeFirstOrThrow();
    const { viewer: kid } = await addUser(database, {
      name: 'Kid',
      grants: {
        libraries: [child.libraryId, blocked.libraryId],
        maxRatingLevel: 12,
        allowUnrated: false,
        blockedTags: [war],
      },
    });
    const seen = new Set([child.id, box.id]);
    for (const item of all) {
      const may = seen.has(item.id);
      expect([item.title, await codeOf(catalog.get(kid, item.id))]).toEqual([item.title, may ? 'none' : 'not_found']);
      expect(await codeOf(catalog.children(kid, item.id, every))).toBe(may ? 'none' : 'not_found');
      expect(await codeOf(catalog.byExternalId(kid, item.kind, { provider: 'tmdb', value: String(item.id) }))).toBe(
        may ? 'none' : 'not_found',
      );
      const listed = titles(await catalog.list(kid, listOf({ kind: item.kind }), every));
      expect(listed.includes(item.title)).toBe(may);
      expect(titles(await catalog.search(kid, { text: item.title }, every)).includes(item.title)).toBe(may);
    }
    expect(titles(await catalog.search(kid, { text: 'film' }, every))).toEqual(['Box film', 'Child film']);
    expect(titles(await catalog.children(kid, box.id, every))).toEqual(['Child film']);
    expect(titles(await catalog.libraries(kid, every))).toEqual(['Movies', 'Series']);
    expect(await codeOf(catalog.children(kid, secret.id, every))).toBe('not_found');
    expect(titles(await catalog.search(viewer, { text: 'film' }, every))).toHaveLength(all.length);
  });
});
