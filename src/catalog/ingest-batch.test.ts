import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database, Transaction } from '#database/database.ts';
import { DAY, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import type { Told } from './facts.ts';
import type { IncomingEpisode, IncomingSeason, Taken } from './incoming.ts';
import { createIngest, type Ingest } from './ingest.ts';
import type { Expected } from './ingest-lookup.ts';

const clock = manualClock(Date.UTC(2026, 0, 1));

/** The items that all others go into. */
interface House {
  movies: MediaItemId;
  shows: MediaItemId;
  music: MediaItemId;
  series: [MediaItemId, MediaItemId];
  artist: MediaItemId;
  album: MediaItemId;
}

type Step =
  | { does: 'movie' | 'series' | 'artist' | 'album' | 'track'; told: Told }
  | { does: 'episode'; of: 0 | 1; told: IncomingEpisode }
  | { does: 'season'; of: 0 | 1; told: IncomingSeason }
  | { does: 'make'; told: Told }
  | { does: 'refresh' | 'fill'; which: number; told: Told }
  | { does: 'retire'; which: number }
  | { does: 'revive'; which: number };

const maybe = <T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | Record<string, never>> =>
  fc.oneof(fc.constant({}), arbitrary);
const text = (...texts: string[]) => fc.constantFrom(...texts);
const whole = (least: number, most: number) => fc.integer({ min: least, max: most });

const ids = fc
  .subarray(['tmdb 1', 'tmdb 2', 'imdb tt0000001', 'tvdb 3'], { maxLength: 2 })
  .map((all) => all.map((id) => ({ provider: id.split(' ')[0]!, value: id.split(' ')[1]! })));

const common: fc.Arbitrary<Told> = fc
  .tuple(
    fc.record({ title: text('Heat', 'HEAT', 'Ronin', 'Jaws', ''), externalIds: ids }),
    maybe(fc.record({ year: whole(1990, 1991) })),
    maybe(fc.record({ genres: fc.subarray(['Crime', 'crime', 'Drama']), tags: fc.subarray(['a', 'b']) })),
    maybe(fc.record({ images: fc.constant([{ role: 'poster' as const, address: 'https://example.org/1.jpg' }]) })),
    maybe(fc.record({ people: fc.constant([{ name: 'Ann', role: 'actor' as const }]) })),
  )
  .map((parts) => Object.assign({}, ...parts));

const movie = fc
  .tuple(
    common,
    maybe(fc.record({ tagline: text('One', 'Two'), budget: whole(1, 2) })),
    maybe(fc.record({ collection: fc.record({ title: text('All', 'Some'), externalIds: fc.constant([]) }) })),
  )
  .map((parts): Told => Object.assign({}, ...parts));

const episode = fc
  .tuple(
    common,
    fc.record({ seasonNumber: whole(0, 1) }),
    fc.oneof(
      fc.record({ episodeNumber: whole(1, 4) }),
      fc.record({ episodeNumber: whole(1, 4), episodeNumberEnd: whole(2, 5) }),
      fc.constant({}),
    ),
    maybe(fc.record({ releasedAt: whole(1, 2).map((day) => day * DAY) })),
    maybe(fc.record({ absoluteNumber: whole(1, 3) })),
  )
  .map((parts): IncomingEpisode => Object.assign({}, ...parts));

const track = fc
  .tuple(common, maybe(fc.record({ trackNumber: whole(1, 2) })), maybe(fc.record({ discNumber: whole(1, 2) })))
  .map((parts): Told => Object.assign({}, ...parts));

const which = whole(0, 20);
const of = fc.constantFrom<0 | 1>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('movie' as const), told: movie }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('episode' as const), of, told: episode }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('track' as const, 'album' as const), told: track }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('series' as const, 'artist' as const), told: common }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('make' as const), told: movie }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('season' as const),
      of,
      told: fc.tuple(common, fc.record({ seasonNumber: whole(0, 2) })).map(([told, place]) => ({ ...told, ...place })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('refresh' as const, 'fill' as const), which, told: episode }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('retire' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('revive' as const), which }) },
);

/** Steps in batches of these lengths; those that are left over are a batch as well. */
const cut = (steps: readonly Step[], lengths: readonly number[]): Step[][] => {
  const rest = [...steps];
  return [...lengths.map((length) => rest.splice(0, length)), rest];
};

