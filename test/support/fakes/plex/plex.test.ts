import { type Movie, MyPlexAccount, PlexServer } from '@ctrl/plex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { furnish } from './house.ts';
import { type FakePlex, startFakePlex } from './start.ts';

let plex: FakePlex;
beforeEach(async () => {
  plex = await startFakePlex();
});
afterEach(async () => {
  await plex.close();
  expect(plex.violations).toEqual([]);
});

/** A widely used client knows nothing of this fake: what it makes of it is what it makes of a real server. */
describe('@ctrl/plex', () => {
  const connect = async () => {
    const server = new PlexServer(plex.url, plex.token);
    await server.connect();
    return server;
  };
  const films = async (server: PlexServer) => {
    const [section] = await (await server.library()).sections();
    return (await section!.all()) as Movie[];
  };

  test('connects, and is refused with a wrong token', async () => {
    const server = await connect();
    expect(server).toMatchObject({ friendlyName: 'Attic', machineIdentifier: plex.machineId, version: '1.41.6.9685' });
    await expect(new PlexServer(plex.url, 'wrong').connect()).rejects.toThrow('401');
  });

  test('finds sections and items', async () => {
    furnish(plex);
    const server = await connect();
    const sections = await (await server.library()).sections();
    expect(sections.map(({ title, type }) => [title, type])).toEqual([
      ['Films', 'movie'],
      ['Shows', 'show'],
      ['Music', 'artist'],
    ]);
    const [bunny] = await films(server);
    expect(bunny).toMatchObject({ title: 'Big Buck Bunny', year: 2008, type: 'movie' });
    await bunny!.reload();
    expect(bunny!.guids?.map(({ id }) => id)).toEqual(['imdb://tt1254207', 'tmdb://10378']);
  });

  test('marks watched and unwatched, and rates', async () => {
    const items = furnish(plex);
    const [bunny] = await films(await connect());
    const { owner } = plex.people;
    await bunny!.markWatched();
    expect(bunny).toMatchObject({ viewCount: 1, isWatched: true });
    await bunny!.markWatched();
    expect(plex.watching.state(owner, items.bunny).viewCount).toBe(2);
    await bunny!.rate(7);
    expect(bunny!.userRating).toBe(7);
    await bunny!.markUnwatched();
    expect(plex.watching.state(owner, items.bunny)).toMatchObject({ viewCount: 0, lastViewedAt: null, userRating: 7 });
  });

  test('reads the log', async () => {
    const { bunny, pilot } = furnish(plex);
    plex.watching.watch(plex.people.owner, bunny, 1000);
    plex.watching.watch(plex.people.owner, pilot, 2000);
    const rows = await (await connect()).history();
    expect(rows.map(({ ratingKey, viewedAt }) => [ratingKey, viewedAt])).toEqual([
      [pilot.id, 2000],
      [bunny.id, 1000],
    ]);
    expect(await (await connect()).history(10, new Date(1_500_000))).toHaveLength(1);
  });

  test('plex.tv is out of its reach: its address cannot be changed', () => {
    expect(MyPlexAccount.key).toBe('https://plex.tv/api/v2/user');
  });
});

describe('the fake keeps state as the vendor does', () => {
  const report = (
    query: Record<string, string | number>,
    headers: Record<string, string> = { 'x-plex-client-identifier': 'tv' },
  ) =>
    fetch(
      `${plex.url}/:/timeline?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`,
      {
        method: 'POST',
        headers: { accept: 'application/json', 'x-plex-token': plex.token, ...headers },
      },
    );

  test('what a player reports', async () => {
    const { bunny } = furnish(plex);
    const state = () => plex.watching.state(plex.people.owner, bunny);
    const at = { ratingKey: bunny.id, key: `/library/metadata/${bunny.id}`, state: 'stopped', time: 60_000 };
    await report(at);
    await report({ ...at, duration: 100_000 }, {});
    expect(state().viewOffset).toBe(0);
    const answer = await report({ ...at, duration: 100_000 });
    expect(await answer.json()).toMatchObject({
      MediaContainer: { playbackState: 'progress', viewCount: 0, viewOffset: 60_000 },
    });
    await report({ ...at, time: 0, duration: 100_000 });
    expect(state().viewOffset).toBe(60_000);
    await report({ ...at, state: 'playing', time: 80_000, duration: 100_000 });
    expect(plex.watching.sessions).toHaveLength(1);
    await report({ ...at, time: 90_000, duration: 100_000 });
    expect(state()).toMatchObject({ viewCount: 1, viewOffset: 0 });
    expect(plex.watching.sessions).toEqual([]);
    expect(plex.watching.history).toHaveLength(1);
    await report({ ...at, duration: 100_000 });
    expect(state()).toMatchObject({ viewCount: 1, viewOffset: 0 });
  });

  test('ids change when the library is built anew, states stay', async () => {
    const { bunny } = furnish(plex);
    const before = bunny.id;
    plex.watching.scrobble(plex.people.owner, bunny);
    plex.rebuild();
    expect(bunny.id).not.toBe(before);
    expect(plex.shelf.find(before)).toBeUndefined();
    expect(plex.watching.state(plex.people.owner, bunny).viewCount).toBe(1);
  });

  test('answers in XML unless it is asked for JSON, and holds what is spoken against the document', async () => {
    const headers = { 'x-plex-token': plex.token, accept: 'text/xml' };
    expect((await fetch(plex.url, { headers })).headers.get('content-type')).toBe('text/xml');
    if (plex.unchecked) return;
    await fetch(`${plex.url}/status/sessions/history/all?accountID=somebody`, {
      headers: { ...headers, accept: 'application/json' },
    });
    expect(plex.violations).toEqual([expect.stringContaining('parameter accountID / must be integer')]);
    plex.violations.length = 0;
  });
});
