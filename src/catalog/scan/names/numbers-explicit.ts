import {
  at,
  chain,
  isLines,
  isYearLike,
  NUMBER_END,
  numberPattern,
  seasonAndEpisode,
  upTo,
  withoutSeason,
} from './chain.ts';
import type { Numbering, Pattern } from './numbering.ts';
import { EPISODE_WORD, SEASON_WORD } from './seasons.ts';
import { AFTER, BEFORE, GAP, NUMBER, numberOf } from './shape.ts';

const ABSOLUTE_AFTER = /^[\s._-]*[[({]?(\d{3,4})(?:-(\d{3,4}))*[\])}]?(?=[\s._-]+\D|[\s._\])-]*$|-\p{L})/u;
const ABSOLUTE_BEFORE = /(?<dash>-\s*|[\s._])(\d{2,4})(?:-(\d{2,4}))?(?<behind>[\s._-]+)$/u;

/** Season and episodes, with the absolute numbers beside them: `S01E05 - 017`, `s16e03-04.313-314`, `214 10x14`. */
const withAbsolute = (match: RegExpExecArray, text: string, fans: boolean): Numbering => {
  const { season, episode } = match.groups ?? {};
  const { numbers, end } = chain(text, match.index + match[0].length, Number(episode));
  const found: Numbering = { start: match.index, end, season: Number(season), episodes: numbers, absolute: [] };
  const after = ABSOLUTE_AFTER.exec(text.slice(end));
  const counted = after ? fromTo([...after[0].matchAll(/\d+/g)].map(([digits]) => digits)) : [];
  if (counted.length === numbers.length) return { ...found, absolute: counted };
  const before = ABSOLUTE_BEFORE.exec(text.slice(0, match.index));
  if (!before || before.index === 0 || isYearLike(before[2])) return found;
  const isSetApart = before.groups?.dash?.startsWith('-') === true && before.groups.behind?.includes('-') === true;
  if (!isSetApart && !fans && before[3] === undefined) return found;
  const ahead = fromTo([before[2] ?? '', before[3] ?? before[2] ?? '']);
  return ahead.length === numbers.length ? { ...found, start: before.index, absolute: ahead } : found;
};

const fromTo = (digits: readonly string[]): number[] => {
  const [first, last] = [digits[0], digits.at(-1)];
  return digits.length === 1 && isYearLike(first) ? [] : upTo(Number(first), Number(last));
};

const inWords = (match: RegExpExecArray, text: string): Numbering | undefined => {
  const season = numberOf(match.groups?.season ?? '');
  if (season === undefined) return undefined;
  const { numbers, end } = chain(text, match.index + match[0].length, Number(match.groups?.episode));
  return { start: match.index, end, season, episodes: numbers, absolute: [] };
};

