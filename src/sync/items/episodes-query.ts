import type { IncomingEpisode } from '#catalog/incoming.ts';
import type { Reader } from '#database/database.ts';
import type { ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { chunks } from '../chunks.ts';
import type { Parts } from './parts.ts';

/** Whether one episode of a series, here or retired, is just the range that is told. */
export const coversRange = async (
  db: Reader,
  seriesId: MediaItemId,
  { seasonNumber, episodeNumber = -1, episodeNumberEnd = -1 }: IncomingEpisode,
): Promise<boolean> => {
  const item = await db
    .selectFrom('media_items')
    .select('id')
    .where('root_id', '=', seriesId)
    .where('kind', '=', 'episode')
    .where('season_number', '=', seasonNumber)
    .where('episode_number', '=', episodeNumber)
    .where('episode_number_end', '=', episodeNumberEnd)
    .executeTakeFirst();
  return item !== undefined;
};

/** Whether an episode of ours is just the range that is told. */
export const isRange = async (
  db: Reader,
  itemId: MediaItemId,
  { episodeNumber, episodeNumberEnd }: IncomingEpisode,
): Promise<boolean> => {
  const item = await db
    .selectFrom('media_items')
    .select(['episode_number', 'episode_number_end'])
    .where('id', '=', itemId)
    .executeTakeFirst();
  return item?.episode_number === episodeNumber && item?.episode_number_end === episodeNumberEnd;
};

/** A copy of several items: which, and what {@link Parts} tell of them. */
export interface CopyParts extends Parts {
  /** All of them, the first one first. */
  itemIds: MediaItemId[];
}

/** Of these copies, those that stand for several items. The rest, nearly all, are left out. */
export const partsOfCopy = async (
  db: Reader,
  copyIds: readonly ClientItemId[],
): Promise<Map<ClientItemId, CopyParts>> => {
  const found = new Map<ClientItemId, CopyParts>();
  for (const some of chunks(copyIds)) {
    const rows = await db
      .selectFrom('client_item_parts as p')
      .innerJoin('client_items as c', 'c.id', 'p.client_item_id')
      .innerJoin('media_items as first', 'first.id', 'c.item_id')
      .select(['c.id', 'first.id as first_id', 'first.runtime_ms', 'p.item_id'])
      .where('p.client_item_id', 'in', some)
      .orderBy('p.client_item_id')
      .orderBy('p.part')
      .execute();
    for (const { id, first_id, runtime_ms, item_id } of rows) {
      const parts = found.get(id) ?? { itemIds: [first_id], count: 1, firstMs: runtime_ms };
      parts.itemIds.push(item_id);
      found.set(id, { ...parts, count: parts.itemIds.length });
    }
  }
  return found;
};
