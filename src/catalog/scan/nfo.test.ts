import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '#kernel/errors.ts';
import { decodeNfo, readNfo } from './nfo.ts';

test('a movie, whole', () => {
  const [movie] = readNfo(`<?xml version="1.0"?>
    <movie><title>The Matrix</title><originaltitle>Matrix</originaltitle><sorttitle>Matrix 1</sorttitle><plot>Red &amp; blue.</plot>
    <tagline>Free your mind</tagline><runtime>136 min</runtime><mpaa>Rated R</mpaa><premiered>1999-03-31</premiered>
    <rating>8,7</rating><tag>cult</tag><tag>cult</tag><uniqueid type="tmdb">603</uniqueid><uniqueid type="imdb" default="true">tt0133093</uniqueid>
    <uniqueid type="radarr">7</uniqueid><set><name>The Matrix Collection</name></set>
    <thumb aspect="poster">https://x.org/p.jpg</thumb><thumb aspect="set.poster">https://x.org/s.jpg</thumb><thumb aspect="poster">https://x.org/q.jpg</thumb>
    <fanart><thumb>https://x.org/f.jpg</thumb></fanart><thumb aspect="banner">file:///etc/passwd</thumb></movie>`);
  expect(movie).toEqual({
    kind: 'movie',
    title: 'The Matrix',
    originalTitle: 'Matrix',
    sortTitle: 'Matrix 1',
    overview: 'Red & blue.',
    tagline: 'Free your mind',
    year: 1999,
    releasedAt: Date.UTC(1999, 2, 31),
    runtimeMs: 136 * 60_000,
    contentRating: 'Rated R',
    rating: 8.7,
    collection: { title: 'The Matrix Collection', externalIds: [] },
    externalIds: [
      { provider: 'imdb', value: 'tt0133093' },
      { provider: 'tmdb', value: '603' },
    ],
    tags: ['cult'],
    images: [
      { role: 'poster', address: 'https://x.org/p.jpg' },
      { role: 'backdrop', address: 'https://x.org/f.jpg' },
    ],
  });
});

test('genres and people, whoever wrote the file', () => {
  const [movie] =
    readNfo(`<movie><title>Heat</title><genre>Crime / Drama</genre><genre>Drama</genre><director>Michael Mann</director>
    <credits>Michael Mann</credits><actor><name>Robert De Niro</name><role>Neil</role><order>1</order></actor>
    <actor><name>Al Pacino</name><role>Hanna</role><order>0</order></actor><actor><name></name></actor></movie>`);
  expect(movie?.genres).toEqual(['Crime', 'Drama']);
  expect(movie?.people).toEqual([
    { name: 'Michael Mann', role: 'director' },
    { name: 'Michael Mann', role: 'writer' },
    { name: 'Al Pacino', role: 'actor', character: 'Hanna' },
    { name: 'Robert De Niro', role: 'actor', character: 'Neil' },
  ]);
  const [series] = readNfo(
    '<tvshow><title>Lost</title><creator>J. J. Abrams</creator><actor><name>Alan Dale</name><type>GuestStar</type></actor></tvshow>',
  );
  expect(series?.people).toEqual([
    { name: 'J. J. Abrams', role: 'creator' },
    { name: 'Alan Dale', role: 'guest' },
  ]);
});

test('several episodes in one file, a series, addresses alone and behind XML', () => {
  const episode = (number: number) =>
    `<episodedetails><title>No ${number}</title><season>1</season><episode>${number}</episode></episodedetails>`;
  expect(readNfo(`${episode(1)}\n${episode(2)}`)).toMatchObject([
    { kind: 'episode', seasonNumber: 1, episodeNumber: 1 },
    { kind: 'episode', seasonNumber: 1, episodeNumber: 2 },
  ]);
  expect(readNfo('<tvshow><title>Lost</title><id>73739</id><season>6</season><status>Ended</status></tvshow>')).toEqual(
    [
      {
        kind: 'series',
        title: 'Lost',
        status: 'ended',
        externalIds: [{ provider: 'tvdb', value: '73739' }],
        tags: [],
        images: [],
      },
    ],
  );
  expect(readNfo('\uFEFFhttps://www.imdb.com/title/tt0944947/')).toMatchObject([
    { kind: 'link', externalIds: [{ provider: 'imdb', value: 'tt0944947' }] },
  ]);
  expect(readNfo('<movie><title>Heat</title></movie>\nhttps://www.themoviedb.org/movie/949-heat')).toMatchObject([
    { title: 'Heat', externalIds: [{ provider: 'tmdb', value: '949' }] },
  ]);
  expect(readNfo('<movie><title>Tom & Jerry</title><year>x</year><rating>11</rating></movie>')).toEqual([
    { kind: 'movie', title: 'Tom & Jerry', externalIds: [], tags: [], images: [] },
  ]);
  expect(readNfo('<musicvideo><title>x</title></musicvideo>')).toEqual([]);
});

test('old encodings', () => {
  expect(decodeNfo(Buffer.from('Amélie', 'latin1'))).toBe('Amélie');
  expect(decodeNfo(Buffer.from('\uFEFFAmélie', 'utf16le'))).toBe('Amélie');
  expect(decodeNfo(Buffer.from('Amélie'))).toBe('Amélie');
});

const bomb = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(100)}"><!ENTITY b "${'&a;'.repeat(100)}">]><movie><title>&b;</title></movie>`;
const outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><movie><title>&e;</title></movie>';

test.each([
  ['no XML', 'just words'],
  ['broken XML', '<movie><title>x</movie>'],
  ['cut off', '<movie><title>x</title>'],
  ['entities that grow', bomb],
  ['entities from files', outside],
  ['too large', `<movie><plot>${'x'.repeat(5 * 1024 * 1024)}</plot></movie>`],
  ['too deep', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
  ['empty', ''],
])('%s is refused in words', (_name, content) => {
  try {
    expect(readNfo(content)).toEqual([]);
  } catch (error) {
    expect(isAppError(error, 'invalid')).toBe(true);
  }
});

test('anything is read or refused, in a moment', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '<movie>',
      '</movie>',
      '<title>',
      '</title>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&#0;',
      '__proto__',
      '<__proto__>x</__proto__>',
      '<?x ?>',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        return Array.isArray(readNfo(pieces.join('')));
      } catch (error) {
        return isAppError(error, 'invalid');
      }
    }),
    { numRuns: 500 },
  );
});

const NFO = '../shared/data/nfo';

test.skipIf(!existsSync(NFO))('recorded NFO files', () => {
  const files = globSync(`${NFO}/**/*.nfo`);
  const broken = files.filter((file) => {
    try {
      readNfo(decodeNfo(readFileSync(file)));
      return false;
    } catch {
      return true;
    }
  });
  expect(files.length).toBeGreaterThan(15);
  expect(broken).toEqual([expect.stringContaining('test_12')]);
  const library = readNfo(decodeNfo(gunzipSync(readFileSync(`${NFO}/kodi_videodb_export.xml.gz`))));
  expect(library).toHaveLength(23);
  expect(library[0]).toMatchObject({ title: 'The Shawshank Redemption', year: 1994, contentRating: 'Rated R' });
  expect(library[2]).toMatchObject({ kind: 'episode', seasonNumber: 0, episodeNumber: 6 });
});
