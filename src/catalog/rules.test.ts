import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { MediaItemId } from '#kernel/ids.ts';
import type { mediaKinds } from '#kernel/media.ts';
import { contradict, normaliseExternalId, normaliseExternalIds } from './external-id.ts';
import { factsOf } from './facts.ts';
import type { ItemView } from './item-schema.ts';
import { type Candidate, decide } from './match.ts';
import { ratingLevelOf } from './rating-level.ts';
import { isKind, type MediaItem } from './types.ts';

describe('external ids', () => {
  test.each([
    ['imdb', 'tt0133093', 'imdb', 'tt0133093'],
    ['IMDB', ' TT133093 ', 'imdb', 'tt0133093'],
    ['imdb', 'tt00133093', 'imdb', 'tt0133093'],
    ['imdb', 'tt27432264', 'imdb', 'tt27432264'],
    ['TheMovieDb', '0603', 'tmdb', '603'],
    ['tvdb', '73739', 'tvdb', '73739'],
    ['MusicBrainzAlbum', 'A1B2-C3', 'musicbrainzalbum', 'a1b2-c3'],
    ['tvrage', 'Lost', 'tvrage', 'Lost'],
  ])('%s %s is %s %s', (provider, value, name, normal) => {
    expect(normaliseExternalId({ provider, value })).toEqual({ provider: name, value: normal });
  });
  test.each([
    ['imdb', '0133093'],
    ['imdb', 'nm0000206'],
    ['imdb', 'tt0000000'],
    ['tmdb', 'tt0133093'],
    ['tmdb', '0'],
    ['tmdb', '-5'],
    ['tvdb', 'series-73739'],
    ['unknown', '1'],
    ['', '1'],
    ['a b', '1'],
    ['anidb', ''],
    ['anidb', 'a\u0000b'],
    ['anidb', 'x'.repeat(201)],
  ])('%s %s is none', (provider, value) => {
    expect(normaliseExternalId({ provider, value })).toBeUndefined();
  });
  test('normalising again changes nothing, and lists lose their repetitions', () => {
    fc.assert(
      fc.property(fc.constantFrom('imdb', 'tmdb', 'tvdb', 'x', 'IMDb'), fc.string(), (provider, value) => {
        const once = normaliseExternalIds([
          { provider, value },
          { provider: provider.toUpperCase(), value },
        ]);
        expect(once.length).toBeLessThanOrEqual(1);
        expect(normaliseExternalIds(once)).toEqual(once);
      }),
    );
  });
  test('contradiction is mutual, and needs a provider in common', () => {
    const ids = fc.array(fc.record({ provider: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2') }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const providers = ['a', 'b'].filter(
          (p) => one.some((x) => x.provider === p) && other.some((x) => x.provider === p),
        );
        const disjoint = providers.filter(
          (p) => !one.some((x) => x.provider === p && other.some((y) => y.provider === p && y.value === x.value)),
        );
        expect(contradict(one, other)).toBe(disjoint.length > 0);
        expect(contradict(other, one)).toBe(contradict(one, other));
      }),
    );
  });
});

describe('content ratings', () => {
  test.each([
    ['G', 0],
    ['TV-G', 0],
    ['U', 0],
    ['TV-Y7', 7],
    ['PG', 8],
    ['TV-PG', 10],
    ['PG-13', 13],
    ['TV-14', 14],
    ['12', 12],
    ['12A', 12],
    ['15', 15],
    ['16', 16],
    ['R', 17],
    ['TV-MA', 17],
    ['18', 18],
    ['NC-17', 18],
    ['DE:FSK 16', 16],
    ['FSK-12', 12],
    ['UK:15', 15],
    ['Rated R', 17],
    ['Rated PG-13 for violence', 13],
    ['us/PG-13', 13],
    ['gb/12A', 12],
    ['MPAA:R', 17],
    ['de-16', 16],
    ['+18', 18],
    ['K-16', 16],
    ['MA15+', 15],
    ['DE:FSK 0', 0],
    ['R (language)', 17],
  ])('%s is %i', (rating, level) => {
    expect(ratingLevelOf(rating)).toBe(level);
  });
  test.each(['', 'NR', 'Not Rated', 'Unrated', 'Approved', '99', 'constructor', 'US:', 'Rated', 'N/A'])(
    '%s is in doubt',
    (rating) => {
      expect(ratingLevelOf(rating)).toBeNull();
    },
  );
  test('a level is within its bounds, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z]{0,3}[:/-]? ?[0-9]{0,3}\+?$/)), (text) => {
        const level = ratingLevelOf(text);
        expect(level === null || (Number.isInteger(level) && level >= 0 && level <= 21)).toBe(true);
      }),
    );
  });
});

