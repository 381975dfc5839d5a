import type { ItemsQuery, RemoteItem, RemoteKind, RemotePage } from '#sync/media-server.ts';
import type { Query } from '../http.ts';
import { CountAnswer, type Item, ItemsAnswer } from './answers.ts';
import type { Dialect, Place } from './dialect.ts';
import { itemOf, NO_ALBUM, NO_ARTIST } from './items.ts';
import { readViews } from './libraries.ts';
import type { Session } from './session.ts';
import { plainId } from './units.ts';

/** Entries asked for at a time. Neither server has a limit of its own; 500 with their plots are about 1 MB. */
export const PAGE = 500;

/** What each kind is called by both servers. */
export const types: Record<RemoteKind, string> = {
  movie: 'Movie',
  series: 'Series',
  season: 'Season',
  episode: 'Episode',
  artist: 'MusicArtist',
  album: 'MusicAlbum',
  track: 'Audio',
};

/** A library to be read, or all of them together. */
interface Shelf {
  library: string | undefined;
  /** How many entries it has, as was told last; Infinity: not asked yet. */
  total: number;
}

/**
 * Reads all entries of a kind, oldest arrivals first, so that what comes while they are read stands at the end. Several
 * libraries follow one another; their numbers are asked first, for all pages tell of the whole.
 */
export async function* readItems(
  dialect: Dialect,
  session: Session,
  { kind, account, libraries, from = 0 }: ItemsQuery,
  signal: AbortSignal,
): AsyncGenerator<RemotePage> {
  const reader = { dialect, session, kind, account: account.remoteId, signal };
  const shelves = await shelvesOf(reader, libraries);
  let before = 0;
  for (const shelf of shelves) {
    const begin = Math.max(0, from - before);
    let start = begin;
    while (start < shelf.total) {
      const rows = await readPart(reader, shelf, start, start === begin || start + PAGE >= shelf.total);
      start += rows.length;
      yield { items: itemsOf(kind, rows, shelf.library), done: before + start, total: sum(shelves) };
      if (rows.length === 0) break;
    }
    before += Math.min(start, shelf.total);
  }
}

interface Reader {
  dialect: Dialect;
  session: Session;
  kind: RemoteKind;
  account: string;
  signal: AbortSignal;
}

/** A library that is not there any more is left out: asked about it, Jellyfin would tell of all libraries. */
const shelvesOf = async (reader: Reader, asked: readonly string[] | undefined): Promise<Shelf[]> => {
  if (!asked) return [{ library: undefined, total: Number.POSITIVE_INFINITY }];
  const views = await readViews(reader.dialect, reader.session, reader.account, reader.signal);
  const there = new Set(views.map(({ Id }) => plainId(Id)));
  const libraries = asked.filter((id) => there.has(plainId(id)));
  const [only, second] = libraries;
  if (only !== undefined && second === undefined) return [{ library: only, total: Number.POSITIVE_INFINITY }];
  return Promise.all(libraries.map(async (library) => ({ library, total: await count(reader, library) })));
};

const count = async (reader: Reader, library: string): Promise<number> => {
  const place = placeOf(reader, library, { startIndex: 0, limit: 1, enableUserData: false });
  return (await reader.session.getOwn(place, CountAnswer, reader.signal)).TotalRecordCount;
};

/** Reads a page. Counting takes the server long, so the total is asked with the first page and again with the last. */
const readPart = async (reader: Reader, shelf: Shelf, startIndex: number, asksTotal: boolean): Promise<Item[]> => {
  const { fields, uncounted } = reader.dialect;
  const query = { startIndex, limit: PAGE, enableUserData: true, fields: [...fields.facts, ...fields.state].join(',') };
  const counts = asksTotal || uncounted === null;
  const place = placeOf(reader, shelf.library, counts ? query : { ...query, ...uncounted });
  const { Items, TotalRecordCount } = await reader.session.getOwn(place, ItemsAnswer, reader.signal);
  if (counts) shelf.total = TotalRecordCount ?? startIndex + Items.length;
  return Items;
};

const placeOf = ({ dialect, account, kind }: Reader, library: string | undefined, page: Query): Place => {
  const query = {
    parentId: library,
    enableImages: false,
    sortBy: 'DateCreated,SortName',
    sortOrder: 'Ascending',
    ...page,
  };
  if (kind === 'artist') return dialect.albumArtists(account, { ...query, sortBy: 'SortName' });
  return dialect.items(account, { recursive: true, includeItemTypes: types[kind], ...query, ...dialect.lists });
};

const itemsOf = (kind: RemoteKind, rows: readonly Item[], told: string | undefined): RemoteItem[] => {
  const library = told === undefined ? undefined : plainId(told);
  const items: RemoteItem[] = [];
  for (const row of rows) {
    const item = itemOf(kind, row, library);
    if (item) items.push(item);
  }
  return [...homes(items), ...items];
};

/** What is made up for those that hang from nothing, given before them. */
const homes = (items: readonly RemoteItem[]): RemoteItem[] => {
  const hangsFrom = (id: string) => items.some((item) => 'parentRemoteId' in item && item.parentRemoteId === id);
  if (hangsFrom(NO_ALBUM.remoteId)) return [NO_ARTIST, NO_ALBUM];
  return hangsFrom(NO_ARTIST.remoteId) ? [NO_ARTIST] : [];
};

const sum = (shelves: readonly Shelf[]): number => shelves.reduce((all, { total }) => all + total, 0);
