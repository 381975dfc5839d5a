import { SubsonicAPI } from 'subsonic-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountKey, Connection, MediaServer, RemoteItem, RemoteKind } from '#sync/media-server.ts';
import { mediaServerContract } from '../../../test/contract/media-server.ts';
import { type FakeSubsonic, type Fault, startFakeSubsonic } from '../../../test/support/subsonic/fake.ts';
import { connectionTo, hastyConnector, houseOf } from '../../../test/support/subsonic/house.ts';

const old = { openSubsonic: false, tokens: false, bookmarks: false };

mediaServerContract('Subsonic with OpenSubsonic', async () => houseOf(await startFakeSubsonic()));

mediaServerContract('Subsonic of old, which counts no plays', async () => {
  const house = houseOf(await startFakeSubsonic({ ...old, counts: false }));
  return { ...house, lacks: ['watched', 'playCount', 'lastPlayedAt', 'position'] };
});

mediaServerContract('Subsonic of old, where an empty search finds nothing', async () => {
  const fake = await startFakeSubsonic({ ...old, emptySearch: false });
  fake.shelf.songs = fake.shelf.songs.filter(({ albumId }) => albumId);
  const house = houseOf(fake);
  const track = house.shelf.track!.filter((id) => id !== 'track:so-5');
  return { ...house, shelf: { ...house.shelf, track }, lacks: ['lastPlayedAt', 'position'] };
});

const signal = new AbortController().signal;
const admin: AccountKey = { remoteId: 'admin', secret: null };
const alice: AccountKey = { remoteId: 'alice', secret: 'sesam älice' };
const AT = Date.UTC(2026, 9, 3, 20, 15, 30);
let fake: FakeSubsonic;
beforeEach(async () => {
  fake = await startFakeSubsonic();
});
afterEach(() => fake.close());

const connect = (other: Partial<Connection> = {}, timeLimitMs?: number): MediaServer =>
  hastyConnector(timeLimitMs).connect(connectionTo(fake.address, other));
const read = async (kind: RemoteKind, server = connect(), libraries?: string[]): Promise<RemoteItem[]> => {
  const items: RemoteItem[] = [];
  const query = { kind, account: admin, ...(libraries ? { libraries } : {}) };
  for await (const page of server.items(query, signal)) items.push(...page.items);
  return items;
};
const called = (method: string) => fake.calls.filter((call) => call.method === method).map(({ query }) => query);

describe('signing in', () => {
  const ways = () => called('ping').map((query) => ['apiKey', 't', 'p'].find((name) => query.has(name)));

  test('with a token, and the same way from then on', async () => {
    const server = connect();
    await server.libraries(admin, signal);
    await server.libraries(admin, signal);
    expect(ways()).toEqual(['t']);
    expect(called('getMusicFolders').every((query) => query.has('t') && query.has('s'))).toBe(true);
    expect(new Set(called('getMusicFolders').map((query) => query.get('s'))).size).toBe(2);
  });

  test('with an API key, without a user name beside it; who that is is asked for', async () => {
    const server = connect({ token: 'key-of-admin', userName: null, password: null });
    expect(await server.accounts(signal)).toMatchObject([
      { remoteId: 'admin', entry: 'none', own: true },
      { remoteId: 'alice', entry: 'password', own: false },
    ]);
    expect(fake.calls.every(({ query }) => !query.has('u'))).toBe(true);
  });

  test('in the next way where one is not known: key, token, password', async () => {
    await fake.close();
    fake = await startFakeSubsonic(old);
    await connect({ token: 'key-of-admin' }).libraries(admin, signal);
    expect(ways()).toEqual(['apiKey', 't', 'p']);
    expect(called('getMusicFolders')[0]?.get('p')).toBe(`enc:${Buffer.from('admin-pw').toString('hex')}`);
  });

  test('says so when the password goes over the network as it is', async () => {
    await fake.close();
    fake = await startFakeSubsonic(old);
    expect((await connect().verify(signal)).warnings).toEqual([expect.stringContaining('can be read on the way')]);
  });

  test('fails without anything to sign in with, and with a wrong key', async () => {
    const nothing = connect({ userName: null, password: null });
    await expect(nothing.verify(signal)).rejects.toMatchObject({ fault: 'unauthorized' });
    await expect(connect({ token: 'wrong' }).verify(signal)).rejects.toMatchObject({ fault: 'unauthorized' });
  });
});

