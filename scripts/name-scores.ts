/**
 * How well release names are read: runs the parser over the recorded cases of other programs' tests and prints, for each
 * suite, how many cases apply and the share of each field that comes out right.
 *
 *     node scripts/name-scores.ts [folder] [--wrong SUITE]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ParsedName, parseReleaseName } from '#catalog/scan/release-name.ts';
import { fold } from '#kernel/text.ts';

/** One name and what it should be read as; only what is told is judged. */
export interface Case {
  input: string;
  expected: {
    titles?: string[];
    year?: number;
    season?: number;
    episodes?: number[];
    first?: number;
    last?: number;
    absolute?: number[];
    date?: string;
  };
}

type Field = 'title' | 'year' | 'season' | 'episodes' | 'all';

export interface Verdict extends Case {
  parsed: ParsedName;
  right: Partial<Record<Field, boolean>>;
}

export interface Suite {
  name: string;
  file: string;
  read(line: unknown): Case[];
}

type Values = Record<string, unknown>;

/** Judges one case. Titles are compared folded. */
const score = (one: Case): Verdict => {
  const { input, expected } = one;
  const parsed = parseReleaseName(input, { latestYear: 2027 });
  const right: Verdict['right'] = {};
  if (expected.titles) right.title = expected.titles.some((title) => sameTitle(title, parsed));
  if (expected.year !== undefined) right.year = parsed.year === expected.year || parsed.season === expected.year;
  if (expected.season !== undefined) right.season = seasonOf(expected.season, parsed) === expected.season;
  const episodes = episodesRight(expected, parsed);
  if (episodes !== undefined) right.episodes = episodes;
  right.all = Object.values(right).every(Boolean);
  return { ...one, parsed, right };
};

/** A number without a season is told as season 1 by some, as none (0) by others. */
const seasonOf = (wanted: number, { season, absolute }: ParsedName): number =>
  season ?? (wanted === 1 && absolute ? 1 : 0);

/** A number without a season may be told either way: which it is, only the catalog knows. */
const episodesRight = (
  { episodes, absolute, first, last, date, season }: Case['expected'],
  parsed: ParsedName,
): boolean | undefined => {
  const judged: boolean[] = [];
  const either = [parsed.episodes, parsed.absolute];
  if (date !== undefined) judged.push(parsed.date === date);
  if (episodes)
    judged.push(
      (season === undefined || (season === 1 && parsed.season === undefined) ? either : [parsed.episodes]).some(
        (numbers) => same(numbers, episodes),
      ),
    );
  if (absolute) judged.push(either.some((numbers) => same(numbers, absolute)));
  if (first !== undefined) judged.push(either.some((numbers) => numbers?.[0] === first));
  if (last !== undefined) judged.push(either.some((numbers) => (numbers?.length ?? 0) > 1 && numbers?.at(-1) === last));
  return judged.length === 0 ? undefined : judged.every(Boolean);
};

const same = (found: number[] | undefined, wanted: number[]): boolean =>
  found !== undefined && found.length === wanted.length && found.every((number, index) => number === wanted[index]);

/** The year and the season may be told inside the title ("Series Title 2010", "Title S3") or beside it: the same fact. */
const sameTitle = (wanted: string, { title, year, season }: ParsedName): boolean => {
  const ways = [title, `${title} ${year}`, `${title} S${season}`, `${title} ${year} S${season}`, `${title} 2nd Season`];
  return ways.some((way) => fold(way) === fold(wanted));
};

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const listOf = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Takes the absent out of an expectation; gives nothing where nothing is left to judge. */
const caseOf = (input: string, told: { [K in keyof Case['expected']]?: Case['expected'][K] | undefined }): Case[] => {
  const expected = Object.fromEntries(
    Object.entries(told).filter(([, value]) => value !== undefined),
  ) as Case['expected'];
  return Object.keys(expected).length === 0 ? [] : [{ input, expected }];
};

const COUNTRIES: Record<string, string> = { 'United Kingdom': 'UK', GB: 'UK' };
const PARTS: Record<number, string> = { 3: 'III', 6: 'VI' };

