import { expect } from 'vitest';
import { type FakeEmby, startFakeEmby } from './fakes/emby/start.ts';
import type { Faults } from './fakes/faults.ts';
import { type FakeJellyfin, startFakeJellyfin } from './fakes/jellyfin/start.ts';
import { type FakePlex, startFakePlex } from './fakes/plex/start.ts';
import type { FakeServer, Recorded } from './fakes/serve.ts';
import type { Shelf, ShelfItem } from './fakes/shelf.ts';
import { atEnd, type HouseOptions } from './sync-house.ts';

export const vendors = ['jellyfin', 'emby', 'plex'] as const;
export type Vendor = (typeof vendors)[number];

/** How an item stands on a server for its person. */
export interface Shown {
  watched: boolean;
  positionMs: number;
  rating: number | null;
}

/** A fake server of one of the vendors with films, a series of three episodes and one person, handled alike whatever the vendor. */
export interface Attic {
  readonly vendor: Vendor;
  readonly url: string;
  readonly faults: Faults;
  readonly shelf: Shelf;
  readonly requests: Recorded[];
  /** What the house must know of the world outside. */
  readonly outside: HouseOptions;
  /** What connects it, its person included. */
  readonly connection: { kind: Vendor; address: string; token: string; accountId: string; name: string };
  readonly films: ShelfItem[];
  readonly episodes: ShelfItem[];
  /** Nothing of these may ever be told or logged. */
  readonly secrets: string[];
  /** What it tells only to whom it knows. */
  readonly closed: RegExp;
  /** What asks for pages of items. */
  readonly lists: RegExp;
  /** What changes a state. */
  readonly changes: RegExp;
  watch(item: ShelfItem, at?: number): void;
  unwatch(item: ShelfItem): void;
  stopAt(item: ShelfItem, positionMs: number): void;
  rate(item: ShelfItem, rating: number | null): void;
  shows(item: ShelfItem): Shown;
  /** What was asked of it to change something. */
  writes(): Recorded[];
  /** Its webhook tells that an item was watched or unwatched, by its person or by someone else. */
  tell(url: string, item: ShelfItem, whose?: 'its' | "someone else's"): Promise<void>;
}

export const startAttic = async (
  vendor: Vendor,
  { name = 'Attic', films = 14, reversed = false } = {},
): Promise<Attic> => {
  const attic = vendor === 'plex' ? await plexAttic(name) : await familyAttic(vendor, name);
  fill(attic, upTo(films, reversed));
  return attic;
};

const MINUTE = 60_000;

const upTo = (count: number, reversed: boolean): number[] => {
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  return reversed ? numbers.toReversed() : numbers;
};

const fill = ({ shelf, films, episodes }: Attic, numbers: readonly number[]): void => {
  shelf.addLibrary({ name: 'Films', type: 'movies' });
  shelf.addLibrary({ name: 'Shows', type: 'tvshows' });
  for (const n of numbers) {
    const ids = { Imdb: `tt0000${100 + n}` };
    films.push(shelf.addMovie({ title: `Film ${n}`, year: 1980 + n, ids, runtimeMs: 100 * MINUTE }));
  }
  const series = shelf.addSeries({ title: 'A series', year: 2001, ids: { Tvdb: '1234' } });
  for (let n = 1; n <= 3; n++) {
    episodes.push(shelf.addEpisode(series, { season: 1, episode: n }, { runtimeMs: 40 * MINUTE }));
  }
};

/** Whatever goes wrong on the way, both sides spoke as the vendor does. */
const watchOver = (fake: FakeServer): void =>
  atEnd(async () => {
    await fake.close();
    expect(fake.violations).toEqual([]);
  });

const familyAttic = async (vendor: 'jellyfin' | 'emby', name: string): Promise<Attic> => {
  const fake = vendor === 'jellyfin' ? await startFakeJellyfin({ name }) : await startFakeEmby({ name });
  watchOver(fake);
  const { shelf, apiKey } = fake;
  const anna = shelf.addUser({ name: 'Anna', admin: true });
  const stranger = shelf.addUser({ name: 'Zoe' });
  return {
    vendor,
    url: fake.url,
    faults: fake.faults,
    shelf,
    requests: fake.requests,
    outside: {},
    connection: { kind: vendor, address: fake.url, token: apiKey, accountId: anna.id, name },
    films: [],
    episodes: [],
    secrets: [apiKey],
    closed: /^(?!.*\/Info\/Public)/,
    lists: /GET .*\/Items\?.*IncludeItemTypes=/i,
    changes: /^(POST|DELETE) /,
    watch: (item, at) => shelf.watch(anna, item, at),
    unwatch: (item) => shelf.unwatch(anna, item),
    stopAt: (item, positionMs) => shelf.stopAt(anna, item, positionMs),
    rate: (item, rating) => shelf.rate(anna, item, rating),
    shows: (item) => {
      const { played, positionMs, rating } = shelf.state(anna, item);
      return { watched: played, positionMs, rating };
    },
    writes: () => fake.writes(),
    tell: async (url, item, whose = 'its') => {
      const user = whose === 'its' ? anna : stranger;
      const { played } = shelf.state(user, item);
      await (vendor === 'jellyfin'
        ? (fake as FakeJellyfin).sendWebhook(url, { type: 'UserDataSaved', user, item })
        : (fake as FakeEmby).sendWebhook(url, {
            event: played ? 'item.markplayed' : 'item.markunplayed',
            user,
            item,
          }));
    },
  };
};

const plexAttic = async (name: string): Promise<Attic> => {
  const fake = await startFakePlex({ name });
  watchOver(fake);
  const { shelf, watching, people, token } = fake;
  const { owner } = people;
  const stranger = people.add('Zoe', 'friend');
  return {
    vendor: 'plex',
    url: fake.url,
    faults: fake.faults,
    shelf,
    requests: fake.requests,
    outside: { plexTv: tvOf(fake) },
    connection: { kind: 'plex', address: fake.url, token, accountId: String(owner.id), name },
    films: [],
    episodes: [],
    secrets: [token],
    closed: /^(?!.*\/identity)/,
    lists: /GET \/library\/sections\/\d+\/all/,
    changes: /^\w+ \/:\//,
    watch: (item, at = shelf.clock()) => watching.watch(owner, item, Math.floor(at / 1000)),
    unwatch: (item) => watching.unscrobble(owner, item),
    stopAt: (item, positionMs) => watching.stopAt(owner, item, positionMs),
    rate: (item, rating) => watching.rate(owner, item, rating ?? -1),
    shows: (item) => {
      const { viewCount, viewOffset, userRating } = watching.state(owner, item);
      return { watched: viewCount > 0, positionMs: viewOffset, rating: userRating };
    },
    writes: () => plexWrites(fake),
    tell: async (url, item, whose = 'its') => {
      const user = whose === 'its' ? owner : stranger;
      await fake.sendWebhook(url, { event: 'media.scrobble', user, item });
    },
  };
};

/** Its own hosts are the fake's. */
export const tvOf = ({ tv }: FakePlex) => ({ site: tv.url, clients: tv.url, app: 'https://app.plex.tv' });

/** Plex changes state also with GET. */
export const plexWrites = ({ requests }: FakePlex): Recorded[] =>
  requests.filter(({ method, path }) => method !== 'GET' || path.startsWith('/:/'));
