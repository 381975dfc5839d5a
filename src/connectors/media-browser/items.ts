import type {
  IncomingEpisode,
  IncomingFacts,
  IncomingMovie,
  IncomingSeries,
  IncomingTrack,
} from '#catalog/incoming.ts';
import type { Millis } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { RemoteItem, RemoteKind, RemoteState } from '#sync/media-server.ts';
import type { Item } from './answers.ts';
import { externalIdsOf } from './external-ids.ts';
import { opinionOf, stateOf } from './standing.ts';
import { fromTicks, plainId, readDay, readInstant } from './units.ts';

type Of<K extends RemoteKind> = Extract<RemoteItem, { kind: K }>;

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

export const isMadeUp = (remoteId: string): boolean =>
  remoteId === NO_ARTIST.remoteId || remoteId === NO_ALBUM.remoteId;

/** What an episode hangs from of which the series is not told: nothing, so a person will decide. */
const NO_SERIES = 'series:none';

/**
 * An entry of a list in the port's words; undefined: it is nothing to keep (a missing episode, a season without a number).
 * Much is read at once: fields are set one by one, for spreading would cost more than all else.
 * @throws ConnectorError `bad_answer` when a leaf does not say how it stands: to take it for unwatched would be a lie
 */
export const itemOf = (kind: RemoteKind, item: Item, library: string | undefined): RemoteItem | undefined => {
  const made = makers[kind](item);
  if (!made) return undefined;
  if (library !== undefined) made.libraryRemoteId = library;
  if (item.UserData) made.opinion = opinionOf(item.UserData);
  return made;
};

const makers: { [K in RemoteKind]: (item: Item) => Of<K> | undefined } = {
  movie: (item) => (isMissing(item) ? undefined : movieOf(item)),
  series: (item) => ({ kind: 'series', remoteId: plainId(item.Id), path: pathOf(item), facts: seriesFacts(item) }),
  season: (item) => seasonOf(item),
  episode: (item) => (isMissing(item) ? undefined : episodeOf(item)),
  artist: (item) => ({
    kind: 'artist',
    remoteId: plainId(item.Id),
    path: pathOf(item),
    facts: described(item, { title: titleOf(item), externalIds: externalIdsOf(item.ProviderIds, 'artist') }),
  }),
  album: (item) => ({
    kind: 'album',
    remoteId: plainId(item.Id),
    parentRemoteId: artistIdOf(item),
    path: pathOf(item),
    facts: described(item, { title: titleOf(item), externalIds: externalIdsOf(item.ProviderIds, 'album') }),
  }),
  track: (item) => (isMissing(item) ? undefined : trackOf(item)),
};

/** An entry for what is known to exist but is not there. Containers without a folder of their own are called so as well. */
const isMissing = ({ LocationType }: Item): boolean => LocationType === 'Virtual';

const movieOf = (item: Item): Of<'movie'> => {
  const facts: IncomingMovie = { title: titleOf(item), externalIds: externalIdsOf(item.ProviderIds, 'video') };
  const tagline = text(item.Taglines?.[0]);
  if (tagline !== undefined) facts.tagline = tagline;
  return {
    kind: 'movie',
    remoteId: plainId(item.Id),
    path: pathOf(item),
    facts: described(item, facts),
    state: leafState(item),
  };
};

const seriesFacts = (item: Item): IncomingSeries => {
  const facts: IncomingSeries = { title: titleOf(item), externalIds: externalIdsOf(item.ProviderIds, 'video') };
  const status = statuses[item.Status ?? ''];
  if (status !== undefined) facts.status = status;
  return described(item, facts);
};

const statuses: Record<string, IncomingSeries['status']> = {
  Continuing: 'continuing',
  Ended: 'ended',
  Unreleased: 'upcoming',
};

/** undefined for "Season Unknown", in which the servers gather episodes that tell no season. */
const seasonOf = (item: Item): Of<'season'> | undefined => {
  const number = whole(item.IndexNumber);
  if (number === undefined || !item.SeriesId) return undefined;
  const facts = { title: seasonTitle(item, number), seasonNumber: number, externalIds: seasonIds(item) };
  return {
    kind: 'season',
    remoteId: plainId(item.Id),
    parentRemoteId: plainId(item.SeriesId),
    path: pathOf(item),
    facts: described(item, facts),
  };
};

/** A season's IMDb id is its series'; no season has one of its own. */
const seasonIds = (item: Item) =>
  externalIdsOf(item.ProviderIds, 'video').filter(({ provider }) => provider !== 'imdb');

const episodeOf = (item: Item): Of<'episode'> => ({
  kind: 'episode',
  remoteId: plainId(item.Id),
  parentRemoteId: item.SeriesId ? plainId(item.SeriesId) : NO_SERIES,
  path: pathOf(item),
  facts: described(item, episodeFacts(item)),
  state: leafState(item),
});

