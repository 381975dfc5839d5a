import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '#kernel/clock.ts';
import type { MediaServer, RemoteItem, RemoteKind, RemotePage } from '#sync/media-server.ts';
import { type FakeKodi, type Fault, startFakeKodi } from '../../../test/support/kodi/fake.ts';
import { kodiFixtures } from '../../../test/support/kodi/schema.ts';
import { shape } from '../exchange.ts';
import { Application, Episode, InfoLabels, Movie, Season, Show, Version } from './answers.ts';
import { createKodiConnector } from './connector.ts';

const clock = manualClock(Date.UTC(2026, 10, 21, 10));
const signal = new AbortController().signal;
let kodi: FakeKodi;
beforeEach(async () => {
  kodi = await startFakeKodi();
});
afterEach(async () => {
  await kodi.close();
  expect(kodi.violations).toEqual([]);
});

const connect = (more: { password?: string; timeZone?: string; address?: string } = {}): MediaServer =>
  createKodiConnector({ clock, limits: { timeLimitMs: 300, bodyLimit: 200_000 } }).connect({
    address: more.address ?? kodi.address,
    userName: 'kodi',
    password: more.password ?? 'kodi',
    timeZone: more.timeZone ?? null,
    token: null,
    installation: 'b7c6ad37-5d5c-4b0e-8f4c-1f4d3f6c1e11',
  });

const account = { remoteId: 'kodi', secret: null };

const read = async (kind: RemoteKind, server = connect()): Promise<RemoteItem[]> => {
  const items: RemoteItem[] = [];
  for await (const page of server.items({ kind, account }, signal)) items.push(...page.items);
  return items;
};

describe('verify', () => {
  test('tells name and version', async () => {
    expect(await connect().verify(signal)).toEqual({
      name: 'Living room',
      serverId: null,
      version: '20.1',
      warnings: [],
    });
  });

  test('warns of a clock that does not fit the zone, and of a zone that had to be guessed', async () => {
    expect((await connect({ timeZone: 'Europe/Berlin' }).verify(signal)).warnings[0]).toContain('360 minutes behind');
    kodi.timeZone = 'default';
    expect((await connect().verify(signal)).warnings[0]).toContain('−5:00 from UTC');
  });

  test.each<[Fault, string, string]>([
    ['html', 'not_this_kind', 'is not a Kodi'],
    ['not-rpc', 'not_this_kind', 'something else than JSON-RPC'],
    ['garbage', 'bad_answer', 'not JSON'],
    ['error-500', 'bad_answer', 'error 500'],
    ['wrong-shape', 'bad_answer', 'JSONRPC.Version'],
    ['slow', 'timeout', 'did not answer within'],
    ['cut', 'cut_off', 'broke off'],
    ['huge', 'too_large', 'more than 200000 bytes'],
    ['redirect', 'redirected', 'http://192.0.2.1/jsonrpc'],
    ['rpc-error', 'refused', 'Failed to execute method.'],
  ])('%s is told as %s', async (kind, fault, message) => {
    kodi.fault = { kind };
    const failed = connect().verify(signal);
    await expect(failed).rejects.toMatchObject({
      name: 'ConnectorError',
      fault,
      message: expect.stringContaining(message),
    });
    await expect(failed).rejects.not.toMatchObject({
      message: expect.stringContaining(Buffer.from('kodi:kodi').toString('base64')),
    });
  });

  test('a wrong password, an old Kodi, and nothing at all', async () => {
    await expect(connect({ password: 'wrong' }).verify(signal)).rejects.toMatchObject({ fault: 'unauthorized' });
    await expect(connect({ address: 'http://127.0.0.1:1' }).verify(signal)).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringContaining('is it on, and is its web server enabled in Settings → Services → Control?'),
    });
    kodi.version = 8;
    await expect(connect().verify(signal)).rejects.toMatchObject({ fault: 'too_old' });
  });

  test('ends when the caller gives up', async () => {
    kodi.fault = { kind: 'slow' };
    const give = new AbortController();
    setTimeout(() => give.abort(new Error('enough')), 30);
    await expect(connect().verify(give.signal)).rejects.toThrow('enough');
  });
});

