import { fold } from '#kernel/text.ts';
import type { ExternalId } from '../incoming.ts';
import { type NameFacts, readName } from './names/name.ts';
import { namedSeasonFolder, seasonFolder } from './names/seasons.ts';

/** What a file's name, with the folders above it, says of the work it holds. */
export interface ParsedName {
  kind: 'movie' | 'episode' | 'unknown';
  /** Of the movie or the series; empty when the name tells none. */
  title: string;
  year?: number;
  season?: number;
  /** Numbers within the season, rising. */
  episodes?: number[];
  /** Numbers counted through all seasons. */
  absolute?: number[];
  /** The day of showing, YYYY-MM-DD. */
  date?: string;
  episodeTitle?: string;
  /** 1, 2 … of a movie in several files. */
  part?: number;
  /** What tells this copy from others: "2160p Director's Cut". */
  version?: string;
  ids: ExternalId[];
  /** Ids that stand in the name of the series' folder rather than in the file's. */
  seriesIds?: ExternalId[];
  group?: string;
}

export interface NameOptions {
  /** The latest year that a work can be of; numbers above are part of titles. */
  latestYear?: number;
}

/** Folders that only say what sort of thing lies in them, or whose they are: never a title. */
const PLAIN_FOLDER =
  /^(?:[a-z]:?|\d|media|movies?|films?|kino|video\w*|series|serien|tv(?:[\s._-]?(?:shows?|series))?|shows|anime?s?|downloads?(?: finished| complete)?|complete[d]?|incomplete|unsorted|new|public|share|data|mnt|home|volumes?\d*|nas|server|drive|temp|tmp|torrents?|library|sitcoms?(?: \(\w+\))?|documentar(?:y|ies)|cartoons?|kids)$/i;
const DEFAULT_LATEST_YEAR = 2100;

/**
 * Reads a path: the file's own name first, then the folders above it for what it leaves open.
 * @param path relative to the scanned folder, divided by `/` or `\`
 */
export const parseReleaseName = (path: string, { latestYear = DEFAULT_LATEST_YEAR }: NameOptions = {}): ParsedName => {
  const segments = path
    .split(/[\\/]/)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
  const name = segments.at(-1) ?? '';
  const folders = segments.slice(0, -1).reverse();
  const season = seasonOf(folders);
  const own = readName(name, { inSeason: season !== undefined, latestYear });
  const above = folders.slice(season?.depth ?? 0).filter((folder) => !isPlain(folder));
  const folderFacts = above.slice(0, 2).map((folder) => readName(folder, { inSeason: false, latestYear }));
  return combine(own, folderFacts, season, latestYear);
};

/** Whether a folder's name says nothing of the works in it. */
export const isPlain = (folder: string): boolean => PLAIN_FOLDER.test(folder.replace(/^[\s_]+|[\s_]+$/g, ''));

interface Season {
  number: number;
  /** How many of the lowest folders it took. */
  depth: number;
  /** What a folder said before its season: "Mad Men Season 1". */
  before?: string;
}

const seasonOf = (folders: readonly string[]): Season | undefined => {
  for (const [depth, folder] of folders.slice(0, 2).entries()) {
    const number = seasonFolder(folder);
    if (number !== undefined) return { number, depth: depth + 1 };
    const named = namedSeasonFolder(folder);
    if (named) return { number: named.season, depth, before: named.before };
  }
  return undefined;
};

