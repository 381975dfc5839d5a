import { type SqlBool, sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';

/**
 * Of these items, a few hundred at most, those that are nowhere any more: not retired, and without a file, a copy on a
 * media server, or anything below them that is here.
 */
export const withoutCopies = async (
  db: Reader,
  items: readonly MediaItemId[],
): Promise<{ id: MediaItemId; kind: MediaKind }[]> => {
  if (items.length === 0) return [];
  return db
    .selectFrom('media_items as i')
    .select(['i.id', 'i.kind'])
    .where('i.id', 'in', items)
    .where('i.removed_at', 'is', null)
    .where(none(sql`item_locations AS x WHERE x.item_id = i.id`))
    .where(none(sql`client_items AS x WHERE x.item_id = i.id`))
    .where(none(sql`client_item_parts AS p JOIN client_items AS x ON x.id = p.client_item_id WHERE p.item_id = i.id`))
    .where(none(sql`media_items AS x WHERE x.parent_id = i.id`))
    .execute();
};

const none = (found: ReturnType<typeof sql>) =>
  sql<SqlBool>`NOT EXISTS (SELECT 1 FROM ${found} AND x.removed_at IS NULL)`;
