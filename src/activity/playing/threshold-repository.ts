import type { Reader, Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';

/** What a library has of its own; null: as the settings say. Whole percents and seconds. */
export interface OwnThresholds {
  lowPercent: number | null;
  lowSeconds: number | null;
  highPercent: number | null;
  highSeconds: number | null;
}

/** All libraries that have thresholds of their own: a handful at the most. */
export const ownThresholds = async (db: Reader): Promise<Map<MediaItemId, OwnThresholds>> => {
  const rows = await db.selectFrom('library_thresholds').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.library_id,
      {
        lowPercent: row.low_percent,
        lowSeconds: row.low_seconds,
        highPercent: row.high_percent,
        highSeconds: row.high_seconds,
      },
    ]),
  );
};

export const saveThresholds = async (tx: Transaction, library: MediaItemId, own: OwnThresholds): Promise<void> => {
  const values = {
    low_percent: own.lowPercent,
    low_seconds: own.lowSeconds,
    high_percent: own.highPercent,
    high_seconds: own.highSeconds,
  };
  await tx
    .insertInto('library_thresholds')
    .values({ library_id: library, ...values })
    .onConflict((conflict) => conflict.column('library_id').doUpdateSet(values))
    .execute();
};
