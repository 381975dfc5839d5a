import type { Faults } from '../faults.ts';
import type { Ask, Reply } from '../serve.ts';
import type { Shelf, ShelfItem, ShelfKind, ShelfLibrary } from '../shelf.ts';
import type { PlexPeople, PlexUser } from './people.ts';
import type { PlexWatching } from './watching.ts';
import { type Asked, metadataOf, plexTypes, sectionTypes } from './words.ts';

export interface PlexHouse {
  readonly shelf: Shelf;
  readonly people: PlexPeople;
  readonly watching: PlexWatching;
  readonly faults: Faults;
  machineId: string;
  name: string;
  version: string;
}

/** How the server says what it has to say to who is not let in. */
export const unauthorized: Reply = {
  status: 401,
  body: '<html><head><title>Unauthorized</title></head><body><h1>401 Unauthorized</h1></body></html>',
  type: 'text/html',
};
const page = (status: number, words: string): Reply => ({
  status,
  body: `<html><head><title>${words}</title></head><body><h1>${status} ${words}</h1></body></html>`,
  type: 'text/html',
});
const notFound = page(404, 'Not Found');
const badRequest = page(400, 'Bad Request');
const forbidden = page(403, 'Forbidden');
const done: Reply = { status: 200, body: '', type: 'text/html' };

/** Answers as a Plex Media Server. */
export const createServerAnswer =
  (house: PlexHouse) =>
  (ask: Ask): Reply => {
    const { people, machineId, version } = house;
    if (ask.path === '/identity') return told(ask, { size: 0, claimed: true, machineIdentifier: machineId, version });
    const user = people.onServer(header(ask, 'x-plex-token') ?? ask.query.get('X-Plex-Token'));
    if (!user) return unauthorized;
    for (const [pattern, work] of routes) {
      const found = pattern.exec(ask.path);
      if (found) return work(house, user, ask, found[1] ?? '');
    }
    return notFound;
  };

type Work = (house: PlexHouse, user: PlexUser, ask: Ask, part: string) => Reply;

const root: Work = ({ machineId, name, people, version }, _user, ask) =>
  told(ask, {
    size: 0,
    friendlyName: name,
    machineIdentifier: machineId,
    version,
    myPlex: true,
    myPlexUsername: people.owner.title,
    ownerFeatures: 'webhooks,home',
    platform: 'Linux',
  });

const library: Work = (_house, _user, ask) => told(ask, { size: 0, title1: 'Plex Library', identifier: LIBRARY });

const accounts: Work = ({ people }, user, ask) => {
  if (user.role !== 'owner') return forbidden;
  const all = people.users.map((one) => ({
    id: people.localId(one),
    key: `/accounts/${people.localId(one)}`,
    name: one.title,
  }));
  return told(ask, { size: all.length + 1, Account: [{ id: 0, key: '/accounts/0', name: '' }, ...all] });
};

const sections: Work = ({ shelf, faults }, user, ask) => {
  const all = faults.noLibraries ? [] : shelf.libraries;
  const seen = all.filter(({ id }) => user.libraries === null || user.libraries.includes(id));
  const Directory = seen.map((one) => sectionOf(one));
  return told(ask, { size: Directory.length, allowSync: true, title1: 'Plex Library', Directory });
};

const sectionOf = ({ id, name, path, type }: ShelfLibrary) => ({
  key: id,
  type: sectionTypes[type ?? 'movies'] ?? 'movie',
  title: name,
  agent: 'tv.plex.agents.movie',
  scanner: 'Plex Movie',
  language: 'en-US',
  uuid: `00000000-0000-4000-8000-${id.padStart(12, '0')}`,
  Location: [{ id: Number(id), path }],
});

const sectionItems: Work = (house, user, ask, section) => {
  const { shelf, people } = house;
  const own = shelf.items.filter((item) => item.library.id === section && people.sees(user, item));
  if (!shelf.libraries.some(({ id }) => id === section)) return notFound;
  const top = own.find(({ parent }) => parent === null)?.kind;
  const type = ask.query.has('type') ? kindOf(Number(ask.query.get('type'))) : top;
  return list(
    house,
    user,
    ask,
    filtered(
      house,
      user,
      ask,
      own.filter(({ kind }) => kind === type),
    ),
  );
};

const kindOf = (number: number): ShelfKind | undefined =>
  (Object.entries(plexTypes) as [ShelfKind, { number: number }][]).find(([, one]) => one.number === number)?.[0];

