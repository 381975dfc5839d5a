import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { manualClock } from '#kernel/clock.ts';
import { fold } from '#kernel/text.ts';
import { eachDatabase, makeSqlite } from '../../test/support/databases.ts';
import type { IncomingMovie, Taken } from './incoming.ts';
import { createIngest } from './ingest.ts';

const clock = manualClock(Date.UTC(2026, 0, 1));
const ingest = createIngest({ clock, observer: { leavesChanged: async () => {} } });

const feed = (database: Database, movies: readonly IncomingMovie[]): Promise<Taken[]> =>
  database.transaction(async (tx) => {
    const library = await ingest.library(tx, 'movies');
    const taken: Taken[] = [];
    for (const movie of movies) taken.push(await ingest.movie(tx, library, movie));
    return taken;
  });

const contents = async (database: Database) => {
  const tables = ['media_items', 'movies', 'external_ids', 'item_tags', 'tags', 'images', 'collection_items'] as const;
  return Promise.all(
    tables.map(async (table) =>
      (await database.read.selectFrom(table).selectAll().execute()).map((row) => JSON.stringify(row)).toSorted(),
    ),
  );
};

/** A film that is told by several sources, each with a part of the truth that still names it. */
interface Work {
  title: string;
  year: number;
  imdb: string;
  tmdb: string;
}

const works = fc.uniqueArray(
  fc.record({
    title: fc.constantFrom('The Thing', 'Treasure Island', 'À l’intérieur', 'M', '1984', 'Up', 'X'),
    year: fc.integer({ min: 1930, max: 1936 }),
    imdb: fc.nat(1_000_000).map((n) => `tt${String(n + 1).padStart(7, '0')}`),
    tmdb: fc.nat(1_000_000).map((n) => String(n + 1)),
  }),
  {
    minLength: 1,
    maxLength: 8,
    comparator: (a: Work, b: Work) =>
      (fold(a.title) === fold(b.title) && a.year === b.year) || a.imdb === b.imdb || a.tmdb === b.tmdb,
  },
);

const telling = (work: Work): fc.Arbitrary<IncomingMovie> =>
  fc
    .record({
      loud: fc.boolean(),
      ids: fc.subarray([
        { provider: 'imdb', value: work.imdb },
        { provider: 'tmdb', value: work.tmdb },
      ]),
      overview: fc.option(fc.constantFrom('one', 'two')),
      tags: fc.subarray(['Drama', 'Horror']),
      collection: fc.boolean(),
    })
    .map(({ loud, ids, overview, tags, collection }) => ({
      title: loud ? work.title.toUpperCase() : work.title,
      year: work.year,
      externalIds: ids,
      tags,
      ...(overview === null ? {} : { overview }),
      ...(collection ? { collection: { title: `${work.title} Collection`, externalIds: [] } } : {}),
    }));

const feeds = works.chain((some) =>
  fc.tuple(...some.map((work) => fc.array(telling(work), { minLength: 1, maxLength: 3 }))).chain((told) => {
    const all = told.flatMap((ofOne, index) => ofOne.map((movie) => ({ movie, work: index })));
    const shuffled = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    return fc.tuple(fc.constant(some.length), shuffled, shuffled);
  }),
);

eachDatabase('a feed', (make) => {
  test('makes each work once; again, in another order, it makes nothing and changes nothing', async () => {
    const database = await make();
    const runs = database.dialect.name === 'sqlite' ? 60 : 12;
    await fc.assert(
      fc.asyncProperty(feeds, async ([count, first, second]) => {
        await empty(database);
        const taken = await feed(
          database,
          first.map(({ movie }) => movie),
        );
        const ids = taken.map((one) => (one.outcome === 'ambiguous' ? undefined : one.itemId));
        first.forEach((one, n) => {
          first.forEach((other, m) => {
            expect(ids[n] === ids[m]).toBe(one.work === other.work);
          });
        });
        expect(taken.filter((one) => one.outcome === 'created')).toHaveLength(count);
        clock.advance(1000);
        const before = await contents(database);
        const again = await feed(
          database,
          second.map(({ movie }) => movie),
        );
        expect(again.filter((one) => one.outcome === 'created' || one.outcome === 'ambiguous')).toEqual([]);
        expect(await contents(database)).toEqual(before);
      }),
      { numRuns: runs },
    );
  });
});

const empty = (database: Database): Promise<void> =>
  database.transaction(async (tx) => {
    for (const table of ['collection_items', 'external_ids', 'item_tags', 'images', 'movies'] as const) {
      await tx.deleteFrom(table).execute();
    }
    await tx.deleteFrom('media_items').where('kind', '<>', 'library').execute();
  });

const messy = fileURLToPath(new URL('../../../shared/data/movies/vega_movies_messy.jsonl.gz', import.meta.url));

const lines = (path: string): string[] => gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);

test.skipIf(!existsSync(messy))(
  '2,000 real films: one item for each title and year, and the same when told again',
  { timeout: 120_000 },
  async () => {
    const films = lines(messy).flatMap((line): IncomingMovie[] => {
      const { Title, ...rest } = JSON.parse(line) as Record<string, unknown>;
      const date = String(rest['Release Date'] ?? '');
      const year = Number(/\b(\d{4})$/.exec(date)?.[1] ?? Number.NaN);
      if (Title === null || Title === undefined || Number.isNaN(year)) return [];
      return [{ title: String(Title), year, externalIds: [] }];
    });
    expect(films.length).toBeGreaterThan(1500);
    const database = await makeSqlite();
    const taken = await feed(database, films);
    const works = new Set(films.map((one) => `${fold(one.title)} ${one.year}`));
    expect(taken.filter((one) => one.outcome === 'created')).toHaveLength(works.size);
    expect(taken.filter((one) => one.outcome === 'ambiguous')).toEqual([]);
    const again = await feed(database, films);
    expect(new Set(again.map((one) => one.outcome))).toEqual(new Set(['title']));
  },
);

test('films of one title and different ids stay apart', { timeout: 120_000 }, async () => {
  const database = await makeSqlite();
  const twins: IncomingMovie[] = [1950, 1972, 1985, 1990, 1996, 1999, 2002, 2012].flatMap((year) => [
    { title: 'Treasure Island', year, externalIds: [] },
    { title: 'TREASURE  ISLAND!', year, externalIds: [] },
  ]);
  const taken = await feed(database, twins);
  expect(taken.filter((one) => one.outcome === 'created')).toHaveLength(8);
  expect(taken.filter((one) => one.outcome === 'title')).toHaveLength(8);
  const hosts = await feed(database, [
    { title: 'The Host', year: 2006, externalIds: [{ provider: 'tmdb', value: '1255' }] },
    { title: 'The Host', year: 2013, externalIds: [{ provider: 'tmdb', value: '72710' }] },
    { title: 'The Host', externalIds: [{ provider: 'tmdb', value: '72710' }] },
    { title: 'The Host', externalIds: [] },
  ]);
  expect(hosts.map((one) => one.outcome)).toEqual(['created', 'created', 'external_id', 'ambiguous']);
});
