import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '#kernel/text.ts';
import { judge, shareOf, suites } from '../../../scripts/name-scores.ts';
import { type ParsedName, parseReleaseName } from './release-name.ts';

const read = (path: string) => parseReleaseName(path, { latestYear: 2028 });

describe('a movie', () => {
  const cases: [path: string, expected: Partial<ParsedName>][] = [
    ['Heat (1995).mkv', { title: 'Heat', year: 1995 }],
    ['Heat.1995.1080p.BluRay.x264-GRP.mkv', { title: 'Heat', year: 1995, version: '1080p', group: 'GRP' }],
    [
      'The Matrix (1999) {tmdb-603} [imdbid-tt0133093].mkv',
      {
        ids: [
          { provider: 'imdb', value: 'tt0133093' },
          { provider: 'tmdb', value: '603' },
        ],
      },
    ],
    ['The Matrix [tmdbid=603]/whatever.mkv', { title: 'whatever', ids: [{ provider: 'tmdb', value: '603' }] }],
    ['Films/The Matrix (1999)/whatever.mkv', { title: 'The Matrix', year: 1999 }],
    ['2001.A.Space.Odyssey.1968.HDDVD.mkv', { title: '2001 A Space Odyssey', year: 1968 }],
    ['1917.2019.mkv', { title: '1917', year: 2019 }],
    ['2012.mkv', { title: '2012' }],
    ['Blade Runner 2049.mkv', { title: 'Blade Runner 2049' }],
    ['Wonder Woman 1984 (2020)/Wonder.Woman.1984.720p.mkv', { title: 'Wonder Woman 1984', year: 2020 }],
    ['12 Angry Men (1957).mkv', { title: '12 Angry Men', year: 1957 }],
    ['Apollo 13 (1995).mkv', { title: 'Apollo 13', year: 1995 }],
    ['Open Season 2 (2009).mkv', { title: 'Open Season 2', year: 2009 }],
    ['8-Bit Christmas (2021).mkv', { title: '8-Bit Christmas', year: 2021 }],
    ['The.Good.German.2006.720p.mkv', { title: 'The Good German', year: 2006 }],
    ['In the Cut (2003).mkv', { title: 'In the Cut', year: 2003 }],
    ["Blade Runner (1982) Director's Cut 2160p.mkv", { title: 'Blade Runner', version: "2160p Director's Cut" }],
    ['Matrix, The (1999).mkv', { title: 'The Matrix' }],
    ['S.W.A.T.2003.DVDRip.mkv', { title: 'S.W.A.T.', year: 2003 }],
    ['St. Vincent (2014).mkv', { title: 'St. Vincent' }],
    ['[rec].mkv', { title: 'rec' }],
    ['Енола Голмс | Enola Holmes (2020).mkv', { title: 'Enola Holmes', year: 2020 }],
    ['Le Fabuleux Destin d\u2019Amélie Poulain (2001).mkv', { title: 'Le Fabuleux Destin d’Amélie Poulain' }],
    ['www.site.org - Heat.1995.720p.mkv', { title: 'Heat', year: 1995 }],
    ['Heat (1995) cd1.avi', { title: 'Heat', year: 1995, part: 1 }],
    ['Heat.1995.CD2.DVDRip.avi', { title: 'Heat', part: 2 }],
    ['Heat (1995) Part 2.mkv', { title: 'Heat', part: 2 }],
    ['Dune Part Two.mkv', { title: 'Dune Part Two' }],
    ['Harry Potter and the Deathly Hallows Part 1.mkv', { title: 'Harry Potter and the Deathly Hallows Part 1' }],
  ];
  test.each(cases)('%s', (path, expected) => {
    expect(read(path)).toMatchObject({ kind: 'movie', ...expected });
    if (expected.part === undefined) expect(read(path).part).toBeUndefined();
    if (
      expected.year === undefined &&
      !('ids' in expected) &&
      !('version' in expected) &&
      !('part' in expected) &&
      !/\d{4}\)/.test(path)
    )
      expect(read(path).year).toBeUndefined();
  });
});

