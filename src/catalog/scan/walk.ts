import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#kernel/clock.ts';
import { unavailable } from '#kernel/errors.ts';
import { isExtraFile, isExtraFolder } from './extras.ts';

/** A video in a scanned folder: a file, or a disc's folder (BDMV, VIDEO_TS) as one. Audio files are not scanned. */
export interface FoundFile {
  /** Relative to the folder, divided by `/`, as the disk spells it. */
  path: string;
  size: number;
  modifiedAt: Instant;
}

/** What a walk finds. */
export interface Walked {
  files: FoundFile[];
  /** NFO files by path, with the instant they were last changed or put there. */
  nfos: Map<string, Instant>;
  faults: { path: string; message: string }[];
}

const VIDEO =
  /\.(mkv|mk3d|mp4|m4v|mov|avi|divx|wmv|asf|flv|f4v|webm|mpe?g|m2v|ts|m2ts|mts|vob|ogm|ogv|rm|rmvb|3gp|iso|img|strm|wtv|dvr-ms)$/i;
const DISC = /^(BDMV|VIDEO_TS)$/i;
const IGNORED_BY = new Set(['.nomedia', '.ignore', '.plexignore']);
const SYSTEM = /^(lost\+found|\$recycle\.bin|system volume information|#recycle|@eadir|__macosx)$/i;
const DEEPEST = 40;

/**
 * Walks a folder. Hidden names, folders with `.nomedia` or `.ignore`, extras and samples are left out; symbolic links are
 * followed, each folder once. What cannot be read inside is told as a fault.
 * @throws AppError `unavailable` when the folder itself is missing or cannot be read
 */
export const walk = async (root: string, signal?: AbortSignal): Promise<Walked> => {
  const walked: Walked = { files: [], nfos: new Map(), faults: [] };
  const entries = await entriesOf(root).catch((error: unknown) => {
    throw unavailable(`The folder ${root} cannot be read. Check that it exists and its disk is connected.`, {
      cause: error,
    });
  });
  const on: Walk = { root, walked, seen: new Set([await identityOf(root, await stat(root))]), links: [], signal };
  await visit(on, '', entries, 0);
  // Links come last, so that a folder is told under its own path; a link may lead to more of them.
  for (const { path, stats } of on.links)
    await enter(on, path, stats, 0).catch((error: unknown) => tell(on, path, error));
  walked.files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return walked;
};

interface Walk {
  root: string;
  walked: Walked;
  /** Folders entered already. */
  seen: Set<string>;
  /** Links to folders, still to be followed. */
  links: { path: string; stats: Stats }[];
  signal: AbortSignal | undefined;
}

const entriesOf = (path: string): Promise<Dirent[]> => readdir(path, { withFileTypes: true });

const visit = async (on: Walk, folder: string, entries: readonly Dirent[], depth: number): Promise<void> => {
  on.signal?.throwIfAborted();
  if (entries.some(({ name }) => IGNORED_BY.has(name)) || depth > DEEPEST) return;
  const disc = folder === '' ? undefined : entries.find(({ name }) => DISC.test(name));
  if (disc) await noteDisc(on, folder, disc.name);
  for (const entry of entries) {
    if (entry.name.startsWith('.') || SYSTEM.test(entry.name) || (disc && entry.isDirectory())) continue;
    await note(on, folder === '' ? entry.name : `${folder}/${entry.name}`, entry, depth);
  }
};

const note = async (on: Walk, path: string, entry: Dirent, depth: number): Promise<void> => {
  const isVideo = VIDEO.test(entry.name) && !isExtraFile(entry.name);
  const isNfo = /\.nfo$/i.test(entry.name);
  if (entry.isFile() && !isVideo && !isNfo) return;
  try {
    const stats = await stat(join(on.root, path));
    if (stats.isDirectory() && entry.isSymbolicLink()) on.links.push({ path, stats });
    else if (stats.isDirectory()) await enter(on, path, stats, depth);
    else if (stats.isFile() && isNfo) on.walked.nfos.set(path, Math.floor(Math.max(stats.mtimeMs, stats.ctimeMs)));
    else if (stats.isFile() && isVideo)
      on.walked.files.push({ path, size: stats.size, modifiedAt: Math.floor(stats.mtimeMs) });
  } catch (error) {
    tell(on, path, error);
  }
};

const tell = (on: Walk, path: string, error: unknown): void => {
  on.signal?.throwIfAborted();
  on.walked.faults.push({ path, message: readFault(error) });
};

/** The same folder reached twice (a link to a parent, two links to one) is walked once. */
const enter = async (on: Walk, path: string, stats: Stats, depth: number): Promise<void> => {
  if (isExtraFolder(path.slice(path.lastIndexOf('/') + 1))) return;
  const identity = await identityOf(join(on.root, path), stats);
  if (on.seen.has(identity)) return;
  on.seen.add(identity);
  await visit(on, path, await entriesOf(join(on.root, path)), depth + 1);
};

/** What is the same for one folder under all its paths; some file systems number nothing. */
const identityOf = (path: string, stats: Stats): Promise<string> | string =>
  stats.ino === 0 ? realpath(path) : `${stats.dev}:${stats.ino}`;

/** A disc's folder counts as one file of the size of what is in it. */
const noteDisc = async (on: Walk, folder: string, name: string): Promise<void> => {
  const path = `${folder}/${name}`;
  try {
    const inside = await readdir(join(on.root, path), { recursive: true, withFileTypes: true });
    const stats = await Promise.all(
      inside.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name))),
    );
    on.walked.files.push({
      path,
      size: stats.reduce((sum, { size }) => sum + size, 0),
      modifiedAt: Math.floor(Math.max(0, ...stats.map(({ mtimeMs }) => mtimeMs))),
    });
  } catch (error) {
    tell(on, path, error);
  }
};

const readFault = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read; check its permissions';
  if (code === 'ENOENT') return 'is a link to nothing, or went away during the scan';
  if (code === 'ELOOP') return 'is a link to itself';
  return `could not be read (${code === '' ? 'unknown error' : code})`;
};

/** Whether a file of another scan folder is gone: its folder holds something, and it is not there. */
export const isGone = async (folderPath: string, path: string): Promise<boolean> => {
  const inside = await readdir(folderPath).catch(() => []);
  if (inside.length === 0) return false;
  return stat(join(folderPath, path)).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT',
  );
};
