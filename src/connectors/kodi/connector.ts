import type { Clock } from '#kernel/clock.ts';
import type {
  Capabilities,
  Connection,
  Connector,
  MediaServer,
  RemoteItem,
  RemoteKind,
  RemoteLibrary,
  RemotePage,
} from '#sync/media-server.ts';
import { Album, Artist, Episode, Movie, Season, Show, Song, Total } from './answers.ts';
import { albumOf, artistOf, episodeOf, movieOf, NO_ARTIST, seasonOf, showOf, songOf } from './items.ts';
import type { KodiZone } from './kodi-time.ts';
import { listing, readList } from './listing.ts';
import { createKodiRpc, type KodiRpc, type RpcLimits } from './rpc.ts';
import { findZone, verifyKodi } from './verify.ts';

const capabilities: Capabilities = {
  kinds: ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'],
  // Kodi's profiles are whole installations; the one that is open is all that can be seen.
  accounts: 'single',
  reads: ['watched', 'playCount', 'lastPlayedAt', 'position'],
  writes: ['watched', 'playCount', 'lastPlayedAt', 'position'],
  positionStepMs: 1000,
};

/** Kodi 18 and later, through its JSON-RPC over HTTP. */
export const createKodiConnector = ({ clock, limits }: { clock: Clock; limits?: RpcLimits }): Connector => ({
  kind: 'kodi',
  label: 'Kodi',
  connect: (connection) => connect(connection, clock, limits),
});

const connect = (connection: Connection, clock: Clock, limits?: RpcLimits): MediaServer => {
  const rpc = createKodiRpc(connection, limits);
  const artists = new Set<string>();
  let zone: Promise<KodiZone> | undefined;
  const zoneOnce = (signal: AbortSignal): Promise<KodiZone> => {
    zone ??= findZone(rpc, connection, clock, signal).then(({ zone }) => zone);
    return zone;
  };
  return {
    capabilities,
    verify: (signal) => verifyKodi(rpc, connection, clock, signal),
    accounts: async () => [{ remoteId: 'kodi', name: connection.userName ?? 'Kodi' }],
    libraries: (signal) => libraries(rpc, signal),
    items: async function* ({ kind }, signal) {
      yield* readers[kind](rpc, await zoneOnce(signal), artists, signal);
    },
  };
};

const shelves = [
  { remoteId: 'movies', name: 'Movies', kind: 'movies', method: 'VideoLibrary.GetMovies' },
  { remoteId: 'tvshows', name: 'TV shows', kind: 'series', method: 'VideoLibrary.GetTVShows' },
  { remoteId: 'music', name: 'Music', kind: 'music', method: 'AudioLibrary.GetSongs' },
] as const;

/** Kodi has folders, not libraries: one of each sort stands for all of them, where there is anything in it. */
const libraries = async (rpc: KodiRpc, signal: AbortSignal): Promise<RemoteLibrary[]> => {
  const found: RemoteLibrary[] = [];
  for (const { method, ...shelf } of shelves) {
    const { limits } = await rpc.call(method, { limits: { start: 0, end: 1 } }, Total, signal);
    if (limits.total > 0) found.push({ ...shelf, count: limits.total });
  }
  return found;
};

const played = ['playcount', 'lastplayed', 'dateadded', 'file'];
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

const movies = listing('VideoLibrary.GetMovies', 'movies', Movie, [
  ...described,
  ...played,
  ...['tagline', 'runtime', 'resume', 'set'],
]);
const shows = listing('VideoLibrary.GetTVShows', 'tvshows', Show, [...described, 'file', 'dateadded']);
const seasons = listing('VideoLibrary.GetSeasons', 'seasons', Season, ['season', 'tvshowid', 'title']);
const episodes = listing('VideoLibrary.GetEpisodes', 'episodes', Episode, [
  ...['title', 'plot', 'tvshowid', 'season', 'episode', 'firstaired', 'uniqueid', 'runtime', 'resume'],
  ...played,
]);
const artists = listing(
  'AudioLibrary.GetArtists',
  'artists',
  Artist,
  ['description', 'musicbrainzartistid', 'dateadded'],
  { albumartistsonly: true },
);
const albums = listing(
  'AudioLibrary.GetAlbums',
  'albums',
  Album,
  ['title', 'artistid', 'year', 'musicbrainzalbumid', 'musicbrainzreleasegroupid', 'dateadded'],
  { includesingles: true },
);
const songs = listing('AudioLibrary.GetSongs', 'songs', Song, [
  ...['title', 'albumid', 'track', 'disc', 'duration', 'year', 'musicbrainztrackid'],
  ...played,
]);

type Reading = (rpc: KodiRpc, zone: KodiZone, artists: Set<string>, signal: AbortSignal) => AsyncGenerator<RemotePage>;

const readers: Record<RemoteKind, Reading> = {
  movie: async function* (rpc, zone, _, signal) {
    for await (const part of readList(rpc, movies, signal)) yield page(part, (row) => movieOf(row, zone));
  },
  series: async function* (rpc, zone, _, signal) {
    for await (const part of readList(rpc, shows, signal)) yield page(part, (row) => showOf(row, zone));
  },
  season: async function* (rpc, _zone, _, signal) {
    for await (const part of readList(rpc, seasons, signal)) yield page(part, seasonOf);
  },
  episode: async function* (rpc, zone, _, signal) {
    // Kodi keeps count, date and resume point by file. Several episodes in one file are all watched when it is; where one
    // stopped in it is told of the first of them alone, in the file's own time, so that nothing is in progress twice.
    const files = new Set<string>();
    const firstOf = (file: string) => files.size !== files.add(file).size;
    for await (const part of readList(rpc, episodes, signal)) {
      yield page(part, (row) => episodeOf(row, zone, !row.file || firstOf(row.file)));
    }
  },
  artist: async function* (rpc, zone, known, signal) {
    for await (const part of readList(rpc, artists, signal)) {
      const given = page(part, (row) => artistOf(row, zone));
      for (const artist of given.items) known.add(artist.remoteId);
      yield given;
    }
  },
  album: async function* (rpc, zone, known, signal) {
    for await (const part of readList(rpc, albums, signal)) {
      const given = page(part, (row) => albumOf(row, zone, known));
      const homeless = given.items.some((item) => item.kind === 'album' && item.parentRemoteId === NO_ARTIST.remoteId);
      yield homeless ? { ...given, items: [NO_ARTIST, ...given.items] } : given;
    }
  },
  track: async function* (rpc, zone, _, signal) {
    for await (const part of readList(rpc, songs, signal)) yield page(part, (row) => songOf(row, zone));
  },
};

const page = <R>(
  part: { rows: R[]; done: number; total: number },
  itemOf: (row: R) => RemoteItem | undefined,
): RemotePage => ({
  items: part.rows.flatMap((row) => itemOf(row) ?? []),
  done: part.done,
  total: part.total,
});
