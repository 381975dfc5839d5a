import type { RemoteItem, RemoteKind } from '#sync/media-server.ts';
import type { PlexMetadata } from './answers.ts';
import { externalIdsOf } from './external-ids.ts';
import { opinionOf, stateOf } from './standing.ts';
import { clip, dayOf, given, instantOf, integerOf, keyOf, lengthOf, textOf } from './values.ts';

/** How Plex calls a kind, by name and by number. */
export const plexTypes: Record<RemoteKind, { name: string; number: number; section: string }> = {
  movie: { name: 'movie', number: 1, section: 'movie' },
  series: { name: 'show', number: 2, section: 'show' },
  season: { name: 'season', number: 3, section: 'show' },
  episode: { name: 'episode', number: 4, section: 'show' },
  artist: { name: 'artist', number: 8, section: 'artist' },
  album: { name: 'album', number: 9, section: 'artist' },
  track: { name: 'track', number: 10, section: 'artist' },
};

/**
 * An entry of a library in the port's words; several versions of it are one entry, with the path of the first.
 * @param lastEpisode of those that its one file holds and that Plex did not match
 * @returns undefined for what has no id, hangs from nothing or is of another kind, such as a collection among the movies
 */
export const itemOf = (
  kind: RemoteKind,
  row: PlexMetadata,
  libraryRemoteId: string,
  lastEpisode?: number,
): RemoteItem | undefined => {
  const remoteId = keyOf(row.ratingKey);
  if (remoteId === undefined || (row.type ?? plexTypes[kind].name) !== plexTypes[kind].name) return undefined;
  const remote = { remoteId, libraryRemoteId, path: pathOf(row), opinion: opinionOf(row) };
  if (kind === 'movie') return { ...remote, kind, facts: movieFacts(row, remoteId), state: stateOf(row) };
  if (kind === 'series') return { ...remote, kind, facts: workFacts(kind, row, `Series ${remoteId}`) };
  if (kind === 'artist') return { ...remote, kind, facts: workFacts(kind, row, `Artist ${remoteId}`) };
  const parentRemoteId = keyOf(kind === 'episode' ? row.grandparentRatingKey : row.parentRatingKey);
  if (parentRemoteId === undefined) return undefined;
  const hanging = { ...remote, parentRemoteId };
  switch (kind) {
    case 'season':
      return { ...hanging, path: null, kind, facts: seasonFacts(row) };
    case 'episode':
      return { ...hanging, kind, facts: episodeFacts(row, lastEpisode), state: stateOf(row) };
    case 'album':
      return { ...hanging, kind, facts: workFacts(kind, row, `Album ${remoteId}`) };
    case 'track':
      return { ...hanging, kind, facts: trackFacts(row), state: stateOf(row) };
  }
};

/** Of the first part of the first version; folders of series and artists. */
export const pathOf = (row: PlexMetadata): string | null =>
  textOf(row.Media?.[0]?.Part?.[0]?.file) ?? textOf(row.Location?.[0]?.path) ?? null;

const workFacts = (kind: RemoteKind, row: PlexMetadata, otherwise: string) => ({
  title: clip(textOf(row.title) ?? otherwise),
  ...given('originalTitle', clipped(row.originalTitle)),
  ...given('sortTitle', clipped(row.titleSort)),
  ...given('overview', textOf(row.summary)),
  ...given('year', yearOf(row)),
  ...given('releasedAt', dayOf(row.originallyAvailableAt)),
  ...given('contentRating', textOf(row.contentRating)?.slice(0, 40)),
  ...given('addedAt', instantOf(row.addedAt)),
  ...given('genres', namesOf(row.Genre)),
  // People collect by hand what they like under one name; that makes no box set of it.
  ...given('tags', namesOf(row.Collection)),
  externalIds: externalIdsOf(kind, row),
});

const movieFacts = (row: PlexMetadata, remoteId: string) => ({
  ...workFacts('movie', row, `Movie ${remoteId}`),
  ...given('tagline', textOf(row.tagline)),
  ...given('runtimeMs', lengthOf(row.duration)),
});

const seasonFacts = (row: PlexMetadata) => {
  const seasonNumber = numberFrom0(row.index) ?? 0;
  return {
    title: seasonTitle(row, seasonNumber),
    ...given('overview', textOf(row.summary)),
    ...given('addedAt', instantOf(row.addedAt)),
    seasonNumber,
    externalIds: externalIdsOf('season', row),
  };
};

/** Plex makes up "Season 1", in the language of the library, where a season has no name: it says no more than the number. */
const seasonTitle = ({ title }: PlexMetadata, season: number): string => {
  const told = textOf(title) ?? '';
  const madeUp = season === 0 ? /^specials$/i.test(told) : new RegExp(`^\\P{N}+ 0*${season}$`, 'u').test(told);
  return madeUp ? '' : clip(told);
};

const episodeFacts = (row: PlexMetadata, lastEpisode: number | undefined) => {
  const episodeNumber = numberFrom0(row.index);
  return {
    ...workFacts('episode', row, `Episode ${episodeNumber ?? keyOf(row.ratingKey)}`),
    ...given('runtimeMs', lengthOf(row.duration)),
    seasonNumber: numberFrom0(row.parentIndex) ?? 0,
    ...given('episodeNumber', episodeNumber),
    ...given('episodeNumberEnd', lastEpisode),
  };
};

const trackFacts = (row: PlexMetadata) => ({
  title: clip(textOf(row.title) ?? `Track ${keyOf(row.ratingKey)}`),
  ...given('year', yearOf(row)),
  ...given('runtimeMs', lengthOf(row.duration)),
  ...given('addedAt', instantOf(row.addedAt)),
  ...given('trackNumber', numberFrom0(row.index) || undefined),
  ...given('discNumber', numberFrom0(row.parentIndex) || undefined),
  externalIds: externalIdsOf('track', row),
});

const clipped = (told: string | null | undefined): string | undefined => {
  const text = textOf(told);
  return text === undefined ? undefined : clip(text);
};

const yearOf = ({ year }: PlexMetadata): number | undefined => {
  const value = integerOf(year) ?? 0;
  return value >= 1800 && value <= 2200 ? value : undefined;
};

const numberFrom0 = (told: number | string | null | undefined): number | undefined => {
  const value = integerOf(told);
  return value !== undefined && value >= 0 && value < 100_000 ? value : undefined;
};

const namesOf = (tags: PlexMetadata['Genre']): string[] | undefined => {
  const names = (tags ?? []).flatMap(({ tag }) => textOf(tag)?.slice(0, 100) ?? []).slice(0, 50);
  return names.length === 0 ? undefined : [...new Set(names)];
};
