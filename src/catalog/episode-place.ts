import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Mode } from './changes.ts';
import type { Facts } from './facts.ts';
import type { Batch } from './ingest-batch.ts';
import type { ItemChanges, ItemRecord } from './items-repository.ts';
import { episodeAt } from './season-places.ts';
import { keepSeason } from './seasons.ts';

/** Whether no other episode of the season stands after a double episode's first number, up to its last. */
export const isFree = async (
  db: Reader,
  seriesId: MediaItemId,
  season: number,
  first: number,
  last: number,
): Promise<boolean> => {
  const other = await db
    .selectFrom('media_items')
    .select('id')
    .where('root_id', '=', seriesId)
    .where('kind', '=', sql.lit('episode'))
    .where('season_number', '=', season)
    .where('episode_number', '>', first)
    .where('episode_number', '<=', last)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
};

/** Whether an item is a double episode of which these facts tell another than the first. */
export const coversAsFurther = (item: ItemRecord, { season_number, episode_number }: Facts): boolean =>
  item.kind === 'episode' &&
  item.episode_number !== null &&
  item.episode_number_end !== null &&
  season_number === item.season_number &&
  episode_number !== undefined &&
  episode_number > item.episode_number &&
  episode_number <= item.episode_number_end;

/** What of an episode's place follows from what was told. A place that another episode holds is left to that one. */
export const placeChanges = async (
  batch: Batch,
  tx: Transaction,
  item: ItemRecord,
  facts: Facts,
  mode: Mode,
): Promise<ItemChanges> => {
  const { season_number: season, episode_number: number } = facts;
  if (item.root_id === null || season === undefined || number === undefined) return {};
  if (coversAsFurther(item, facts) || (mode === 'fill' && item.episode_number !== null && !isAt(item, season, number)))
    return {};
  const end = facts.episode_number_end;
  if (isAt(item, season, number)) return endChanges(tx, item, number, end, mode);
  const holder = await episodeAt(batch, tx, item.root_id, season, number);
  if (holder && holder.id !== item.id) return {};
  const free = end !== undefined && (await isFree(tx, item.root_id, season, number, end));
  return {
    season_number: season,
    episode_number: number,
    episode_number_end: free ? end : null,
    ...(season === item.season_number ? {} : { parent_id: await seasonFor(batch, tx, item.root_id, item, season) }),
  };
};

const isAt = (item: ItemRecord, season: number, number: number): boolean =>
  item.season_number === season && item.episode_number === number;

const endChanges = async (
  tx: Transaction,
  item: ItemRecord,
  number: number,
  end: number | undefined,
  mode: Mode,
): Promise<ItemChanges> => {
  if (end === undefined || end === item.episode_number_end) return {};
  if (mode === 'fill' && item.episode_number_end !== null) return {};
  if (item.root_id === null || item.season_number === null) return {};
  return (await isFree(tx, item.root_id, item.season_number, number, end)) ? { episode_number_end: end } : {};
};

const seasonFor = (
  batch: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  item: ItemRecord,
  season: number,
): Promise<MediaItemId> =>
  keepSeason(batch, tx, { id: seriesId, library_id: item.library_id, removed_at: null }, season);
