import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RemoteKind, Standing, StandingChange } from '#sync/media-server.ts';
import { externalIdsOf } from './external-ids.ts';
import { itemOf } from './items.ts';
import { lastEpisodeIn } from './spans.ts';
import { type Step, stepsFor } from './write.ts';

describe('external ids', () => {
  test.each<[RemoteKind, string, string | undefined]>([
    ['movie', 'com.plexapp.agents.imdb://tt0123456?lang=en', 'imdb tt0123456'],
    ['movie', 'com.plexapp.agents.themoviedb://603?lang=de', 'tmdb 603'],
    ['movie', 'com.plexapp.agents.xbmcnfo://tt0816692?lang=en', 'imdb tt0816692'],
    ['movie', 'com.plexapp.agents.xbmcnfo://816692?lang=en', undefined],
    ['movie', 'com.plexapp.agents.hama://anidb-5101?lang=en', 'anidb 5101'],
    ['series', 'com.plexapp.agents.thetvdb://268592?lang=en', 'tvdb 268592'],
    ['series', 'com.plexapp.agents.hama://tvdb2-74796?lang=en', 'tvdb 74796'],
    ['series', 'com.plexapp.agents.hama://anything?lang=en', undefined],
    ['season', 'com.plexapp.agents.thetvdb://268592/1?lang=en', undefined],
    ['episode', 'com.plexapp.agents.thetvdb://268592/1/1?lang=en', undefined],
    ['movie', 'local://158', undefined],
    ['movie', 'plex://movie/5d7768257228e5001f1dccd2', undefined],
    ['movie', 'com.plexapp.agents.none://abc?lang=xn', undefined],
    ['artist', 'com.plexapp.agents.lastfm://Skrillex?lang=en', undefined],
    ['movie', '', undefined],
  ])('%s %s is %s', (kind, guid, expected) => {
    expect(externalIdsOf(kind, { guid }).map(({ provider, value }) => `${provider} ${value}`)[0]).toBe(expected);
  });

  test('listed ids come first, each provider once, in their own form', () => {
    const Guid = ['IMDB://TT0133093', 'tmdb://603', 'tmdb://604', 'tvdb://0', 'plex://x', 'nonsense', null].map(
      (id) => ({ id }),
    );
    expect(externalIdsOf('movie', { Guid, guid: 'com.plexapp.agents.imdb://tt9999999' })).toEqual([
      { provider: 'imdb', value: 'tt0133093' },
      { provider: 'tmdb', value: '603' },
    ]);
    const music = { Guid: [{ id: 'mbid://0DA580F2-6768-498F-AF9D-2BECADDF15E0' }] };
    expect(externalIdsOf('artist', music)[0]?.provider).toBe('musicbrainz');
    expect(externalIdsOf('album', music)[0]?.provider).toBe('musicbrainz-release');
    expect(externalIdsOf('track', music)).toEqual([]);
  });
});

describe('several episodes in a file', () => {
  test.each<[string, number | undefined]>([
    ['/tv/Show/Season 01/Show - S01E04E05.mkv', 5],
    ['/tv/Show/Show.S01E04-E06.720p.mkv', 6],
    ['D:\\tv\\Show s01e04-06.mkv', 6],
    ['/tv/Show - S01E04 - E05 - Both.mkv', 5],
    ['/tv/Show.S01E04E05E06E07E08.mkv', 8],
    ['/tv/Show.S01E04-E09.mkv', undefined],
    ['/tv/Show.S01E04-1080p.mkv', undefined],
    ['/tv/Show.S01E04-E03.mkv', undefined],
    ['/tv/Show.S01E05E06.mkv', undefined],
    ['/tv/Show.S02E04E05.mkv', undefined],
    ['/tv/S01E04E05/Show.S01E04.mkv', undefined],
    ['', undefined],
  ])('%s ends with %s', (path, last) => {
    expect(lastEpisodeIn(path, 1, 4)).toBe(last);
  });
});