describe('the decision', () => {
  const id = (n: number) => n as MediaItemId;
  const ids = fc.array(
    fc.record({ provider: fc.constantFrom('imdb', 'tmdb'), value: fc.constantFrom('1', '2', '3') }),
    { maxLength: 2 },
  );
  const distinct = fc.option(fc.constantFrom(1982, 2011), { nil: null });
  const candidates = fc.array(fc.record({ ids, distinct }), { maxLength: 4 });

  test('never takes what contradicts it, nor another year, nor one of several', () => {
    fc.assert(
      fc.property(fc.record({ ids, distinct }), candidates, (wanted, some) => {
        const titled: Candidate[] = some.map((one, n) => ({ ...one, id: id(n + 1) }));
        const named = titled.filter((one) =>
          one.ids.some((x) => wanted.ids.some((y) => x.provider === y.provider && x.value === y.value)),
        );
        const verdict = decide(wanted, named, titled);
        if (verdict.outcome === 'external_id') expect(named.map((one) => one.id)).toEqual([verdict.itemId]);
        if (verdict.outcome === 'external_id' || verdict.outcome === 'title') {
          const taken = titled[verdict.itemId - 1]!;
          expect(contradict(wanted.ids, taken.ids)).toBe(false);
        }
        if (verdict.outcome === 'title') {
          const taken = titled[verdict.itemId - 1]!;
          expect(named).toEqual([]);
          const known = wanted.distinct !== null && taken.distinct !== null;
          if (known) expect(taken.distinct).toBe(wanted.distinct);
          else expect(titled).toHaveLength(1);
        }
        if (verdict.outcome === 'none') {
          expect(
            titled.every(
              (one) =>
                contradict(wanted.ids, one.ids) ||
                (one.distinct !== null && wanted.distinct !== null && one.distinct !== wanted.distinct),
            ),
          ).toBe(true);
        }
        if (verdict.outcome === 'ambiguous') expect(verdict.candidates.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('facts', () => {
  test('whatever is told, what is kept fits the tables', () => {
    const anything = fc.record(
      {
        title: fc.string({ maxLength: 1200, unit: 'binary' }),
        externalIds: fc.array(fc.record({ provider: fc.string(), value: fc.string() })),
        year: fc.oneof(fc.double(), fc.integer()),
        releasedAt: fc.oneof(fc.double(), fc.maxSafeInteger()),
        runtimeMs: fc.double(),
        seasonNumber: fc.integer(),
        episodeNumber: fc.integer(),
        episodeNumberEnd: fc.integer(),
        overview: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: ['title', 'externalIds'] },
    );
    fc.assert(
      fc.property(anything, (told) => {
        const facts = factsOf(told);
        expect([...facts.title].length).toBeLessThanOrEqual(500);
        expect(facts.title.isWellFormed() && !facts.title.includes('\0')).toBe(true);
        expect(facts.title === '' || facts.title_key !== '').toBe(true);
        expect(facts.year === undefined || (facts.year >= 1800 && facts.year <= 2200)).toBe(true);
        expect((facts.episode_number_end ?? Infinity) > (facts.episode_number ?? -1)).toBe(true);
        for (const value of [facts.runtime_ms, facts.season_number, facts.released_at]) {
          expect(value === undefined || Number.isSafeInteger(value)).toBe(true);
        }
      }),
    );
  });
});

describe('the item of a kind', () => {
  test('ties the common part and the kind’s own together', () => {
    expectTypeOf<MediaItem<'movie'>['details']>().toEqualTypeOf<{
      tagline: string | null;
      budget: number | null;
      revenue: number | null;
    }>();
    expectTypeOf<MediaItem<'movie'>['kind']>().toEqualTypeOf<'movie'>();
    expectTypeOf<MediaItem<'stream'>['details']>().not.toHaveProperty('tagline');
    expectTypeOf<MediaItem<'movie' | 'series'>>().toEqualTypeOf<MediaItem<'movie'> | MediaItem<'series'>>();
    expectTypeOf<MediaItem>().toExtend<ItemView>();
    expectTypeOf<MediaItem['kind']>().toEqualTypeOf<(typeof mediaKinds)[number]>();
    const view = { kind: 'movie', details: { tagline: 'x', budget: 1, revenue: null } } as ItemView;
    if (!isKind(view, 'movie')) throw new Error('not a movie');
    expectTypeOf(view.details.budget).toEqualTypeOf<number | null>();
    expect(isKind(view, 'series')).toBe(false);
  });
});
