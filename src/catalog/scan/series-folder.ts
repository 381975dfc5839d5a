import { fold } from '#kernel/text.ts';
import { seasonFolder } from './names/seasons.ts';
import type { NfoDocument } from './nfo.ts';
import { baseName, folderOf, seriesNfoPlaces } from './nfo-places.ts';
import { isPlain, type ParsedName } from './release-name.ts';

/** Where a series lives: its folder, what the folder's name tells, and its `tvshow.nfo`. */
export interface SeriesFolder {
  /** null: its files lie among others. */
  folder: string | null;
  named: ParsedName | undefined;
  document: NfoDocument | undefined;
}

/**
 * The folder of the series that an episode's file belongs to: the one with a `tvshow.nfo`, else the one above its season
 * folder, else the one it lies in when that bears the series' name or the file bears none.
 */
export const seriesFolderOf = (
  path: string,
  parsed: ParsedName,
  documents: ReadonlyMap<string, readonly NfoDocument[]>,
  read: (path: string) => ParsedName,
): SeriesFolder => {
  const told = seriesNfoPlaces(path).find((place) => documents.has(place));
  const document =
    told === undefined ? undefined : documents.get(told)?.find(({ kind }) => kind === 'series' || kind === 'link');
  const folder = told === undefined ? byNames(path, parsed, read) : folderOf(told);
  return { folder, document, named: folder === null || folder === '' ? undefined : read(baseName(folder)) };
};

const byNames = (path: string, parsed: ParsedName, read: (path: string) => ParsedName): string | null => {
  const parent = folderOf(path);
  if (parent === '') return null;
  if (seasonFolder(baseName(parent)) !== undefined) {
    const above = folderOf(parent);
    return above === '' || isPlain(baseName(above)) ? null : above;
  }
  if (isPlain(baseName(parent))) return null;
  const named = read(baseName(parent));
  // "Show S01 1080p/…", "Show - S01E02/…": a folder of part of the series.
  const isPart = named.season !== undefined || named.episodes !== undefined || named.date !== undefined;
  const above = folderOf(parent);
  const bearer = isPart && above !== '' && !isPlain(baseName(above)) ? above : parent;
  const title = fold(read(baseName(bearer)).title);
  const sameTitle = title === fold(parsed.title) || parsed.title === '';
  return sameTitle && (!isPart || bearer === above) ? bearer : null;
};
