import type { ExternalId } from '#catalog/incoming.ts';
import { type Millis, SECOND } from '#kernel/clock.ts';
import type { RemoteItem, RemoteOpinion, RemoteState } from '#sync/media-server.ts';
import type { KodiAlbum, KodiArtist, KodiEpisode, KodiMovie, KodiSeason, KodiShow, KodiSong } from './answers.ts';
import { type KodiZone, readKodiDay, readKodiTime } from './kodi-time.ts';

type Of<K extends RemoteItem['kind']> = Extract<RemoteItem, { kind: K }>;

export const movieOf = (movie: KodiMovie, zone: KodiZone): Of<'movie'> => ({
  kind: 'movie',
  remoteId: `movie:${movie.movieid}`,
  libraryRemoteId: 'movies',
  ...opined(movie),
  path: text(movie.file) ?? null,
  facts: {
    ...titled(movie, `Movie ${movie.movieid}`),
    ...work(movie, zone),
    ...given('tagline', text(movie.tagline)),
    ...given('runtimeMs', length(movie.runtime)),
    ...given('releasedAt', readKodiDay(movie.premiered ?? '')),
    externalIds: externalIds(movie.uniqueid),
    ...(text(movie.set) ? { collection: { title: clip(text(movie.set) ?? ''), externalIds: [] } } : {}),
  },
  state: stateOf(movie, zone),
});

export const showOf = (show: KodiShow, zone: KodiZone): Of<'series'> => ({
  kind: 'series',
  remoteId: `series:${show.tvshowid}`,
  libraryRemoteId: 'tvshows',
  ...opined(show),
  path: text(show.file) ?? null,
  facts: {
    ...titled(show, `Series ${show.tvshowid}`),
    ...work(show, zone),
    ...given('releasedAt', readKodiDay(show.premiered ?? '')),
    externalIds: externalIds(show.uniqueid),
  },
});

/** undefined for the "all seasons" entry, which is no season. */
export const seasonOf = (season: KodiSeason): Of<'season'> | undefined =>
  season.season < 0
    ? undefined
    : {
        kind: 'season',
        remoteId: `season:${season.seasonid}`,
        parentRemoteId: `series:${season.tvshowid}`,
        ...opined(season),
        path: null,
        facts: { title: seasonTitle(season), seasonNumber: season.season, externalIds: [] },
      };

/** @param holdsPosition false for the later ones of several episodes in one file, see `lists.ts` */
export const episodeOf = (episode: KodiEpisode, zone: KodiZone, holdsPosition: boolean): Of<'episode'> => {
  const state = stateOf(episode, zone);
  return {
    kind: 'episode',
    remoteId: `episode:${episode.episodeid}`,
    parentRemoteId: `series:${episode.tvshowid}`,
    ...opined(episode),
    path: text(episode.file) ?? null,
    facts: {
      ...titled(episode, `Episode ${episode.episode}`),
      seasonNumber: Math.max(0, episode.season),
      ...(episode.episode >= 0 ? { episodeNumber: episode.episode } : {}),
      ...given('overview', text(episode.plot)),
      ...given('runtimeMs', length(episode.runtime)),
      ...given('releasedAt', readKodiDay(episode.firstaired ?? '')),
      ...given('addedAt', readKodiTime(episode.dateadded ?? '', zone)),
      externalIds: externalIds(episode.uniqueid),
    },
    state: holdsPosition ? state : { ...state, position: null },
  };
};

export const artistOf = (artist: KodiArtist, zone: KodiZone): Of<'artist'> => ({
  kind: 'artist',
  remoteId: `artist:${artist.artistid}`,
  libraryRemoteId: 'music',
  path: null,
  facts: {
    title: clip(text(artist.artist) ?? text(artist.label) ?? `Artist ${artist.artistid}`),
    ...given('overview', text(artist.description)),
    ...given('addedAt', readKodiTime(artist.dateadded ?? '', zone)),
    externalIds: musicbrainz('musicbrainz', list(artist.musicbrainzartistid)[0]),
  },
});

/** Where albums without an artist are kept. */
export const NO_ARTIST: Of<'artist'> = {
  kind: 'artist',
  remoteId: 'artist:none',
  libraryRemoteId: 'music',
  path: null,
  facts: { title: 'Unknown Artist', externalIds: [] },
};

export const albumOf = (album: KodiAlbum, zone: KodiZone, artists: ReadonlySet<string>): Of<'album'> => ({
  kind: 'album',
  remoteId: `album:${album.albumid}`,
  parentRemoteId:
    (album.artistid ?? []).map((id) => `artist:${id}`).find((id) => artists.has(id)) ?? NO_ARTIST.remoteId,
  ...opined(album),
  path: null,
  facts: {
    // Kodi keeps songs without an album in albums without a title.
    title: clip(text(album.title) ?? 'Singles'),
    ...given('year', year(album.year)),
    ...given('addedAt', readKodiTime(album.dateadded ?? '', zone)),
    externalIds: [
      ...musicbrainz('musicbrainz', text(album.musicbrainzreleasegroupid)),
      ...musicbrainz('musicbrainz-release', text(album.musicbrainzalbumid)),
    ],
  },
});

