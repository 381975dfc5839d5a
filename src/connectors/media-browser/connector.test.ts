import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RemoteStanding } from '#sync/media-server.ts';
import {
  fillShelf,
  type MediaBrowserHouse,
  never,
  openHouse,
  readAll,
  type Vendor,
} from '../../../test/support/media-browser.ts';

const vendors: Vendor[] = ['jellyfin', 'emby'];
const AT = Date.UTC(2026, 9, 3, 20, 15, 30);

describe.each(vendors)('%s', (vendor) => {
  let house: MediaBrowserHouse;
  beforeEach(async () => {
    house = await openHouse(vendor);
  });
  afterEach(async () => {
    expect(house.fake.violations).toEqual([]);
    await house.fake.close();
  });
  const paths = (method?: string) =>
    house.fake.requests.filter((one) => !method || one.method === method).map(({ path }) => path);
  const asBen = { token: null, userName: 'Ben', password: 'ben-secret' };
  const asAnna = { token: null, userName: 'Anna', password: 'anna-secret' };

  describe('who it is', () => {
    test('name, id and version, and no warning with a key', async () => {
      const { fake, connect } = house;
      const { name, serverId, version, warnings } = await connect().verify(never);
      expect([serverId, version, warnings]).toEqual([fake.serverId, fake.version, []]);
      expect(name).not.toBe('');
    });

    test('one’s own account alone: said so', async () => {
      expect((await house.connect(asBen).verify(never)).warnings).toEqual([
        expect.stringContaining('no administrator'),
      ]);
      expect((await house.connect(asAnna).verify(never)).warnings).toEqual([]);
    });

    test('the other one of the family is named', async () => {
      const other = await openHouse(vendor === 'jellyfin' ? 'emby' : 'jellyfin');
      const failed = house.connect({ address: other.fake.url }).verify(never);
      await expect(failed).rejects.toMatchObject({
        fault: 'not_this_kind',
        message: expect.stringContaining(vendor === 'jellyfin' ? 'Connect it as Emby' : 'Connect it as Jellyfin'),
      });
      // The other server must not learn the key.
      expect(other.fake.requests.map(({ path }) => path)).toEqual(['/System/Info/Public']);
      await other.fake.close();
    });

    test('one that is too old', async () => {
      const old = await openHouse(vendor, vendor === 'jellyfin' ? '10.8.13' : '4.7.14.0');
      await expect(old.connect().verify(never)).rejects.toMatchObject({ fault: 'too_old' });
      await old.fake.close();
    });

    test('a web page in place of it', async () => {
      house.fake.faults.next('html');
      await expect(house.connect().verify(never)).rejects.toMatchObject({ fault: 'not_this_kind' });
    });

    test('no credentials at all', async () => {
      await expect(house.connect({ token: null }).verify(never)).rejects.toMatchObject({ fault: 'unauthorized' });
    });
  });

  describe('people', () => {
    test('a key opens all of them and is nobody’s', async () => {
      const { connect, anna, ben } = house;
      expect(await connect().accounts(never)).toEqual([
        { remoteId: anna.id, name: 'Anna', entry: 'none', own: false },
        { remoteId: ben.id, name: 'Ben', entry: 'none', own: false },
      ]);
    });

    test('more than a page of them', async () => {
      for (let number = 0; number < 230; number++) house.fake.shelf.addUser({ name: `Guest ${number}` });
      expect(await house.connect().accounts(never)).toHaveLength(232);
    });

    test('a password opens its own account alone, an administrator’s all', async () => {
      const { connect, anna, ben } = house;
      const own = { remoteId: ben.id, name: 'Ben', entry: 'none', own: true };
      expect(await connect(asBen).accounts(never)).toEqual([own]);
      const all = await connect(asAnna).accounts(never);
      expect(all.map(({ remoteId, own }) => [remoteId, own])).toEqual([
        [anna.id, true],
        [ben.id, false],
      ]);
    });

    test('a person’s token', async () => {
      const { connect, fake, ben } = house;
      const accounts = connect({ token: fake.signIn(ben) }).accounts(never);
      if (vendor === 'jellyfin') expect(await accounts).toMatchObject([{ remoteId: ben.id, own: true }]);
      // Emby does not say whose a token is.
      else
        await expect(accounts).rejects.toMatchObject({
          fault: 'forbidden',
          message: expect.stringContaining('API key'),
        });
    });

    test('nobody may act as someone else without an administrator’s', async () => {
      fillShelf(house.fake);
      const other = readAll(house.connect(asBen), 'movie', { remoteId: house.anna.id, secret: null });
      await expect(other).rejects.toMatchObject({ fault: 'forbidden' });
    });
  });

  describe('signing in', () => {
    const signIns = () => paths().filter((path) => path.endsWith('/AuthenticateByName')).length;

    test('once for all connections, however many requests begin at once', async () => {
      const { connect, account } = house;
      const [one, other] = [connect(asBen), connect(asBen)];
      await Promise.all([one.libraries(account, never), other.accounts(never), one.playing(account, never)]);
      expect(signIns()).toBe(1);
    });

    test('a token that ends in the middle is asked for anew', async () => {
      const { connect, account, fake } = house;
      const { bunny } = fillShelf(fake);
      const server = connect(asBen);
      await server.libraries(account, never);
      fake.expireTokens();
      await Promise.all([server.playing(account, never), server.libraries(account, never)]);
      expect(await server.standing(account, bunny.id, never)).not.toBeNull();
      expect(signIns()).toBe(2);
    });

    test('once only: who is refused again is refused', async () => {
      const { connect, account, fake, ben } = house;
      const server = connect(asBen);
      await server.libraries(account, never);
      ben.password = 'another';
      fake.expireTokens();
      await expect(server.libraries(account, never)).rejects.toMatchObject({ fault: 'unauthorized' });
      expect(signIns()).toBe(2);
    });

    test('a key that ended stays so', async () => {
      const { connect, account, fake } = house;
      fake.expireTokens();
      await expect(connect().libraries(account, never)).rejects.toMatchObject({
        fault: 'unauthorized',
        message: expect.stringContaining('API key'),
      });
    });
  });

  test('libraries: of our kinds, the mixed ones by what most is in them', async () => {
    const { connect, account, fake } = house;
    fillShelf(fake);
    const mixed = fake.shelf.addLibrary({ name: 'Children', type: null });
    for (const title of ['One', 'Two']) fake.shelf.addSeries({ title, library: mixed });
    fake.shelf.addMovie({ title: 'Three', library: mixed });
    fake.shelf.addLibrary({ name: 'Empty', type: null });
    fake.shelf.addLibrary({ name: 'Sets', type: 'boxsets' });
    const libraries = await connect().libraries(account, never);
    expect(libraries.map(({ name, kind, count }) => [name, kind, count])).toEqual([
      ['Movies', 'movies', 2],
      ['Shows', 'series', 1],
      ['Music', 'music', 2],
      ['Children', 'series', 2],
    ]);
  });

  describe('items', () => {
    test('what is told of them, with messy ids in order', async () => {
      const { connect, account, fake } = house;
      const { sintel, double, pioneer } = fillShelf(fake);
      const { items } = await readAll(connect(), 'movie', account);
      expect(items.find(({ remoteId }) => remoteId === sintel.id)).toMatchObject({
        path: sintel.path,
        facts: { year: 2010, tags: ['short'], externalIds: [{ provider: 'imdb', value: 'tt1727587' }] },
        state: { watched: false },
        opinion: { favourite: false, rating: null },
      });
      const episodes = (await readAll(connect(), 'episode', account)).items;
      expect(episodes.find(({ remoteId }) => remoteId === double.id)).toMatchObject({
        parentRemoteId: pioneer.id,
        facts: { seasonNumber: 1, episodeNumber: 4, episodeNumberEnd: 5 },
      });
    });

    test('dates and counts of plays are asked for', async () => {
      const { connect, account, fake, ben } = house;
      const { bunny } = fillShelf(fake);
      fake.shelf.setState(ben, bunny, { played: true, playCount: 3, lastPlayedAt: AT, rating: 8.5, favourite: true });
      expect((await readAll(connect(), 'movie', account)).items[0]).toMatchObject({
        state: { watched: true, playCount: 3, lastPlayedAt: AT },
        opinion: { favourite: true, rating: 8.5 },
      });
    });

    test('episodes that are missing on the disk are none; those without numbers are', async () => {
      const { connect, account, fake } = house;
      const { pioneer } = fillShelf(fake);
      fake.shelf.addEpisode(pioneer, { season: 1, episode: 9 }, { missing: true });
      const lost = fake.shelf.addEpisode(pioneer, { season: null, episode: null }, { title: 'Lost' });
      const { items, pages } = await readAll(connect(), 'episode', account);
      expect(items).toHaveLength(4);
      expect(items.some(({ remoteId }) => remoteId === lost.id)).toBe(true);
      expect(pages.at(-1)?.done).toBe(pages.at(-1)?.total);
    });

    test('page by page; counted with the first and the last', async () => {
      const { connect, account, fake } = house;
      for (let number = 0; number < 1200; number++) fake.shelf.addMovie({ title: `Movie ${number}` });
      const { items, pages } = await readAll(connect(), 'movie', account);
      expect(new Set(items.map(({ remoteId }) => remoteId)).size).toBe(1200);
      expect(pages).toEqual([
        { count: 500, done: 500, total: 1200 },
        { count: 500, done: 1000, total: 1200 },
        { count: 200, done: 1200, total: 1200 },
      ]);
      const counted = fake.requests.map(({ query }) => query.get('enableTotalRecordCount'));
      if (vendor === 'jellyfin') expect(counted).toEqual([null, 'false', null]);
      expect((await readAll(connect(), 'movie', account, { from: 1000 })).items).toEqual(items.slice(1000));
    });

    test('a library that changes while it is read shows by its total', async () => {
      const { connect, account, fake } = house;
      for (let number = 0; number < 600; number++) fake.shelf.addMovie({ title: `Movie ${number}` });
      const totals: number[] = [];
      for await (const { total } of connect().items({ kind: 'movie', account }, never)) {
        totals.push(total);
        fake.shelf.addMovie({ title: 'Late' });
      }
      expect(totals).toEqual([600, 601]);
    });

    test('a server that gives less than was asked for is read to the end', async () => {
      const { connect, account, fake } = house;
      for (let number = 0; number < 25; number++) fake.shelf.addMovie({ title: `Movie ${number}` });
      fake.faults.pageLimit = 10;
      expect((await readAll(connect(), 'movie', account)).items).toHaveLength(25);
    });

    test('of several libraries, one after the other, counted as one', async () => {
      const { connect, account, fake } = house;
      const libraries = ['A', 'Empty', 'B', 'C'].map((name) => fake.shelf.addLibrary({ name, type: 'movies' }));
      for (let number = 0; number < 620; number++) {
        fake.shelf.addMovie({ title: `Movie ${number}`, library: libraries[number < 510 ? 0 : number < 520 ? 2 : 3]! });
      }
      const ids = libraries.map(({ id }) => id);
      const { items, pages } = await readAll(connect(), 'movie', account, { libraries: ids });
      expect(pages.map(({ done, total }) => [done, total])).toEqual([
        [500, 620],
        [510, 620],
        [520, 620],
        [620, 620],
      ]);
      expect(items[515]?.libraryRemoteId).toBe(ids[2]);
      for (const from of [505, 510, 515, 520, 619]) {
        expect((await readAll(connect(), 'movie', account, { libraries: ids, from })).items).toEqual(items.slice(from));
      }
      expect((await readAll(connect(), 'movie', account, { libraries: [] })).items).toEqual([]);
      expect((await readAll(connect(), 'movie', account, { libraries: [ids[2]!] })).items).toHaveLength(10);
    });

    test('music without an artist or an album finds a home', async () => {
      const { connect, account, fake } = house;
      const { artist, album } = fillShelf(fake);
      album.parent = null;
      const albums = (await readAll(connect(), 'album', account)).items;
      expect(albums[0]).toMatchObject({ kind: 'artist', remoteId: 'artist:none' });
      expect(albums[1]).toMatchObject({ remoteId: album.id, parentRemoteId: 'artist:none' });
      expect((await readAll(connect(), 'artist', account)).items).toMatchObject([{ remoteId: artist.id }]);
    });

    test('a library that is gone holds nothing', async () => {
      const { connect, account, fake } = house;
      const { bunny } = fillShelf(fake);
      const gone = vendor === 'jellyfin' ? 'e'.repeat(32) : '404';
      expect((await readAll(connect(), 'movie', account, { libraries: [gone] })).items).toEqual([]);
      const libraries = [gone, bunny.library.id];
      expect((await readAll(connect(), 'movie', account, { libraries })).items).toHaveLength(2);
    });

    test('an account that is gone is told of, and is not taken for an empty shelf', async () => {
      const { connect, fake } = house;
      fillShelf(fake);
      const gone = { remoteId: 'e'.repeat(32), secret: null };
      const failure = { fault: 'refused', message: expect.stringContaining('does not know this account') };
      await expect(readAll(connect(), 'movie', gone)).rejects.toMatchObject(failure);
      await expect(connect().libraries(gone, never)).rejects.toMatchObject(failure);
    });

    test('an entry without an id is no answer', async () => {
      const { connect, account, fake } = house;
      fillShelf(fake);
      fake.faults.withoutIds = true;
      await expect(readAll(connect(), 'movie', account)).rejects.toMatchObject({ fault: 'bad_answer' });
      // What went wrong on purpose is no fault of the fake.
      fake.violations.length = 0;
    });

    test.each([
      ['busy', 'busy'],
      ['redirect', 'redirected'],
      ['html', 'not_this_kind'],
      ['broken', 'refused'],
      ['unauthorized', 'unauthorized'],
    ] as const)('a server that answers with %s', async (kind, fault) => {
      const { connect, account, fake } = house;
      fake.faults.next(kind, { times: Number.POSITIVE_INFINITY });
      await expect(readAll(connect(), 'movie', account)).rejects.toMatchObject({ fault });
    });

    test('half an answer is asked for again', async () => {
      const { connect, account, fake } = house;
      fillShelf(fake);
      fake.faults.next('cut');
      expect((await readAll(connect(), 'movie', account)).items).toHaveLength(2);
    });
  });

  describe('writing', () => {
    const stateOf = (id: string) => house.fake.shelf.state(house.ben, house.fake.shelf.find(id)!);

    test('watched: what was thought of it stays', async () => {
      const { connect, account, fake, ben } = house;
      const { bunny } = fillShelf(fake);
      fake.shelf.setState(ben, bunny, { positionMs: 60_000, favourite: true, rating: 7.5, playCount: 1 });
      const change = { watched: { value: true as const, at: AT, playCount: 2 } };
      const written = await connect().write(account, bunny.id, change, never);
      expect(written).toMatchObject({ outcome: 'written', dropped: [] });
      expect(stateOf(bunny.id)).toMatchObject({
        played: true,
        playCount: 2,
        positionMs: 0,
        lastPlayedAt: AT,
        favourite: true,
        rating: 7.5,
      });
    });

    test('watched twice is watched once', async () => {
      const { connect, account, fake } = house;
      const { bunny } = fillShelf(fake);
      const change = { watched: { value: true as const, at: AT + 123, playCount: 1 } };
      await connect().write(account, bunny.id, change, never);
      const once = stateOf(bunny.id);
      expect(once.playCount).toBe(1);
      await connect().write(account, bunny.id, change, never);
      expect(stateOf(bunny.id)).toEqual(once);
    });

    test('a lost answer does not count twice', async () => {
      const { connect, account, fake } = house;
      const { bunny } = fillShelf(fake);
      const change = { watched: { value: true as const, at: AT, playCount: 1 } };
      fake.faults.next('lost-answer', { on: /^POST/ });
      // Whoever is told that it failed writes it again.
      await connect()
        .write(account, bunny.id, change, never)
        .catch(() => connect().write(account, bunny.id, change, never));
      expect(stateOf(bunny.id)).toMatchObject({ played: true, playCount: 1, lastPlayedAt: AT });
    });

    test('a position leaves the rest alone', async () => {
      const { connect, account, fake, ben } = house;
      const { bunny } = fillShelf(fake);
      fake.shelf.setState(ben, bunny, {
        played: true,
        playCount: 4,
        favourite: true,
        rating: 3,
        lastPlayedAt: AT - 1e7,
      });
      const position = { positionMs: 90_500, durationMs: 600_000, at: AT };
      await connect().write(account, bunny.id, { position }, never);
      const kept = { played: true, playCount: 4, favourite: true, rating: 3 };
      expect(stateOf(bunny.id)).toEqual({ ...kept, positionMs: 90_500, lastPlayedAt: AT });
      await connect().write(account, bunny.id, { position: null }, never);
      expect(stateOf(bunny.id)).toEqual({ ...kept, positionMs: 0, lastPlayedAt: AT });
    });

    test('watched to the end and begun again, in one', async () => {
      const { connect, account, fake } = house;
      const { bunny } = fillShelf(fake);
      const position = { positionMs: 90_000, durationMs: 600_000, at: AT + 1000 };
      await connect().write(account, bunny.id, { watched: { value: true, at: AT, playCount: 1 }, position }, never);
      expect(stateOf(bunny.id)).toMatchObject({ played: true, positionMs: 90_000, lastPlayedAt: AT + 1000 });
    });

    test('unwatched: nothing is left of the plays', async () => {
      const { connect, account, fake, ben } = house;
      const { bunny } = fillShelf(fake);
      fake.shelf.setState(ben, bunny, { played: true, playCount: 4, rating: 3, lastPlayedAt: AT });
      await connect().write(account, bunny.id, { watched: { value: false } }, never);
      expect(stateOf(bunny.id)).toMatchObject({ played: false, playCount: 0, lastPlayedAt: null, rating: 3 });
    });

    test('the receipt says what was sent, and holds no secret', async () => {
      const { connect, account, fake, ben } = house;
      const { bunny } = fillShelf(fake);
      const receipt = async (change: object) => (await connect().write(account, bunny.id, change, never)).receipt;
      const [watched, cleared] = [
        await receipt({ watched: { value: true, at: AT, playCount: 1 } }),
        await receipt({ rating: 5 }),
      ];
      if (vendor === 'jellyfin') {
        expect(watched).toBe(`POST /UserItems/${bunny.id}/UserData`);
        expect(cleared).toBe(`POST /UserItems/${bunny.id}/UserData`);
      } else {
        expect(watched).toBe(`POST /Users/${ben.id}/PlayedItems/${bunny.id}`);
        expect(cleared).toBe(`POST /Users/${ben.id}/Items/${bunny.id}/UserData`);
      }
      expect(await receipt({ rating: null })).toMatch(/^DELETE .*\/Rating$/);
    });

    test('to what was made up', async () => {
      const { connect, account, fake } = house;
      expect(await connect().standing(account, 'artist:none', never)).toBeNull();
      const written = await connect().write(account, 'album:none', { favourite: true }, never);
      expect(written).toMatchObject({ outcome: 'gone', after: null });
      expect(fake.requests).toEqual([]);
    });

    test('by someone who may not', async () => {
      if (vendor === 'emby') return;
      const { connect, account, fake, ben } = house;
      const { bunny } = fillShelf(fake);
      ben.mayWrite = false;
      const failed = connect(asBen).write(account, bunny.id, { favourite: true }, never);
      await expect(failed).rejects.toMatchObject({ fault: 'forbidden' });
    });
  });

  test('what changed since: what was played, newest first, then what is in progress and the favourites', async () => {
    const { connect, account, fake, ben } = house;
    const { bunny, sintel, first, double, aria, pioneer } = fillShelf(fake);
    const { shelf } = fake;
    shelf.setState(ben, bunny, { played: true, playCount: 1, lastPlayedAt: AT });
    shelf.setState(ben, first, { played: true, playCount: 1, lastPlayedAt: AT + 1000 });
    shelf.setState(ben, sintel, { played: true, playCount: 1, lastPlayedAt: AT - 1000 });
    shelf.setState(ben, double, { positionMs: 600_000, lastPlayedAt: AT - 2000 });
    shelf.setState(ben, aria, { favourite: true });
    shelf.setState(ben, pioneer, { favourite: true, rating: 9 });
    const changed: RemoteStanding[] = [];
    for await (const part of connect().changedSince!(account, AT, never)) changed.push(...part);
    expect(changed.map(({ remoteId }) => remoteId)).toEqual([first.id, bunny.id, double.id, pioneer.id, aria.id]);
    expect(changed[0]?.state).toMatchObject({ watched: true, playCount: 1, lastPlayedAt: AT + 1000 });
    expect(changed[3]).toEqual({ remoteId: pioneer.id, opinion: { favourite: true, rating: 9 } });
  });

  test('what someone plays, and nobody else’s', async () => {
    const { connect, account, anna, ben, fake } = house;
    const { bunny, sintel } = fillShelf(fake);
    fake.shelf.play(anna, sintel);
    fake.shelf.play(ben, bunny, 61_500);
    expect(await connect().playing(account, never)).toEqual([
      { remoteId: bunny.id, accountId: ben.id, positionMs: 61_500 },
    ]);
  });

  test('each request says who asks in the vendor’s own way, and whose state is meant', async () => {
    const { connect, account, fake, ben } = house;
    const { bunny } = fillShelf(fake);
    const server = connect(asBen);
    await server.libraries(account, never);
    await readAll(server, 'artist', account);
    await readAll(server, 'movie', account);
    await server.standing(account, bunny.id, never);
    await server.write(account, bunny.id, { favourite: true, rating: 5 }, never);
    for (const { headers, path, query, url } of fake.requests.filter(({ path }) => !path.includes('Authenticate'))) {
      const [old, own] = [headers['x-emby-token'], headers.authorization];
      if (vendor === 'jellyfin') expect([old, own]).toEqual([undefined, expect.stringMatching(/^MediaBrowser Token=/)]);
      else expect([typeof old, own]).toEqual(['string', undefined]);
      const person = vendor === 'jellyfin' ? query.get('userId') : (query.get('UserId') ?? path.split('/')[2]);
      expect(person, path).toBe(ben.id);
      expect(url).not.toMatch(/api_?key/i);
    }
  });
});
