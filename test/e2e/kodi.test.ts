import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../support/kodi/remote.ts';
import { noKodi, type RealKodi, startRealKodi } from '../support/kodi/start.ts';
import { startHouse, type WebHouse } from './web-house.ts';

const NAME = 'Ada';
const PASSWORD = 'correct horse battery';
const why = noKodi();
if (why) console.log(`No real Kodi is tested: ${why}.`);

interface Item {
  id: number;
  kind: string;
  title: string;
}

interface Run {
  id: number;
  state: string;
  counts: Record<string, number>;
  warnings: string[];
  error: string | null;
}

describe.skipIf(why)('a real Kodi in New York', () => {
  let kodi: RealKodi;
  let house: WebHouse;
  let token: string;
  let client: { id: number; accounts: { deviceUserId: number }[] };

  beforeAll(async () => {
    [kodi, house] = await Promise.all([startRealKodi('America/New_York'), startHouse()]);
    await house.setUp(NAME, PASSWORD);
    token = await house.tokenFor(NAME, PASSWORD, 'test');
  }, 180_000);
  afterAll(async () => {
    await Promise.all([kodi?.stop(), house?.stop()]);
  });

  const get = <T>(path: string) => house.api<T>(token, 'GET', path);
  const list = async <T>(path: string) => (await get<{ items: T[] }>(path)).items;

  const importAll = async (): Promise<Run> => {
    const { id } = await house.api<Run>(token, 'POST', `/clients/${client.id}/import`);
    const run = async () => (await list<Run>(`/clients/${client.id}/runs`)).find((one) => one.id === id);
    await until('the import', 30, async () => (await run())?.state !== 'running');
    const ended = await run();
    expect(ended).toMatchObject({ state: 'done', error: null, warnings: [] });
    return ended!;
  };

  const movieId = async (title: string): Promise<number> => {
    const { movies } = await kodi.rpc<{ movies: { movieid: number; label: string }[] }>('VideoLibrary.GetMovies');
    return movies.find((movie) => movie.label === title)!.movieid;
  };
  const episodeId = async (title: string): Promise<number> => {
    const asked = { properties: ['title'] };
    const { episodes } = await kodi.rpc<{ episodes: { episodeid: number; title: string }[] }>(
      'VideoLibrary.GetEpisodes',
      asked,
    );
    return episodes.find((episode) => episode.title === title)!.episodeid;
  };

  const continueWatching = async () =>
    (await list<{ item: Item; positionMs: number }>('/me/continue-watching')).map(({ item, positionMs }) => ({
      title: item.title,
      minute: Math.floor(positionMs / 60_000),
    }));
  const nextUp = async () => (await list<{ item: Item }>('/me/next-up')).map(({ item }) => item.title);
  const history = () =>
    list<{ item: Item; lastAt: string; completed: boolean; device: { name: string } }>('/me/history');
  const allMovies = () => list<Item>('/items?kind=movie&limit=200');

  test('is connected, with its account as a device', async () => {
    const wrong = { kind: 'kodi', address: kodi.address, userName: kodi.userName, password: 'wrong' };
    await expect(house.api(token, 'POST', '/clients', wrong)).rejects.toThrow('refused the user name or password');
    const right = { ...wrong, password: kodi.password, name: 'Living room' };
    const added = await house.api<{ client: typeof client; warnings: string[] }>(token, 'POST', '/clients', right);
    client = added.client;
    expect(added.warnings).toEqual([]);
    expect(await list('/me/devices')).toContainEqual(
      expect.objectContaining({ deviceUserId: client.accounts[0]?.deviceUserId, kind: 'kodi', isolation: 'loud' }),
    );
  });

  test('gives what was watched there, where and when; a second import changes nothing', async () => {
    const begun = Date.now();
    await kodi.toggle('movie', await movieId('Alien'));
    await kodi.play('movie', await movieId('The Matrix'), 605);
    await kodi.finish('episode', await episodeId('Pilot'));
    const first = await importAll();
    expect(first.counts).toMatchObject({ ambiguous: 0, events: 3, removed: 0 });
    expect(await continueWatching()).toEqual([{ title: 'The Matrix', minute: 10 }]);
    expect(await nextUp()).toEqual(["Cat's in the Bag..."]);
    const plays = await history();
    expect(plays.filter((play) => play.completed).map((play) => play.item.title)).toEqual(['Pilot', 'Alien']);
    for (const play of plays) {
      // Told in New York's time, to the second.
      expect(Date.parse(play.lastAt)).toBeGreaterThan(begun - 2000);
      expect(Date.parse(play.lastAt)).toBeLessThanOrEqual(Date.now());
      expect(play.device.name).toBe('Living room');
    }
    const movies = await allMovies();
    expect(movies.filter((movie) => movie.title === 'Blade Runner')).toHaveLength(1);

    const { seen } = first.counts;
    expect((await importAll()).counts).toEqual({
      seen,
      created: 0,
      matched: 0,
      ambiguous: 0,
      updated: 0,
      rematched: 0,
      events: 0,
      written: 0,
      held: 0,
      failed: 0,
      removed: 0,
    });
    expect(await history()).toEqual(plays);
    expect(await allMovies()).toEqual(movies);
    expect(await continueWatching()).toEqual([{ title: 'The Matrix', minute: 10 }]);
  }, 90_000);

  test('gives what was watched, begun and unwatched since', async () => {
    await kodi.toggle('movie', await movieId('Alien'));
    await kodi.play('episode', await episodeId("Cat's in the Bag..."), 605);
    await kodi.finish('movie', await movieId('The Matrix'));
    const alien = (await allMovies()).find((movie) => movie.title === 'Alien')!;
    const { counts } = await importAll();
    expect(counts).toMatchObject({ created: 0, updated: 0, events: 3 });
    expect(await continueWatching()).toEqual([{ title: "Cat's in the Bag...", minute: 10 }]);
    // After the first film of a box set comes the second.
    expect(await nextUp()).toEqual(['The Matrix Reloaded', "Cat's in the Bag..."]);
    expect((await history()).filter((play) => play.completed).map((play) => play.item.title)).toEqual([
      'The Matrix',
      'Pilot',
      'Alien',
    ]);
    expect(await get(`/items/${alien.id}/state`)).toMatchObject({ watched: false });
  }, 90_000);
});
