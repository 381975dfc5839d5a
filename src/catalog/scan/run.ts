import { join } from 'node:path';
import { DAY, type Instant } from '#kernel/clock.ts';
import { conflict, messageOf, unavailable } from '#kernel/errors.ts';
import { type Comparison, compare, type KnownFile, keyOf } from './compare.ts';
import { fingerprintOf } from './fingerprint.ts';
import { markScanned, type ScanFolder } from './folders-repository.ts';
import { type Placed, placeKnown, removeVanished } from './known-files.ts';
import { type Layout, layOut } from './layout.ts';
import { type FileFacts, type Location, locationsByFingerprint, locationsOf } from './locations-repository.ts';
import { newNamesOf } from './moved-names.ts';
import { type FreshFile, findMoves, type GoneFile } from './moves.ts';
import { readNfoFiles } from './nfo-files.ts';
import { renewItems } from './renew.ts';
import { addFault, emptyReport, type ScanReport } from './report.ts';
import type { ScanDependencies, ScanOptions, ScanProgress } from './scan.ts';
import { takeUnits } from './take.ts';
import { type FoundFile, isGone, type Walked, walk } from './walk.ts';

/** Above both at once a scan asks before it believes that files were deleted. */
const MOST_VANISHED = 10;
const MOST_VANISHED_SHARE = 0.5;
/** Files read at the same time. */
const READERS = 4;
/** A work can be announced for this far ahead. */
const AHEAD = 2 * 365 * DAY;

/** One scan of a folder, from its files to the catalog. Files are read before anything is written. */
export const runScan = async (
  dependencies: ScanDependencies,
  folder: ScanFolder,
  { onProgress = () => {}, signal, force = false }: ScanOptions,
): Promise<ScanReport> => {
  const { database, clock, logger } = dependencies;
  const startedAt = clock.now();
  const report = emptyReport();
  onProgress({ phase: 'looking', done: 0, total: 0 });
  const walked = await walk(folder.path, signal);
  const compared = compare(walked, await locationsOf(database.read, folder.id), folder.scannedAt);
  refuseEmpty(folder, walked, compared);
  for (const { path, message } of [...walked.faults, ...compared.faults]) addFault(report, path, message);
  const read = await readFiles(folder, compared, report, progressOf(onProgress, 'reading', signal));
  const sorted = await sortFresh(dependencies, folder, compared, read);
  refuseManyVanished(compared, sorted.vanished, force);

  const latestYear = yearOf(startedAt + AHEAD);
  const moved = sorted.placed
    .filter(({ how }) => how === 'moved')
    .map(({ found, rows }) => ({ path: found.path, rows }));
  const needed = [...sorted.news.map(({ found }) => found.path), ...[...compared.renewed, ...moved].map(pathOf)];
  const nfos = await readNfoFiles(folder.path, walked, needed);
  for (const { path, message } of nfos.faults) addFault(report, path, message);
  const lay = (files: readonly string[]) =>
    layOut({ files, all: walked.files.map(pathOf), own: nfos.own, series: nfos.series, latestYear });

  const before = layoutOfNames(
    moved.flatMap(({ rows }) => rows.slice(0, 1).map(pathOf)),
    walked,
    latestYear,
  );

  const context = { ...dependencies, folder, report, signal };
  const step = progressOf(onProgress, 'writing', signal);
  await placeKnown(context, sorted.placed, newNamesOf(moved, lay(moved.map(pathOf)), before), step);
  await takeUnits(context, lay(sorted.news.map(({ found }) => found.path)), factsOf(sorted.news), compared, step);
  await renewItems(context, lay(compared.renewed.map(pathOf)), compared.renewed);
  await removeVanished(context, sorted.vanished, startedAt);
  await database.transaction((tx) => markScanned(tx, folder.id, startedAt));
  Object.assign(report, { files: walked.files.length, unchanged: compared.unchanged.length });
  logger.info({ folder: folder.id, ...report, faults: undefined, ambiguities: undefined }, 'Scanned a folder');
  return report;
};

/** An unmounted disk is an empty folder: it must never retire a library. */
const refuseEmpty = ({ path }: ScanFolder, walked: Walked, { missing, unchanged, changed }: Comparison): void => {
  if (walked.files.length === 0 && missing.length + unchanged.length + changed.length > 0) {
    throw unavailable(
      `The folder ${path} is empty, though it held videos before. Check that its disk is connected. Nothing was changed.`,
    );
  }
};

const refuseManyVanished = (compared: Comparison, vanished: readonly KnownFile[], force: boolean): void => {
  const known = compared.unchanged.length + compared.changed.length + compared.missing.length;
  if (force || vanished.length <= MOST_VANISHED || vanished.length <= known * MOST_VANISHED_SHARE) return;
  throw conflict(
    `${vanished.length} of ${known} known files are not there any more. Nothing was changed. If they were deleted on purpose, scan again with force.`,
  );
};

const pathOf = ({ path }: { path: string }): string => path;

/** What the names of files alone say, that are no more. */
const layoutOfNames = (files: readonly string[], walked: Walked, latestYear: number): Layout =>
  layOut({
    files,
    all: [...files, ...walked.files.map(pathOf)],
    own: new Map(),
    series: new Map(),
    latestYear,
  });

const yearOf = (at: Instant): number => new Date(at).getUTCFullYear();

type Step = (done: number, total: number) => void;

