import type { Instant } from '#kernel/clock.ts';
import { withoutCopies } from '../copies.ts';
import type { KnownFile } from './compare.ts';
import type { ScanFolder } from './folders-repository.ts';
import { batches, deleteLocations, type Location, removeLocations, updateLocations } from './locations-repository.ts';
import { type NewNames, tellNewNames } from './moved-names.ts';
import { parseReleaseName } from './release-name.ts';
import type { ScanReport } from './report.ts';
import type { ScanDependencies } from './scan.ts';
import type { FoundFile } from './walk.ts';

/** What the writing steps of a scan share. */
export interface ScanContext extends ScanDependencies {
  folder: ScanFolder;
  report: ScanReport;
  signal: AbortSignal | undefined;
}

/** A file whose items are known: changed where it is, come back, or moved here. */
export interface Placed {
  how: 'changed' | 'revived' | 'moved';
  found: FoundFile;
  fingerprint: string;
  rows: Location[];
  /** Removed rows of what lay at this path before. */
  stale: readonly Location[];
}

/** Files written in one unit of work at the most. */
const UNIT = 100;

/** Writes where known files are now, and what new names tell; their items come back when they were retired. */
export const placeKnown = async (
  { database, ingest, folder, report }: ScanContext,
  placed: readonly Placed[],
  names: NewNames,
  step: (done: number, total: number) => void,
): Promise<void> => {
  let done = 0;
  for (const some of batches(placed, UNIT)) {
    await database.transaction(async (tx) => {
      for (const { found, fingerprint, rows, stale } of some) {
        await deleteLocations(
          tx,
          stale.map(({ id }) => id),
        );
        await updateLocations(
          tx,
          rows.map(({ id }) => id),
          folder.id,
          { ...partOf(found.path), ...factsOf(found), fingerprint },
        );
      }
      const back = some.flatMap(({ how, rows }) => (how === 'changed' ? [] : rows.map(({ itemId }) => itemId)));
      if (back.length > 0) await ingest.revive(tx, [...new Set(back)]);
      const moved = some.flatMap(({ how, rows }) => (how === 'moved' ? rows : []));
      if (moved.length > 0) await tellNewNames(tx, ingest, moved, names);
    });
    for (const { how } of some) report[how]++;
    done += some.length;
    step(done, placed.length);
  }
};

/** Notes files as removed, and retires what is nowhere any more. */
export const removeVanished = async (
  { database, ingest, report, signal }: ScanContext,
  vanished: readonly KnownFile[],
  at: Instant,
): Promise<void> => {
  for (const some of batches(vanished, UNIT)) {
    signal?.throwIfAborted();
    const rows = some.flatMap((file) => file.rows);
    report.retired += await database.transaction(async (tx) => {
      await removeLocations(
        tx,
        rows.map(({ id }) => id),
        at,
      );
      const items = [...new Set(rows.map(({ itemId }) => itemId))];
      const gone = (await withoutCopies(tx, items)).map((item) => item.id);
      if (gone.length > 0) await ingest.retire(tx, gone, at);
      return gone.length;
    });
  }
};

const partOf = (path: string): { part: number; version: string | null } => {
  const { part, version } = parseReleaseName(path);
  return { part: part ?? 0, version: version ?? null };
};

const factsOf = ({ path, size, modifiedAt }: FoundFile) => ({ path, size, modifiedAt });
