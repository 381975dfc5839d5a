import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { leafKinds, type MediaKind } from '#kernel/media.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import { scopeList, watchedIn } from './covering-sql.ts';
import type { SubjectItem } from './subject-query.ts';

/**
 * Whether all leaves of a container that are here and may be seen are watched; false when there are none. Ends at the
 * first unwatched one.
 */
export const allWatched = async (db: Reader, viewer: Viewer, item: SubjectItem): Promise<boolean> => {
  const leaf = (watched: 0 | 1) =>
    sql`EXISTS (SELECT 1 FROM media_items AS leaf WHERE ${below(item)}
      AND leaf.kind IN (${sql.join(leafKinds.map((kind) => sql.lit(kind)))}) AND leaf.removed_at IS NULL
      AND ${visibleTo(viewer.grants, 'leaf')} AND ${watchedIn(scopeList(readScopes(viewer)), 'leaf')} = ${watched})`;
  const { rows } = await sql<{ watched: number }>`
    SELECT CASE WHEN ${leaf(0)} THEN 0 WHEN ${leaf(1)} THEN 1 ELSE 0 END AS watched`.execute(db);
  return rows[0]?.watched === 1;
};

const below = ({ id, kind }: SubjectItem): RawBuilder<SqlBool> =>
  belowKind[kind]?.(id) ?? sql<SqlBool>`leaf.id = ${id}`;

const belowKind: Partial<Record<MediaKind, (id: number) => RawBuilder<SqlBool>>> = {
  library: (id) => sql`leaf.library_id = ${id}`,
  series: (id) => sql`leaf.root_id = ${id}`,
  artist: (id) => sql`leaf.root_id = ${id}`,
  season: (id) => sql`leaf.parent_id = ${id}`,
  album: (id) => sql`leaf.parent_id = ${id}`,
  collection: (id) =>
    sql`leaf.id IN (SELECT member.item_id FROM collection_items AS member WHERE member.collection_id = ${id})`,
};