const progressOf =
  (onProgress: (progress: ScanProgress) => void, phase: ScanProgress['phase'], signal: AbortSignal | undefined): Step =>
  (done, total) => {
    signal?.throwIfAborted();
    onProgress({ phase, done, total });
  };

/** A file whose content was looked at. */
type ReadFile = FreshFile & { known: KnownFile | undefined };

/** Reads the fingerprints of fresh and changed files, some at a time; one that cannot be read is told and left out. */
const readFiles = async (
  folder: ScanFolder,
  { fresh, changed }: Comparison,
  report: ScanReport,
  step: Step,
): Promise<{ fresh: ReadFile[]; changed: ReadFile[] }> => {
  const isFresh = new Set(fresh.map(({ found }) => found));
  const queue = [...fresh, ...changed];
  const read: ReadFile[] = [];
  let done = 0;
  const work = queue.values();
  const reader = async (): Promise<void> => {
    for (const { found, known } of work) {
      const file = await readFile(folder.path, found).catch((error: unknown) => {
        addFault(report, found.path, `could not be read: ${messageOf(error)}`);
        return undefined;
      });
      if (file) read.push({ ...file, known });
      step(++done, queue.length);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  read.sort((one, other) => (one.found.path < other.found.path ? -1 : 1));
  const [freshFiles, changedFiles] = [
    read.filter(({ found }) => isFresh.has(found)),
    read.filter(({ found }) => !isFresh.has(found)),
  ];
  return { fresh: freshFiles, changed: changedFiles };
};

/** A file that is being written keeps the size at which it was found, so that the next scan sees that it grew. */
const readFile = async (root: string, found: FoundFile): Promise<FreshFile> => ({
  found,
  fingerprint: await fingerprintOf(join(root, found.path)),
});

interface Sorted {
  /** Known files in a new state or place. */
  placed: Placed[];
  /** What has to be taken into the catalog. */
  news: ReadFile[];
  vanished: KnownFile[];
}

/** Tells fresh files that are known from elsewhere, or from before, from those that are new. */
const sortFresh = async (
  { database }: ScanDependencies,
  folder: ScanFolder,
  { missing }: Comparison,
  read: { fresh: ReadFile[]; changed: ReadFile[] },
): Promise<Sorted> => {
  const isBack = ({ known, fingerprint }: ReadFile): boolean =>
    known?.rows.some((row) => row.fingerprint === fingerprint) === true;
  const returned = read.fresh.filter(isBack);
  const others = read.fresh.filter((file) => !isBack(file));
  const elsewhere = await goneElsewhere(database.read, folder, others, missing);
  const gone = [...missing.flatMap(withFingerprint), ...elsewhere];
  const moves = findMoves(others, gone);
  const moved = new Set([...moves.values()].map(({ path, rows }) => `${rows[0]?.folderId}:${keyOf(path)}`));
  const placed: Placed[] = [
    ...read.changed.flatMap((file) => placedAs('changed', file, file.known?.rows)),
    ...returned.flatMap((file) => placedAs('revived', file, file.known?.rows)),
    ...[...moves].flatMap(([file, from]) => placedAs('moved', file, from.rows)),
  ];
  return {
    placed,
    news: others.filter((file) => !moves.has(file)),
    vanished: missing.filter(({ path }) => !moved.has(`${folder.id}:${keyOf(path)}`)),
  };
};

const placedAs = (how: Placed['how'], file: ReadFile, rows: readonly Location[] | undefined): Placed[] =>
  rows && rows.length > 0
    ? [
        {
          how,
          found: file.found,
          fingerprint: file.fingerprint,
          rows: [...rows],
          stale: how === 'moved' ? (file.known?.rows ?? []) : [],
        },
      ]
    : [];

const withFingerprint = (file: KnownFile): GoneFile[] => {
  const [row] = file.rows;
  return row ? [{ ...file, fingerprint: row.fingerprint }] : [];
};

/** Files with such fingerprints that were removed before, or lie in another folder of the library and are there no more. */
const goneElsewhere = async (
  db: ScanDependencies['database']['read'],
  folder: ScanFolder,
  fresh: readonly ReadFile[],
  missing: readonly KnownFile[],
): Promise<GoneFile[]> => {
  const fingerprints = [...new Set(fresh.filter(({ found }) => found.size > 0).map(({ fingerprint }) => fingerprint))];
  const rows = await locationsByFingerprint(db, folder.libraryId, fingerprints);
  const listed = new Set(missing.flatMap((file) => file.rows.map(({ id }) => id)));
  const files = Map.groupBy(
    rows.filter(({ id }) => !listed.has(id)),
    (row) => `${row.folderId}:${keyOf(row.path)}`,
  );
  const gone: GoneFile[] = [];
  for (const [row, ...more] of files.values()) {
    if (!row) continue;
    const isAway = row.removedAt !== null || (row.folderId !== folder.id && (await isGone(row.folderPath, row.path)));
    if (isAway)
      gone.push({ path: row.path, rows: [row, ...more], live: row.removedAt === null, fingerprint: row.fingerprint });
  }
  return gone;
};

const factsOf = (
  news: readonly ReadFile[],
): Map<string, Omit<FileFacts, 'part' | 'version'> & { stale: readonly Location[] }> =>
  new Map(
    news.map(({ found, fingerprint, known }) => [
      found.path,
      { path: found.path, size: found.size, modifiedAt: found.modifiedAt, fingerprint, stale: known?.rows ?? [] },
    ]),
  );