describe('what is sent', () => {
  const at = Date.UTC(2026, 9, 3);
  const standing = (more: Partial<NonNullable<Standing['state']>> = {}): Standing => ({
    state: { watched: false, playCount: 0, lastPlayedAt: null, position: null, ...more },
    opinion: { rating: null },
  });
  const seen = { watched: true, playCount: 2, lastPlayedAt: at };
  const midway = { positionMs: 60_000, durationMs: 100_000 };
  const sent = (before: Standing, change: StandingChange, duration: number | undefined = 100_000) =>
    stepsFor(before, change, duration).map((step: Step) => step.do);

  test('one mark, where it is unwatched or was seen again since', () => {
    expect(sent(standing(), { watched: { value: true, at, playCount: 5 } })).toEqual(['scrobble']);
    expect(sent(standing(seen), { watched: { value: true, at, playCount: 5 } })).toEqual([]);
    expect(sent(standing(seen), { watched: { value: true, at: at + 86_400_000, playCount: 2 } })).toEqual([]);
    expect(sent(standing(seen), { watched: { value: true, at: at + 86_400_000, playCount: 3 } })).toEqual(['scrobble']);
  });

  test('nothing of a view is taken back to be rid of a position, or to set one', () => {
    expect(sent(standing({ position: midway }), { position: null })).toEqual(['unscrobble']);
    expect(sent(standing({ ...seen, position: midway }), { position: null })).toEqual([]);
    expect(sent(standing(seen), { position: { ...midway, at } })).toEqual(['stop']);
    expect(
      sent(standing({ position: midway }), { watched: { value: true, at, playCount: 1 }, position: null }),
    ).toEqual(['scrobble']);
    expect(sent(standing(seen), { watched: { value: false }, position: { ...midway, at } })).toEqual([
      'unscrobble',
      'stop',
    ]);
  });

  test('a position that Plex would take for watched, or ignore, is not told', () => {
    expect(sent(standing(), { position: { positionMs: 90_000, durationMs: null, at } })).toEqual([]);
    expect(sent(standing(), { position: { positionMs: 89_999, durationMs: null, at } })).toEqual(['stop']);
    expect(stepsFor(standing(), { position: { positionMs: 5000, durationMs: null, at } }, undefined)).toEqual([]);
    expect(stepsFor(standing(), { position: { ...midway, at } }, undefined)).toEqual([
      { do: 'stop', positionMs: 60_000, durationMs: 100_000 },
    ]);
    expect(sent(standing({ position: midway }), { position: { ...midway, positionMs: 60_400, at } })).toEqual([]);
  });

  test('of a container only what one thinks of it', () => {
    const change: StandingChange = { watched: { value: true, at, playCount: 1 }, rating: 7.5, position: null };
    expect(stepsFor({ opinion: { rating: null } }, change, undefined)).toEqual([{ do: 'rate', rating: 8 }]);
    expect(stepsFor({ opinion: { rating: 8 } }, { rating: null }, undefined)).toEqual([{ do: 'rate', rating: null }]);
  });

  test('what is watched stays watched unless it is to be unwatched, whatever else is wanted', () => {
    const position = fc.option(
      fc.record({
        positionMs: fc.integer({ min: 0, max: 200_000 }),
        durationMs: fc.constant(null),
        at: fc.constant(at),
      }),
    );
    const rating = fc.option(fc.integer({ min: 1, max: 20 }).map((half) => half / 2));
    fc.assert(
      fc.property(fc.boolean(), position, rating, (inProgress, wanted, rated) => {
        const before = standing({ ...seen, position: inProgress ? midway : null });
        expect(sent(before, { position: wanted, rating: rated })).not.toContain('unscrobble');
        expect(sent(before, { position: wanted, rating: rated })).not.toContain('scrobble');
      }),
    );
  });
});

test('what has no id, no parent or another kind is no item', () => {
  expect(itemOf('movie', { title: 'Nameless' }, '1')).toBeUndefined();
  expect(itemOf('movie', { ratingKey: '../1', title: 'Odd' }, '1')).toBeUndefined();
  expect(itemOf('movie', { ratingKey: '5', type: 'collection' }, '1')).toBeUndefined();
  expect(itemOf('episode', { ratingKey: '5', type: 'episode' }, '1')).toBeUndefined();
  expect(itemOf('episode', { ratingKey: 5, grandparentRatingKey: 4, index: '2' }, '1')).toMatchObject({
    remoteId: '5',
    parentRemoteId: '4',
    facts: { title: 'Episode 2', seasonNumber: 0, episodeNumber: 2 },
  });
  expect(itemOf('movie', { ratingKey: '5', title: 'x'.repeat(900) }, '1')?.facts.title).toHaveLength(500);
});
