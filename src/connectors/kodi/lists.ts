import type { ItemsQuery, RemoteItem, RemoteKind, RemoteLibrary, RemotePage } from '#sync/media-server.ts';
import { Album, Artist, Episode, Movie, Season, Show, Song, Total } from './answers.ts';
import { albumOf, artistOf, episodeOf, movieOf, NO_ARTIST, seasonOf, showOf, songOf } from './items.ts';
import type { KodiZone } from './kodi-time.ts';
import { listing, type Part, readList } from './listing.ts';
import type { KodiRpc } from './rpc.ts';

const shelves = [
  { remoteId: 'movies', name: 'Movies', kind: 'movies', method: 'VideoLibrary.GetMovies' },
  { remoteId: 'tvshows', name: 'TV shows', kind: 'series', method: 'VideoLibrary.GetTVShows' },
  { remoteId: 'music', name: 'Music', kind: 'music', method: 'AudioLibrary.GetSongs' },
] as const;

/** Kodi has folders, not libraries: one of each sort stands for all of them, where there is anything in it. */
export const readLibraries = async (rpc: KodiRpc, signal: AbortSignal): Promise<RemoteLibrary[]> => {
  const found: RemoteLibrary[] = [];
  for (const { method, ...shelf } of shelves) {
    const { limits } = await rpc.call(method, { limits: { start: 0, end: 1 } }, Total, signal);
    if (limits.total > 0) found.push({ ...shelf, count: limits.total });
  }
  return found;
};

/** All entries of a kind, page by page, in the order of their ids. */
export async function* readItems(
  rpc: KodiRpc,
  zone: KodiZone,
  { kind, libraries, from = 0 }: ItemsQuery,
  signal: AbortSignal,
): AsyncGenerator<RemotePage> {
  if (libraries && !libraries.includes(shelfOf[kind])) yield { items: [], done: 0, total: 0 };
  else yield* readers[kind]({ rpc, zone, from, signal });
}

const shelfOf: Record<RemoteKind, (typeof shelves)[number]['remoteId']> = {
  movie: 'movies',
  series: 'tvshows',
  season: 'tvshows',
  episode: 'tvshows',
  artist: 'music',
  album: 'music',
  track: 'music',
};

const played = ['playcount', 'lastplayed', 'userrating', 'dateadded', 'file'];
const described = [
  'title',
  'originaltitle',
  'sorttitle',
  'plot',
  'mpaa',
  'year',
  'premiered',
  'uniqueid',
  'tag',
  'genre',
];

export const movies = listing('VideoLibrary.GetMovies', 'movies', Movie, [
  ...described,
  ...played,
  ...['tagline', 'runtime', 'resume', 'set'],
]);
const shows = listing('VideoLibrary.GetTVShows', 'tvshows', Show, [...described, 'userrating', 'file', 'dateadded']);
const seasons = listing('VideoLibrary.GetSeasons', 'seasons', Season, ['season', 'tvshowid', 'title', 'userrating']);
export const episodes = listing('VideoLibrary.GetEpisodes', 'episodes', Episode, [
  ...['title', 'plot', 'tvshowid', 'season', 'episode', 'firstaired', 'uniqueid', 'runtime', 'resume'],
  ...played,
]);
/** The least that an episode's row is checked for, and its file. */
const episodeFiles = listing('VideoLibrary.GetEpisodes', 'episodes', Episode, [
  'tvshowid',
  'season',
  'episode',
  'file',
]);
const albumArtists = { albumartistsonly: true };
const artists = listing(
  'AudioLibrary.GetArtists',
  'artists',
  Artist,
  ['description', 'musicbrainzartistid', 'dateadded'],
  albumArtists,
);
const artistIds = listing('AudioLibrary.GetArtists', 'artists', Artist, [], albumArtists);
const albums = listing(
  'AudioLibrary.GetAlbums',
  'albums',
  Album,
  ['title', 'artistid', 'year', 'userrating', 'musicbrainzalbumid', 'musicbrainzreleasegroupid', 'dateadded'],
  { includesingles: true },
);
export const songs = listing('AudioLibrary.GetSongs', 'songs', Song, [
  ...['title', 'albumid', 'track', 'disc', 'duration', 'year', 'musicbrainztrackid'],
  ...played,
]);

interface Reading {
  rpc: KodiRpc;
  zone: KodiZone;
  from: number;
  signal: AbortSignal;
}

const readers: Record<RemoteKind, (reading: Reading) => AsyncGenerator<RemotePage>> = {
  movie: async function* ({ rpc, zone, from, signal }) {
    for await (const part of readList(rpc, movies, signal, from)) yield page(part, (row) => movieOf(row, zone));
  },
  series: async function* ({ rpc, zone, from, signal }) {
    for await (const part of readList(rpc, shows, signal, from)) yield page(part, (row) => showOf(row, zone));
  },
  season: async function* ({ rpc, from, signal }) {
    for await (const part of readList(rpc, seasons, signal, from)) yield page(part, seasonOf);
  },
  episode: async function* (reading) {
    const { rpc, zone, from, signal } = reading;
    const isFirst = firstOfFile();
    for (const file of await filesBefore(reading)) isFirst(file);
    for await (const part of readList(rpc, episodes, signal, from)) {
      yield page(part, (row) => episodeOf(row, zone, isFirst(row.file)));
    }
  },
  artist: async function* ({ rpc, zone, from, signal }) {
    for await (const part of readList(rpc, artists, signal, from)) yield page(part, (row) => artistOf(row, zone));
  },
  album: async function* ({ rpc, zone, from, signal }) {
    const known = new Set<string>();
    for await (const { rows } of readList(rpc, artistIds, signal)) {
      for (const { artistid } of rows) known.add(`artist:${artistid}`);
    }
    for await (const part of readList(rpc, albums, signal, from)) {
      const given = page(part, (row) => albumOf(row, zone, known));
      const homeless = given.items.some((item) => item.kind === 'album' && item.parentRemoteId === NO_ARTIST.remoteId);
      yield homeless ? { ...given, items: [NO_ARTIST, ...given.items] } : given;
    }
  },
  track: async function* ({ rpc, zone, from, signal }) {
    for await (const part of readList(rpc, songs, signal, from)) yield page(part, (row) => songOf(row, zone));
  },
};

/**
 * Says of each episode, in the order of their ids, whether it is the first in its file. Kodi keeps count, date and resume
 * point by file. Several episodes in one file are all watched when it is; where one stopped in it is told of the first of
 * them alone, in the file's own time, so that nothing is in progress twice.
 */
export const firstOfFile = (): ((file: string | null | undefined) => boolean) => {
  const files = new Set<string>();
  return (file) => !file || files.size !== files.add(file).size;
};

/** The files of the episodes that were given before. */
const filesBefore = async ({ rpc, from, signal }: Reading): Promise<(string | null | undefined)[]> => {
  const files: (string | null | undefined)[] = [];
  if (from === 0) return files;
  for await (const { rows } of readList(rpc, episodeFiles, signal)) {
    files.push(...rows.map(({ file }) => file));
    if (files.length >= from) break;
  }
  return files.slice(0, from);
};

const page = <R>({ rows, done, total }: Part<R>, itemOf: (row: R) => RemoteItem | undefined): RemotePage => ({
  items: rows.flatMap((row) => itemOf(row) ?? []),
  done,
  total,
});
