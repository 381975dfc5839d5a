import type { ExternalId } from './incoming.ts';

/** Names by which sources call the same provider. */
const aliases: Record<string, string> = {
  imdbid: 'imdb',
  themoviedb: 'tmdb',
  moviedb: 'tmdb',
  tmdbid: 'tmdb',
  thetvdb: 'tvdb',
  tvdbid: 'tvdb',
  mbid: 'musicbrainz',
};

/** Kodi's word for an id of which it does not know the provider. */
const NO_PROVIDER = 'unknown';

/**
 * Brings an external id into the one form in which it is kept: provider in lower case under its usual name, imdb as `tt`
 * and at least seven digits, tmdb and tvdb as a number without leading zeros.
 * @returns undefined where it is none of that provider
 */
export const normaliseExternalId = ({ provider, value }: ExternalId): ExternalId | undefined => {
  const told = provider.trim().toLowerCase();
  const name = aliases[told] ?? told;
  if (name === NO_PROVIDER || !/^[a-z0-9][a-z0-9_.-]{0,39}$/.test(name)) return undefined;
  const text = normalValue(name, value.trim());
  return text === undefined ? undefined : { provider: name, value: text };
};

/** Normalises a list: invalid ones and repetitions are dropped. */
export const normaliseExternalIds = (ids: readonly ExternalId[]): ExternalId[] => {
  const known = new Map<string, ExternalId>();
  for (const id of ids) {
    const normal = normaliseExternalId(id);
    if (normal) known.set(`${normal.provider} ${normal.value}`, normal);
  }
  return [...known.values()];
};

/** Whether two lists name different works: some provider gives both a name, and none in common. */
export const contradict = (some: readonly ExternalId[], others: readonly ExternalId[]): boolean =>
  some.some(({ provider }) => {
    const theirs = others.filter((id) => id.provider === provider);
    const ours = some.filter((id) => id.provider === provider);
    return theirs.length > 0 && !theirs.some((id) => ours.some((own) => own.value === id.value));
  });

const normalValue = (provider: string, value: string): string | undefined => {
  switch (provider) {
    case 'imdb': {
      const digits = /^tt0*(\d{1,10})$/i.exec(value)?.[1];
      return digits === undefined || digits === '0' ? undefined : `tt${digits.padStart(7, '0')}`;
    }
    case 'tmdb':
    case 'tvdb':
      return /^0*([1-9]\d{0,9})$/.exec(value)?.[1];
    default: {
      const text = provider.startsWith('musicbrainz') ? value.toLowerCase() : value;
      return printable.test(text) ? text : undefined;
    }
  }
};

/** 1 to 200 characters, none of them a control character. */
const printable = /^\P{C}{1,200}$/u;
