import type { ExternalId } from '#catalog/incoming.ts';
import { type Instant, type Millis, SECOND } from '#kernel/clock.ts';
import type { RemoteItem, RemoteOpinion, RemoteState } from '#sync/media-server.ts';
import type { SubsonicAlbum, SubsonicArtist, SubsonicSong } from './answers.ts';

type Of<K extends RemoteItem['kind']> = Extract<RemoteItem, { kind: K }>;

export const artistOf = (artist: SubsonicArtist): Of<'artist'> => ({
  kind: 'artist',
  remoteId: `artist:${artist.id}`,
  path: null,
  facts: {
    title: clip(text(artist.name) ?? `Artist ${artist.id}`),
    ...given('sortTitle', clipped(artist.sortName)),
    externalIds: musicbrainz('musicbrainz', artist.musicBrainzId),
  },
  opinion: artistOpinion(artist),
});

/** Where albums without an artist are kept. */
export const NO_ARTIST: Of<'artist'> = {
  kind: 'artist',
  remoteId: 'artist:none',
  path: null,
  facts: { title: 'Unknown Artist', externalIds: [] },
};

/** Where tracks without an album are kept. */
export const NO_ALBUM: Of<'album'> = {
  kind: 'album',
  remoteId: 'album:none',
  parentRemoteId: NO_ARTIST.remoteId,
  path: null,
  facts: { title: 'Singles', externalIds: [] },
};

/** @param artists remote ids of the artists that the server listed */
export const albumOf = (album: SubsonicAlbum, artists: ReadonlySet<string>, rated: boolean): Of<'album'> => {
  const parent = `artist:${album.artistId}`;
  return {
    kind: 'album',
    remoteId: `album:${album.id}`,
    parentRemoteId: artists.has(parent) ? parent : NO_ARTIST.remoteId,
    path: null,
    facts: {
      title: clip(text(album.name) ?? text(album.title) ?? `Album ${album.id}`),
      ...described(album),
      externalIds: musicbrainz('musicbrainz-release', album.musicBrainzId),
    },
    opinion: albumOpinion(album, rated),
  };
};

/** @param albums remote ids of the albums that the server listed */
export const trackOf = (song: SubsonicSong, albums: ReadonlySet<string>): Of<'track'> => {
  const parent = `album:${song.albumId}`;
  return {
    kind: 'track',
    remoteId: `track:${song.id}`,
    parentRemoteId: albums.has(parent) ? parent : NO_ALBUM.remoteId,
    path: text(song.path) ?? null,
    facts: {
      title: clip(text(song.title) ?? `Track ${song.id}`),
      ...described(song),
      ...given('runtimeMs', length(song.duration)),
      ...given('discNumber', positive(song.discNumber)),
      ...given('trackNumber', positive(song.track)),
      externalIds: musicbrainz('musicbrainz', song.musicBrainzId),
    },
    ...trackStanding(song),
  };
};

/** Subsonic counts plays and knows no "watched" besides. */
export const trackStanding = (song: SubsonicSong): { state: RemoteState; opinion: RemoteOpinion } => {
  const playCount = positive(song.playCount) ?? 0;
  const positionMs = positive(song.bookmarkPosition);
  return {
    state: {
      watched: playCount > 0,
      playCount,
      lastPlayedAt: readTime(song.played) ?? null,
      position: positionMs === undefined ? null : { positionMs, durationMs: length(song.duration) ?? null },
    },
    opinion: { favourite: isStarred(song), rating: ratingOf(song) },
  };
};

/** @param rated whether the server tells ratings of albums: without OpenSubsonic none does */
export const albumOpinion = (album: SubsonicAlbum, rated: boolean): RemoteOpinion => ({
  favourite: isStarred(album),
  ...(rated ? { rating: ratingOf(album) } : {}),
});

export const artistOpinion = (artist: SubsonicArtist): RemoteOpinion => ({ favourite: isStarred(artist) });

/** ISO 8601; where a server gives no zone its clock is taken to be UTC's. undefined for what is no time. */
export const readTime = (told: string | null | undefined): Instant | undefined => {
  const written = text(told);
  if (written === undefined) return undefined;
  const at = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(written) ? written : `${written}Z`);
  // Servers of Go tell the year 1 for "never".
  return Number.isNaN(at) || at <= 0 ? undefined : at;
};

/** When does not matter; servers of Go may tell the year 1 for "never". */
const isStarred = ({ starred }: { starred?: string | null | undefined }): boolean =>
  !(text(starred) ?? '0001-').startsWith('0001-');

/** Of 1 to 5 stars. */
const ratingOf = ({ userRating }: { userRating?: number | null | undefined }): number | null => {
  const stars = positive(userRating);
  return stars === undefined ? null : Math.min(5, stars) * 2;
};

interface Described {
  year?: number | null | undefined;
  created?: string | null | undefined;
  genre?: string | null | undefined;
}

const described = ({ year, created, genre }: Described) => ({
  ...given('year', year && year >= 1800 && year <= 2200 ? Math.trunc(year) : undefined),
  ...given('addedAt', readTime(created)),
  ...given('genres', text(genre) ? [(text(genre) ?? '').slice(0, 100)] : undefined),
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const musicbrainz = (provider: string, value: string | null | undefined): ExternalId[] => {
  const id = text(value)?.toLowerCase() ?? '';
  return UUID.test(id) ? [{ provider, value: id }] : [];
};

const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });

const text = (value: string | null | undefined): string | undefined => value?.trim() || undefined;
/** No title of ours is longer. */
const clip = (value: string): string => (value.length > 500 ? `${value.slice(0, 499)}…` : value);
const clipped = (value: string | null | undefined) => {
  const told = text(value);
  return told === undefined ? undefined : clip(told);
};
const positive = (value: number | null | undefined) => (value && value > 0 ? Math.trunc(value) : undefined);
const length = (seconds: number | null | undefined): Millis | undefined =>
  seconds && seconds > 0 && seconds < 1e7 ? Math.round(seconds * SECOND) : undefined;