describe('an episode', () => {
  const cases: [path: string, expected: Partial<ParsedName>][] = [
    [
      'Series (2008)/Season 01/S01E02 - Title.mkv',
      { title: 'Series', year: 2008, season: 1, episodes: [2], episodeTitle: 'Title' },
    ],
    ['Show S01E01E02.mkv', { title: 'Show', season: 1, episodes: [1, 2] }],
    ['Show S01E01-03.mkv', { season: 1, episodes: [1, 2, 3] }],
    ['Show.S01E01-E03.mkv', { season: 1, episodes: [1, 2, 3] }],
    ['Show 1x02x03.mkv', { season: 1, episodes: [2, 3] }],
    ['Show - 1x02 - Name.mkv', { title: 'Show', season: 1, episodes: [2], episodeTitle: 'Name' }],
    ['Show/Specials/Show S00E04.mkv', { title: 'Show', season: 0, episodes: [4] }],
    ['Show/Season 0/03 - Extra.mkv', { title: 'Show', season: 0, episodes: [3], episodeTitle: 'Extra' }],
    ['Show/S02/05.mkv', { title: 'Show', season: 2, episodes: [5] }],
    ['Dark/Staffel 2/Folge 3.mkv', { title: 'Dark', season: 2, episodes: [3] }],
    ['Show.Season.2.Episode.11.mkv', { title: 'Show', season: 2, episodes: [11] }],
    [
      'The.Daily.Show.2015.07.22.Guest.720p.mkv',
      { title: 'The Daily Show', date: '2015-07-22', episodeTitle: 'Guest' },
    ],
    ['Show - 31st Jan 2025.mkv', { title: 'Show', date: '2025-01-31' }],
    ['[Group] Bleach - 312 [1080p].mkv', { title: 'Bleach', absolute: [312], group: 'Group' }],
    ['[Group] Show S2 - 07 [1080p].mkv', { title: 'Show', season: 2, episodes: [7] }],
    ['[G][名侦探柯南][857][1080P].mkv', { title: '名侦探柯南', absolute: [857] }],
    ['Bleach s16e03e04 313-314.mkv', { season: 16, episodes: [3, 4], absolute: [313, 314] }],
    ['new.girl.117.hdtv-lol.mkv', { title: 'new girl', season: 1, episodes: [17] }],
    [
      'Show.Name.S02E03.1080p-GRP/afaae96ae7a140e0981ced2a79221751.mkv',
      { title: 'Show Name', season: 2, episodes: [3] },
    ],
    [
      'Show (2005) {tvdb-78804}/Season 1/Show S01E01.mkv',
      { title: 'Show', year: 2005, seriesIds: [{ provider: 'tvdb', value: '78804' }] },
    ],
    ['The 100/Season 1/The.100.S01E13.mkv', { title: 'The 100', season: 1, episodes: [13] }],
    ['24.S05E07.mkv', { title: '24', season: 5, episodes: [7] }],
    ['D:\\TV\\Show\\Season 3\\Show 3x04.mkv', { title: 'Show', season: 3, episodes: [4] }],
    ['S01E05 11-59 [HDTV-1080p].mkv', { season: 1, episodes: [5] }],
    ['Show.S01E02.x265.mkv', { season: 1, episodes: [2] }],
  ];
  test.each(cases)('%s', (path, expected) => expect(read(path)).toMatchObject({ kind: 'episode', ...expected }));
});

describe('a name that says nothing', () => {
  const nothing = [
    '1080p.mkv',
    'BluRay.1080p.x264-GRP.mkv',
    '4K HDR.mkv',
    'x264.mkv',
    '[1080p].mkv',
    'movie.mkv',
    'sample 1.mkv',
    'IMG_1234.mp4',
    'title_t00.mkv',
    '720.mkv',
    '1234.mkv',
    '01.mkv',
    '00001.m2ts',
    'Show/01.mkv',
  ];
  test.each(nothing)('%s', (path) => expect(read(path)).toMatchObject({ kind: 'unknown', title: '' }));

  test.each([
    ['9.mkv', '9'],
    ['300.mkv', '300'],
    ['1917.mkv', '1917'],
    ['300 (2006).mkv', '300'],
    ['1408 (2007).mkv', '1408'],
    ['Films/2012.mkv', '2012'],
    ['Opus.mkv', 'Opus'],
    ['Film (1965).mkv', 'Film'],
    ['Movie 43.mkv', 'Movie 43'],
  ])('but %s is a film', (path, title) => expect(read(path)).toMatchObject({ kind: 'movie', title }));

  test.each(['Heat/1080p.mkv', 'Heat/movie.mkv', 'Heat (1995)/1234.mkv'])('%s is of its folder', (path) =>
    expect(read(path)).toMatchObject({ kind: 'movie', title: 'Heat' }),
  );
});

test('what says nothing is unknown, and nothing makes it throw', () => {
  expect(read('e096aeb3c2c0483a96f5b32fc6d10ff5.mkv').kind).toBe('unknown');
  expect(read('').kind).toBe('unknown');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (path) => {
      const parsed = read(path);
      return (
        typeof parsed.title === 'string' && (parsed.episodes ?? []).every((number) => Number.isSafeInteger(number))
      );
    }),
    { numRuns: 300 },
  );
});

test('a long name is read in no time', () => {
  for (const piece of ['a.', '1-', 'S01', ' - 01', '[a]', '(a) ', 'E01E', 'the ', 'extended ', '2000.']) {
    const started = performance.now();
    read(`${piece.repeat(255 / piece.length)}.mkv`);
    expect(performance.now() - started).toBeLessThan(250);
  }
});

const NAMES = '../shared/data/filenames';

/** The reached shares in percent, as floors: a change that reads worse shows. */
const floors: Record<string, number> = {
  guessit: 95.8,
  'guessit-fragments': 91,
  sonarr: 95.5,
  radarr: 98,
  jellyfin: 93,
};

test.skipIf(!existsSync(NAMES)).each(suites)('the recorded names of $name are read as well as before', (suite) => {
  const { share, judged } = shareOf(judge(NAMES, suite), 'all');
  expect(judged).toBeGreaterThan(50);
  expect(100 * share).toBeGreaterThanOrEqual(floors[suite.name] ?? 100);
});

const MOVIES = '../shared/data/movies/wikipedia';

test.skipIf(!existsSync(MOVIES))('real titles, as people name files, are read back', () => {
  const films = globSync(`${MOVIES}/*.gz`).flatMap((file) =>
    gunzipSync(readFileSync(file))
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line): { title: string; year: number } => JSON.parse(line)),
  );
  const usable = films.filter(({ title }, index) => index % 5 === 0 && title.length < 100 && !title.includes('/'));
  const right = usable.filter(({ title, year }) => {
    const parsed = read(`${title} (${year}).mkv`);
    return parsed.kind === 'movie' && parsed.year === year && fold(parsed.title) === fold(title);
  });
  expect(usable.length).toBeGreaterThan(1000);
  expect(right.length / usable.length).toBeGreaterThan(0.997);
});
