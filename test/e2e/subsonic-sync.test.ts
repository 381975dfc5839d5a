import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makePostgresUrl } from '../support/databases.ts';
import { noSubsonic, type RealSubsonic, startRealSubsonic } from '../support/subsonic/start.ts';
import {
  type ConnectedClient,
  type SyncDecision,
  type SyncedHouse,
  type SyncRun,
  startSyncedHouse,
} from './synced-house.ts';

const why = noSubsonic();
if (why) console.log(`No syncing with a real Supysonic is tested: ${why}.`);

/** What Supysonic tells of a song, an album or an artist. */
interface Told {
  id: string;
  title?: string;
  name?: string;
  starred?: string;
  userRating?: number;
  playCount?: number;
}

describe.skipIf(why).each(['SQLite', 'PostgreSQL'])('a real Supysonic kept in agreement with %s', (database) => {
  let real: RealSubsonic;
  let house: SyncedHouse;
  let client: ConnectedClient;

  beforeAll(async () => {
    const url = database === 'SQLite' ? undefined : await makePostgresUrl();
    [real, house] = await Promise.all([
      startRealSubsonic('America/New_York'),
      startSyncedHouse(url ? { LEFTOFF_DATABASE_URL: url } : {}),
    ]);
    const { name: userName, password } = real.admin;
    client = await house.connect({ kind: 'subsonic', name: 'Records', address: real.address, userName, password });
    await house.sync(client);
  }, 120_000);
  afterAll(async () => {
    await house?.stop();
    await real?.stop();
  });

  const call = <T>(method: string, query: Record<string, string>) => real.call<T>(real.admin, method, query);
  const told = async (list: 'song' | 'album' | 'artist', title: string): Promise<Told> => {
    const { searchResult3 } = await call<{ searchResult3: Record<string, Told[]> }>('search3', { query: '' });
    return searchResult3[list]!.find((one) => (one.title ?? one.name) === title)!;
  };
  const track = async (title: string) => (await house.itemOf('track', title)).id;
  const opinion = async (title: string) => house.call('GET', `/items/${await track(title)}/opinion`);
  const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 150 });
  /** Of all runs, also of those that began by themselves. */
  const written = async (): Promise<SyncDecision[]> => {
    const runs = await house.list<SyncRun>(`/clients/${client.id}/runs`);
    const decisions = await Promise.all(runs.map((run) => house.decisions(client, run)));
    return decisions.flat().filter(({ phase }) => phase === 'push');
  };
  const isQuiet = async () => {
    const run = await house.sync(client);
    expect(run).toMatchObject({ state: 'done', counts: { events: 0, written: 0, failed: 0, held: 0 } });
    expect(await house.decisions(client, run)).toEqual([]);
  };

  test('stars and ratings given there are ours', async () => {
    const { id } = await told('song', 'Jóga');
    await call('star', { id });
    await call('setRating', { id, rating: '3' });
    expect(await house.sync(client)).toMatchObject({ counts: { events: 1, written: 0 } });
    expect(await opinion('Jóga')).toMatchObject({ favourite: true, rating: 6 });
    await isQuiet();
  });

  test('stars and ratings given here are soon there, in its steps, and stay as they were given', async () => {
    const id = await track('Hunter');
    await house.call('PUT', `/items/${id}/rating`, { rating: 7.5 });
    await house.call('PUT', `/items/${id}/favourite`);
    await soon(async () =>
      expect(await told('song', 'Hunter')).toMatchObject({ userRating: 4, starred: expect.any(String) }),
    );
    const album = await house.itemOf('album', 'Homogenic');
    await house.call('PUT', `/items/${album.id}/favourite`);
    await soon(async () => expect(await told('album', 'Homogenic')).toHaveProperty('starred'));
    await isQuiet();
    expect(await opinion('Hunter')).toMatchObject({ favourite: true, rating: 7.5 });
  });

  test('what is taken back on either side is taken back on the other', async () => {
    const id = await track('Jóga');
    await house.call('DELETE', `/items/${id}/rating`);
    await soon(async () => expect((await told('song', 'Jóga')).userRating).toBeUndefined());
    await call('unstar', { id: (await told('song', 'Hunter')).id });
    expect(await house.sync(client)).toMatchObject({ counts: { events: 1, written: 0 } });
    expect(await opinion('Hunter')).toMatchObject({ favourite: false, rating: 7.5 });
    await isQuiet();
  });

  test('what it cannot keep is told once and not asked of it again', async () => {
    const id = await track('Thunderstruck');
    await house.call('PUT', `/items/${id}/watched`, { watched: true });
    await house.call('PUT', `/items/${id}/favourite`);
    await soon(async () => expect(await told('song', 'Thunderstruck')).toHaveProperty('starred'));
    const album = await house.itemOf('album', 'Homogenic');
    await house.call('PUT', `/items/${album.id}/rating`, { rating: 9 });
    await house.sync(client);
    await isQuiet();
    await isQuiet();
    const lacking = (await written()).filter(({ decision }) => decision !== 'written');
    expect(lacking).toEqual([
      expect.objectContaining({ title: 'Homogenic', decision: 'unsupported', receipt: 'nothing sent' }),
      expect.objectContaining({ title: 'Thunderstruck', decision: 'partial', after: expect.anything() }),
    ]);
    expect(lacking.map(({ why }) => why.split('Dropped: ')[1])).toEqual([
      'rating.',
      'watched, playCount, lastPlayedAt.',
    ]);
    expect((await told('album', 'Homogenic')).userRating).toBeUndefined();
  });
});
