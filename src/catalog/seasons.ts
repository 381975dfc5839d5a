import { sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { seasonTitle } from './facts.ts';
import { type Batch, revive } from './ingest-batch.ts';
import { seasonKey } from './ingest-known.ts';
import { type ItemRecord, insertItem } from './items-repository.ts';

/** Finds a series' season by its number, brings it back when it was retired, or makes it. */
export const keepSeason = async (
  batch: Batch,
  tx: Transaction,
  series: Pick<ItemRecord, 'id' | 'library_id' | 'removed_at'>,
  number: number,
): Promise<MediaItemId> => {
  const { seasons } = batch.known;
  const key = seasonKey(series.id, number);
  const known = series.removed_at === null ? seasons.get(key) : undefined;
  if (known !== undefined) return known;
  const [season] = await numbered(tx, { seriesId: series.id, number });
  const retired = [series, season].flatMap((item) => (item && item.removed_at !== null ? [item.id] : []));
  if (retired.length > 0) await revive(batch, tx, retired);
  const id = season?.id ?? (await insertSeason(batch, tx, series, number));
  seasons.set(key, id);
  return id;
};

const numbered = prepare<{ seriesId: MediaItemId; number: number }>()((db, value) =>
  db
    .selectFrom('media_items')
    .select(['id', 'removed_at'])
    .where('root_id', '=', value('seriesId'))
    .where('season_number', '=', value('number'))
    .where('kind', '=', sql.lit('season')),
);

const insertSeason = (
  { clock }: Batch,
  tx: Transaction,
  series: Pick<ItemRecord, 'id' | 'library_id'>,
  number: number,
): Promise<MediaItemId> =>
  insertItem(tx, {
    kind: 'season',
    library_id: series.library_id,
    parent_id: series.id,
    root_id: series.id,
    season_number: number,
    title: seasonTitle(number),
    added_at: clock.now(),
  });
