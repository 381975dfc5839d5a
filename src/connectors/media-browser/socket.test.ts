import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Connection, Notice } from '#sync/media-server.ts';
import { fillShelf, type MediaBrowserHouse, openHouse, type Vendor } from '../../../test/support/media-browser.ts';
import { createFrameReader } from './notices.ts';

const vendors: Vendor[] = ['jellyfin', 'emby'];
const connected = { event: 'connected', about: 'state', account: null, remoteId: null };

describe.each(vendors)('listening to %s', (vendor) => {
  let house: MediaBrowserHouse;
  let stop: AbortController;
  let heard: Notice[];
  let done: Promise<void>;
  beforeEach(async () => {
    house = await openHouse(vendor);
    stop = new AbortController();
    heard = [];
  });
  afterEach(async () => {
    stop.abort();
    await done?.catch(() => {});
    await house.fake.close();
  });
  const listen = (other: Partial<Connection> = {}) => {
    done = house.connect(other).listen!((notice) => heard.push(notice), stop.signal);
    done.catch(() => {});
  };
  const asBen = { token: null, userName: 'Ben', password: 'ben-secret' };
  const until = (count: number) => vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(count), 5000);

  test('a person hears of what they change, and of nobody else', async () => {
    const { bunny, sintel } = fillShelf(house.fake);
    listen(asBen);
    await until(1);
    house.fake.shelf.mark(house.anna, sintel);
    house.fake.shelf.mark(house.ben, bunny);
    await until(2);
    const account = { remoteId: house.ben.id };
    expect(heard).toEqual([connected, { event: 'UserDataChanged', about: 'state', account, remoteId: bunny.id }]);
  });

  test('a key hears of the libraries', async () => {
    const { bunny } = fillShelf(house.fake);
    listen();
    await until(1);
    house.fake.notices.libraryChanged({ added: [bunny] });
    await until(2);
    expect(heard[1]).toEqual({ event: 'LibraryChanged', about: 'items', account: null, remoteId: null });
  });

  test('connects again when the server was away, and says so', async () => {
    listen(asBen);
    await until(1);
    house.fake.expireTokens();
    house.fake.notices.closeAll();
    await until(2);
    expect(heard).toEqual([connected, connected]);
  });

  test('ends with the signal, and leaves no socket behind', async () => {
    listen(asBen);
    await until(1);
    expect(house.fake.notices.listening).toBe(1);
    stop.abort();
    await done;
    await vi.waitFor(() => expect(house.fake.notices.listening).toBe(0), 5000);
  });

  test('does not try on with a wrong password', async () => {
    listen({ ...asBen, password: 'wrong' });
    await expect(done).rejects.toMatchObject({ fault: 'unauthorized' });
  });
});

describe('what the frames tell', () => {
  const frame = (MessageType: string, Data: unknown) => JSON.stringify({ MessageType, Data });

  test('items that came, went or changed', () => {
    const read = createFrameReader();
    expect(read(frame('LibraryChanged', { ItemsAdded: ['7'], ItemsRemoved: [] }))).toEqual([
      { event: 'LibraryChanged', about: 'items', account: null, remoteId: null },
    ]);
    expect(read(frame('LibraryChanged', { ItemsAdded: [], ItemsRemoved: [], ItemsUpdated: [] }))).toEqual([]);
  });

  test('where a play ended, a state has changed', () => {
    const read = createFrameReader();
    const plays = (...items: (string | null)[]) =>
      read(
        frame(
          'Sessions',
          items.map((Id) => ({ UserId: 'ben', NowPlayingItem: Id && { Id } })),
        ),
      );
    const ended = (remoteId: string) => ({ event: 'Sessions', about: 'state', account: { remoteId: 'ben' }, remoteId });
    expect(plays('7')).toEqual([]);
    expect(plays('7', null)).toEqual([]);
    expect(plays('8')).toEqual([ended('7')]);
    expect(plays()).toEqual([ended('8')]);
    expect(plays()).toEqual([]);
  });

  test('all else is of no concern', () => {
    const read = createFrameReader();
    expect(read(frame('ForceKeepAlive', 60))).toEqual([]);
    expect(read(frame('UserDataChanged', null))).toEqual([]);
    expect(read('not JSON')).toEqual([]);
  });
});
