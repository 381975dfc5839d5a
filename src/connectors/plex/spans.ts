import type { PlexMetadata } from './answers.ts';
import { pathOf } from './items.ts';
import { integerOf, keyOf } from './values.ts';

/** So many episodes in one file at the most; more is a number that means something else. */
const LONGEST = 5;

/**
 * The last episode of a file that holds several, as its name tells: 5 of `Show - S01E04-E05.mkv`.
 * @returns undefined where the file holds only the episode that it was matched to, or its name does not fit that
 */
export const lastEpisodeIn = (path: string, season: number, episode: number): number | undefined => {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const [, inSeason, first, more = ''] =
    /(?:^|[^a-z0-9])s(\d{1,3})[ ._-]?e(\d{1,4})((?:[ ._]?-?[ ._]?e\d{1,4}|-\d{1,4}(?![\dpi]))+)/i.exec(name) ?? [];
  if (Number(inSeason) !== season || Number(first) !== episode) return undefined;
  const last = Math.max(...(more.match(/\d+/g) ?? []).map(Number));
  return last > episode && last - episode < LONGEST ? last : undefined;
};

/**
 * Finds files of several episodes of which Plex matched only the first. Normally each of them is an entry of its own,
 * with its own state; then nothing is to be added.
 * @param season reads the entries of a season, by its id
 */
export const createSpans = (season: (seasonKey: string) => Promise<PlexMetadata[]>) => {
  const seasons = new Map<string, Promise<PlexMetadata[]>>();
  const seasonOnce = (key: string): Promise<PlexMetadata[]> => {
    const known = seasons.get(key) ?? season(key);
    seasons.set(key, known);
    return known;
  };
  return {
    /** @param page the entries around it, which often settle it */
    lastEpisodeOf: async (row: PlexMetadata, page: readonly PlexMetadata[]): Promise<number | undefined> => {
      const last = spanOf(row);
      const key = keyOf(row.parentRatingKey);
      if (last === undefined || key === undefined || page.some((other) => isWithin(other, row, last))) return undefined;
      return (await seasonOnce(key)).some((other) => isWithin(other, row, last)) ? undefined : last;
    },
  };
};

const spanOf = (row: PlexMetadata): number | undefined => {
  const episode = integerOf(row.index);
  return episode === undefined ? undefined : lastEpisodeIn(pathOf(row) ?? '', integerOf(row.parentIndex) ?? 0, episode);
};

const isWithin = (other: PlexMetadata, row: PlexMetadata, last: number): boolean => {
  const number = integerOf(other.index) ?? -1;
  return (
    keyOf(other.parentRatingKey) === keyOf(row.parentRatingKey) &&
    number > (integerOf(row.index) ?? 0) &&
    number <= last
  );
};
