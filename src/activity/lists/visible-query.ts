import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';

/** Which of these items (a few hundred at most) may be seen and are not retired. */
export const visibleHere = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
): Promise<Set<MediaItemId>> => {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('media_items')
    .select('id')
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .where(visibleTo(grants))
    .execute();
  return new Set(rows.map((row) => row.id));
};