/** guessit parts a title from its other names and its country; ours may keep them together. */
const guessit =
  (typed: boolean) =>
  (line: unknown): Case[] => {
    if (!isRecord(line) || !isRecord(line.expected) || typeof line.input !== 'string') return [];
    const { expected } = line;
    const isTyped = expected.type === 'movie' || expected.type === 'episode';
    if (isTyped !== typed || expected.options !== undefined || line.input.startsWith('-')) return [];
    const title = textOf(expected.title);
    const behind = [
      ...listOf(expected.alternative_title),
      ...listOf(expected.country).map((country) => COUNTRIES[String(country)] ?? country),
      ...listOf(expected.part).map((part) => `Part ${PARTS[Number(part)] ?? part}`),
    ].map(String);
    const episodes = listOf(expected.episode).flatMap((number) => numberOf(number) ?? []);
    const absolute = listOf(expected.absolute_episode).flatMap((number) => numberOf(number) ?? []);
    const seasons = listOf(expected.season);
    return caseOf(line.input.replace(/^\+/, ''), {
      titles:
        title === undefined
          ? undefined
          : [
              title,
              ...(expected.part === undefined ? [] : [`${title} Part ${expected.part}`, `${title} Part Three`]),
              ...behind.map((_, index) => [title, ...behind.slice(0, index + 1)].join(' ')),
            ],
      year: numberOf(expected.year),
      season: numberOf(seasons[0]),
      episodes: episodes.length > 0 ? episodes : undefined,
      absolute: absolute.length > 0 ? absolute : undefined,
      date: textOf(expected.date),
    });
  };

/** The recorded rows of the other suites: parameter names and their arguments. */
const namedArguments = (line: unknown): { test: string; file: string; values: Values } | undefined => {
  if (!isRecord(line) || !Array.isArray(line.params) || !Array.isArray(line.args)) return undefined;
  const { params, args } = line;
  return {
    test: String(line.test),
    file: String(line.file),
    values: Object.fromEntries(params.map((param, index) => [String(param), args[index]])),
  };
};