describe('accounts', () => {
  test('an ordinary user sees only itself', async () => {
    const server = connect({ userName: 'alice', password: 'sesam älice' });
    expect(await server.accounts(signal)).toEqual([{ remoteId: 'alice', name: 'alice', entry: 'none', own: true }]);
  });

  test('each with a state of its own, and a password of its own', async () => {
    const server = connect();
    await server.write(alice, 'track:so-1', { favourite: true, rating: 7.5 }, signal);
    expect((await server.standing(alice, 'track:so-1', signal))?.opinion).toEqual({ favourite: true, rating: 8 });
    expect((await server.standing(admin, 'track:so-1', signal))?.opinion).toEqual({ favourite: false, rating: null });
  });

  test("what is the connection's is never taken for another account's", async () => {
    const failed = connect().standing({ remoteId: 'alice', secret: null }, 'track:so-1', signal);
    await expect(failed).rejects.toMatchObject({
      fault: 'unauthorized',
      message: expect.stringContaining('give the account its own'),
    });
    expect(fake.calls).toEqual([]);
  });
});

describe('items', () => {
  test('a track with everything, and one that is nowhere', async () => {
    const [, joga, , , tape] = await read('track');
    expect(joga).toEqual({
      kind: 'track',
      remoteId: 'track:so-2',
      parentRemoteId: 'album:al-1',
      path: 'al-1/Jóga.mp3',
      facts: {
        title: 'Jóga',
        trackNumber: 2,
        discNumber: 1,
        runtimeMs: 200_000,
        addedAt: Date.UTC(2026, 2, 1, 12),
        externalIds: [{ provider: 'musicbrainz', value: '0d1f1b6c-6fa4-4a4e-9d31-ab0a4b4ba0a8' }],
      },
      state: { watched: false, playCount: 0, lastPlayedAt: null, position: null },
      opinion: { favourite: false, rating: null },
    });
    expect(tape).toMatchObject({ remoteId: 'artist:none' });
    expect((await read('track')).slice(-2)).toMatchObject([
      { remoteId: 'album:none', parentRemoteId: 'artist:none' },
      { remoteId: 'track:so-5', parentRemoteId: 'album:none' },
    ]);
  });

  test('of some folders only', async () => {
    expect(await read('track', connect(), ['2'])).toMatchObject([{ remoteId: 'track:so-3' }]);
    expect(await read('artist', connect(), ['2'])).toMatchObject([{ remoteId: 'artist:ar-2' }]);
    expect(await read('album', connect(), [])).toEqual([]);
  });

  test('more than a page of them, counted before', async () => {
    const [one] = fake.shelf.songs;
    fake.shelf.songs = Array.from({ length: 1703 }, (_, index) => ({ ...one!, id: `so-${index}` }));
    const dones: number[] = [];
    const ids = new Set<string>();
    for await (const { done, total, items } of connect().items({ kind: 'track', account: admin }, signal)) {
      expect(total).toBe(1703);
      dones.push(done);
      for (const { remoteId } of items) ids.add(remoteId);
    }
    expect(dones).toEqual([500, 1000, 1500, 1703]);
    expect(ids.size).toBe(1703);
    expect(called('search3').length).toBeLessThan(40);
  });

  test('album by album where an empty search finds nothing, from anywhere', async () => {
    fake.traits.emptySearch = false;
    fake.shelf.albums = Array.from({ length: 30 }, (_, index) => ({
      id: `al-${index}`,
      name: `Album ${String(index).padStart(2, '0')}`,
      folder: 1,
    }));
    const [one] = fake.shelf.songs;
    fake.shelf.songs = fake.shelf.albums.flatMap((album) =>
      Array.from({ length: 40 }, (_, index) => ({ ...one!, id: `${album.id}-${index}`, albumId: album.id })),
    );
    const tracks = (await read('track')).filter(({ kind }) => kind === 'track').map(({ remoteId }) => remoteId);
    expect(new Set(tracks).size).toBe(1200);
    for (const from of [0, 1, 499, 520, 1199, 1200]) {
      const rest: string[] = [];
      let last: { done: number; total: number } | undefined;
      for await (const page of connect().items({ kind: 'track', account: admin, from }, signal)) {
        rest.push(...page.items.filter(({ kind }) => kind === 'track').map(({ remoteId }) => remoteId));
        last = page;
      }
      expect([from, rest]).toEqual([from, tracks.slice(from)]);
      expect(last).toMatchObject({ done: 1200, total: 1200 });
    }
  });

  test('a title of 900 characters is cut, a missing one is made up, the same id twice is given once', async () => {
    fake.shelf.songs[0]!.title = 'x'.repeat(900);
    fake.shelf.songs[1]!.title = ' ';
    fake.shelf.songs.push(fake.shelf.songs[0]!);
    const [long, none, ...rest] = await read('track');
    expect(long?.facts.title).toHaveLength(500);
    expect(none?.facts.title).toBe('Track so-2');
    expect(rest.filter(({ remoteId }) => remoteId === 'track:so-1')).toEqual([]);
  });
});

