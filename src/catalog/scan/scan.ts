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
import { withClaim } from './claim.ts';
import { folderAt, insertFolder, libraryOf, listFolders, readFolder, type ScanFolder } from './folders-repository.ts';
import { forgetFolder } from './forget.ts';
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

/** Where the finds of a folder go: to a library, or the default one of a kind. */
interface Destination {
  libraryId?: MediaItemId | undefined;
  kind?: 'movies' | 'series' | undefined;
}

/** Reads folders of video files into the catalog. */
export interface Scan {
  /**
   * Notes a folder to be scanned; the same folder again gives the one that is there.
   * @param to kind or library to which its finds go where the kinds agree; else what most of its files look like
   * @throws AppError `invalid` when it is no absolute path of a folder; `conflict` when it lies in, or around, another, or
   * goes to another library already
   */
  addFolder(path: string, to?: Destination): Promise<ScanFolder>;
  folder(id: ScanFolderId): Promise<ScanFolder>;
  /** The scan folder at an absolute path; undefined: none. The path need not exist any more. */
  folderAt(path: string): Promise<ScanFolder | undefined>;
  folders(page: PageRequest): Promise<Page<ScanFolder>>;
  /**
   * Scans a folder: what is new is added, what moved keeps its items, what went away is retired with its history kept. A
   * second scan of the same files writes nothing but its time.
   * @throws AppError `not_found`; `unavailable` when the folder is missing, unreadable, or empty where there was
   * something; `conflict` while it is being scanned by any process, or when more than half of its files went away at once
   */
  scan(id: ScanFolderId, options?: ScanOptions): Promise<ScanReport>;
  /**
   * Forgets a folder with its files. Items that have no other copy are retired; all that hangs on them stays, and comes
   * back when they are seen again.
   * @throws AppError `not_found`; `conflict` while it is being scanned
   */
  forget(id: ScanFolderId): Promise<{ retired: number }>;
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
  const { database, ingest, clock, logger } = dependencies;
  const folder = async (id: ScanFolderId): Promise<ScanFolder> => {
    const found = await readFolder(database.read, id);
    if (!found) throw notFound('This scan folder');
    return found;
  };
  return {
    folder,
    folderAt: (path) => folderAt(database.read, resolve(path)),
    addFolder: async (given, to = {}) => {
      const { libraryId, kind } = to;
      const path = await checkedPath(given);
      const known = await folderAt(database.read, path);
      if (known) {
        await refuseOtherLibrary(database.read, known, to);
        return known;
      }
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
      await folder(id);
      return withClaim(dependencies, id, options.signal, async (claimed) =>
        // Read under the claim: when it was last scanned decides what is new.
        runScan({ ...dependencies, database: claimed.database }, await folder(id), {
          ...options,
          signal: claimed.signal,
        }),
      );
    },
    forget: async (id) => {
      const { path } = await folder(id);
      const retired = await withClaim(dependencies, id, undefined, (claimed) =>
        forgetFolder(claimed.database, ingest, id, clock.now()),
      );
      logger.info({ folder: id, path, retired }, 'Forgot a scan folder');
      return { retired };
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

/** A folder's library is chosen once: files that are in the catalog would not follow another choice. */
const refuseOtherLibrary = async (db: Reader, known: ScanFolder, { libraryId, kind }: Destination): Promise<void> => {
  const isSame =
    libraryId === undefined ? kind === undefined || kind === known.libraryKind : libraryId === known.libraryId;
  if (isSame) return;
  const library = await libraryOf(db, known.libraryId);
  throw conflict(
    `The folder ${known.path} feeds the library "${library?.title ?? ''}" (${known.libraryKind}, id ${known.libraryId}) already. Scan it without naming a library or kind; or forget it (leftoff library forget, or DELETE /api/v1/scan-folders/${known.id}) and add it anew.`,
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
  const library = await libraryOf(db, id);
  if (!library) throw notFound('This library');
  if (!VIDEO_LIBRARIES.includes(library.kind))
    throw invalid('Only libraries of movies or series can be filled by a scan.');
};