/** Numbers that say what they are, the surest first: the first that reads a name decides. */
export const explicit: readonly Pattern[] = [
  {
    example: 'Show.S01E02, s1e2, S01.E02, S06xE01, S01EP01, S15 E06, S01E02E03, S01E02-05, [S25E13], s03-e02, S06E01b',
    pattern: numberPattern(
      String.raw`${BEFORE}S(?<season>\d{1,4})[\s._-]{0,3}(?:xE|EP?\.?|x|Episode|Ep\.)[\s._]?(?<episode>\d{1,5})(?:v\d|[a-d](?=${GAP}))?${NUMBER_END}`,
    ),
    read: (match, text, { fans }) => withAbsolute(match, text, fans),
  },
  {
    example: '4x05, 01x02, 2009x09, 5x44x45, 1x02 - 1x03, [06x16], S2009x02; not 1280x720, 5x2 (2004)',
    pattern: numberPattern(
      String.raw`${BEFORE}S?(?<season>\d{1,2}|(?:19|20)\d\d)x(?<episode>\d{1,3})(?:v\d)?${NUMBER_END}`,
    ),
    read: (match, text, { fans, dated }) => (dated && match.index === 0 ? undefined : withAbsolute(match, text, fans)),
  },
  {
    example: 'Cap.408, [Cap.1503_1506] (Spain: season and episode in one number)',
    pattern: numberPattern(
      String.raw`${BEFORE}Cap\.?\s?(?<season>\d{1,2})(?<episode>\d{2})(?:[\s_-]\d{0,2}(?<last>\d{2}))?(?!\d)`,
    ),
    read: (match) => {
      const { season, episode, last } = match.groups ?? {};
      return at(match, { season: Number(season), episodes: upTo(Number(episode), Number(last ?? episode)) });
    },
  },
  {
    example:
      'Season 1 Episode 2, Season 39 ep11, Stagione 6 (2016) 720p Episodio 13, S2 (Ep 6), (Season 9 Episode 15), Se.3 afl.3',
    pattern: numberPattern(
      String.raw`${BEFORE}(?:(?:${SEASON_WORD}|se)${GAP}*|S)(?<season>${NUMBER})(?:[\s._,()-]+|[\s._,()-]+.{0,20}?${BEFORE})${EPISODE_WORD}[\s._]*(?<episode>\d{1,5})(?:v\d)?${NUMBER_END}`,
    ),
    read: inWords,
  },
  {
    example: 'Season 2 1of4: an episode',
    pattern: numberPattern(
      String.raw`${BEFORE}(?:(?:${SEASON_WORD})${GAP}*|S)(?<season>\d{1,2})${GAP}+(?<episode>\d{1,3})${GAP}?of${GAP}?\d{1,3}${AFTER}`,
    ),
    read: (match) => seasonAndEpisode(match),
  },
  {
    example: 'Season 3of5: a season',
    pattern: numberPattern(
      String.raw`${BEFORE}(?:${SEASON_WORD})${GAP}*(?<season>\d{1,2})${GAP}?of${GAP}?\d{1,2}${AFTER}`,
    ),
    read: (match) => at(match, { season: Number(match.groups?.season) }),
  },
  {
    example: 'Show S3 - 12, Show (Season 2) - 33, Show 2nd Season - 01 (fans number within a season)',
    pattern: numberPattern(
      String.raw`${BEFORE}[([]?(?:(?:S|(?:${SEASON_WORD})${GAP}*)(?<season>\d{1,2})|(?<ordinal>\d)(?:st|nd|rd|th)\sSeason)[)\]]?(?:\s*-\s*|\s*\[|\s*\]\[|\s+)(?<number>\d{2,4})(?:v\d)?(?=[\s.\])~-]|$)(?![\s]?[pi]${AFTER})`,
    ),
    read: (match, text) => {
      const { season, ordinal, number } = match.groups ?? {};
      if (isLines(number) || isYearLike(number)) return undefined;
      const { absolute, ...found } = withoutSeason(match, text);
      return { ...found, season: Number(season ?? ordinal), episodes: absolute, absolute: [] };
    },
  },
  {
    example: 'grp-zoos01e11, grp-zoos01e11e12: glued to the word before',
    pattern: numberPattern(String.raw`S(?<season>\d{2})E(?<episode>\d{2,3})${NUMBER_END}`),
    read: (match, text) => withAbsolute(match, text, false),
  },
  {
    example: 'E576, Ep01, EP06, Episode 366v2, Ep. 02, E01-E16, afl.3 en 4',
    pattern: numberPattern(String.raw`${BEFORE}(?:E|${EPISODE_WORD}[\s._]*)(?<number>\d{1,5})(?:\s?v\d)?${NUMBER_END}`),
    read: withoutSeason,
  },
  {
    example: '60.Bolum, 1. Bölüm, 79.BLM, 第05话, 857集, 第12話',
    pattern: numberPattern(String.raw`${BEFORE}(?:第\s?)?(?<number>\d{1,4})[\s._]*(?:b[oö]l[uü]m|blm|[话話集回화])`),
    read: withoutSeason,
  },
  {
    example: 'The Story of China 1 of 6, Show.03of10; not CD1of2',
    pattern: numberPattern(
      String.raw`(?<!CD|disc|part|S\d\d?[\s._-])${BEFORE}(?<number>\d{1,3})${GAP}?of${GAP}?\d{1,3}${AFTER}`,
    ),
    read: (match) => at(match, { absolute: [Number(match.groups?.number)] }),
  },
  {
    example:
      'S01, S02 Complete, S01-S03, Season 1, Saison VII, Seasons 1 & 2, S07D1, S01Extras: a season and no episode; not Open Season 2 (2009)',
    pattern: numberPattern(
      String.raw`${BEFORE}(?:S(?<short>\d{1,2}|(?:19|20)\d\d)(?:${GAP}?S\d\d|D(?:isc)?\d{1,2}|Extras)?(?![\p{L}\d])|(?:${SEASON_WORD})${GAP}*(?<long>(?!\d{4})${NUMBER})${AFTER}(?![\s.]+\(?(?:19|20)\d\d(?!\d)))`,
    ),
    read: (match) => {
      const season = numberOf(match.groups?.short ?? match.groups?.long ?? '');
      return season === undefined ? undefined : at(match, { season });
    },
  },
];
