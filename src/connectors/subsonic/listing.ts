import type { ItemsQuery, RemoteItem, RemotePage } from '#sync/media-server.ts';
import {
  Albums,
  Artists,
  all,
  Folders,
  Found,
  OneAlbum,
  type SubsonicAlbum,
  type SubsonicArtist,
  type SubsonicSong,
} from './answers.ts';
import type { Asked, Calls } from './calls.ts';
import { albumOf, artistOf, NO_ALBUM, NO_ARTIST, trackOf } from './items.ts';
import { cutList, type Fetch, PAGE, type Part, readLists } from './paging.ts';

export interface Listing {
  calls: Calls;
  who: string;
  /** Whether the server tells ratings of albums. */
  rated: () => boolean;
}

/** All items of a kind, page by page. */
export async function* listItems(listing: Listing, query: ItemsQuery, asked: Asked): AsyncGenerator<RemotePage> {
  const folders = await foldersOf(listing, query.libraries, asked);
  const from = query.from ?? 0;
  if (query.kind === 'artist') yield* artistPages(listing, folders, from, asked);
  if (query.kind === 'album') yield* albumPages(listing, folders, from, asked);
  if (query.kind === 'track') yield* trackPages(listing, folders, from, asked);
}

/** What stands for all folders: not to ask by folder, which some servers do not heed. */
const EVERYWHERE = [null];
type Folder = string | null;

const foldersOf = async (
  { calls }: Listing,
  libraries: readonly string[] | undefined,
  asked: Asked,
): Promise<Folder[]> => {
  if (!libraries) return EVERYWHERE;
  const { musicFolders } = await calls.read('getMusicFolders', {}, Folders, asked);
  const known = all(musicFolders?.musicFolder).map(({ id }) => String(id));
  return known.every((id) => libraries.includes(id)) ? EVERYWHERE : known.filter((id) => libraries.includes(id));
};

async function* artistPages(listing: Listing, folders: Folder[], from: number, asked: Asked) {
  const artists: SubsonicArtist[] = [];
  for (const folder of folders) artists.push(...(await artistsOf(listing, folder, asked)));
  yield* pages(cutList(artists, from), (row) => [artistOf(row)]);
}

/** All artists at once; the API has no pages of them. Some servers list one under several letters. */
const artistsOf = async ({ calls }: Listing, musicFolderId: Folder, asked: Asked): Promise<SubsonicArtist[]> => {
  const { artists } = await calls.read('getArtists', { musicFolderId }, Artists, asked);
  const rows = all(artists?.index).flatMap(({ artist }) => all(artist));
  return [...new Map(rows.map((row) => [String(row.id), row])).values()];
};

async function* albumPages(listing: Listing, folders: Folder[], from: number, asked: Asked) {
  const artists = new Set((await artistsOf(listing, null, asked)).map(({ id }) => `artist:${id}`));
  const homes = homesBefore([NO_ARTIST]);
  const lists = folders.map((folder) => albumsIn(listing, folder, asked));
  yield* pages(readLists(lists, from, listing.who), (row) => homes(albumOf(row, artists, listing.rated())));
}

const albumsIn =
  ({ calls }: Listing, musicFolderId: Folder, asked: Asked): Fetch<SubsonicAlbum> =>
  async (offset, size) => {
    const query = { type: 'alphabeticalByName', size, offset, musicFolderId };
    return all((await calls.read('getAlbumList2', query, Albums, asked)).albumList2?.album);
  };

async function* trackPages(listing: Listing, folders: Folder[], from: number, asked: Asked) {
  const albums: SubsonicAlbum[] = [];
  const albumLists = folders.map((folder) => albumsIn(listing, folder, asked));
  for await (const part of readLists(albumLists, 0, listing.who)) albums.push(...part.rows);
  const known = new Set(
    (folders === EVERYWHERE ? albums : await allAlbums(listing, asked)).map(({ id }) => `album:${id}`),
  );
  const homes = homesBefore([NO_ARTIST, NO_ALBUM]);
  const lists = folders.map((folder) => songsIn(listing, folder, asked));
  const searches = albums.length === 0 || (await Promise.all(lists.map((list) => list(0, 1)))).flat().length > 0;
  const parts = searches ? readLists(lists, from, listing.who) : songsByAlbum(listing, albums, from, asked);
  yield* pages(parts, (row) => (row.isVideo || row.isDir ? [] : homes(trackOf(row, known))));
}

const allAlbums = async (listing: Listing, asked: Asked): Promise<SubsonicAlbum[]> => {
  const albums: SubsonicAlbum[] = [];
  for await (const { rows } of readLists([albumsIn(listing, null, asked)], 0, listing.who)) albums.push(...rows);
  return albums;
};

/** An empty search finds all: OpenSubsonic demands it, most others do it. */
const songsIn =
  ({ calls }: Listing, musicFolderId: Folder, asked: Asked): Fetch<SubsonicSong> =>
  async (songOffset, songCount) => {
    const query = { query: '', songCount, songOffset, artistCount: 0, albumCount: 0, musicFolderId };
    return all((await calls.read('search3', query, Found, asked)).searchResult3?.song);
  };

/** Where an empty search finds nothing: album by album, counted by what the albums say of themselves. */
async function* songsByAlbum(
  { calls }: Listing,
  albums: SubsonicAlbum[],
  from: number,
  asked: Asked,
): AsyncGenerator<Part<SubsonicSong>> {
  const total = albums.reduce((sum, album) => sum + (album.songCount ?? 0), 0);
  let done = 0;
  let rows: SubsonicSong[] = [];
  for (const { id, songCount } of albums) {
    done += songCount ?? 0;
    if (done <= from) continue;
    const songs = all((await calls.read('getAlbum', { id }, OneAlbum, asked)).album?.song);
    rows.push(...songs.slice(Math.max(0, from - (done - (songCount ?? 0)))));
    if (rows.length < PAGE && done < total) continue;
    // An album of a thousand songs is given in several pages; only the last of them says that it is done.
    for (; rows.length > PAGE; rows = rows.slice(PAGE))
      yield { rows: rows.slice(0, PAGE), done: done - (songCount ?? 0), total };
    yield { rows, done, total };
    rows = [];
  }
  if (total === 0 || from >= total) yield { rows: [], done: total, total };
}

/** Puts what has no home of its own after the homes made up for it, where it comes first. */
const homesBefore = (homes: RemoteItem[]) => {
  let given = false;
  return (item: RemoteItem): RemoteItem[] => {
    const homeless = 'parentRemoteId' in item && homes.some(({ remoteId }) => remoteId === item.parentRemoteId);
    if (!homeless || given) return [item];
    given = true;
    return [...homes, item];
  };
};

/** Each item once, though it be in several folders or listed twice. */
async function* pages<R>(
  parts: Iterable<Part<R>> | AsyncIterable<Part<R>>,
  itemsOf: (row: R) => RemoteItem[],
): AsyncGenerator<RemotePage> {
  const seen = new Set<string>();
  const fresh = ({ remoteId }: RemoteItem) => seen.size !== seen.add(remoteId).size;
  for await (const { rows, done, total } of parts) {
    yield { items: rows.flatMap(itemsOf).filter(fresh), done, total };
  }
}
