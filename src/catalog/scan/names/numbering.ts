import { bare, inSeason } from './numbers-bare.ts';
import { explicit } from './numbers-explicit.ts';

/** Which episodes a name says it holds, and where it says so. */
export interface Numbering {
  /** The first character of it, and the one after its last. */
  start: number;
  end: number;
  season?: number;
  /** By season; empty where only a season or absolute numbers are told. */
  episodes: number[];
  /** Counted through all seasons, or without a season ("Bleach - 312"). */
  absolute: number[];
}

/** What is known of a name when its bare numbers are judged. */
export interface Surroundings {
  /** Fans made it (a group in brackets in front, subtitles of theirs): bare numbers are episodes. */
  fans: boolean;
  /** It was shown on television: bare numbers are episodes, of three digits season and episode. */
  television: boolean;
  /** A year stands in it outside of dates: a bare number may be part of a film's title. */
  dated: boolean;
  /** It lies in a season folder: a leading number is an episode. */
  inSeason: boolean;
}

/** One way of writing numbers. */
export interface Pattern {
  /** Names that it reads. */
  example: string;
  /** Global and sticky-free; every place it fits is tried. */
  pattern: RegExp;
  /** undefined: it looked right and was not. */
  read(match: RegExpExecArray, text: string, around: Surroundings): Numbering | undefined;
}

/**
 * Finds what a name says of season and episode: first what is spelled out, then what the folder makes plain, then bare
 * numbers. Numbers told without a season are `absolute`; who knows the season takes them for its episodes.
 */
export const findNumbering = (text: string, around: Surroundings): Numbering | undefined => {
  const [leading, behind] = [inSeason.slice(0, 2), inSeason.slice(2)];
  return (
    firstRead(explicit, text, around) ??
    (around.inSeason ? firstRead(leading, text, around) : undefined) ??
    firstRead(bare, text, around) ??
    (around.inSeason ? firstRead(behind, text, around) : undefined)
  );
};

const firstRead = (table: readonly Pattern[], text: string, around: Surroundings): Numbering | undefined => {
  for (const { pattern, read } of table) {
    for (const match of text.matchAll(pattern)) {
      const found = read(match, text, around);
      if (found) return found;
    }
  }
  return undefined;
};