export const songOf = (song: KodiSong, zone: KodiZone): Of<'track'> => ({
  kind: 'track',
  remoteId: `track:${song.songid}`,
  parentRemoteId: `album:${song.albumid}`,
  ...opined(song),
  path: text(song.file) ?? null,
  facts: {
    ...titled(song, `Track ${song.songid}`),
    ...given('year', year(song.year)),
    ...given('runtimeMs', length(song.duration)),
    ...given('discNumber', positive(song.disc)),
    ...given('trackNumber', positive(song.track)),
    ...given('addedAt', readKodiTime(song.dateadded ?? '', zone)),
    externalIds: musicbrainz('musicbrainz', text(song.musicbrainztrackid)),
  },
  state: stateOf(song, zone),
});

export interface Stateful {
  playcount?: number | null;
  lastplayed?: string | null;
  runtime?: number | null;
  resume?: { position?: number | null; total?: number | null } | null;
}

/** Watched is what Kodi counts as played; a date alone also stands on what was only begun. */
export const stateOf = (item: Stateful, zone: KodiZone): RemoteState => {
  const playCount = Math.max(0, Math.trunc(item.playcount ?? 0));
  const at = length(item.resume?.position);
  const duration = length(item.resume?.total) ?? length(item.runtime) ?? null;
  return {
    watched: playCount > 0,
    playCount,
    lastPlayedAt: readKodiTime(item.lastplayed ?? '', zone) ?? null,
    position: at === undefined ? null : { positionMs: at, durationMs: duration },
  };
};

/** Kodi has whole stars of ten, 0 for none; what it was not asked for it does not tell. */
export const opinionOf = ({ userrating }: Rated): RemoteOpinion | undefined =>
  userrating == null ? undefined : { rating: userrating >= 1 && userrating <= 10 ? Math.trunc(userrating) : null };

export interface Rated {
  userrating?: number | null;
}

const opined = (item: Rated) => given('opinion', opinionOf(item));

interface Work {
  originaltitle?: string | null;
  sorttitle?: string | null;
  plot?: string | null;
  mpaa?: string | null;
  year?: number | null;
  dateadded?: string | null;
  tag?: string | string[] | null;
  genre?: string | string[] | null;
}

const work = (item: Work, zone: KodiZone) => ({
  ...given('originalTitle', clipped(item.originaltitle)),
  ...given('sortTitle', clipped(item.sorttitle)),
  ...given('overview', text(item.plot)),
  ...given('year', year(item.year)),
  ...given('contentRating', text(item.mpaa)?.slice(0, 40)),
  ...given('addedAt', readKodiTime(item.dateadded ?? '', zone)),
  ...given('tags', names(item.tag)),
  ...given('genres', names(item.genre)),
});

const names = (told: string | string[] | null | undefined): string[] | undefined => {
  const all = list(told);
  return all.length === 0 ? undefined : all.map((name) => name.slice(0, 100)).slice(0, 50);
};

const titled = (item: { title?: string | null; label?: string | null }, otherwise: string) => ({
  title: clip(text(item.title) ?? text(item.label) ?? otherwise),
});

/** Kodi makes up "Season 1" where a season has no name; such a name, in whatever language, says no more than its number. */
const seasonTitle = ({ title, season }: KodiSeason): string => {
  const told = text(title) ?? '';
  const madeUp = season === 0 ? /^specials$/i.test(told) : new RegExp(`^\\P{N}+ 0*${season}$`, 'u').test(told);
  return madeUp ? '' : clip(told);
};

const PROVIDERS: Record<string, RegExp> = {
  imdb: /^tt\d{5,12}$/,
  tmdb: /^\d{1,12}$/,
  tvdb: /^\d{1,12}$/,
  tvmaze: /^\d{1,12}$/,
  anidb: /^\d{1,12}$/,
};

/** Ids of known providers in their own form; Kodi's add-ons also write "unknown" and their own words there. */
const externalIds = (uniqueid: Record<string, unknown> | null | undefined): ExternalId[] =>
  Object.entries(uniqueid ?? {})
    .map(([provider, value]) => ({ provider: provider.toLowerCase(), value: String(value).trim().toLowerCase() }))
    .filter(({ provider, value }) => PROVIDERS[provider]?.test(value) && value !== '0')
    .sort((one, other) => (one.provider < other.provider ? -1 : 1));

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const musicbrainz = (provider: string, value: string | undefined): ExternalId[] =>
  value && UUID.test(value.toLowerCase()) ? [{ provider, value: value.toLowerCase() }] : [];

const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });

const text = (value: string | null | undefined): string | undefined => value?.trim() || undefined;
/** No title of ours is longer. */
const clip = (value: string): string => (value.length > 500 ? `${value.slice(0, 499)}…` : value);
const clipped = (value: string | null | undefined) => {
  const told = text(value);
  return told === undefined ? undefined : clip(told);
};
const list = (value: string | string[] | null | undefined): string[] =>
  (typeof value === 'string' ? [value] : (value ?? [])).map((one) => one.trim()).filter((one) => one !== '');
const positive = (value: number | null | undefined) => (value && value > 0 ? Math.trunc(value) : undefined);
const year = (value: number | null | undefined) =>
  value && value >= 1800 && value <= 2200 ? Math.trunc(value) : undefined;
/** Seconds to milliseconds; nothing and less than nothing say that it is not known. */
const length = (seconds: number | null | undefined): Millis | undefined =>
  seconds && seconds > 0 && seconds < 1e7 ? Math.round(seconds * SECOND) : undefined;
