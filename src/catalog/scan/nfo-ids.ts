import type { ExternalId } from '../incoming.ts';
import type { NfoDocument } from './nfo.ts';
import { all, attribute, type NfoElement, text } from './nfo-xml.ts';

/** Whose ids name works; a program's own numbers (sonarr, emby) do not. With what a value of each looks like. */
const PROVIDERS: Record<string, RegExp> = {
  imdb: /^tt\d{7,9}$/,
  tmdb: /^\d{1,9}$/,
  tvdb: /^\d{1,9}$/,
  tvmaze: /^\d{1,9}$/,
  tvrage: /^\d{1,9}$/,
  trakt: /^\d{1,9}$/,
  anidb: /^\d{1,9}$/,
  anilist: /^\d{1,9}$/,
  musicbrainz: /^[0-9a-f-]{36}$/,
};
const OTHER_NAMES: Record<string, string> = {
  themoviedb: 'tmdb',
  thetvdb: 'tvdb',
  moviedb: 'tmdb',
  musicbrainzalbum: 'musicbrainz',
};

/** Adds an id unless one of its provider is there already or it is malformed. */
export const addId = (ids: ExternalId[], { provider, value }: ExternalId): void => {
  const named = OTHER_NAMES[provider.toLowerCase()] ?? provider.toLowerCase();
  const wellFormed = PROVIDERS[named]?.test(value) === true && value !== '0';
  if (wellFormed && !ids.some((known) => known.provider === named)) ids.push({ provider: named, value });
};

/** All ids of an element: `uniqueid`s first (the default before others), then the older single elements. */
export const idsOf = (kind: NfoDocument['kind'], element: NfoElement): ExternalId[] => {
  const ids: ExternalId[] = [];
  const unique = all(element.uniqueid).toSorted((one, other) => Number(isDefault(other)) - Number(isDefault(one)));
  for (const one of unique) addId(ids, { provider: attribute(one, 'type') ?? '', value: text(one) ?? '' });
  for (const provider of ['imdb', 'tmdb', 'tvdb']) {
    for (const value of [element[`${provider}id`], element[`${provider}_id`], element[provider]])
      addId(ids, { provider, value: text(value) ?? '' });
  }
  for (const value of [element.musicbrainzalbumid, element.musicbrainzartistid, element.musicBrainzArtistID]) {
    addId(ids, { provider: 'musicbrainz', value: text(value) ?? '' });
  }
  addPlainId(ids, kind, element);
  return ids;
};

const isDefault = (element: unknown): boolean => attribute(element, 'default') === 'true';

/** `<id>`: imdb's where it looks like it; a series' bare number is tvdb's, as Kodi 16 and Sonarr write it. */
const addPlainId = (ids: ExternalId[], kind: NfoDocument['kind'], element: NfoElement): void => {
  for (const one of all(element.id)) {
    const value = text(one) ?? '';
    if (value.startsWith('tt')) addId(ids, { provider: 'imdb', value });
    else if (kind === 'series') addId(ids, { provider: 'tvdb', value });
    addId(ids, { provider: 'tmdb', value: attribute(one, 'TMDB') ?? attribute(one, 'moviedb') ?? '' });
    addId(ids, { provider: 'imdb', value: attribute(one, 'IMDB') ?? '' });
    addId(ids, { provider: 'tvdb', value: attribute(one, 'TVDB') ?? '' });
  }
};

const ADDRESSES: readonly { provider: string; pattern: RegExp }[] = [
  // https://www.imdb.com/title/tt0944947/
  { provider: 'imdb', pattern: /imdb\.[a-z]+\/(?:[a-z]{2}\/)?title\/(tt\d{7,9})/i },
  // https://www.themoviedb.org/movie/30287-fallo, …/tv/1399
  { provider: 'tmdb', pattern: /themoviedb\.org\/(?:movie|tv)\/(\d{1,9})/i },
  // http://thetvdb.com/?tab=series&id=79216, https://thetvdb.com/dereferrer/series/79216
  { provider: 'tvdb', pattern: /thetvdb\.com\/(?:\S*[?&]id=|dereferrer\/(?:series|movie)\/)(\d{1,9})/i },
];

/** The ids in addresses of the work. */
export const linkedIds = (content: string): ExternalId[] => {
  const ids: ExternalId[] = [];
  for (const { provider, pattern } of ADDRESSES) addId(ids, { provider, value: pattern.exec(content)?.[1] ?? '' });
  return ids;
};