describe('items', () => {
  test('a movie with everything, and one with nothing', async () => {
    kodi.library.addMovie({
      title: 'The Matrix',
      year: 1999,
      ids: { imdb: 'tt0133093', TMDB: '603', unknown: 'x' },
      set: 'The Matrix Collection',
      runtime: 8160,
    });
    kodi.library.addMovie({ title: 'Night on the Pier', file: 'stack:///a-cd1.mkv , /a-cd2.mkv' });
    const [matrix, night] = await read('movie');
    expect(matrix).toEqual({
      kind: 'movie',
      remoteId: 'movie:1',
      libraryRemoteId: 'movies',
      opinion: { rating: null },
      path: '/media/The Matrix (1999)/The Matrix.mkv',
      facts: {
        title: 'The Matrix',
        year: 1999,
        runtimeMs: 8160_000,
        releasedAt: Date.UTC(1999, 5, 15),
        addedAt: Date.UTC(2024, 2, 1, 12),
        externalIds: [
          { provider: 'imdb', value: 'tt0133093' },
          { provider: 'tmdb', value: '603' },
        ],
        collection: { title: 'The Matrix Collection', externalIds: [] },
      },
      state: { watched: false, playCount: 0, lastPlayedAt: null, position: null },
    });
    expect(night).toMatchObject({
      path: 'stack:///a-cd1.mkv , /a-cd2.mkv',
      facts: { title: 'Night on the Pier', externalIds: [] },
    });
    expect(night?.facts).not.toHaveProperty('year');
    expect(night?.facts).not.toHaveProperty('releasedAt');
  });

  test('state: watched, in progress, begun only, and seen again', async () => {
    const ids = ['Watched', 'Halfway', 'Begun', 'Again'].map((title) =>
      kodi.library.addMovie({ title, year: 2000, runtime: 6000 }),
    );
    kodi.library.markWatched('movie', ids[0]!);
    kodi.library.stopAt('movie', ids[1]!, 3000);
    kodi.library.stopAt('movie', ids[2]!, 100);
    kodi.library.markWatched('movie', ids[3]!);
    kodi.library.stopAt('movie', ids[3]!, 600);
    const at = Date.UTC(2026, 10, 21, 10);
    expect((await read('movie')).map((item) => 'state' in item && item.state)).toEqual([
      { watched: true, playCount: 1, lastPlayedAt: at, position: null },
      { watched: false, playCount: 0, lastPlayedAt: at, position: { positionMs: 3000_000, durationMs: 6000_000 } },
      { watched: false, playCount: 0, lastPlayedAt: at, position: null },
      { watched: true, playCount: 1, lastPlayedAt: at, position: { positionMs: 600_000, durationMs: 6000_000 } },
    ]);
  });

  test('series, seasons and episodes; two episodes in one file share what was watched, not where one stands', async () => {
    const show = kodi.library.addShow({ title: 'Doctor Who', year: 2005, ids: { tvdb: '78804' } });
    const file = '/tv/Doctor Who S03E12E13.mkv';
    const first = kodi.library.addEpisode(show, 3, 12, {
      title: 'The Sound of Drums',
      file,
      runtime: 5400,
      firstaired: '2007-06-23',
    });
    kodi.library.addEpisode(show, 3, 13, { title: 'Last of the Time Lords', file, runtime: 5400 });
    kodi.library.addEpisode(show, 0, 1, { title: 'Children in Need' });
    kodi.library.stopAt('episode', first, 3000);
    expect(await read('series')).toMatchObject([
      { remoteId: `series:${show}`, facts: { title: 'Doctor Who', year: 2005 } },
    ]);
    expect((await read('season')).map(({ facts }) => facts)).toEqual([
      { title: '', seasonNumber: 3, externalIds: [] },
      { title: '', seasonNumber: 0, externalIds: [] },
    ]);
    const episodes = await read('episode');
    expect(episodes).toMatchObject([
      {
        parentRemoteId: `series:${show}`,
        facts: { seasonNumber: 3, episodeNumber: 12, releasedAt: Date.UTC(2007, 5, 23) },
        state: { position: { positionMs: 3000_000 } },
      },
      { facts: { episodeNumber: 13 }, state: { position: null } },
      { facts: { seasonNumber: 0 } },
    ]);
    kodi.library.markWatched('episode', first);
    expect((await read('episode')).map((item) => 'state' in item && item.state.watched)).toEqual([true, true, false]);
  });

  test('go on where they were left, and know the files of those given before', async () => {
    const show = kodi.library.addShow({ title: 'Doctor Who', year: 2005 });
    const file = '/media/Doctor Who S03E12E13.mkv';
    const first = kodi.library.addEpisode(show, 3, 12, { title: 'One', file, runtime: 5400 });
    kodi.library.addEpisode(show, 3, 13, { title: 'Two', file, runtime: 5400 });
    kodi.library.stopAt('episode', first, 3000);
    const { albumid } = kodi.library.addAlbum('Björk', 'Homogenic', ['Hunter', 'Jóga']);
    const rest = async (kind: RemoteKind, from: number, libraries?: string[]) => {
      const pages: RemotePage[] = [];
      const query = { kind, account, from, ...(libraries && { libraries }) };
      for await (const page of connect().items(query, signal)) pages.push(page);
      return pages;
    };
    expect(await rest('episode', 1)).toMatchObject([
      { items: [{ facts: { title: 'Two' }, state: { position: null } }], done: 2, total: 2 },
    ]);
    expect(await rest('album', 0)).toMatchObject([{ items: [{ remoteId: `album:${albumid}` }] }]);
    expect(await rest('track', 1)).toMatchObject([{ items: [{ facts: { title: 'Jóga' } }], done: 2, total: 2 }]);
    expect(await rest('track', 2)).toMatchObject([{ items: [], done: 2, total: 2 }]);
    expect(await rest('episode', 0, ['movies', 'music'])).toEqual([{ items: [], done: 0, total: 0 }]);
    expect(await rest('episode', 1, ['tvshows'])).toHaveLength(1);
  });

  test('music, with an album of nobody and songs without an album', async () => {
    const { albumid, songids } = kodi.library.addAlbum('Björk', 'Homogenic', ['Hunter', 'Jóga']);
    kodi.library.albums.push({ ...kodi.library.albums[0]!, albumid: 99, title: '', label: '', artistid: [] });
    kodi.library.markWatched('song', songids[1]!);
    const server = connect();
    expect(await read('artist', server)).toMatchObject([{ facts: { title: 'Björk' } }]);
    expect(
      (await read('album', server)).map((item) => [
        item.remoteId,
        'parentRemoteId' in item && item.parentRemoteId,
        item.facts.title,
      ]),
    ).toEqual([
      ['artist:none', false, 'Unknown Artist'],
      [`album:${albumid}`, `artist:${albumid - 1}`, 'Homogenic'],
      ['album:99', 'artist:none', 'Singles'],
    ]);
    expect(await read('track', server)).toMatchObject([
      { facts: { title: 'Hunter', trackNumber: 1, runtimeMs: 200_000 }, state: { watched: false } },
      { facts: { title: 'Jóga' }, state: { watched: true, playCount: 1 } },
    ]);
  });

  test('are read 500 at a time; an empty library can be null', async () => {
    for (let index = 0; index < 1201; index++) kodi.library.addMovie({ title: `Movie ${index}`, year: 2000 });
    const wide = createKodiConnector({ clock }).connect({
      address: kodi.address,
      userName: 'kodi',
      password: 'kodi',
      timeZone: 'UTC',
      token: null,
      installation: 'b7c6ad37-5d5c-4b0e-8f4c-1f4d3f6c1e11',
    });
    expect(await read('movie', wide)).toHaveLength(1201);
    expect(
      kodi.calls.filter((call) => call.method === 'VideoLibrary.GetMovies').map((call) => call.params.limits),
    ).toEqual([
      { start: 0, end: 500 },
      { start: 500, end: 1000 },
      { start: 1000, end: 1500 },
    ]);
    kodi.library.tvshows = [];
    expect(await read('series', wide)).toEqual([]);
  });

  test('libraries are those in which there is something', async () => {
    kodi.library.addMovie({ title: 'Alien', year: 1979 });
    expect(await connect().libraries(account, signal)).toEqual([
      { remoteId: 'movies', name: 'Movies', kind: 'movies', count: 1 },
    ]);
  });

  test('a title of 900 characters is cut, a missing one is made up', async () => {
    kodi.library.addMovie({ title: 'x'.repeat(900), year: 2000 });
    kodi.library.movies.push({ movieid: 77, label: '', file: '/x' });
    const [long, none] = await read('movie');
    expect(long?.facts.title).toHaveLength(500);
    expect(none?.facts.title).toBe('Movie 77');
  });
});

