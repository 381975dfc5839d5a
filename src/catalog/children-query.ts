import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Grants } from '#kernel/viewer.ts';
import { foreignCursor, isWhole } from './cursor.ts';

/** Kinds whose children are listed in the order of their ordinals; a library's are a list by title. */
export type ParentKind = 'series' | 'season' | 'artist' | 'album' | 'collection';

export const isParentKind = (kind: MediaKind): kind is ParentKind => Object.hasOwn(orders, kind);

/**
 * One page of the ids of an item's children, in order: seasons by number, episodes by number with those that only have a
 * date after them, albums by year, tracks by disc and number, a collection's members by position.
 */
export const listChildren = async (
  db: Reader,
  grants: Grants,
  parent: { id: MediaItemId; kind: ParentKind },
  page: PageRequest,
): Promise<Page<MediaItemId>> => {
  const name = `children of ${parent.id}`;
  const order = orders[parent.kind];
  const after = page.cursor === undefined ? undefined : decodeCursor(name, order.length + 1, page.cursor);
  // Of all the keys only the title of an album is no number.
  if (after?.some((key, n) => (parent.kind === 'artist' && n === 1 ? typeof key !== 'string' : !isWhole(key)))) {
    throw foreignCursor();
  }
  const { rows } = await childrenPage(grants, parent, after, page.limit + 1).execute(db);
  const cut = pageOf(rows, page.limit, name, ({ id, a, b }) => (order.length === 1 ? [a, id] : [a, b ?? null, id]));
  return { items: cut.items.map((row) => row.id), next: cut.next };
};

/** Exported for the test that holds every such query against its plan. */
export const childrenPage = (
  grants: Grants,
  parent: { id: MediaItemId; kind: ParentKind },
  after: (number | string | null)[] | undefined,
  limit: number,
) => {
  const order = orders[parent.kind];
  const keys = sql.join([...order, sql`i.id`]);
  const columns = sql.join([sql`i.id`, ...order.map((key, n) => sql`${key} AS ${sql.raw(n === 0 ? 'a' : 'b')}`)]);
  const beyond = after === undefined ? sql`` : sql` AND (${keys}) > (${sql.join(after)})`;
  return sql<{ id: MediaItemId; a: number | string; b?: number | string }>`
    SELECT ${columns} FROM ${from(parent)} AND i.removed_at IS NULL AND ${visibleTo(grants, 'i')}${beyond}
    ORDER BY ${keys} LIMIT ${limit}`;
};

/** After all that have a number or a year. */
const LAST = sql.lit(1_000_000_000);

/** What children are sorted by, before their id. Sorting them costs little: they are the children of one parent. */
const orders: Record<ParentKind, [RawBuilder<unknown>] | [RawBuilder<unknown>, RawBuilder<unknown>]> = {
  series: [sql`i.season_number`],
  season: [sql`i.play_order`],
  artist: [sql`coalesce(i.year, ${LAST})`, sql`i.sort_title`],
  album: [sql`coalesce(i.disc_number, 1)`, sql`coalesce(i.track_number, ${LAST})`],
  collection: [sql`held.position`],
};

const from = ({ id, kind }: { id: MediaItemId; kind: ParentKind }): RawBuilder<SqlBool> =>
  kind === 'collection'
    ? sql`collection_items AS held JOIN media_items AS i ON i.id = held.item_id WHERE held.collection_id = ${id}`
    : sql`media_items AS i WHERE i.parent_id = ${id}`;
