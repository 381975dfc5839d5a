import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { seasonTitle } from './facts.ts';
import type { IngestContext } from './ingest-context.ts';
import { type ItemRecord, insertItem } from './items-repository.ts';
import { reviveItems } from './retire.ts';

/** Finds a series' season by its number, brings it back when it was retired, or makes it. */
export const keepSeason = async (
  context: IngestContext,
  tx: Transaction,
  series: Pick<ItemRecord, 'id' | 'library_id' | 'removed_at'>,
  number: number,
): Promise<MediaItemId> => {
  const season = await tx
    .selectFrom('media_items')
    .select(['id', 'removed_at'])
    .where('root_id', '=', series.id)
    .where('season_number', '=', number)
    .where('kind', '=', 'season')
    .executeTakeFirst();
  const retired = [series, season].flatMap((item) => (item && item.removed_at !== null ? [item.id] : []));
  if (retired.length > 0) await reviveItems(context, tx, retired);
  return season?.id ?? insertSeason(context, tx, series, number);
};

const insertSeason = (
  { clock }: IngestContext,
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
