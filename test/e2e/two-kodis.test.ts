import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makePostgresUrl } from '../support/databases.ts';
import type { Playable } from '../support/kodi/remote.ts';
import { noKodi, type RealKodi, startRealKodi } from '../support/kodi/start.ts';
import {
  type ConnectedClient,
  type SyncedHouse,
  type SyncedItem,
  type SyncRun,
  startSyncedHouse,
} from './synced-house.ts';

const why = noKodi();
if (why) console.log(`No two real Kodis are tested: ${why}.`);

const DAY = 86_400_000;
const PARIS = 'Europe/Paris';
const NEW_YORK = 'America/New_York';
/** Where a Kodi tells what happens on it, and where it is listened for. */
const SOCKET = 9090;

/** How Kodi shows an entry. */
interface Row {
  id: number;
  title: string;
  playcount: number;
  /** In Kodi's own time. */
  lastplayed: string;
  resume: { position: number; total: number };
  userrating: number;
}

interface Play {
  item: SyncedItem;
  lastAt: string;
  completed: boolean;
  device: { name: string };
}

describe.skipIf(why)('two real Kodis of one person, in Paris and in New York', () => {
  let lounge: RealKodi;
  let bedroom: RealKodi;
  /** Whether the port was free on which Kodi is listened to. */
  let heard: boolean;

  beforeAll(async () => {
    heard = await isFree(SOCKET);
    [lounge, bedroom] = await Promise.all([
      startRealKodi(PARIS, { own: true, ...(heard && { socketPort: SOCKET }) }),
      startRealKodi(NEW_YORK, { own: true }),
    ]);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([lounge?.stop(), bedroom?.stop()]);
  });

  const connectBoth = async (house: SyncedHouse): Promise<[ConnectedClient, ConnectedClient]> => {
    const { userName, password } = lounge;
    const first = await house.connect({ kind: 'kodi', name: 'Lounge', address: lounge.address, userName, password });
    // By another address of this machine, so that what one tells over its socket is not taken for the other's word.
    const address = bedroom.address.replace('127.0.0.1', '127.0.0.2');
    const login = { userName: bedroom.userName, password: bedroom.password };
    return [first, await house.connect({ kind: 'kodi', name: 'Bedroom', address, ...login })];
  };
  const everything = async () => [await rowsOf(lounge), await rowsOf(bedroom)];

  describe('with SQLite', () => {
    let house: SyncedHouse;
    let [atLounge, atBedroom]: ConnectedClient[] = [];

    beforeAll(async () => {
      house = await startSyncedHouse();
      [atLounge, atBedroom] = await connectBoth(house);
      const [first, second] = [await house.sync(atLounge), await house.sync(atBedroom)];
      expect(first).toMatchObject({ state: 'done', error: null, warnings: [], counts: { events: 0, written: 0 } });
      expect(second).toMatchObject({ state: 'done', error: null, warnings: [], counts: { created: 0, ambiguous: 0 } });
    }, 60_000);
    afterAll(() => house?.stop());

    const state = async (kind: string, title: string) => {
      const { id } = await house.itemOf(kind, title);
      return house.call<{ watched: boolean; positionMs: number | null }>('GET', `/items/${id}/state`);
    };
    const mark = async (kind: string, title: string, body: object) =>
      house.call('PUT', `/items/${(await house.itemOf(kind, title)).id}/watched`, body);
    /** Where the socket cannot be listened to, a run finds the same. */
    const noticed = async () => heard || void (await house.sync(atLounge!));

    test('what is seen on one is soon seen on the other, on its own date, and in our lists', async () => {
      const { id } = await row(lounge, 'episode', 'Pilot');
      const begun = Date.now() - 1000;
      await lounge.finish('episode', id);
      await noticed();
      await shows(bedroom, 'episode', 'Pilot', { playcount: 1 });
      const [play] = await house.list<Play>('/me/history');
      expect(play).toMatchObject({ item: { title: 'Pilot' }, completed: true, device: { name: 'Lounge' } });
      const at = Date.parse(play!.lastAt);
      expect(at).toBeGreaterThanOrEqual(begun);
      expect(await row(lounge, 'episode', 'Pilot')).toMatchObject({ lastplayed: inZone(at, PARIS) });
      expect(await row(bedroom, 'episode', 'Pilot')).toMatchObject({ lastplayed: inZone(at, NEW_YORK) });
      const next = await house.list<{ item: SyncedItem }>('/me/next-up');
      expect(next.map(({ item }) => item.title)).toEqual(["Cat's in the Bag..."]);
    }, 60_000);

    test('what is left on the second goes on on the first, at the same second', async () => {
      const { id } = await row(bedroom, 'movie', 'The Matrix');
      await bedroom.play('movie', id, 605);
      const { resume } = await row(bedroom, 'movie', 'The Matrix');
      // Kodi keeps the last second that it showed.
      expect(Math.abs(resume.position - 605)).toBeLessThan(10);
      await house.sync(atBedroom!);
      const position = Math.floor(resume.position);
      await shows(lounge, 'movie', 'The Matrix', { playcount: 0, resume: { position, total: resume.total } });
      const left = await house.list<{ item: SyncedItem; positionMs: number }>('/me/continue-watching');
      expect(left.map(({ item, positionMs }) => [item.title, Math.floor(positionMs / 1000)])).toEqual([
        ['The Matrix', position],
      ]);
    }, 60_000);

    test('what is unwatched on the second is so on the first', async () => {
      await bedroom.toggle('episode', (await row(bedroom, 'episode', 'Pilot')).id);
      expect(await row(bedroom, 'episode', 'Pilot')).toMatchObject({ playcount: 0 });
      await house.sync(atBedroom!);
      await shows(lounge, 'episode', 'Pilot', { playcount: 0 });
      expect(await state('episode', 'Pilot')).toMatchObject({ watched: false });
    }, 60_000);

    test('a season and a film marked here are so on both, the film on the day that it was there', async () => {
      const { parentId } = await house.call<{ parentId: number }>(
        'GET',
        `/items/${(await house.itemOf('episode', 'Pilot')).id}`,
      );
      await house.call('PUT', `/items/${parentId}/watched`, { watched: true });
      // In the first hours of a day in Paris it is the day before in New York.
      const at = Math.floor(Date.now() / DAY) * DAY - 2 * DAY + 3 * 3_600_000;
      await mark('movie', 'Alien', { watched: true, at: new Date(at).toISOString() });
      for (const kodi of [lounge, bedroom]) {
        for (const title of ['Pilot', "Cat's in the Bag...", "...And the Bag's in the River"]) {
          await shows(kodi, 'episode', title, { playcount: 1 });
        }
      }
      await shows(lounge, 'movie', 'Alien', { playcount: 1, lastplayed: inZone(at, PARIS) });
      await shows(bedroom, 'movie', 'Alien', { playcount: 1, lastplayed: inZone(at, NEW_YORK) });
      expect(inZone(at, PARIS).slice(0, 10)).not.toBe(inZone(at, NEW_YORK).slice(0, 10));
    }, 60_000);

    test('a rating is kept in whole stars by both', async () => {
      const { id } = await house.itemOf('movie', 'Alien');
      await house.call('PUT', `/items/${id}/rating`, { rating: 7.5 });
      for (const kodi of [lounge, bedroom]) await shows(kodi, 'movie', 'Alien', { userrating: 8 });
      const { id: movieid } = await row(bedroom, 'movie', 'The Matrix');
      await bedroom.rpc('VideoLibrary.SetMovieDetails', { movieid, userrating: 6 });
      await house.sync(atBedroom!);
      await shows(lounge, 'movie', 'The Matrix', { userrating: 6 });
      expect(await house.call('GET', `/items/${id}/opinion`)).toMatchObject({ rating: 7.5 });
    }, 60_000);

    test('after that a run finds nothing to do, and they stay as they are', async () => {
      const before = await everything();
      for (const client of [atLounge!, atBedroom!]) {
        const run = await house.sync(client);
        expect(run).toMatchObject({ state: 'done', counts: { events: 0, written: 0, failed: 0 } });
        expect(await house.decisions(client, run)).toEqual([]);
      }
      expect(await everything()).toEqual(before);
    }, 60_000);

    test('one that is asleep stops nobody, and catches up when it is there again', async () => {
      await lounge.sleep();
      await mark('movie', 'Blade Runner', { watched: true });
      await bedroom.toggle('movie', (await row(bedroom, 'movie', 'The Matrix')).id);
      expect(await house.sync(atBedroom!)).toMatchObject({ state: 'done', error: null });
      await shows(bedroom, 'movie', 'Blade Runner', { playcount: 1 });
      expect(await state('movie', 'The Matrix')).toMatchObject({ watched: true });
      await lounge.wake();
      expect(await house.sync(atLounge!)).toMatchObject({ state: 'done', error: null, counts: { failed: 0 } });
      await shows(lounge, 'movie', 'Blade Runner', { playcount: 1 });
      await shows(lounge, 'movie', 'The Matrix', { playcount: 1, resume: { position: 0, total: 0 } });
      const runs = await house.list<SyncRun>(`/clients/${atLounge!.id}/runs`);
      for (const { error } of runs.filter((run) => run.state === 'failed')) expect(error).toContain('does not answer');
    }, 60_000);

    test('one that is a silo neither tells nor is told', async () => {
      const account = atBedroom!.accounts[0]!.id;
      await house.call('PATCH', `/clients/${atBedroom!.id}/accounts/${account}`, { isolation: 'silo' });
      const before = await rowsOf(bedroom);
      await mark('episode', 'The Sound of Drums', { watched: true });
      await shows(lounge, 'episode', 'The Sound of Drums', { playcount: 1 });
      await house.sync(atBedroom!);
      expect(await rowsOf(bedroom)).toEqual(before);
      await bedroom.toggle('movie', (await row(bedroom, 'movie', 'Alien')).id);
      const run = await house.sync(atBedroom!);
      expect(run).toMatchObject({ state: 'done', counts: { events: 0, written: 0 } });
      expect(await state('movie', 'Alien')).toMatchObject({ watched: true });
      expect(await row(lounge, 'movie', 'Alien')).toMatchObject({ playcount: 1 });
    }, 60_000);
  });

  test('with PostgreSQL: what differs is settled, and a double episode goes both ways', async () => {
    const house = await startSyncedHouse({ LEFTOFF_DATABASE_URL: await makePostgresUrl() });
    try {
      const [atLounge, atBedroom] = await connectBoth(house);
      const changes = async () => {
        let count = 0;
        for (const client of [atLounge, atBedroom]) {
          const { counts } = await house.sync(client);
          count += counts.events! + counts.written! + counts.failed!;
        }
        return count;
      };
      await vi.waitFor(async () => expect(await changes()).toBe(0), { timeout: 30_000, interval: 100 });
      const [inLounge, inBedroom] = (await everything()).map((rows) => rows.map(whatever));
      expect(inLounge).toEqual(inBedroom);
      await bedroom.toggle('episode', (await row(bedroom, 'episode', 'The Sound of Drums')).id);
      await house.sync(atBedroom);
      await shows(lounge, 'episode', 'Last of the Time Lords', { playcount: 0 });
      await lounge.finish('episode', (await row(lounge, 'episode', 'The Sound of Drums')).id);
      await house.sync(atLounge);
      await shows(bedroom, 'episode', 'Last of the Time Lords', { playcount: 1 });
      const plays = await house.list<Play>('/me/history?limit=2');
      expect(plays.map(({ item, device }) => [item.title, device.name]).toSorted()).toEqual([
        ['Last of the Time Lords', 'Lounge'],
        ['The Sound of Drums', 'Lounge'],
      ]);
    } finally {
      await house.stop();
    }
  }, 120_000);
});

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** As Kodi in that zone writes it. */
const inZone = (at: number, timeZone: string): string => new Date(at).toLocaleString('sv-SE', { timeZone });