const combine = (
  own: NameFacts,
  above: readonly NameFacts[],
  season: Season | undefined,
  latestYear: number,
): ParsedName => {
  const numbered = own.numbering ?? inheritedNumbering(own, above);
  const isEpisode = numbered !== undefined || own.date !== undefined || season !== undefined;
  const titled = titleSource(own, above, isEpisode, season, latestYear);
  const parsed: ParsedName = { kind: kindOf(isEpisode, own, titled), title: titled.title, ids: own.ids };
  if (titled.year !== undefined) parsed.year = titled.year;
  const within = numbered?.season ?? season?.number;
  if (within !== undefined) parsed.season = within;
  const { episodes, absolute } = split(numbered, within);
  if (episodes.length > 0) parsed.episodes = episodes;
  if (absolute.length > 0) parsed.absolute = absolute;
  if (own.date !== undefined) parsed.date = own.date;
  if (own.episodeTitle !== undefined) parsed.episodeTitle = own.episodeTitle;
  if (own.part !== undefined) parsed.part = own.part;
  if (own.group !== undefined) parsed.group = own.group;
  if (own.version !== undefined) parsed.version = own.version;
  const aboveIds = above.flatMap(({ ids }) => ids);
  if (isEpisode && aboveIds.length > 0) parsed.seriesIds = aboveIds;
  if (!isEpisode) parsed.ids = [...own.ids, ...aboveIds];
  return parsed;
};

const kindOf = (isEpisode: boolean, own: NameFacts, titled: { title: string }): ParsedName['kind'] => {
  if (isEpisode) return 'episode';
  return own.title === '' && titled.title === '' ? 'unknown' : 'movie';
};

/** A file whose name says nothing takes its folder's numbers: "Show.S08E09.1080p-GROUP/afaae96ae7a1.mkv". */
const inheritedNumbering = (own: NameFacts, above: readonly NameFacts[]) =>
  own.title === '' || (!own.tagged && own.date === undefined)
    ? above.find(({ numbering }) => numbering && numbering.episodes.length > 0)?.numbering
    : undefined;

/** Numbers without a season belong to the folder's season; counted through all seasons otherwise. */
const split = (numbering: NameFacts['numbering'], season: number | undefined) => {
  if (!numbering) return { episodes: [], absolute: [] };
  if (numbering.episodes.length > 0 || season === undefined) return numbering;
  return { episodes: numbering.absolute, absolute: [] };
};

/** Whose title and year to take: the file's own, unless a folder above knows better. */
const titleSource = (
  own: NameFacts,
  above: readonly NameFacts[],
  isEpisode: boolean,
  season: Season | undefined,
  latestYear: number,
): { title: string; year?: number | undefined } => {
  const before = season?.before === undefined ? undefined : readName(season.before, { inSeason: false, latestYear });
  const [folder] = before ? [before, ...above] : above;
  if (!folder || folder.title === '') return own.title === '' ? { title: titleBehindNumber(own), year: own.year } : own;
  const same = fold(folder.title) === fold(own.title);
  if (same) return { title: betterSpelled(own.title, folder.title), year: own.year ?? folder.year };
  // The files of a folder that are only numbered are hardly one film.
  if (own.title === '') return own.mereNumber && !isEpisode && !folder.tagged ? own : folder;
  if (isEpisode) return own.numbering === undefined ? folder : own;
  // "blow-how.to.be.single.2016": the group's short name in front.
  if (own.year === folder.year && fold(own.title).endsWith(` ${fold(folder.title)}`)) return folder;
  // "Wonder Woman 1984 (2020)/Wonder.Woman.1984.720p": the folder tells that the number is part of the title.
  const yearIsTitle = folder.year !== undefined && fold(folder.title).split(' ').includes(String(own.year));
  if (yearIsTitle) return folder;
  const folderKnows = folder.tagged && own.year === undefined;
  return folderKnows ? folder : own;
};

/** "01 - Show", "003. Show - Name": with nothing else to go by, the words behind the number name the series. */
const titleBehindNumber = ({ numbering, episodeTitle }: NameFacts): string =>
  numbering?.season === undefined && numbering?.start === 0 ? (episodeTitle?.split(' - ')[0] ?? '') : '';

/** Of two spellings of a title the one with capitals and accents: people write folders with more care than groups files. */
const betterSpelled = (own: string, folder: string): string =>
  own === own.toLowerCase() || /[^\p{ASCII}]/u.test(folder) ? folder : own;
