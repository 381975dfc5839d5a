import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountKey, MediaServer, RemoteItem, RemoteKind, RemotePage } from '#sync/media-server.ts';
import { connectionTo, connectorTo, furnish } from '../../../test/support/fakes/plex/house.ts';
import { type FakePlex, startFakePlex } from '../../../test/support/fakes/plex/start.ts';
import { createPatienceBook } from '../patience.ts';

const signal = new AbortController().signal;
let plex: FakePlex;
let own: AccountKey;
beforeEach(async () => {
  plex = await startFakePlex();
  own = { remoteId: String(plex.people.owner.id), secret: null };
});
afterEach(async () => {
  await plex.close();
  expect(plex.violations).toEqual([]);
});

const waits: number[] = [];
const connect = (more: Parameters<typeof connectionTo>[1] = {}, timeLimitMs = 5000): MediaServer => {
  waits.length = 0;
  const patience = createPatienceBook({
    wait: async (length) => {
      waits.push(length);
    },
  });
  return connectorTo(plex, { patience, limits: { timeLimitMs, bodyLimit: 200_000 } }).connect(connectionTo(plex, more));
};

const pages = async (kind: RemoteKind, more: { from?: number; libraries?: string[] } = {}, server = connect()) => {
  const given: RemotePage[] = [];
  for await (const page of server.items({ kind, account: own, ...more }, signal)) given.push(page);
  return given;
};
const read = async (kind: RemoteKind, server = connect()): Promise<RemoteItem[]> =>
  (await pages(kind, {}, server)).flatMap(({ items }) => items);

describe('verify', () => {
  test('tells who it is, and warns who is not the owner', async () => {
    expect(await connect().verify(signal)).toEqual({
      name: 'Attic',
      serverId: plex.machineId,
      version: '1.41.6.9685',
      warnings: [],
    });
    const friend = plex.people.add('Cara', 'friend');
    expect((await connect({ token: friend.serverToken }).verify(signal)).warnings[0]).toContain(
      "not the account of the server's owner",
    );
  });

  test.each([
    ['html', 'not_this_kind'],
    ['broken', 'refused'],
    ['cut', 'cut_off'],
    ['slow', 'timeout'],
    ['redirect', 'redirected'],
    ['unauthorized', 'unauthorized'],
    ['hang-up', 'unreachable'],
  ] as const)('%s is told as %s', async (kind, fault) => {
    plex.faults.next(kind, { times: 9, on: kind === 'unauthorized' ? /GET \/$/ : /./ });
    const failed = await connect({}, kind === 'slow' ? 300 : 5000)
      .verify(signal)
      .catch((error: Error) => error);
    expect(failed).toMatchObject({ name: 'ConnectorError', fault });
    expect(String((failed as Error).message)).not.toContain(plex.token);
  });

  test('something else that answers JSON, or nothing in JSON', async () => {
    const elsewhere = connect({ address: plex.tv.url }).verify(signal);
    await expect(elsewhere).rejects.toMatchObject({ fault: 'not_this_kind' });
  });

  test('every request says who we are, asks for JSON, and holds no token in its address', async () => {
    furnish(plex);
    const server = connect();
    await server.verify(signal);
    await server.accounts(signal);
    await read('movie', server);
    for (const { url, headers } of [...plex.requests, ...plex.tv.requests]) {
      expect(headers['x-plex-client-identifier']).toBe('0f8b1f86-6a8f-4c0e-9a55-5d6f1d2c7b11');
      expect(headers['x-plex-product']).toBe('Leftoff');
      expect(url).not.toContain(plex.token);
    }
    expect(plex.requests.find(({ path }) => path === '/identity')?.headers['x-plex-token']).toBeUndefined();
  });
});

