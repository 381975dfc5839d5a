import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaServer, RemoteStanding, StandingChange } from '#sync/media-server.ts';
import { type FakeKodi, startFakeKodi } from '../../../test/support/kodi/fake.ts';
import { createKodiConnector } from './connector.ts';

const now = Date.UTC(2026, 10, 21, 10);
const clock = manualClock(now);
const { signal } = new AbortController();
const account = { remoteId: 'kodi', secret: null };
let kodi: FakeKodi;
let server: MediaServer;
beforeEach(async () => {
  kodi = await startFakeKodi();
  server = createKodiConnector({ clock }).connect({
    address: kodi.address,
    userName: 'kodi',
    password: 'kodi',
    token: null,
    timeZone: null,
    installation: 'b7c6ad37-5d5c-4b0e-8f4c-1f4d3f6c1e11',
  });
});
afterEach(async () => {
  await kodi.close();
  expect(kodi.violations).toEqual([]);
});

const standing = (remoteId: string) => server.standing(account, remoteId, signal);
const write = (remoteId: string, change: StandingChange) => server.write(account, remoteId, change, signal);
const sent = () => kodi.calls.filter(({ method }) => method.includes('.Set')).map(({ params }) => params);

describe('a movie', () => {
  test('is watched, rated, begun and unwatched', async () => {
    const id = kodi.library.addMovie({ title: 'Alien', year: 1979, runtime: 7020 });
    const remoteId = `movie:${id}`;
    const at = now - 30 * HOUR + 250;
    const watched = await write(remoteId, { watched: { value: true, at, playCount: 3 }, rating: 8.5 });
    expect(watched).toEqual({
      outcome: 'written',
      dropped: [],
      after: {
        state: { watched: true, playCount: 3, lastPlayedAt: at - 250, position: null },
        opinion: { rating: 9 },
      },
      receipt: `VideoLibrary.SetMovieDetails ${JSON.stringify(sent()[0])}`,
    });
    expect(sent()).toEqual([
      {
        movieid: id,
        playcount: 3,
        lastplayed: '2026-11-19 23:00:00',
        resume: { position: 0, total: 0 },
        userrating: 9,
      },
    ]);
    const position = { positionMs: 10 * MINUTE + 999, durationMs: null, at: now };
    expect(await write(remoteId, { position })).toMatchObject({
      outcome: 'written',
      after: {
        state: { playCount: 3, lastPlayedAt: now, position: { positionMs: 10 * MINUTE, durationMs: 7020_000 } },
      },
    });
    expect(await write(remoteId, { watched: { value: false }, rating: null, favourite: true })).toMatchObject({
      outcome: 'partial',
      dropped: ['favourite'],
      after: { state: { watched: false, playCount: 0, lastPlayedAt: null, position: null }, opinion: { rating: null } },
    });
    expect(await standing(remoteId)).toMatchObject({ state: { watched: false, lastPlayedAt: null } });
  });

  test('in the hour that comes twice keeps a date that is an hour off, and says so', async () => {
    const remoteId = `movie:${kodi.library.addMovie({ title: 'Alien', year: 1979 })}`;
    const again = Date.UTC(2026, 10, 1, 6, 30);
    expect(await write(remoteId, { watched: { value: true, at: again, playCount: 1 } })).toMatchObject({
      outcome: 'partial',
      dropped: ['lastPlayedAt'],
      after: { state: { watched: true, lastPlayedAt: again - HOUR } },
    });
  });

  test('that is not there is gone', async () => {
    for (const unknown of ['movie:99', 'season:99', 'track:99', 'artist:none', 'movie:1e3', 'plex', 'constructor:1']) {
      expect(await standing(unknown)).toBe(null);
      expect(await write(unknown, { rating: 1 })).toMatchObject({ outcome: 'gone', after: null });
    }
    expect(sent()).toEqual([]);
  });

  test('is sent nothing that it does not keep', async () => {
    const remoteId = `movie:${kodi.library.addMovie({ title: 'Alien', year: 1979 })}`;
    expect(await write(remoteId, { favourite: true })).toMatchObject({
      outcome: 'unsupported',
      dropped: ['favourite'],
    });
    expect(await write(remoteId, {})).toMatchObject({ outcome: 'written' });
    expect(sent()).toEqual([]);
  });
});

