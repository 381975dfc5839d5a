import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountKey, RemoteItem } from '#sync/media-server.ts';
import { type House, mediaServerContract } from '../contract/media-server.ts';
import { connectionTo, hastyConnector } from '../support/subsonic/house.ts';
import { LENGTH, tracks } from '../support/subsonic/media.ts';
import { noSubsonic, type RealSubsonic, startRealSubsonic } from '../support/subsonic/start.ts';

const why = noSubsonic();
if (why) console.log(`No real Supysonic is tested: ${why}.`);

type Kind = 'artist' | 'album' | 'track';
const signal = new AbortController().signal;

describe.skipIf(why)('a real Supysonic', () => {
  let real: RealSubsonic;
  beforeAll(async () => {
    real = await startRealSubsonic('America/New_York');
  }, 120_000);
  afterAll(() => real?.stop());

  const connect = () => {
    const { name: userName, password } = real.admin;
    return hastyConnector().connect(connectionTo(real.address, { userName, password }));
  };
  const own = (): AccountKey => ({ remoteId: real.admin.name, secret: null });
  const alice = (): AccountKey => ({ remoteId: real.user.name, secret: real.user.password });
  const read = async (kind: Kind, account = own()): Promise<RemoteItem[]> => {
    const items: RemoteItem[] = [];
    for await (const page of connect().items({ kind, account }, signal)) items.push(...page.items);
    return items;
  };
  const trackOf = async (title: string) => (await read('track')).find(({ facts }) => facts.title === title)!.remoteId;

  let shelf: Promise<Record<Kind, string[]>> | undefined;
  mediaServerContract('Supysonic', async () => {
    shelf ??= idsOf(connect(), own());
    return houseOf(real, await shelf);
  });

  test('tells who it is, and that its password travels as it is', async () => {
    expect(await connect().verify(signal)).toEqual({
      name: '',
      serverId: null,
      version: expect.stringMatching(/^1\.\d+\.\d+$/),
      warnings: [expect.stringContaining('takes no tokens')],
    });
    expect(await connect().accounts(signal)).toEqual([
      { remoteId: 'admin', name: 'admin', entry: 'none', own: true },
      { remoteId: 'alice', name: 'alice', entry: 'password', own: false },
    ]);
    expect(await connect().libraries(own(), signal)).toMatchObject([{ name: 'Music', kind: 'music' }]);
  });

  test('its shelf, whatever the names on it', async () => {
    const artists = new Map((await read('artist')).map(({ remoteId, facts }) => [remoteId, facts.title]));
    const albums = new Map(
      (await read('album')).map((item) => [
        item.remoteId,
        { title: item.facts.title, artist: 'parentRemoteId' in item ? artists.get(item.parentRemoteId) : null },
      ]),
    );
    const shelf = (await read('track')).map((item) => {
      const album = 'parentRemoteId' in item ? albums.get(item.parentRemoteId) : undefined;
      expect(item.facts.runtimeMs).toBeGreaterThan((LENGTH - 2) * 1000);
      return [album?.artist, album?.title, (item.facts as { trackNumber?: number }).trackNumber, item.facts.title];
    });
    expect(shelf.toSorted()).toEqual(tracks.map((track) => [...track]).toSorted());
  });

  test('stars and ratings go both ways, for each user alone', async () => {
    const track = await trackOf('Jóga');
    const id = track.replace('track:', '');
    await real.call(real.user, 'star', { id });
    await real.call(real.user, 'setRating', { id, rating: '3' });
    const server = connect();
    expect((await server.standing(alice(), track, signal))?.opinion).toEqual({ favourite: true, rating: 6 });
    expect((await server.standing(own(), track, signal))?.opinion).toEqual({ favourite: false, rating: null });
    expect(await server.write(alice(), track, { favourite: false, rating: 9.5 }, signal)).toMatchObject({
      outcome: 'written',
      after: { opinion: { favourite: false, rating: 10 } },
    });
    const { song } = await real.call<{ song: Record<string, unknown> }>(real.user, 'getSong', { id });
    expect([song.starred, song.userRating]).toEqual([undefined, 5]);
    await server.write(alice(), track, { rating: null }, signal);
  });

  test('plays are told to it, and named as dropped: it neither counts nor tells them', async () => {
    const track = await trackOf('Hunter');
    const server = connect();
    const watched = { value: true, at: Date.UTC(2026, 9, 3, 20), playCount: 1 } as const;
    expect(await server.write(own(), track, { watched, favourite: true }, signal)).toMatchObject({
      outcome: 'partial',
      dropped: ['watched', 'playCount', 'lastPlayedAt'],
      receipt: expect.stringContaining('/rest/scrobble'),
    });
    expect(server.capabilities.writes).not.toContain('watched');
    expect(await server.write(own(), track, { watched, favourite: false }, signal)).toMatchObject({
      receipt: expect.not.stringContaining('scrobble'),
    });
  });
});

/** The server, with all opinions taken back. */
const houseOf = async (real: RealSubsonic, shelf: Record<Kind, string[]>): Promise<House> => {
  const { admin } = real;
  const connector = hastyConnector();
  const call = (method: string, query: Record<string, string>) => real.call(admin, method, query);
  const connect: House['connect'] = (other) =>
    connector.connect(connectionTo(real.address, { userName: admin.name, password: admin.password, ...other }));
  const account = { remoteId: admin.name, secret: null };
  const bare = (remoteId: string) => remoteId.replace(/^\w+:/, '');
  await takeBackOpinions(real);
  return {
    connect,
    wrong: { password: 'wrong-pw' },
    account,
    shelf,
    hand: {
      rate: async (id, rating) => void (await call('setRating', { id: bare(id), rating: String((rating ?? 0) / 2) })),
      favourite: async (id, value) => void (await call(value ? 'star' : 'unstar', { id: bare(id) })),
    },
    unknown: 'track:00000000-0000-4000-8000-000000000000',
    lacks: ['watched', 'playCount', 'lastPlayedAt', 'position'],
    secrets: [
      admin.password,
      encodeURIComponent(admin.password),
      Buffer.from(admin.password).toString('hex'),
      'wrong-pw',
    ],
    close: async () => {},
  };
};

const takeBackOpinions = async ({ admin, call }: RealSubsonic): Promise<void> => {
  interface Found {
    searchResult3: { song: { id: string; starred?: string; userRating?: number }[] };
  }
  const { searchResult3 } = await call<Found>(admin, 'search3', { query: '' });
  for (const { id, starred, userRating } of searchResult3.song) {
    if (starred) await call(admin, 'unstar', { id });
    if (userRating) await call(admin, 'setRating', { id, rating: '0' });
  }
};

const idsOf = async (server: ReturnType<House['connect']>, account: AccountKey) => {
  const shelf: Record<Kind, string[]> = { artist: [], album: [], track: [] };
  for (const kind of ['artist', 'album', 'track'] as const) {
    for await (const { items } of server.items({ kind, account }, signal)) {
      shelf[kind].push(...items.map(({ remoteId }) => remoteId));
    }
  }
  return shelf;
};