describe('libraries and items', () => {
  test('libraries are told with how many they hold; photos are none', async () => {
    furnish(plex);
    plex.shelf.addLibrary({ name: 'Photos', type: 'books' });
    expect(await connect().libraries(own, signal)).toMatchObject([
      { name: 'Films', kind: 'movies', count: 2 },
      { kind: 'series', count: 1 },
      { kind: 'music', count: 1 },
    ]);
  });

  test('one library after the other, from anywhere, whatever the size of its pages', async () => {
    const attic = plex.shelf.addLibrary({ name: 'Attic', type: 'movies' });
    const cellar = plex.shelf.addLibrary({ name: 'Cellar', type: 'movies' });
    for (let at = 0; at < 7; at++) plex.shelf.addMovie({ title: `Film ${at}`, library: at % 2 ? attic : cellar });
    const all = (await read('movie')).map(({ remoteId, libraryRemoteId }) => [libraryRemoteId, remoteId]);
    expect(all.map(([library]) => library)).toEqual([...Array(3).fill(attic.id), ...Array(4).fill(cellar.id)]);
    plex.faults.pageLimit = 2;
    for (let from = 0; from <= 7; from++) {
      const given = await pages('movie', { from });
      expect(
        given.flatMap(({ items }) => items.map(({ libraryRemoteId, remoteId }) => [libraryRemoteId, remoteId])),
      ).toEqual(all.slice(from));
      expect(given.at(-1)?.done ?? 7).toBe(7);
      expect(given.every(({ total, items }) => total === 7 && items.length <= 2)).toBe(true);
    }
    const [only] = await pages('movie', { libraries: [cellar.id] });
    expect(only).toMatchObject({ done: 2, total: 4 });
    expect(await pages('movie', { libraries: ['99'] })).toEqual([{ items: [], done: 0, total: 0 }]);
  });

  test('several versions are one item; specials are season 0; what is not told is absent', async () => {
    plex.shelf.addMovie({ title: 'Alien', versions: [{ name: '4K', path: '/media/4k/Alien.mkv' }], runtimeMs: null });
    const { special } = furnish(plex);
    const [alien] = await read('movie');
    expect(alien).toMatchObject({ path: '/media/movies/Alien/Alien.mkv', facts: { title: 'Alien' } });
    expect(alien?.facts).not.toHaveProperty('year');
    expect(alien?.facts).not.toHaveProperty('runtimeMs');
    const told = (await read('episode')).find(({ remoteId }) => remoteId === special.id);
    expect(told).toMatchObject({ facts: { seasonNumber: 0, episodeNumber: 1 } });
  });

  test('a file of two episodes: only where the second is no entry of its own', async () => {
    const series = plex.shelf.addSeries({ title: 'Show' });
    plex.shelf.addEpisode(series, { season: 1, episode: 1 }, { path: '/tv/Show.S01E01-E02.mkv' });
    plex.shelf.addEpisode(series, { season: 1, episode: 3 }, { path: '/tv/Show.S01E03E04.mkv' });
    plex.shelf.addEpisode(series, { season: 1, episode: 4 }, { path: '/tv/Show.S01E03E04.mkv' });
    plex.faults.pageLimit = 2;
    const ends = (await read('episode')).map((item) => item.kind === 'episode' && item.facts.episodeNumberEnd);
    expect(ends).toEqual([2, undefined, undefined]);
    expect(plex.requests.filter(({ path }) => path.endsWith('/children')).length).toBe(2);
  });

  test('bad lists: none, the same id twice, no id, a long title', async () => {
    furnish(plex);
    plex.faults.emptyLibrary = true;
    expect(await pages('movie')).toEqual([{ items: [], done: 0, total: 0 }]);
    plex.faults.clear();
    plex.faults.sameIdTwice = true;
    await expect(pages('movie')).rejects.toThrow('two entries with the id');
    plex.faults.clear();
    plex.faults.withoutIds = true;
    await expect(pages('movie')).rejects.toThrow('an entry without an id: "Big Buck Bunny"');
    plex.faults.clear();
    plex.faults.longTitle = true;
    expect((await read('movie'))[0]?.facts.title).toHaveLength(400);
  });

  test('a token that runs out in the middle ends the reading', async () => {
    for (let at = 0; at < 4; at++) plex.shelf.addMovie({ title: `Film ${at}` });
    plex.faults.pageLimit = 2;
    const given: RemotePage[] = [];
    const reading = (async () => {
      for await (const page of connect().items({ kind: 'movie', account: own }, signal)) {
        given.push(page);
        plex.people.expire();
      }
    })();
    await expect(reading).rejects.toMatchObject({
      fault: 'unauthorized',
      message: expect.stringContaining('Sign in with Plex again'),
    });
    expect(given).toMatchObject([{ done: 2, total: 4 }]);
  });

  test('waits as long as it is asked to', async () => {
    furnish(plex);
    plex.faults.next('busy', { retryAfter: 7, on: /sections\/\d+\/all/ });
    expect(await read('movie')).toHaveLength(2);
    expect(waits).toEqual([7000]);
  });
});