describe('two episodes in one file', () => {
  test('share what was watched; a place in it is the first one’s', async () => {
    const show = kodi.library.addShow({ title: 'Doctor Who', year: 2005 });
    const file = '/media/Doctor Who S03E12E13.mkv';
    const [first, second] = [12, 13].map(
      (number) => `episode:${kodi.library.addEpisode(show, 3, number, { title: `${number}`, file, runtime: 5400 })}`,
    );
    const position = { positionMs: 20 * MINUTE, durationMs: 90 * MINUTE, at: now };
    expect(await write(first!, { position })).toMatchObject({ outcome: 'written' });
    expect(await standing(first!)).toMatchObject({ state: { position: { positionMs: 20 * MINUTE } } });
    expect(await standing(second!)).toMatchObject({ state: { position: null } });
    expect(await write(second!, { position })).toMatchObject({ outcome: 'unsupported', dropped: ['position'] });
    expect(await write(second!, { watched: { value: true, at: now, playCount: 1 } })).toMatchObject({
      outcome: 'written',
    });
    expect(await standing(first!)).toMatchObject({ state: { watched: true, playCount: 1, position: null } });
  });
});

describe('others', () => {
  test('a show, a season and an album are rated; an artist is not, and nothing else of them is kept', async () => {
    const show = kodi.library.addShow({ title: 'Lost', year: 2004 });
    kodi.library.addEpisode(show, 1, 1, { title: 'Pilot' });
    const season = Number(kodi.library.seasons[0]?.seasonid);
    const { albumid, artistid } = kodi.library.addAlbum('Björk', 'Homogenic', ['Hunter']);
    for (const remoteId of [`series:${show}`, `season:${season}`, `album:${albumid}`]) {
      expect(await write(remoteId, { rating: 7 })).toMatchObject({
        outcome: 'written',
        after: { opinion: { rating: 7 } },
      });
      const watched = { value: true, at: now, playCount: 1 } as const;
      expect(await write(remoteId, { watched })).toMatchObject({ outcome: 'unsupported' });
    }
    expect(await standing(`artist:${artistid}`)).toEqual({});
    expect(await write(`artist:${artistid}`, { rating: 7 })).toMatchObject({ outcome: 'unsupported' });
  });

  test('a song is played and rated, and has no place in it', async () => {
    const { songids } = kodi.library.addAlbum('Björk', 'Homogenic', ['Hunter']);
    const position = { positionMs: 1000, durationMs: null, at: now };
    const watched = { value: true, at: now - HOUR, playCount: 4 } as const;
    expect(await write(`track:${songids[0]}`, { watched, position, rating: 10 })).toMatchObject({
      outcome: 'partial',
      dropped: ['position'],
      after: { state: { watched: true, playCount: 4 }, opinion: { rating: 10 } },
    });
    expect(sent()).toEqual([{ songid: songids[0], playcount: 4, lastplayed: '2026-11-21 05:00:00', userrating: 10 }]);
  });
});

describe('what it does now', () => {
  test('plays something of its library, or a file, or nothing', async () => {
    expect(await server.playing(account, signal)).toEqual([]);
    kodi.playing = { kind: 'file', id: 0, seconds: 3 };
    expect(await server.playing(account, signal)).toEqual([]);
    kodi.playing = { kind: 'episode', id: 4, seconds: 3725 };
    expect(await server.playing(account, signal)).toEqual([
      { remoteId: 'episode:4', accountId: 'kodi', positionMs: 3725_000 },
    ]);
  });
});

describe('what changed since', () => {
  const changed = async (since: number) => {
    const found: RemoteStanding[] = [];
    for await (const some of server.changedSince!(account, since, signal)) found.push(...some);
    return found.map(({ remoteId }) => remoteId);
  };

  test('is what was played since in its own zone, and what is in progress', async () => {
    const { library } = kodi;
    const [old, fresh, begun] = ['Old', 'Fresh', 'Begun'].map((title) => library.addMovie({ title, runtime: 6000 }));
    const show = library.addShow({ title: 'Lost' });
    const episode = library.addEpisode(show, 1, 1, { title: 'Pilot' });
    const { songids } = library.addAlbum('Björk', 'Homogenic', ['Hunter', 'Jóga']);
    kodi.wallClock = '2026-11-20 05:00:00';
    library.markWatched('movie', old!);
    library.stopAt('movie', begun!, 3000);
    kodi.wallClock = '2026-11-21 04:00:00';
    library.markWatched('movie', fresh!);
    library.markWatched('episode', episode);
    library.markWatched('song', songids[1]!);
    expect(await changed(now - 2 * HOUR)).toEqual([
      `movie:${fresh}`,
      `movie:${begun}`,
      `episode:${episode}`,
      `track:${songids[1]}`,
    ]);
    expect(await changed(now)).toEqual([`movie:${begun}`]);
  });
});
