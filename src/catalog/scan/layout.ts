import { fold } from '#kernel/text.ts';
import type { IncomingEpisode, IncomingMovie, IncomingSeries } from '../incoming.ts';
import { episodesOf, movieOf, seriesOf } from './layout-facts.ts';
import type { NfoDocument } from './nfo.ts';
import { baseName, folderOf } from './nfo-places.ts';
import { type ParsedName, parseReleaseName } from './release-name.ts';
import { type SeriesFolder, seriesFolderOf } from './series-folder.ts';

/** A file and what it is of its item. */
export interface LaidFile {
  path: string;
  /** 1, 2 … of a stack; 0: the whole. */
  part: number;
  version: string | null;
}

export interface MovieUnit {
  kind: 'movie';
  movie: IncomingMovie;
  /** What NFO files alone tell; null: nothing. */
  told: IncomingMovie | null;
  files: LaidFile[];
}

export interface SeriesUnit {
  kind: 'series';
  /** The series' own folder; null where its files lie among others. */
  folder: string | null;
  series: IncomingSeries;
  /** What its `tvshow.nfo` alone tells; null: nothing. */
  told: IncomingSeries | null;
  /** A file with several episodes stands under each. */
  episodes: { episode: IncomingEpisode; told: boolean; files: LaidFile[] }[];
}

/** What the files are, as far as their NFO files, names and folders tell. */
export interface Layout {
  units: (MovieUnit | SeriesUnit)[];
  /** Files of which nothing tells what they are. */
  unknown: string[];
}

/** What a layout is made from. */
export interface LayoutInput {
  /** Paths to be laid out, relative to the scanned folder. */
  files: readonly string[];
  /** All video files of the scanned folder: siblings tell whether a folder is one film's. */
  all: readonly string[];
  /** What a file's own NFO tells, by the file's path. */
  own: ReadonlyMap<string, readonly NfoDocument[]>;
  /** What the `tvshow.nfo` files tell, by their paths. */
  series: ReadonlyMap<string, readonly NfoDocument[]>;
  latestYear: number;
}

const DISC = /\/(BDMV|VIDEO_TS)$/i;

/** Groups files into movies (stacks and versions of one film together) and the episodes of series. */
export const layOut = ({ files, all, own: told, series: shows, latestYear }: LayoutInput): Layout => {
  const read = readerOf(latestYear);
  const crowded = crowdedFolders(files, all, read);
  const movies = new Map<string, MovieUnit>();
  const series = new Map<string, Gathering>();
  const unknown: string[] = [];
  for (const path of files) {
    const place = placeOf(path);
    const parsed = crowded.has(folderOf(place)) ? read(baseName(place)) : read(place);
    const own = told.get(path) ?? [];
    const file = { path, part: parsed.part ?? 0, version: parsed.version ?? null };
    const kind = kindOf(parsed, own);
    if (kind === 'episode')
      addEpisodes(series, { parsed, own, file, home: seriesFolderOf(place, parsed, shows, read) });
    else if (kind === 'movie') addMovie(movies, { parsed, own, file }, unknown);
    else unknown.push(path);
  }
  return {
    units: [...movies.values(), ...[...series.values()].map(({ places: _, ...unit }) => unit)],
    unknown,
  };
};

/** A disc's folder is named by the folder that it lies in. */
const placeOf = (path: string): string => path.replace(DISC, '');

const readerOf = (latestYear: number) => {
  const known = new Map<string, ParsedName>();
  return (path: string): ParsedName => {
    const parsed = known.get(path) ?? parseReleaseName(path, { latestYear });
    known.set(path, parsed);
    return parsed;
  };
};

/** Folders with several different films: their name says nothing of any of them ("Marvel (2008-2019)"). */
const crowdedFolders = (
  files: readonly string[],
  all: readonly string[],
  read: (path: string) => ParsedName,
): Set<string> => {
  const asked = new Set(files.map((path) => folderOf(placeOf(path))));
  const titles = new Map<string, Set<string>>();
  for (const path of all) {
    const place = placeOf(path);
    if (!asked.has(folderOf(place))) continue;
    const own = read(baseName(place));
    if (own.kind !== 'movie' || own.year === undefined) continue;
    const folder = folderOf(place);
    titles.set(folder, (titles.get(folder) ?? new Set()).add(`${fold(own.title)} ${own.year}`));
  }
  return new Set([...titles].filter(([, films]) => films.size > 1).map(([folder]) => folder));
};

const kindOf = (parsed: ParsedName, own: readonly NfoDocument[]): ParsedName['kind'] => {
  const told = own.find(({ kind }) => kind === 'movie' || kind === 'episode')?.kind;
  if (told === 'movie' || told === 'episode') return told;
  return own.length > 0 && parsed.kind === 'unknown' ? 'movie' : parsed.kind;
};

const NAMELESS: ParsedName = { kind: 'unknown', title: '', ids: [] };

const addMovie = (
  movies: Map<string, MovieUnit>,
  { parsed, own, file }: Omit<Found, 'home'>,
  unknown: string[],
): void => {
  const movie = movieOf(parsed, own);
  if (movie.title === '') {
    unknown.push(file.path);
    return;
  }
  const key = movieKey(movie);
  const unit = movies.get(key);
  if (unit) unit.files.push(file);
  else movies.set(key, { kind: 'movie', movie, told: own.length > 0 ? movieOf(NAMELESS, own) : null, files: [file] });
};

/** One film twice in a scan is one unit: told by an id where there is one, else by title and year. */
const movieKey = ({ externalIds, title, year }: IncomingMovie): string => {
  const id = externalIds.toSorted((one, other) => (one.provider < other.provider ? -1 : 1))[0];
  return id ? `${id.provider}:${id.value}` : `${fold(title)}|${year ?? ''}`;
};

type Episode = SeriesUnit['episodes'][number];
/** A series while its episodes are being found: those by their place too. */
type Gathering = SeriesUnit & { places: Map<string, Episode> };

interface Found {
  parsed: ParsedName;
  own: readonly NfoDocument[];
  file: LaidFile;
  home: SeriesFolder;
}

const addEpisodes = (units: Map<string, Gathering>, { parsed, own, file, home }: Found): void => {
  const series = seriesOf(parsed, home);
  const key = home.folder === null ? `title:${fold(series.title)}|${series.year ?? ''}` : `folder:${home.folder}`;
  const unit: Gathering = units.get(key) ?? {
    kind: 'series',
    folder: home.folder,
    series,
    told: toldOf(home),
    episodes: [],
    places: new Map(),
  };
  units.set(key, unit);
  for (const episode of episodesOf(parsed, own)) {
    const place = placeKey(episode);
    const known = unit.places.get(place);
    if (known) known.files.push(file);
    else {
      const added = { episode, told: own.some(({ kind }) => kind === 'episode'), files: [file] };
      unit.places.set(place, added);
      unit.episodes.push(added);
    }
  }
};

const toldOf = (home: SeriesFolder): IncomingSeries | null =>
  home.document ? seriesOf(NAMELESS, { ...home, named: undefined }) : null;

/** Two files of one place in a series are versions of one episode. */
const placeKey = ({ seasonNumber, episodeNumber, absoluteNumber, releasedAt, title }: IncomingEpisode): string =>
  episodeNumber !== undefined
    ? `${seasonNumber}x${episodeNumber}`
    : `${seasonNumber}/${absoluteNumber ?? releasedAt ?? title}`;
