import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Database, Reader } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId, ScanFolderId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import { decodeCursor, pageOf } from '#kernel/page.ts';
import type { Ingest } from '../ingest.ts';
import {
  folderAt,
  insertFolder,
  libraryKindOf,
  listFolders,
  readFolder,
  type ScanFolder,
} from './locations-repository.ts';
import { parseReleaseName } from './release-name.ts';
import type { ScanReport } from './report.ts';
import { runScan } from './run.ts';
import { walk } from './walk.ts';

/** How far a scan is. `looking` for files has no total yet. */
export interface ScanProgress {
  phase: 'looking' | 'reading' | 'writing';
  done: number;
  total: number;
}

export interface ScanOptions {
  onProgress?: (progress: ScanProgress) => void;
  signal?: AbortSignal;
  /** Believes that most files of the folder were deleted on purpose. */
  force?: boolean;
}

/** Reads folders of video files into the catalog. */
export interface Scan {
  /**
   * Notes a folder to be scanned; the same folder again gives the one that is there.
   * @param kind or library to which its finds go where the kinds agree; else what most of its files look like
   * @throws AppError `invalid` when it is no absolute path of a folder; `conflict` when it lies in, or around, another
   */
  addFolder(
    path: string,
    to?: { libraryId?: MediaItemId | undefined; kind?: 'movies' | 'series' | undefined },
  ): Promise<ScanFolder>;
  folder(id: ScanFolderId): Promise<ScanFolder>;
  folders(page: PageRequest): Promise<Page<ScanFolder>>;
  /**
   * Scans a folder: what is new is added, what moved keeps its items, what went away is retired with its history kept. A
   * second scan of the same files writes nothing but its time.
   * @throws AppError `not_found`; `unavailable` when the folder is missing, unreadable, or empty where there was
   * something; `conflict` while it is being scanned, or when more than half of its files went away at once
   */
  scan(id: ScanFolderId, options?: ScanOptions): Promise<ScanReport>;
}

export interface ScanDependencies {
  database: Database;
  ingest: Ingest;
  clock: Clock;
  logger: Logger;
}

const LIST = 'scan-folders';
/** Names looked at to see what kind of folder it is. */
const SAMPLE = 500;
const MOST_FOLDERS = 1000;

export const createScan = (dependencies: ScanDependencies): Scan => {
  const { database, ingest, clock } = dependencies;
  const running = new Set<ScanFolderId>();
  const folder = async (id: ScanFolderId): Promise<ScanFolder> => {
    const found = await readFolder(database.read, id);
    if (!found) throw notFound('This scan folder');
    return found;
  };
  return {
    folder,
    addFolder: async (given, { libraryId, kind } = {}) => {
      const path = await checkedPath(given);
      const known = await folderAt(database.read, path);
      if (known) return known;
      refuseOverlap(path, await listFolders(database.read, MOST_FOLDERS));
      const guessed = libraryId === undefined ? (kind ?? (await guessKind(path))) : undefined;
      const id = await database.transaction(async (tx) => {
        const library = libraryId ?? (await ingest.library(tx, guessed ?? 'movies'));
        await requireVideoLibrary(tx, library);
        return insertFolder(tx, path, library, clock.now());
      });
      return folder(id);
    },
    folders: async ({ limit, cursor }) => {
      const after = cursor ? Number(decodeCursor(LIST, 1, cursor)[0]) : 0;
      return pageOf(await listFolders(database.read, limit + 1, after), limit, LIST, ({ id }) => [id]);
    },
    scan: async (id, options = {}) => {
      if (running.has(id)) throw conflict('This folder is being scanned already.');
      running.add(id);
      try {
        return await runScan(dependencies, await folder(id), options);
      } finally {
        running.delete(id);
      }
    },
  };
};

const checkedPath = async (given: string): Promise<string> => {
  if (!isAbsolute(given))
    throw invalid('The path of a scan folder must be absolute.', [{ path: 'path', message: 'must be absolute' }]);
  const path = resolve(given);
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isDirectory()) {
    throw invalid(`There is no folder ${path} that can be read.`, [
      { path: 'path', message: 'is no folder that can be read' },
    ]);
  }
  return path;
};

const refuseOverlap = (path: string, folders: readonly ScanFolder[]): void => {
  const other = folders.find((one) => contains(one.path, path) || contains(path, one.path));
  if (other)
    throw conflict(
      `This folder and the scan folder ${other.path} lie in each other. A file belongs to one scan folder.`,
    );
};

const contains = (outer: string, inner: string): boolean => {
  const way = relative(outer, inner);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
};

const guessKind = async (path: string): Promise<'movies' | 'series'> => {
  const { files } = await walk(path);
  const kinds = files.slice(0, SAMPLE).map((file) => parseReleaseName(file.path).kind);
  return kinds.filter((kind) => kind === 'episode').length * 2 > kinds.length ? 'series' : 'movies';
};

const VIDEO_LIBRARIES: readonly LibraryKind[] = ['movies', 'series'];

const requireVideoLibrary = async (db: Reader, id: MediaItemId): Promise<void> => {
  const kind = await libraryKindOf(db, id);
  if (kind === undefined) throw notFound('This library');
  if (!VIDEO_LIBRARIES.includes(kind)) throw invalid('Only libraries of movies or series can be filled by a scan.');
};