describe.skipIf(!kodiFixtures)('answers recorded from a real Kodi (needs ../shared)', () => {
  const folder = join(kodiFixtures ?? '.', 'recorded');
  const rows = {
    movies: Movie,
    tvshows: Show,
    seasons: Season,
    episodes: Episode,
    moviedetails: Movie,
    episodedetails: Episode,
  };
  const names = kodiFixtures ? readdirSync(folder) : [];

  test.each(names)('%s', (name) => {
    const recorded: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const { response } of [recorded].flat() as { response?: { result?: Record<string, unknown> } }[]) {
      const result = response?.result;
      if (typeof result !== 'object') continue;
      for (const [list, schema] of Object.entries(rows)) {
        const checked = shape(schema);
        // Recordings that asked for less than we do lack what we require.
        const given = [result[list] ?? []]
          .flat()
          .map((row) => ({ tvshowid: 1, season: 1, episode: 1, ...(row as object) }));
        for (const row of given) expect(checked.check(row) || checked.fault(row)).toBe(true);
      }
    }
    const only = recorded as { request?: { method: string }; response?: { result?: unknown } };
    const known = {
      'JSONRPC.Version': Version,
      'Application.GetProperties': Application,
      'XBMC.GetInfoLabels': InfoLabels,
    };
    const answer = known[only.request?.method as keyof typeof known];
    if (answer) expect(answer.check(only.response?.result)).toBe(true);
  });
});