describe('writing', () => {
  test('only as many plays as are missing', async () => {
    const server = connect();
    fake.as('admin', 'scrobble', { id: 'so-1', time: String(AT - 1000) });
    const watched = { value: true, at: AT, playCount: 3 } as const;
    const written = await server.write(admin, 'track:so-1', { watched }, signal);
    expect(written).toMatchObject({
      outcome: 'written',
      after: { state: { watched: true, playCount: 3, lastPlayedAt: AT } },
    });
    expect(written.receipt).toBe(`GET /rest/scrobble?id=so-1 (2 times)&time=${AT} (2 times)&submission=true`);
    expect(await server.write(admin, 'track:so-1', { watched }, signal)).toMatchObject({ receipt: 'nothing sent' });
    expect(called('scrobble')).toHaveLength(1);
  });

  test('what a server does not keep is tried once, then no more', async () => {
    await fake.close();
    fake = await startFakeSubsonic({ ...old, counts: false });
    const server = connect();
    const change = {
      watched: { value: true, at: AT, playCount: 1 },
      position: { positionMs: 5000, durationMs: null, at: AT },
      rating: 4,
    } as const;
    for (let turn = 0; turn < 2; turn++) {
      expect(await server.write(admin, 'track:so-1', change, signal)).toMatchObject({
        outcome: 'partial',
        dropped: ['watched', 'playCount', 'lastPlayedAt', 'position'],
      });
    }
    expect([called('scrobble').length, called('createBookmark').length, called('setRating').length]).toEqual([1, 1, 1]);
    expect(server.capabilities.writes).toEqual(['favourite', 'rating']);
  });

  test('ratings of albums with OpenSubsonic; of artists nowhere', async () => {
    const album = await connect().write(admin, 'album:al-1', { rating: 9, favourite: true }, signal);
    expect(album).toMatchObject({ outcome: 'written', after: { opinion: { favourite: true, rating: 10 } } });
    const artist = await connect().write(admin, 'artist:ar-1', { rating: 9, favourite: true }, signal);
    expect(artist).toMatchObject({ outcome: 'partial', dropped: ['rating'] });
  });

  test('to ids that are none of ours', async () => {
    for (const id of ['movie:1', 'track:', 'album:none', 'so-1']) {
      expect(await connect().write(admin, id, { favourite: true }, signal)).toMatchObject({ outcome: 'gone' });
    }
  });
});

