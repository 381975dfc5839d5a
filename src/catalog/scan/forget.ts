import type { Database } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ScanFolderId } from '#kernel/ids.ts';
import { withoutCopies } from '../copies.ts';
import type { Ingest } from '../ingest.ts';
import { deleteFolder } from './folders-repository.ts';
import { deleteLocations, firstLocations } from './locations-repository.ts';

/** Locations taken away in one unit of work at the most. */
const UNIT = 200;

/**
 * Takes a folder's locations away, retires what has no other copy, and then deletes the folder. Broken off, it goes on
 * where it was when it is called again.
 * @returns how many items were retired
 */
export const forgetFolder = async (
  database: Database,
  ingest: Ingest,
  id: ScanFolderId,
  at: Instant,
): Promise<number> => {
  let retired = 0;
  for (;;) {
    const step = await database.transaction(async (tx) => {
      const rows = await firstLocations(tx, id, UNIT);
      await deleteLocations(
        tx,
        rows.map((row) => row.id),
      );
      const live = rows.filter(({ removedAt }) => removedAt === null).map(({ itemId }) => itemId);
      const gone = (await withoutCopies(tx, [...new Set(live)])).map((item) => item.id);
      if (gone.length > 0) await ingest.retire(tx, gone, at);
      if (rows.length === 0) await deleteFolder(tx, id);
      return { rows: rows.length, gone: gone.length };
    });
    retired += step.gone;
    if (step.rows === 0) return retired;
  }
};
