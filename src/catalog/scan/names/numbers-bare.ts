import { at, isLines, isYearLike, numberPattern, seasonAndEpisode, upTo, withoutSeason } from './chain.ts';
import type { Pattern } from './numbering.ts';
import { AFTER, NUMBER, numberOf } from './shape.ts';

const startsWithZero = (digits: string | undefined): boolean => digits?.startsWith('0') === true;

const range = (match: RegExpExecArray) => {
  const { number, last } = match.groups ?? {};
  return at(match, { absolute: upTo(Number(number), Number(last ?? number)) });
};

/** Numbers that do not say what they are: what stands around them must. The surest first. */
export const bare: readonly Pattern[] = [
  {
    example: 'Show - 145 [720p], Show - 031 - Name, Show_-_02(DVD), Show - 01-12, Show - 12.5; not Area - 51 (2015)',
    pattern: numberPattern(
      String.raw`\s*[\s.](?:-|~)[\s.]+(?<number>\d{2,4})(?:\.5)?(?:v\d)?(?=[\s.\[(~-]|$)(?!\s?[pi]${AFTER})`,
    ),
    read: (match, text, { fans, dated }) => {
      const { number } = match.groups ?? {};
      const behind = text.slice(match.index + match[0].length);
      const surely = fans || startsWithZero(number) || /^\s*-|^\s*\(\d/.test(behind);
      if (match.index === 0 || isYearLike(number) || (isLines(number) && !fans) || (dated && !surely)) return undefined;
      return withoutSeason(match, text);
    },
  },
  {
    example: 'Title [01][1080p], Title [12END], Title (01-25), Title {01}',
    pattern: numberPattern(
      String.raw`[\[({](?:第)?(?<number>\d{2,4})(?:-(?<last>\d{2,4}))?(?:v\d|\s?END|\s?Fin|完|话|話|集)?[\])}]`,
    ),
    read: (match, _text, { fans }) => {
      const { number, last } = match.groups ?? {};
      if (match.index === 0 || isYearLike(number)) return undefined;
      if (last !== undefined) return range(match);
      const isDoubtful = isLines(number) || match[0].startsWith('(') || /^\[\d{3}\]$/.test(match[0]);
      return isDoubtful && !fans ? undefined : range(match);
    },
  },
  {
    example: 'Show 13-16, Show 091-123 [1080p], 493-498',
    pattern: numberPattern(String.raw`(?<=[\p{L}!?)][\s.]+)(?<number>\d{2,4}|1)-(?<last>\d{2,4})(?=[\s.\[(]|$)`),
    read: (match) => {
      const { number, last } = match.groups ?? {};
      return Number(last) <= Number(number) || isYearLike(number) ? undefined : range(match);
    },
  },
  {
    example: 'The Office [401] Fun Run: season and episode',
    pattern: numberPattern(String.raw`\[(?<season>\d)(?<episode>\d\d)\]`),
    read: (match, _text, { fans }) => (match.index > 0 && !fans ? seasonAndEpisode(match) : undefined),
  },
  {
    example: 'new.girl.117.hdtv, the.100.109.hdtv: season and episode, as television groups write it',
    pattern: numberPattern(String.raw`(?<=[^\s.][\s.]+)(?<season>0?[1-9]|[1-3]\d)(?<episode>\d\d)(?=[\s.\[]|$)`),
    read: (match, text, { television, fans }) => {
      const digits = match[0];
      const more = /^[\s.]+\d{3,4}[\s.]+(?:hdtv|pdtv)/i.test(text.slice(match.index + digits.length));
      return !television || fans || more || isLines(digits) || isYearLike(digits) ? undefined : seasonAndEpisode(match);
    },
  },
  {
    example: 'Series.2005.211.episode.title: season and episode after the year of a series',
    pattern: numberPattern(String.raw`(?<=[\s.](?:19|20)\d\d[\s.]+)(?<season>[1-9])(?<episode>\d\d)(?=[\s.]+\p{L})`),
    read: (match) => (isLines(match[0]) ? undefined : seasonAndEpisode(match)),
  },
  {
    example: '[Group] Show 08 [1080p], [Group] One Piece 679 [VOSTFR], Show 445 VOSTFR, [Group]Show-01[720p]',
    pattern: numberPattern(
      String.raw`(?<=[\p{L}\p{N}!?)'.][\s.]*[\s.-])(?<number>\d{2,4})(?:v\d)?(?=[\s.]*[\[(]|[\s.]*$|[\s.]+(?:VOST|HD|SD|[\p{L}][\p{L}\s.]+\[))`,
    ),
    read: (match, text, { fans, dated }) => {
      const { number } = match.groups ?? {};
      return !fans || dated || isYearLike(number) || isLines(number) ? undefined : withoutSeason(match, text);
    },
  },
  {
    example: 'Show.02.FRENCH.DVDRip, Neverwhere.05.Down.Street, Wolf 001: a zero in front',
    pattern: numberPattern(String.raw`(?<=[\p{L}!?)][\s.-]+)(?<number>0\d{1,2})(?:v\d)?(?=[\s.]|$)(?![\s.]\d)`),
    read: (match, text, { dated, fans }) => (dated && !fans ? undefined : withoutSeason(match, text)),
  },
  {
    example: 'Test.13.HDTV, FooBar.7v3.PDTV: right before the source',
    pattern: numberPattern(String.raw`(?<=[\p{L}!?)][\s.]+)(?<number>\d{1,2})(?:v\d)?(?=[\s.]+(?:HD|PD|SD)TV)`),
    read: (match, text, { dated }) => (dated || /^\d$/.test(match[0]) ? undefined : withoutSeason(match, text)),
  },
  {
    example: 'Show.Part.Two.720p.HDTV, Show Part01 720p HDTV: a mini-series on television',
    pattern: numberPattern(
      String.raw`(?<=[\p{L}\p{N}][\s.]+)Part[\s.]?(?<part>${NUMBER})(?=[\s.]+(?:\d{3,4}p|HDTV|PDTV))`,
    ),
    read: (match, _text, { television }) => {
      const part = numberOf(match.groups?.part ?? '');
      return television && part !== undefined ? at(match, { absolute: [part] }) : undefined;
    },
  },
  {
    example: '01 - Ep Name, 003. Show - Ep Name, 003-004. Show, 03-Criminal.Minds, [Group] 12 - Tari Tari',
    pattern: numberPattern(
      String.raw`^[\s.]*(?<number>\d{2,3})(?:-(?<last>\d{2,3}))?(?:v\d)?(?:\s?-\s?|\.\s+)(?=\S*\p{L})`,
    ),
    read: (match, _text, { fans, television, dated }) =>
      (fans || television || startsWithZero(match.groups?.number)) && !dated ? range(match) : undefined,
  },
];

/** What a file may leave to its season folder: the first two where it begins with a number, the rest where nothing else was found. */
export const inSeason: readonly Pattern[] = [
  {
    example: '1-12 - The Woman: season and episode',
    pattern: numberPattern(String.raw`^(?<season>\d{1,2})-(?<episode>\d{2,3})(?=\s*-\s)`),
    read: (match) =>
      Number(match.groups?.season) < Number(match.groups?.episode) && !startsWithZero(match.groups?.season)
        ? seasonAndEpisode(match)
        : undefined,
  },
  {
    example: '02 - blah, 2. Infestation, 02-04 - blah, 12.avi, 16 - 12 Some Title',
    pattern: numberPattern(String.raw`^(?<number>\d{1,4})(?:-(?<last>\d{1,4}))?(?:v\d)?(?=\s*-\s|\.\s|[\s.-]|$)`),
    read: (match) => {
      const { number } = match.groups ?? {};
      return isYearLike(number) || isLines(number) ? undefined : range(match);
    },
  },
  {
    example: 'Show - 2 - blah, Show 02, One Piece 1001',
    pattern: numberPattern(
      String.raw`(?<=[\s.-])(?<number>\d{1,4})(?:-(?<last>\d{1,4}))?(?:v\d)?(?=\s*-|[\s.]*[\[(]|\s*$)`,
    ),
    read: (match) => (isYearLike(match.groups?.number) ? undefined : range(match)),
  },
];