/** Media queries: `lastViewedAt>>=5` is written as the parameter `lastViewedAt>>`. */
const filtered = (house: PlexHouse, user: PlexUser, { query }: Ask, items: ShelfItem[]): ShelfItem[] => {
  const value = (item: ShelfItem, field: string): number => {
    const told = {
      ...item,
      ...house.watching.state(user, item),
      addedAt: item.addedAt / 1000,
      updatedAt: item.savedAt / 1000,
    };
    return Number(field === 'id' ? item.id : ((told as Record<string, unknown>)[field] ?? 0));
  };
  let left = items;
  for (const [name, wanted] of query) {
    const [, field = '', sign] = /^(?:\w+\.)?(\w+)(>>|<<)$/.exec(name) ?? [];
    if (sign === '>>') left = left.filter((item) => value(item, field) > Number(wanted));
    if (sign === '<<') left = left.filter((item) => value(item, field) < Number(wanted));
    if (name === 'unwatched') left = left.filter((item) => (value(item, 'viewCount') === 0) === (wanted === '1'));
    if (name === 'inProgress') left = left.filter((item) => value(item, 'viewOffset') > 0);
  }
  const orders = (query.get('sort') ?? '').split(',').filter((order) => order !== '');
  const compare = (one: ShelfItem, other: ShelfItem): number => {
    for (const order of orders) {
      const [, field = '', down] = /^(?:\w+\.)?(\w+)(?::(desc))?/.exec(order) ?? [];
      const by = value(one, field) - value(other, field);
      if (by !== 0) return down ? -by : by;
    }
    return 0;
  };
  return orders.length === 0 ? left : left.toSorted(compare);
};

const metadata: Work = (house, user, ask, keys) => {
  const items = keys.split(',').flatMap((key) => visible(house, user, key) ?? []);
  return items.length === 0 ? notFound : list(house, user, ask, items);
};

const children: Work = (house, user, ask, key) => {
  const item = visible(house, user, key);
  return item ? list(house, user, ask, item.children, 20) : notFound;
};

const visible = ({ shelf, people }: PlexHouse, user: PlexUser, key: string): ShelfItem | undefined => {
  const item = shelf.find(key);
  return item && people.sees(user, item) ? item : undefined;
};

/** A page of a list: as many as were asked for, by header or parameter, or as many as the server likes. */
const list = (
  house: PlexHouse,
  user: PlexUser,
  ask: Ask,
  items: ShelfItem[],
  usual = Number.POSITIVE_INFINITY,
): Reply => {
  const { faults, watching } = house;
  const asked: Asked = {
    guids: ask.query.get('includeGuids') === '1' || items.length === 1,
    excluded: new Set((ask.query.get('excludeElements') ?? '').split(',')),
  };
  const some = faults.emptyLibrary ? [] : items;
  const { rows, paging } = paged(house, ask, some, usual);
  const Metadata = rows.map((item) => metadataOf(item, (one) => watching.state(user, one), asked));
  return told(ask, { ...paging, identifier: LIBRARY, ...(rows.length > 0 && { Metadata: spoiled(Metadata, faults) }) });
};

const paged = <T>({ faults }: PlexHouse, ask: Ask, all: T[], usual: number) => {
  const told = (name: string) => header(ask, name.toLowerCase()) ?? ask.query.get(name);
  const start = Number(told('X-Plex-Container-Start') ?? 0);
  const size = Math.min(Number(told('X-Plex-Container-Size') ?? usual), faults.pageLimit ?? Number.POSITIVE_INFINITY);
  const rows = all.slice(start, start + size);
  return { rows, paging: { size: rows.length, totalSize: faults.total ?? all.length, offset: start } };
};

const spoiled = (rows: Record<string, unknown>[], { sameIdTwice, longTitle, withoutIds }: Faults) => {
  const [first, second] = rows;
  if (sameIdTwice && first && second) second.ratingKey = first.ratingKey;
  if (longTitle && first) first.title = 'A very long title '.repeat(23).slice(0, 400);
  if (withoutIds && first) delete first.ratingKey;
  return rows;
};

const mark =
  (how: 'scrobble' | 'unscrobble'): Work =>
  (house, user, { query }) => {
    if (query.get('identifier') !== LIBRARY || !query.has('key')) return badRequest;
    const item = visible(house, user, query.get('key') ?? '');
    if (!item) return notFound;
    house.watching[how](user, item);
    return done;
  };

