import type { Numbering } from './numbering.ts';
import { GAP } from './shape.ts';

/** The end of a number: no digit or letter after it, unless the letter begins the next number (`E02E03`). */
export const NUMBER_END = String.raw`(?!\d|(?!(?:xE|EP?|x)\d)\p{L})`;
/** No file holds more episodes than a season of dailies. */
const MOST = 400;

/** One number more after the first: `E03`, `-03`, `x03`, `+02`, ` & S01E02`, ` - 1x03`, ` ~ 10`; not `x265`, `- 1.5`. */
const FURTHER = new RegExp(
  String.raw`(?:[\s._]*(?<joint>[-~+&]|(?:to|and|en|et|und)(?=[\s._]))?[\s._]*(?:S?\d{1,4}${GAP}?(?:xE|E|x)|S\d{1,4}\.?EP?|xE|EP?|x(?!26[3-6]))[.]?(?<marked>\d{1,5})|(?<bare>[-~+]|\s~\s|\s&\s)(?<number>\d{1,4}))(?:v\d)?${NUMBER_END}(?!\.\d{1,2}(?!\d|\p{L}))`,
  'iuy',
);

/** Reads on from `at` while more numbers of the same file follow: all of them, rising, and where they end. */
export const chain = (text: string, at: number, first: number): { numbers: number[]; end: number } => {
  const numbers = [first];
  let end = at;
  let joinedBy = '';
  for (;;) {
    FURTHER.lastIndex = end;
    const { marked, number, joint, bare } = FURTHER.exec(text)?.groups ?? {};
    const next = Number(marked ?? number);
    const last = numbers.at(-1) ?? first;
    if (Number.isNaN(next) || next <= last || next - last > MOST) break;
    // "1-23-45" is a time of day or a title, not three episodes.
    if (number !== undefined && number.length === 1 && text[FURTHER.lastIndex] === '-') break;
    numbers.push(next);
    joinedBy = joint?.toLowerCase() ?? bare?.trim() ?? '';
    end = FURTHER.lastIndex;
  }
  const isRange = numbers.length === 2 && ['-', '~', 'to'].includes(joinedBy);
  return { numbers: isRange ? upTo(first, numbers[1] ?? first) : numbers, end };
};

/** All numbers from the first to the last; the first alone where that is no range. */
export const upTo = (first: number, last: number): number[] =>
  last >= first && last - first <= MOST
    ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
    : [first];

/** A numbering that stands where the match does. */
export const at = (match: RegExpExecArray, found: Partial<Numbering>): Numbering => ({
  start: match.index,
  end: match.index + match[0].length,
  episodes: [],
  absolute: [],
  ...found,
});

/** Reads the group `number`, and what follows it, as numbers without a season. */
export const withoutSeason = (match: RegExpExecArray, text: string): Numbering => {
  const { numbers, end } = chain(text, match.index + match[0].length, Number(match.groups?.number));
  return { start: match.index, end, episodes: [], absolute: numbers };
};

/** Reads the groups `season` and `episode` as they stand. */
export const seasonAndEpisode = (match: RegExpExecArray): Numbering | undefined => {
  const { season, episode } = match.groups ?? {};
  return Number(episode) === 0 ? undefined : at(match, { season: Number(season), episodes: [Number(episode)] });
};

export const isYearLike = (digits: string | undefined): boolean =>
  digits !== undefined && /^(19[2-9]\d|20[0-4]\d)$/.test(digits);
/** Lines of a picture are no episode. */
export const isLines = (digits: string | undefined): boolean =>
  digits !== undefined && /^(480|540|576|720|1080|1440|2160)$/.test(digits);

export const numberPattern = (source: string): RegExp => new RegExp(source, 'giu');