describe('writing', () => {
  test('what cannot be kept is named', async () => {
    const { bunny, series } = furnish(plex);
    const server = connect();
    const at = Date.UTC(2026, 0, 2);
    const written = await server.write(
      own,
      bunny.id,
      { watched: { value: true, at, playCount: 3 }, favourite: true },
      signal,
    );
    expect(written).toMatchObject({
      outcome: 'partial',
      dropped: ['playCount', 'lastPlayedAt', 'favourite'],
      after: { state: { watched: true, playCount: 1 } },
      receipt: `PUT /:/scrobble?key=${bunny.id}`,
    });
    expect(plex.watching.history).toEqual([]);
    const rewatch = await server.write(
      own,
      bunny.id,
      { position: { positionMs: 60_000, durationMs: null, at } },
      signal,
    );
    expect(rewatch).toMatchObject({
      outcome: 'unsupported',
      dropped: ['position'],
      after: { state: { watched: true } },
    });
    expect(await server.write(own, series.id, { watched: { value: false } }, signal)).toMatchObject({
      outcome: 'unsupported',
      dropped: ['unwatched'],
    });
    expect(await server.write(own, series.id, { rating: 9 }, signal)).toMatchObject({ outcome: 'written' });
    expect(await server.write(own, '../1', { rating: 9 }, signal)).toMatchObject({ outcome: 'gone' });
  });

  test('a mark whose answer was lost is not counted twice', async () => {
    const { bunny } = furnish(plex);
    const server = connect();
    const change = { watched: { value: true as const, at: Date.now(), playCount: 1 } };
    plex.faults.next('lost-answer', { on: /scrobble/ });
    await expect(server.write(own, bunny.id, change, signal)).rejects.toMatchObject({ name: 'ConnectorError' });
    expect(await server.write(own, bunny.id, change, signal)).toMatchObject({ after: { state: { playCount: 1 } } });
    expect(plex.requests.filter(({ path }) => path === '/:/scrobble')).toHaveLength(1);
  });

  test("each account's state is its own", async () => {
    const { bunny } = furnish(plex);
    const ben = plex.people.add('Ben', 'home');
    const account = { remoteId: String(ben.id), secret: ben.serverToken };
    await connect().write(account, bunny.id, { watched: { value: true, at: 0, playCount: 1 } }, signal);
    expect((await connect().standing(own, bunny.id, signal))?.state?.watched).toBe(false);
    expect((await connect().standing(account, bunny.id, signal))?.state?.watched).toBe(true);
  });
});

describe('plays and sessions', () => {
  test("the log is each account's own, since an instant, without what is gone", async () => {
    const { bunny, dream, pilot } = furnish(plex);
    const ben = plex.people.add('Ben', 'home');
    const account = { remoteId: String(ben.id), secret: ben.serverToken };
    plex.watching.watch(plex.people.owner, bunny, 1000);
    plex.watching.watch(plex.people.owner, dream, 2000);
    plex.watching.watch(ben, pilot, 3000);
    const plays = async (of: AccountKey, since: number | null) => {
      const given: string[] = [];
      for await (const rows of connect().plays!(of, since, signal))
        given.push(...rows.map(({ remoteId, at }) => `${remoteId} ${at}`));
      return given;
    };
    expect(await plays(own, null)).toEqual([`${bunny.id} 1000000`, `${dream.id} 2000000`]);
    expect(await plays(own, 2_000_000)).toEqual([`${dream.id} 2000000`]);
    expect(await plays(account, null)).toEqual([`${pilot.id} 3000000`]);
    plex.shelf.remove(bunny);
    expect(await plays(own, null)).toEqual([`${dream.id} 2000000`]);
  });

  test("what somebody else's connection may not see is not told", async () => {
    const { bunny } = furnish(plex);
    const friend = plex.people.add('Cara', 'friend');
    plex.watching.play(friend, bunny);
    const account = { remoteId: String(friend.id), secret: null };
    expect(await connect({ token: friend.serverToken }).playing(account, signal)).toEqual([]);
    expect(await connect().playing({ ...account, secret: friend.serverToken }, signal)).toMatchObject([
      { remoteId: bunny.id },
    ]);
  });
});