const rate: Work = (house, user, { query }) => {
  const rating = Number(query.get('rating') ?? 'none');
  if (query.get('identifier') !== LIBRARY || !(rating >= -1 && rating <= 10)) return badRequest;
  const item = visible(house, user, query.get('key') ?? '');
  if (!item) return notFound;
  const at = query.get('ratedAt');
  house.watching.rate(user, item, rating, at === null ? undefined : Number(at));
  return done;
};

const timeline: Work = (house, user, ask) => {
  const item = visible(house, user, ask.query.get('ratingKey') ?? '');
  if (!item) return badRequest;
  house.watching.report(user, item, {
    state: ask.query.get('state') ?? 'stopped',
    time: Number(ask.query.get('time') ?? 0),
    duration: Number(ask.query.get('duration') ?? 0),
    client: header(ask, 'x-plex-client-identifier') ?? '',
  });
  const { viewCount, viewOffset } = house.watching.state(user, item);
  return told(ask, {
    size: 0,
    playbackState: viewOffset > 0 ? 'progress' : 'none',
    skipCount: 0,
    viewCount,
    viewOffset,
  });
};

const sessions: Work = ({ watching, people }, user, ask) => {
  if (user.role !== 'owner') return forbidden;
  const Metadata = watching.sessions.map((session, at) => ({
    ...metadataOf(session.item, (leaf) => watching.state(session.user, leaf), { guids: true, excluded: new Set() }),
    sessionKey: String(at + 1),
    viewOffset: session.viewOffset,
    User: { id: String(people.localId(session.user)), title: session.user.title },
    Player: { machineIdentifier: session.client, state: session.state, title: 'Television', local: true },
    Session: { id: `session-${at + 1}`, bandwidth: 1000, location: 'lan' },
  }));
  return told(ask, { size: Metadata.length, ...(Metadata.length > 0 && { Metadata }) });
};

/** The owner sees everybody's rows, others their own; what was deleted has lost its id. */
const history: Work = (house, user, ask) => {
  const { watching, people, shelf } = house;
  const account = ask.query.get('accountID');
  const since = Number(ask.query.get('viewedAt>') ?? 0);
  const item = ask.query.get('metadataItemID');
  const rows = watching.history
    .filter((row) => user.role === 'owner' || row.user === user)
    .filter((row) => account === null || people.localId(row.user) === Number(account))
    .filter((row) => row.viewedAt >= since && (item === null || row.item.id === item))
    .toSorted((one, other) => one.viewedAt - other.viewedAt);
  if ((ask.query.get('sort') ?? '').endsWith(':desc')) rows.reverse();
  const { rows: some, paging } = paged(house, ask, rows, Number.POSITIVE_INFINITY);
  const Metadata = some.map((row) => ({
    historyKey: row.historyKey,
    ...(shelf.find(row.item.id) === row.item && { key: `/library/metadata/${row.item.id}`, ratingKey: row.item.id }),
    librarySectionID: row.item.library.id,
    title: row.item.title,
    type: plexTypes[row.item.kind].name,
    viewedAt: row.viewedAt,
    accountID: people.localId(row.user),
    deviceID: row.deviceID,
  }));
  return told(ask, { ...paging, ...(Metadata.length > 0 && { Metadata }) });
};

const LIBRARY = 'com.plexapp.plugins.library';

const routes: [RegExp, Work][] = [
  [/^\/$/, root],
  [/^\/accounts$/, accounts],
  [/^\/library\/?$/, library],
  [/^\/library\/sections(?:\/all)?\/?$/, sections],
  [/^\/library\/sections\/(\d+)\/all$/, sectionItems],
  [/^\/library\/metadata\/(\d+)\/children$/, children],
  [/^\/library\/metadata\/([\d,]+)$/, metadata],
  [/^\/:\/scrobble$/, mark('scrobble')],
  [/^\/:\/unscrobble$/, mark('unscrobble')],
  [/^\/:\/rate$/, rate],
  [/^\/:\/timeline$/, timeline],
  [/^\/status\/sessions$/, sessions],
  [/^\/status\/sessions\/history\/all$/, history],
];

export const header = ({ headers }: Ask, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** JSON only where it is asked for; else it would be XML. */
const told = (ask: Ask, MediaContainer: object): Reply => {
  if ((header(ask, 'accept') ?? '').includes('json')) return { status: 200, body: JSON.stringify({ MediaContainer }) };
  return { status: 200, body: '<?xml version="1.0" encoding="UTF-8"?>\n<MediaContainer size="0"/>', type: 'text/xml' };
};