describe('changes since', () => {
  test('plays, stars and bookmarks, each once', async () => {
    fake.as('admin', 'scrobble', { id: 'so-1', time: String(AT) });
    fake.as('admin', 'scrobble', { id: 'so-3', time: String(AT - 10_000) });
    fake.now = () => AT + 5;
    fake.as('admin', 'star', { id: 'so-1', albumId: 'al-2', artistId: 'ar-1' });
    fake.as('admin', 'createBookmark', { id: 'so-4', position: '7000' });
    const changed: string[] = [];
    for await (const standings of connect().changedSince!(admin, AT, signal)) {
      changed.push(...standings.map(({ remoteId }) => remoteId));
    }
    expect(changed).toEqual(['track:so-1', 'album:al-2', 'artist:ar-1', 'track:so-4']);
  });
});

describe('playing', () => {
  test('only of the account, and not what must have ended long ago', async () => {
    fake.now = () => AT;
    fake.as('alice', 'scrobble', { id: 'so-1', submission: 'false' });
    fake.as('admin', 'scrobble', { id: 'so-2', submission: 'false' });
    expect(await connect().playing(admin, signal)).toEqual([
      { remoteId: 'track:so-2', accountId: 'admin', positionMs: null },
    ]);
    fake.now = () => AT + 10 * 60_000;
    expect(await connect().playing(admin, signal)).toEqual([]);
  });
});

describe('faults', () => {
  test.each<[Fault, string]>([
    ['html', 'not_this_kind'],
    ['garbage', 'bad_answer'],
    ['not-subsonic', 'not_this_kind'],
    ['error-500', 'refused'],
    ['busy', 'busy'],
    ['slow', 'timeout'],
    ['cut', 'cut_off'],
    ['redirect', 'redirected'],
  ])('%s is told as %s', async (fault, told) => {
    fake.fault = fault;
    const failed = await connect({}, fault === 'slow' ? 100 : undefined)
      .verify(signal)
      .catch((error: Error) => error);
    expect(failed).toMatchObject({ name: 'ConnectorError', fault: told });
    expect((failed as Error).message).not.toMatch(/admin-pw|61646d696e|[?&][tsp]=(?!…)/);
  });

  test('an answer of another shape', async () => {
    const server = connect();
    await server.verify(signal);
    fake.fault = 'wrong-shape';
    const failed = server.standing(admin, 'track:so-1', signal);
    await expect(failed).rejects.toMatchObject({ fault: 'bad_answer', message: expect.stringContaining('getSong') });
  });

  test('a password that changed in the middle', async () => {
    const server = connect();
    await server.verify(signal);
    fake.users.get('admin')!.password = 'other';
    await expect(server.libraries(admin, signal)).rejects.toMatchObject({ fault: 'unauthorized' });
  });
});

describe('the fake, to the package subsonic-api', () => {
  test('is a Subsonic', async () => {
    const api = new SubsonicAPI({ url: fake.address, auth: { username: 'admin', password: 'admin-pw' } });
    expect(await api.ping()).toMatchObject({ status: 'ok', openSubsonic: true });
    const { searchResult3 } = await api.search3({ query: 'hunter' });
    expect(searchResult3.song?.[0]).toMatchObject({ id: 'so-1', album: 'Homogenic' });
    await api.scrobble({ id: 'so-1', time: AT });
    await api.star({ id: 'so-1', albumId: 'al-1' });
    await api.setRating({ id: 'so-1', rating: 4 });
    await api.createBookmark({ id: 'so-1', position: 1234 });
    const { song } = await api.getSong({ id: 'so-1' });
    expect(song).toMatchObject({ playCount: 1, userRating: 4, bookmarkPosition: 1234 });
    expect((await connect().standing(admin, 'track:so-1', signal))?.state).toEqual({
      watched: true,
      playCount: 1,
      lastPlayedAt: AT,
      position: { positionMs: 1234, durationMs: 200_000 },
    });
    const { artists } = await api.getArtists();
    expect(artists.index?.map(({ artist }) => artist?.[0]?.name)).toEqual(['Björk', 'AC/DC']);
    const { starred2 } = await api.getStarred2();
    expect([starred2.song?.length, starred2.album?.length]).toEqual([1, 1]);
    expect(await api.getSong({ id: 'none' })).toMatchObject({ status: 'failed', error: { code: 70 } });
  });
});
