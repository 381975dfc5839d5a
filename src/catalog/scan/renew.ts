import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Told } from '../facts.ts';
import type { KnownFile } from './compare.ts';
import type { ScanContext } from './known-files.ts';
import type { Layout, SeriesUnit } from './layout.ts';
import { batches, type Location } from './locations-repository.ts';

const UNIT = 80;

/** Brings items up to what their NFO files tell now. What a file name tells is not told again: a person may have corrected it. */
export const renewItems = async (
  { database, ingest, report, signal }: ScanContext,
  { units }: Layout,
  files: readonly KnownFile[],
): Promise<void> => {
  const rows = new Map(files.map((file) => [file.path, file.rows]));
  const told = new Map<MediaItemId, Told>();
  for (const unit of units) {
    if (unit.kind === 'series') tellSeries(told, unit, rows);
    else if (unit.told) for (const { path } of unit.files) tell(told, rows.get(path)?.[0]?.itemId, unit.told);
  }
  for (const some of batches([...told], UNIT)) {
    signal?.throwIfAborted();
    await database.transaction(async (tx: Transaction) => {
      for (const [itemId, facts] of some) await ingest.refresh(tx, itemId, facts);
    });
    report.renewed += some.length;
  }
};

const tell = (told: Map<MediaItemId, Told>, itemId: MediaItemId | undefined, facts: Told): void => {
  if (itemId !== undefined && !told.has(itemId)) told.set(itemId, facts);
};

const tellSeries = (
  told: Map<MediaItemId, Told>,
  unit: SeriesUnit,
  rows: ReadonlyMap<string, readonly Location[]>,
): void => {
  for (const { episode, told: isTold, files } of unit.episodes) {
    for (const { path } of files) {
      const known = rows.get(path) ?? [];
      const [first] = known;
      if (unit.told) tell(told, first?.rootId ?? undefined, unit.told);
      const same = known.find(
        (row) => row.seasonNumber === episode.seasonNumber && row.episodeNumber === episode.episodeNumber,
      );
      // A file with one episode keeps it whatever number its NFO file gives now.
      if (isTold) tell(told, (same ?? (known.length === 1 ? first : undefined))?.itemId, episode);
    }
  }
};