const numbersIn = (value: unknown): number[] | undefined => {
  if (Array.isArray(value)) return value.flatMap((number) => numberOf(number) ?? []);
  if (!isRecord(value) || typeof value.expr !== 'string') return undefined;
  return [...(/\{([^}]*)\}/.exec(value.expr)?.[1] ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
};

const day = ({ year, month, day: date }: Values): string | undefined =>
  [year, month, date].every((part) => typeof part === 'number')
    ? [String(year), String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')
    : undefined;

/** Release names are no paths: a slash in one stands between two titles. */
const asName = (input: string, isPath: boolean): string => (isPath ? input : input.replaceAll('/', ' | '));

const positive = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

const range = (first: unknown, last: unknown): number[] | undefined => {
  if (typeof first !== 'number' || typeof last !== 'number') return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

const sonarr = (line: unknown): Case[] => {
  const { values, file = '', test = '' } = namedArguments(line) ?? {};
  const input = textOf(values?.postTitle) ?? textOf(values?.path);
  if (
    !values ||
    input === undefined ||
    !/ParserTests\/(Absolute|Daily|MiniSeries|MultiEpisode|Parser|Path|Season|Single|Unicode|Anime|Url)/.test(file) ||
    /language|quality|releasetitle|parse_series_name/.test(test)
  )
    return [];
  const special = /special/.test(test);
  const episode = positive(values.episodeNumber) ?? positive(values.episode);
  const first = positive(values.absoluteEpisodeNumber);
  const season = positive(values.seasonNumber) ?? positive(values.season);
  const title = textOf(values.title) ?? textOf(values.titleWithoutYear);
  return caseOf(asName(input, 'path' in values), {
    titles: title === undefined || title === '' ? undefined : [title],
    year: 'month' in values ? undefined : positive(values.year),
    season,
    episodes: special ? undefined : (numbersIn(values.episodes) ?? (episode === undefined ? undefined : [episode])),
    absolute:
      numbersIn(values.absoluteEpisodeNumbers) ??
      range(values.firstAbsoluteEpisodeNumber, values.lastAbsoluteEpisodeNumber) ??
      (first === undefined ? undefined : [first]),
    date: day(values) ?? textOf(values.airdate),
  });
};

const radarr = (line: unknown): Case[] => {
  const { values, file = '', test = '' } = namedArguments(line) ?? {};
  const input = textOf(values?.postTitle);
  if (!values || input === undefined || !/ParserTests\/(Parser|Url)/.test(file) || /language/.test(test)) return [];
  const titles = isRecord(values.parsedTitles)
    ? [...String(values.parsedTitles.expr).matchAll(/"([^"]*)"/g)].map(([, title]) => title ?? '')
    : undefined;
  const title = textOf(values.title);
  return caseOf(asName(input, false), {
    titles: titles ?? (title === undefined ? undefined : [title]),
    year: positive(values.year),
  });
};

const jellyfin = (line: unknown): Case[] => {
  const { values, file = '', test = '' } = namedArguments(line) ?? {};
  const input = textOf(values?.path) ?? textOf(values?.filename) ?? textOf(values?.input);
  if (
    !values ||
    input === undefined ||
    !/Tests\/(TV|Video)\//.test(file) ||
    /Resolver|SeriesPath|SeasonPath|SeasonNumberFromPath|Extra|Status/.test(test)
  )
    return [];
  const isFolder = values.isDirectory === true || 'parentPath' in values;
  if (isFolder) return [];
  const end = numberOf(values.endingEpisodeNumber) ?? numberOf(values.episodeEndNumber);
  const episode =
    numberOf(values.episode) ??
    numberOf(values.episodeNumber) ??
    (/EpisodeNumberFromFile/.test(test) ? numberOf(values.expected) : undefined);
  const season =
    numberOf(values.season) ??
    numberOf(values.seasonNumber) ??
    (/SeasonNumberFromEpisode/.test(test) ? numberOf(values.expected) : undefined);
  const title = textOf(values.seriesName) ?? textOf(values.name) ?? textOf(values.expectedName);
  return caseOf(input, {
    titles: title === undefined || title === '' ? undefined : [title, title.replace(/\.\w{3}$/, '')],
    year: 'month' in values ? undefined : numberOf(values.expectedYear),
    season: season === -1 ? undefined : season,
    last: /Ending/.test(test) ? end : undefined,
    first: episode === -1 || /Ending/.test(test) ? undefined : episode,
    date: day(values),
  });
};

export const suites: readonly Suite[] = [
  { name: 'guessit', file: 'guessit_cases.jsonl', read: guessit(true) },
  { name: 'guessit-fragments', file: 'guessit_cases.jsonl', read: guessit(false) },
  { name: 'sonarr', file: 'sonarr_cases.jsonl', read: sonarr },
  { name: 'radarr', file: 'radarr_cases.jsonl', read: radarr },
  { name: 'jellyfin', file: 'jellyfin_cases.jsonl', read: jellyfin },
];

/** All verdicts on a suite of the recorded cases in a folder. */
export const judge = (folder: string, suite: Suite): Verdict[] =>
  readFileSync(join(folder, suite.file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => suite.read(JSON.parse(line)))
    .map(score);

/** The share of cases that are right in a field, among those in which it is judged; undefined where it never is. */
export const shareOf = (verdicts: readonly Verdict[], field: Field): { share: number; judged: number } => {
  const judged = verdicts.flatMap((verdict) => (verdict.right[field] === undefined ? [] : [verdict.right[field]]));
  return { share: judged.filter(Boolean).length / judged.length, judged: judged.length };
};

const FIELDS: readonly Field[] = ['title', 'year', 'season', 'episodes', 'all'];

const print = (folder: string, wrongOf: string | undefined): void => {
  console.log(`${'suite'.padEnd(20)}${'cases'.padStart(6)}${FIELDS.map((field) => field.padStart(16)).join('')}`);
  for (const suite of suites) {
    const verdicts = judge(folder, suite);
    const columns = FIELDS.map((field) => {
      const { share, judged } = shareOf(verdicts, field);
      return `${judged === 0 ? '—' : `${(100 * share).toFixed(1)} %`} (${judged})`.padStart(16);
    });
    console.log(`${suite.name.padEnd(20)}${String(verdicts.length).padStart(6)}${columns.join('')}`);
    if (wrongOf === suite.name) for (const verdict of verdicts.filter(({ right }) => !right.all)) printWrong(verdict);
  }
};

const printWrong = ({ input, expected, parsed, right }: Verdict): void => {
  const fields = FIELDS.filter((field) => field !== 'all' && right[field] === false);
  console.log(
    `${fields.join(',')} | ${input}\n      want ${JSON.stringify(expected)}\n      got  ${JSON.stringify(parsed)}`,
  );
};

if (import.meta.main) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { wrong: { type: 'string' } } });
  print(positionals[0] ?? '../shared/data/filenames', values.wrong);
}