const properties = ['title', 'playcount', 'lastplayed', 'resume', 'userrating'];

/** All that Kodi keeps of films and episodes, as it tells. */
const rowsOf = async ({ rpc }: RealKodi, kind?: Playable): Promise<Row[]> => {
  const rows: Row[] = [];
  if (kind !== 'episode') {
    const { movies } = await rpc<{ movies: (Row & { movieid: number })[] }>('VideoLibrary.GetMovies', { properties });
    rows.push(...movies.map(({ movieid, ...more }) => shown(movieid, more)));
  }
  if (kind !== 'movie') {
    const { episodes } = await rpc<{ episodes: (Row & { episodeid: number })[] }>('VideoLibrary.GetEpisodes', {
      properties,
    });
    rows.push(...episodes.map(({ episodeid, ...more }) => shown(episodeid, more)));
  }
  return rows;
};

const shown = (id: number, { title, playcount, lastplayed, resume, userrating }: Omit<Row, 'id'>): Row => ({
  id,
  title,
  playcount,
  lastplayed,
  resume,
  userrating,
});

/** Whatever the zone. */
const whatever = ({ lastplayed: _, ...more }: Row) => more;

const row = async (kodi: RealKodi, kind: Playable, title: string): Promise<Row> =>
  (await rowsOf(kodi, kind)).find((one) => one.title === title)!;

/** Waits until every copy of it there stands so. */
const shows = (kodi: RealKodi, kind: Playable, title: string, wanted: Partial<Row>): Promise<void> =>
  vi.waitFor(
    async () => {
      const copies = (await rowsOf(kodi, kind)).filter((one) => one.title === title);
      expect(copies).toEqual(copies.map(() => expect.objectContaining(wanted)));
    },
    { timeout: 15_000, interval: 150 },
  );
