import type { Database } from '#database/database.ts';
import { HOUR, type Instant, MINUTE, type Millis, SECOND } from '#kernel/clock.ts';
import { asId, type ClientAccountId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import type { IsolationMode, Viewer } from '#kernel/viewer.ts';
import type { AccountKey, RemoteKind } from '#sync/media-server.ts';
import { createMemoryServer, type MemoryServer } from '../support/media-server.ts';
import type { ShelfEntry } from '../support/media-server-shelf.ts';
import { addDevice, addUser } from '../support/people.ts';
import { createHouse, type House } from './house.ts';
import { type Line, overLine } from './line.ts';
import type { Random } from './random.ts';
import { someVendor } from './vendors.ts';

/** Something to watch or hear, wherever there are copies of it. */
export interface Work {
  title: string;
  kind: RemoteKind;
  runtimeMs: Millis;
  place: number;
}

export interface Person {
  name: string;
  /** At our own page, on a loud device. */
  viewer: Viewer;
  /** On a device that keeps all to itself. */
  child: Viewer;
  /** One of their accounts was heard and is not any more: what it did is forgotten here, and still shown elsewhere. */
  muted: boolean;
}

/** An account of a person on a server. */
export interface Account {
  person: Person;
  place: Place;
  key: AccountKey;
  id: ClientAccountId;
  mode: IsolationMode;
  /** Whether anyone else ever could see what it did. */
  everHeard: boolean;
}

/** A copy of a work on a server, under whatever id. */
export interface Copy {
  work: Work;
  entry: ShelfEntry;
}

/** A server and what sync knows it by. */
export interface Place {
  index: number;
  server: MemoryServer;
  line: Line;
  clientId: ClientId;
  accounts: Account[];
  copies: Copy[];
  /** It was set up anew and forgot what was watched. */
  forgot: boolean;
  /** Its ids name other items than before, and nothing tells so: no look but a whole one can find that out. */
  renumbered: boolean;
  /** It was set up anew. */
  renewed: boolean;
  /** It says that it is another server than before. */
  replaced: boolean;
}

/** What somebody did. */
export interface Act {
  at: Instant;
  person: Person;
  work: Work;
  /** Where; null: on our own page. */
  account: Account | null;
  /** `mark`, `unmark`: of all that it hangs from. */
  did: 'watch' | 'unwatch' | 'stop' | 'like' | 'unlike' | 'rate' | 'unrate' | 'mark' | 'unmark' | 'complete';
  value?: number;
  /** When sync had surely taken it over; null: not that we know. */
  noticedAt: Instant | null;
  /** It was gone from its server before anyone could see it. */
  lost: boolean;
}

export interface World {
  random: Random;
  house: House;
  people: Person[];
  /** Those that are connected. */
  places: Place[];
  works: Work[];
  acts: Act[];
  /** What happened, to be read when it went wrong. */
  story: string[];
  tell(line: string): void;
}

const work = (kind: RemoteKind, title: string, place: number, runtimeMs: Millis): Work => ({
  kind,
  title,
  place,
  runtimeMs,
});

/** A few films, one series of three episodes, an album of three songs. */
const allWorks = (): Work[] => [
  ...[1, 2, 3, 4].map((n) => work('movie', `Film ${n}`, n, 100 * MINUTE)),
  ...[1, 2, 3].map((n) => work('episode', `Episode ${n}`, n, 40 * MINUTE)),
  ...[1, 2, 3].map((n) => work('track', `Song ${n}`, n, 4 * MINUTE)),
  work('series', 'Show', 1, HOUR),
];

/** Some servers of some people, connected in an order of chance. */
export const createWorld = async (database: Database, random: Random): Promise<World> => {
  const places: Place[] = [];
  const all: Place[] = [];
  const house = createHouse(database, random, (address, weather) => {
    const place = all[Number(/server-(\d+)/.exec(address)?.[1])]!;
    return overLine(place.server, place.line, weather);
  });
  const world: World = {
    random,
    house,
    people: [],
    places,
    works: allWorks(),
    acts: [],
    story: [],
    tell: (line) => world.story.push(`${((house.clock.now() - started) / SECOND).toFixed(1)} s  ${line}`),
  };
  const started = house.clock.now();
  for (let n = random.pick([1, 1, 2, 3]); n > 0; n--) world.people.push(await newPerson(database, world.people.length));
  for (let n = random.pick([2, 2, 2, 3, 3, 4, 5]); n > 0; n--) places.push(newPlace(world, places.length));
  all.push(...places);
  return world;
};

const newPerson = async (database: Database, n: number): Promise<Person> => {
  const name = ['Ada', 'Bob', 'Cleo'][n]!;
  const { viewer } = await addUser(database, { name, role: 'admin' });
  return { name, viewer, muted: false, child: await addDevice(database, viewer, { name: 'child', isolation: 'silo' }) };
};

const newPlace = ({ random, house, works, people, tell }: World, index: number): Place => {
  const server = createMemoryServer(house.clock, someVendor(random));
  server.serverId = `server-${index}`;
  const place: Place = {
    index,
    server,
    line: { down: false, empty: false, stubborn: random.chance(0.1) },
    clientId: asId<ClientId>(0),
    accounts: [],
    copies: [],
    forgot: false,
    renumbered: false,
    renewed: false,
    replaced: false,
  };
  for (const one of works) if (random.chance(0.8)) addCopy(place, one);
  if (random.chance(0.3)) addCopy(place, random.pick(works.filter(({ kind }) => kind === 'movie')), 'another version');
  const single = server.traits.accounts === 'single';
  const folk = single
    ? [random.pick(people)]
    : people.filter((_, n) => n === index % people.length || random.chance(0.7));
  for (const person of folk) {
    const mode = random.weighed({ loud: 10, quiet: 2, shout: 2, silo: 1 });
    const key = server.addAccount(person.name);
    place.accounts.push({
      person,
      place,
      key,
      id: asId<ClientAccountId>(0),
      mode,
      everHeard: mode === 'loud' || mode === 'shout',
    });
  }
  const { kind, clockSkewMs, pageSize } = server.traits;
  const who = place.accounts.map((account) => `${account.person.name} ${account.mode}`).join(', ');
  tell(`S${index} is ${kind}, ${clockSkewMs} ms ahead, ${pageSize} a page, ${place.copies.length} copies: ${who}`);
  return place;
};

/** Puts a work on a server's shelf, with what it hangs from; one of a kind that the server has not is left out. */
export const addCopy = (place: Place, one: Work, version = 'first'): Copy | undefined => {
  const { shelf, traits } = place.server;
  if (!traits.kinds.includes(one.kind)) return undefined;
  const path = `/${one.title}/${version}.mkv`;
  const facts = { title: one.title, runtimeMs: one.runtimeMs, path };
  const parent = (kind: RemoteKind, make: () => string) => shelf.entries(kind)[0]?.remoteId ?? make();
  const show = () =>
    parent('series', () => shelf.series({ title: 'Show', year: 2008, externalIds: named('tvdb', 81189) }));
  const album = () =>
    parent('album', () =>
      shelf.album(
        parent('artist', () => shelf.artist({ title: 'Björk' })),
        { title: 'Homogenic', year: 1997 },
      ),
    );
  const made = {
    movie: () => shelf.movie({ ...facts, year: 2000 + one.place, externalIds: named('imdb', `tt000000${one.place}`) }),
    series: show,
    episode: () => shelf.episode(show(), { ...facts, seasonNumber: 1, episodeNumber: one.place }),
    track: () => shelf.track(album(), { ...facts, trackNumber: one.place }),
  };
  const remoteId = made[one.kind as keyof typeof made]();
  const known = place.copies.find(({ entry }) => entry.remoteId === remoteId);
  if (known) return known;
  const copy = { work: one, entry: shelf.find(remoteId)! };
  place.copies.push(copy);
  return copy;
};

const named = (provider: 'tvdb' | 'imdb', value: number | string) => [{ provider, value: String(value) }];

/** Connects a server, with all its accounts. */
export const connectPlace = async ({ house, tell }: World, place: Place): Promise<void> => {
  const { sync } = house;
  const { trouble } = house;
  // Whoever connects a server tries until it answers.
  house.trouble = 0;
  const [first, ...more] = place.accounts;
  const { traits } = place.server;
  const { client } = await sync.add(first!.person.viewer, {
    kind: traits.kind,
    address: `http://server-${place.index}`,
    name: `S${place.index}`,
    accountId: first!.key.remoteId,
    isolation: first!.mode,
  });
  place.clientId = asId<ClientId>(client.id);
  let view = client;
  for (const { person, key, mode } of more) {
    const link = { remoteId: key.remoteId, userId: person.viewer.userId, isolation: mode };
    view = await sync.link(person.viewer, place.clientId, link);
  }
  for (const account of place.accounts) {
    account.id = asId(view.accounts.find((one) => one.remoteId === account.key.remoteId)!.id);
  }
  house.trouble = trouble;
  tell(`S${place.index} is connected`);
};

/** Our item of a work; undefined: nobody told us of it yet. */
export const itemOf = async ({ house }: World, { title, kind }: Work): Promise<MediaItemId | undefined> => {
  const row = await house.database.read
    .selectFrom('media_items')
    .select('id')
    .where('title', '=', title)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.id;
};
