import { expect } from 'vitest';
import { createPlexConnector, type PlexConnectorOptions } from '#connectors/plex/connector.ts';
import { systemClock } from '#kernel/clock.ts';
import type { AccountKey, Connection, Connector } from '#sync/media-server.ts';
import type { House } from '../../../contract/media-server.ts';
import type { ShelfItem } from '../shelf.ts';
import type { PlexUser } from './people.ts';
import { type FakePlex, startFakePlex } from './start.ts';

export const INSTALLATION = '0f8b1f86-6a8f-4c0e-9a55-5d6f1d2c7b11';

/** A connector that asks a fake in place of the vendor's own hosts. */
export const connectorTo = (plex: FakePlex, more: Partial<PlexConnectorOptions> = {}): Connector =>
  createPlexConnector({
    clock: systemClock,
    limits: { timeLimitMs: 10_000 },
    plexTv: { site: plex.tv.url, clients: plex.tv.url, app: 'https://app.plex.tv' },
    ...more,
  });

export const connectionTo = (plex: FakePlex, other: Partial<Connection> = {}): Connection => ({
  address: plex.url,
  userName: null,
  password: null,
  token: plex.token,
  timeZone: null,
  installation: INSTALLATION,
  ...other,
});

/** Two movies, a series with specials, and an album, which nobody has touched. */
export const furnish = ({ shelf }: FakePlex) => {
  shelf.addLibrary({ name: 'Films', type: 'movies' });
  shelf.addLibrary({ name: 'Shows', type: 'tvshows' });
  shelf.addLibrary({ name: 'Music', type: 'music' });
  const bunny = shelf.addMovie({ title: 'Big Buck Bunny', year: 2008, ids: { Imdb: 'tt1254207', Tmdb: '10378' } });
  const dream = shelf.addMovie({ title: 'Elephants Dream', year: 2006, ids: { Tmdb: '9761' } });
  const series = shelf.addSeries({ title: 'The Office', year: 2005, ids: { Tvdb: '73244' } });
  const pilot = shelf.addEpisode(series, { season: 1, episode: 1 }, { title: 'Pilot' });
  const second = shelf.addEpisode(series, { season: 1, episode: 2 }, { title: 'Diversity Day' });
  const special = shelf.addEpisode(series, { season: 0, episode: 1 }, { title: 'The Accountants' });
  const artist = shelf.addArtist({ title: 'Skrillex' });
  const album = shelf.addAlbum(artist, { title: 'Try It Out', year: 2003 });
  const track = shelf.addTrack(album, { track: 1 }, { title: 'Try It Out (Neon mix)' });
  return { bunny, dream, series, pilot, second, special, artist, album, track };
};

/** The house of the contract suite; by default of the owner, whose credentials the connection has. */
export const plexHouse = async (guest?: (plex: FakePlex) => PlexUser): Promise<House> => {
  const plex = await startFakePlex();
  furnish(plex);
  const user = guest?.(plex) ?? plex.people.owner;
  const secret = guest ? user.serverToken : null;
  const account: AccountKey = { remoteId: String(user.id), secret };
  const connector = connectorTo(plex);
  const { shelf, watching } = plex;
  const find = (id: string): ShelfItem => shelf.find(id)!;
  const kinds = ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'] as const;
  return {
    connect: (other) => connector.connect(connectionTo(plex, other)),
    wrong: { token: 'nobodys-token' },
    account,
    shelf: Object.fromEntries(
      kinds.map((kind) => [kind, shelf.items.filter((item) => item.kind === kind).map(({ id }) => id)]),
    ),
    hand: {
      watch: async (id, at) => watching.watch(user, find(id), Math.floor(at / 1000)),
      unwatch: async (id) => watching.unscrobble(user, find(id)),
      stopAt: async (id, positionMs) => watching.stopAt(user, find(id), positionMs),
      rate: async (id, rating) => watching.rate(user, find(id), rating ?? -1),
      play: async (id) => {
        const stop = watching.play(user, find(id));
        return async () => stop();
      },
      remove: async (id) => shelf.remove(find(id)),
    },
    unknown: '999999',
    secrets: [plex.token, user.serverToken, 'nobodys-token'],
    close: async () => {
      await plex.close();
      expect(plex.violations).toEqual([]);
    },
  };
};
