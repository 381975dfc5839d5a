import { systemClock } from '#kernel/clock.ts';
import type { AccountKey, Connection, Connector, MediaServer, RemoteItem, RemoteKind } from '#sync/media-server.ts';
import { createEmbyConnector } from '../../src/connectors/media-browser/emby.ts';
import { createJellyfinConnector } from '../../src/connectors/media-browser/jellyfin.ts';
import { createPatienceBook } from '../../src/connectors/patience.ts';
import { type FakeEmby, startFakeEmby } from './fakes/emby/start.ts';
import { type FakeJellyfin, startFakeJellyfin } from './fakes/jellyfin/start.ts';
import type { ShelfUser } from './fakes/shelf.ts';

export const never = new AbortController().signal;

export type Vendor = 'jellyfin' | 'emby';

/** A fake Jellyfin or Emby with a few people and items, and connections to it. */
export interface MediaBrowserHouse {
  fake: FakeJellyfin | FakeEmby;
  connector: Connector;
  /** Admin. */
  anna: ShelfUser;
  ben: ShelfUser;
  /** Ben's. */
  account: AccountKey;
  /** With the API key, or with what is given in its place. */
  connect(other?: Partial<Connection>): MediaServer;
}

const INSTALLATION = '6f1c2c1e-6d0f-4f0e-9b53-0d4f5ad0c6b1';

export const openHouse = async (vendor: Vendor, version?: string): Promise<MediaBrowserHouse> => {
  const start = vendor === 'jellyfin' ? startFakeJellyfin : startFakeEmby;
  const fake = await start(version === undefined ? {} : { version });
  const create = vendor === 'jellyfin' ? createJellyfinConnector : createEmbyConnector;
  // Waits for nothing: what is to be tried again is tried at once.
  const patience = createPatienceBook({ wait: async () => {}, faults: 100 });
  const connector = create({
    clock: systemClock,
    patience,
    socket: { firstWaitMs: 5, longestWaitMs: 20, beatMs: 1000 },
  });
  const anna = fake.shelf.addUser({ name: 'Anna', admin: true, password: 'anna-secret' });
  const ben = fake.shelf.addUser({ name: 'Ben', password: 'ben-secret' });
  const connection: Connection = {
    address: fake.url,
    userName: null,
    password: null,
    token: fake.apiKey,
    timeZone: null,
    installation: INSTALLATION,
  };
  return {
    fake,
    connector,
    anna,
    ben,
    account: { remoteId: ben.id, secret: null },
    connect: (other = {}) => connector.connect({ ...connection, ...other }),
  };
};

/** Two movies, a series of three files with four episodes, and a record of two tracks. */
export const fillShelf = ({ shelf }: MediaBrowserHouse['fake']) => {
  const bunny = shelf.addMovie({ title: 'Big Buck Bunny', year: 2008, ids: { Imdb: 'tt1254207', Tmdb: '10378' } });
  const sintel = shelf.addMovie({ title: 'Sintel', year: 2010, ids: { IMDB: 'TT1727587' }, tags: ['short'] });
  const pioneer = shelf.addSeries({ title: 'Pioneer One', year: 2010, ids: { Tvdb: '170551' } });
  const first = shelf.addEpisode(pioneer, { season: 1, episode: 1 }, { title: 'Earthfall' });
  const double = shelf.addEpisode(pioneer, { season: 1, episode: 4, end: 5 });
  const special = shelf.addEpisode(pioneer, { season: 0, episode: 1 });
  const artist = shelf.addArtist({ title: 'Kimiko Ishizaka' });
  const album = shelf.addAlbum(artist, { title: 'Open Goldberg Variations', year: 2012 });
  const aria = shelf.addTrack(album, { track: 1 }, { title: 'Aria' });
  const variatio = shelf.addTrack(album, { track: 2 }, { title: 'Variatio 1' });
  return { bunny, sintel, pioneer, first, double, special, artist, album, aria, variatio };
};

/** Everything of a kind, and the pages it came in. */
export const readAll = async (
  server: MediaServer,
  kind: RemoteKind,
  account: AccountKey,
  more: { libraries?: string[]; from?: number } = {},
) => {
  const items: RemoteItem[] = [];
  const pages: { count: number; done: number; total: number }[] = [];
  for await (const page of server.items({ kind, account, ...more }, never)) {
    items.push(...page.items);
    pages.push({ count: page.items.length, done: page.done, total: page.total });
  }
  return { items, pages };
};
