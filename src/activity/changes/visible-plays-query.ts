import { visibleTo } from '#access/visible.ts';
import { heardDevices } from '#activity/lists/history-devices.ts';
import type { Reader } from '#database/database.ts';
import type { Millis } from '#kernel/clock.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId, PlayId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type HeldPlay, loadPlays } from './held-query.ts';

/**
 * Plays that history shows the viewer, in the order of their ids.
 * @throws AppError `not_found` when one of them is not among those
 */
export const visiblePlays = async (db: Reader, viewer: Viewer, ids: readonly PlayId[]): Promise<HeldPlay[]> => {
  const unique = [...new Set(ids)];
  const { ids: devices } = await heardDevices(db, viewer);
  const rows = await db
    .selectFrom('plays as p')
    .innerJoin('media_items as i', 'i.id', 'p.item_id')
    .select('p.id')
    .where('p.id', 'in', unique)
    .where('p.user_id', '=', viewer.userId)
    .where('p.device_user_id', 'in', devices)
    .where('p.confirmed', '=', 1)
    .where('p.deleted_at', 'is', null)
    .where(visibleTo(viewer.grants, 'i'))
    .execute();
  if (rows.length < unique.length) throw notFound(unique.length === 1 ? 'This play' : 'One of these plays');
  return [...(await loadPlays(db, unique)).values()];
};

/** A leaf that may be seen. @throws AppError `not_found`; `invalid` for a container */
export const visibleLeaf = async (
  db: Reader,
  viewer: Viewer,
  id: MediaItemId,
): Promise<{ runtimeMs: Millis | null }> => {
  const row = await db
    .selectFrom('media_items')
    .select(['kind', 'runtime_ms'])
    .where('id', '=', id)
    .where(visibleTo(viewer.grants))
    .executeTakeFirst();
  if (!row) throw notFound('This item');
  if (!isLeaf(row.kind)) throw invalid(`This ${row.kind} is not played itself; add plays of what is in it.`);
  return { runtimeMs: row.runtime_ms };
};
