import type { Instant } from '#kernel/clock.ts';
import type { Location } from './locations-repository.ts';
import { nfoPlaces, seriesNfoPlaces } from './nfo-places.ts';
import type { FoundFile, Walked } from './walk.ts';

/** A file that is known, with its items: several for a file with several episodes. */
export interface KnownFile {
  path: string;
  rows: Location[];
  /** Not removed. */
  live: boolean;
}

/** What a walk found, beside what was known. */
export interface Comparison {
  unchanged: KnownFile[];
  /** The same path, another size or time: it is read again and keeps its items. */
  changed: { found: FoundFile; known: KnownFile }[];
  /** Not known, or known as removed. */
  fresh: { found: FoundFile; known: KnownFile | undefined }[];
  /** Known and not found. */
  missing: KnownFile[];
  /** Found files, not fresh, beside or above which an NFO file is newer than the last scan. */
  renewed: KnownFile[];
  faults: { path: string; message: string }[];
}

/** Compares a walk with the known rows of its folder. Paths are the same when they are so in composed form (NFC). */
export const compare = (walked: Walked, rows: readonly Location[], scannedAt: Instant | null): Comparison => {
  const known = knownFiles(rows);
  const result: Comparison = { unchanged: [], changed: [], fresh: [], missing: [], renewed: [], faults: [] };
  const seen = new Set<string>();
  for (const found of walked.files) {
    const key = keyOf(found.path);
    if (seen.has(key)) {
      result.faults.push({
        path: found.path,
        message: 'has the same name as another file, in other Unicode characters; left out',
      });
      continue;
    }
    seen.add(key);
    sort(result, found, known.get(key), walked.nfos, scannedAt);
  }
  const unread = walked.faults.map(({ path }) => keyOf(path));
  result.missing = [...known].flatMap(([key, file]) =>
    file.live && !seen.has(key) && !unread.some((path) => key === path || key.startsWith(`${path}/`)) ? [file] : [],
  );
  return result;
};

export const keyOf = (path: string): string => path.normalize('NFC');

const knownFiles = (rows: readonly Location[]): Map<string, KnownFile> => {
  const files = new Map<string, KnownFile>();
  for (const row of rows) {
    const file = files.get(keyOf(row.path)) ?? { path: row.path, rows: [], live: false };
    // A removed row beside a live one is of an item that left the file: the live ones say what it is.
    if (row.removedAt === null && !file.live) file.rows = [];
    if (row.removedAt === null || !file.live) file.rows.push(row);
    file.live ||= row.removedAt === null;
    files.set(keyOf(row.path), file);
  }
  return files;
};

const sort = (
  result: Comparison,
  found: FoundFile,
  known: KnownFile | undefined,
  nfos: Walked['nfos'],
  scannedAt: Instant | null,
): void => {
  const [row] = known?.rows ?? [];
  if (!known?.live || !row) {
    result.fresh.push({ found, known });
    return;
  }
  if (row.size === found.size && row.modifiedAt === found.modifiedAt) result.unchanged.push(known);
  else result.changed.push({ found, known });
  const isNewer = (place: string): boolean => (nfos.get(place) ?? Number.NEGATIVE_INFINITY) > (scannedAt ?? 0);
  if (nfos.size > 0 && [...nfoPlaces(found.path, true), ...seriesNfoPlaces(found.path)].some(isNewer))
    result.renewed.push(known);
};