/**
 * Where the season is not told, the number counts through the whole series (anime is often filed so); the episode stands
 * among the specials until something tells more, for there must be a season.
 */
const episodeFacts = (item: Item): IncomingEpisode => {
  const season = whole(item.ParentIndexNumber);
  const number = whole(item.IndexNumber);
  const facts: IncomingEpisode = {
    title: clip(text(item.Name) ?? ''),
    seasonNumber: season ?? 0,
    externalIds: externalIdsOf(item.ProviderIds, 'video'),
  };
  if (number === undefined) return facts;
  if (season === undefined) {
    facts.absoluteNumber = number;
    return facts;
  }
  facts.episodeNumber = number;
  const last = whole(item.IndexNumberEnd);
  if (last !== undefined && last > number) facts.episodeNumberEnd = last;
  return facts;
};

const trackOf = (item: Item): Of<'track'> => {
  const facts: IncomingTrack = { title: titleOf(item), externalIds: externalIdsOf(item.ProviderIds, 'track') };
  const disc = whole(item.ParentIndexNumber);
  if (disc) facts.discNumber = disc;
  const number = whole(item.IndexNumber);
  if (number) facts.trackNumber = number;
  return {
    kind: 'track',
    remoteId: plainId(item.Id),
    parentRemoteId: item.AlbumId ? plainId(item.AlbumId) : NO_ALBUM.remoteId,
    path: pathOf(item),
    facts: described(item, facts),
    state: leafState(item),
  };
};

const artistIdOf = ({ AlbumArtists }: Item): string => {
  const id = AlbumArtists?.[0]?.Id;
  return id === undefined || id === null || id === '' ? NO_ARTIST.remoteId : plainId(String(id));
};

const leafState = (item: Item): RemoteState => {
  if (item.UserData) return stateOf(item.UserData, item.RunTimeTicks);
  throw new ConnectorError(
    'bad_answer',
    `The server did not tell how “${titleOf(item)}” (${item.Id}) stands for the account; nothing was taken for unwatched.`,
  );
};

/** Adds what is told of works of any kind. */
const described = <F extends IncomingFacts>(item: Item, facts: F): F => {
  const original = text(item.OriginalTitle);
  if (original !== undefined) facts.originalTitle = clip(original);
  const overview = text(item.Overview);
  if (overview !== undefined) facts.overview = overview;
  const year = item.ProductionYear;
  if (year && year >= 1800 && year <= 2200) facts.year = Math.trunc(year);
  const released = readDay(item.PremiereDate);
  if (released !== undefined) facts.releasedAt = released;
  const length = lengthOf(item);
  if (length !== undefined) facts.runtimeMs = length;
  const rating = text(item.OfficialRating);
  if (rating !== undefined) facts.contentRating = rating.slice(0, 40);
  const added = readInstant(item.DateCreated);
  if (added !== undefined) facts.addedAt = added;
  const genres = names(item.Genres);
  if (genres) facts.genres = genres;
  const tags = names(item.Tags?.length ? item.Tags : item.TagItems?.map((tag) => tag.Name ?? ''));
  if (tags) facts.tags = tags;
  return facts;
};

/** The length of a container is the sum or the average of its leaves: nothing of its own. */
const lengthOf = ({ RunTimeTicks: ticks, IsFolder }: Item): Millis | undefined =>
  ticks && ticks > 0 && IsFolder !== true ? fromTicks(ticks) : undefined;

const titleOf = (item: Item): string => clip(text(item.Name) ?? `${item.Type ?? 'Item'} ${item.Id}`);

/** The servers make up "Season 1" in their own language where a season has no name; that says no more than its number. */
const seasonTitle = ({ Name }: Item, season: number): string => {
  const told = text(Name) ?? '';
  const madeUp = season === 0 ? /^specials$/i.test(told) : MADE_UP.exec(told)?.[1] === String(season);
  return madeUp ? '' : clip(told);
};
const MADE_UP = /^\P{N}+ 0*(\d+)$/u;

const names = (told: readonly string[] | null | undefined): string[] | undefined => {
  if (!told || told.length === 0) return undefined;
  const kept = told.map((name) => name.trim().slice(0, 100)).filter((name) => name !== '');
  return kept.length === 0 ? undefined : kept.slice(0, 50);
};

const pathOf = ({ Path }: Item): string | null => text(Path) ?? null;
const text = (value: string | null | undefined): string | undefined => value?.trim() || undefined;
/** No title of ours is longer. */
const clip = (value: string): string => (value.length > 500 ? `${value.slice(0, 499)}…` : value);
const whole = (value: number | null | undefined): number | undefined =>
  typeof value === 'number' && value >= 0 ? Math.trunc(value) : undefined;