eachDatabase('a batch', (make) => {
  test('comes to the same as its entries one by one', { timeout: 120_000 }, async () => {
    const database = await make();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 16 }),
        fc.array(whole(1, 8), { maxLength: 4 }),
        fc.boolean(),
        async (steps, lengths, looksAhead) => {
          const one = await tried(database, async (tx, ingest, house, met) => {
            const told: unknown[] = [];
            for (const each of steps) told.push(await perform(tx, ingest, house, met, each));
            return told;
          });
          const batched = await tried(database, async (tx, ingest, house, met) => {
            const told: unknown[] = [];
            for (const some of cut(steps, lengths)) {
              const expected = looksAhead ? some.flatMap((each) => expectedOf(house, each)) : [];
              await ingest.batch(tx, expected, async () => {
                for (const each of some) told.push(await perform(tx, ingest, house, met, each));
              });
            }
            return told;
          });
          expect(batched).toEqual(one);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('tells the observer once, after all is written', async () => {
    const database = await make();
    const calls: { holders: MediaItemId[]; ids: number }[] = [];
    const ingest = createIngest({
      clock,
      observer: {
        leavesChanged: async (tx, holders) => {
          const ids = await tx.selectFrom('external_ids').select('value').execute();
          calls.push({ holders: [...holders], ids: ids.length });
        },
      },
    });
    const series = await database.transaction(async (tx) => {
      const library = await ingest.library(tx, 'series');
      return idOf(await ingest.series(tx, library, { title: 'Lost', externalIds: [] }));
    });
    await database.transaction((tx) =>
      ingest.batch(tx, [], async () => {
        for (let number = 1; number <= 3; number++) {
          const externalIds = [{ provider: 'tvdb', value: `${number}` }];
          await ingest.episode(tx, series, { title: '', seasonNumber: 1, episodeNumber: number, externalIds });
        }
      }),
    );
    expect(calls).toEqual([{ holders: [series], ids: 3 }]);
  });

  test('gives an external id to whoever was told to have it first', async () => {
    const database = await make();
    const ingest = createIngest({ clock, observer: { leavesChanged: async () => {} } });
    const film = (title: string, ...values: string[]): Told => ({
      title,
      externalIds: values.map((value) => ({ provider: 'tmdb', value })),
    });
    const [heat, ronin] = await database.transaction(async (tx) => {
      const library = await ingest.library(tx, 'movies');
      const first = idOf(await ingest.movie(tx, library, film('Heat')));
      return ingest.batch(tx, [], async () => {
        const second = idOf(await ingest.movie(tx, library, film('Ronin', '1')));
        await ingest.refresh(tx, first, film('Heat', '1', '2'));
        return [first, second];
      });
    });
    const held = await database.read.selectFrom('external_ids').select(['value', 'item_id']).orderBy('value').execute();
    expect(held).toEqual([
      { value: '1', item_id: ronin },
      { value: '2', item_id: heat },
    ]);
  });

  test('that throws leaves nothing behind for what comes after it', async () => {
    const database = await make();
    const ingest = createIngest({ clock, observer: { leavesChanged: async () => {} } });
    const film = (title: string): Told => ({ title, externalIds: [{ provider: 'tmdb', value: '1' }] });
    const take = (title: string, fails: boolean) =>
      database.transaction((tx) =>
        ingest.batch(tx, [], async () => {
          const taken = await ingest.movie(tx, await ingest.library(tx, 'movies'), film(title));
          if (fails) throw new Error('No.');
          return taken;
        }),
      );
    await expect(take('Heat', true)).rejects.toThrow('No.');
    expect(await take('Ronin', false)).toMatchObject({ outcome: 'created' });
    expect(await take('Other', false)).toMatchObject({ outcome: 'external_id' });
  });
});

const idOf = (taken: Taken): MediaItemId => {
  if (taken.outcome === 'ambiguous') throw new Error(taken.reason);
  return taken.itemId;
};

/** Everything that came of it, with the numbers of items in place of their ids; nothing of it stays. */
const tried = async (
  database: Database,
  work: (tx: Transaction, ingest: Ingest, house: House, met: MediaItemId[]) => Promise<unknown[]>,
): Promise<unknown> => {
  const changed = new Set<MediaItemId>();
  const observer = {
    leavesChanged: async (_tx: Transaction, holders: readonly MediaItemId[]) => {
      for (const id of holders) changed.add(id);
    },
  };
  const ingest = createIngest({ clock, observer });
  let outcome: unknown;
  const undone = new Error('It was only tried.');
  const trial = database.transaction(async (tx) => {
    const house = await build(tx, ingest);
    changed.clear();
    const told = await work(tx, ingest, house, []);
    outcome = await outcomeOf(tx, told, changed);
    throw undone;
  });
  await expect(trial).rejects.toBe(undone);
  return outcome;
};

const build = async (tx: Transaction, ingest: Ingest): Promise<House> => {
  const [movies, shows, music] = [
    await ingest.library(tx, 'movies'),
    await ingest.library(tx, 'series'),
    await ingest.library(tx, 'music'),
  ];
  const told = (title: string): Told => ({ title, externalIds: [] });
  const artist = idOf(await ingest.artist(tx, music, told('Björk')));
  return {
    movies,
    shows,
    music,
    series: [idOf(await ingest.series(tx, shows, told('Lost'))), idOf(await ingest.series(tx, shows, told('Dark')))],
    artist,
    album: idOf(await ingest.album(tx, artist, told('Debut'))),
  };
};

const takers = {
  movie: 'movies',
  series: 'shows',
  artist: 'music',
  album: 'artist',
  track: 'album',
} as const satisfies Record<string, keyof House>;

/** @param met items that steps so far came upon */
const perform = async (
  tx: Transaction,
  ingest: Ingest,
  house: House,
  met: MediaItemId[],
  step: Step,
): Promise<unknown> => {
  const remembered = (taken: Taken): Taken => {
    if (taken.outcome !== 'ambiguous') met.push(taken.itemId);
    return taken;
  };
  switch (step.does) {
    case 'episode':
      return remembered(await ingest.episode(tx, house.series[step.of], step.told));
    case 'season':
      return { itemId: await ingest.season(tx, house.series[step.of], step.told) };
    case 'make':
      return step.told.title === '' ? null : { itemId: await ingest.make(tx, 'movie', house.movies, step.told) };
    case 'refresh':
    case 'fill':
    case 'retire':
    case 'revive': {
      const item = met[step.which % Math.max(1, met.length)];
      if (item === undefined) return null;
      if (step.does === 'retire') return ingest.retire(tx, [item], clock.now());
      if (step.does === 'revive') return ingest.revive(tx, [item]);
      return ingest[step.does](tx, item, step.told);
    }
    default:
      return remembered(await ingest[step.does](tx, house[takers[step.does]], step.told));
  }
};

const expectedOf = (house: House, step: Step): Expected[] => {
  switch (step.does) {
    case 'movie':
    case 'series':
    case 'artist':
    case 'episode':
      return [{ kind: step.does, parentId: null, told: step.told }];
    case 'album':
    case 'track':
      return [{ kind: step.does, parentId: house[takers[step.does]], told: step.told }];
    default:
      return [];
  }
};

const outcomeOf = async (tx: Transaction, told: unknown[], changed: ReadonlySet<MediaItemId>): Promise<unknown> => {
  const items = await tx.selectFrom('media_items').selectAll().orderBy('id').execute();
  const numbers = new Map(items.map(({ id }, index) => [id, index]));
  const numbered = (row: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        /^(id|itemId|(item|library|parent|root|collection)_id)$/.test(column)
          ? (numbers.get(value as MediaItemId) ?? null)
          : column === 'candidates'
            ? (value as MediaItemId[]).map((id) => numbers.get(id))
            : value,
      ]),
    );
  const sorted = (rows: object[]): string[] =>
    rows.map((row) => JSON.stringify(numbered(row as Record<string, unknown>))).toSorted();
  return {
    told: told.map((one) => (typeof one === 'object' && one !== null ? numbered(one as Record<string, unknown>) : one)),
    changed: [...changed].map((id) => numbers.get(id)!).toSorted((one, other) => one - other),
    items: items.map(numbered),
    movies: sorted(await tx.selectFrom('movies').selectAll().execute()),
    series: sorted(await tx.selectFrom('series').selectAll().execute()),
    ids: sorted(await tx.selectFrom('external_ids').selectAll().execute()),
    images: sorted(await tx.selectFrom('images').select(['item_id', 'role', 'address']).execute()),
    collections: sorted(await tx.selectFrom('collection_items').selectAll().execute()),
    genres: sorted(
      await tx
        .selectFrom('item_genres as x')
        .innerJoin('genres as g', 'g.id', 'x.genre_id')
        .select(['x.item_id', 'g.name'])
        .execute(),
    ),
    tags: sorted(
      await tx
        .selectFrom('item_tags as x')
        .innerJoin('tags as t', 't.id', 'x.tag_id')
        .select(['x.item_id', 't.name'])
        .execute(),
    ),
    counts: sorted(await tx.selectFrom('leaf_counts').select(['item_id', 'leaves', 'added_until']).execute()),
  };
};
