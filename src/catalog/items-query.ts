import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { Tables } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { type CursorKey, decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { fold } from '#kernel/text.ts';
import type { Grants } from '#kernel/viewer.ts';
import { foreignCursor } from './cursor.ts';

export const itemSorts = ['title', 'added', 'released', 'year'] as const;
export type ItemSort = (typeof itemSorts)[number];

/** Which items of one kind a list holds, and in what order. */
export interface ItemList {
  kind: MediaKind;
  libraryId?: MediaItemId | undefined;
  yearFrom?: number | undefined;
  yearTo?: number | undefined;
  /** Name of a tag that the item itself carries. */
  tag?: string | undefined;
  /** Those with a rating level up to this one; unrated ones are left out. */
  maxRatingLevel?: number | undefined;
  addedSince?: Instant | undefined;
  sort: ItemSort;
  descending: boolean;
  /** The retired ones instead of those that are there, the last retired first; `sort` is not asked then. */
  removed: boolean;
}

/**
 * One page of ids. Rows without a date or year come last in both directions: the databases disagree on where nulls
 * belong, so that the page is filled from those that have one, then from those that have none.
 * @throws AppError `invalid` for a cursor of another list
 */
export const listItems = async (
  db: Reader,
  grants: Grants,
  list: ItemList,
  page: PageRequest,
): Promise<Page<MediaItemId>> => {
  const order = orderOf(list);
  const name = `items ${order.column} ${order.descending ? 'desc' : 'asc'}`;
  const after = page.cursor === undefined ? undefined : keyOf(name, order, page.cursor);
  const wanted = page.limit + 1;
  const rows = after?.[0] === null ? [] : await pageRows(db, grants, list, order, 'known', after, wanted);
  if (order.nullable && rows.length < wanted && !(order.column === 'year' && asksYear(list))) {
    const start = after?.[0] === null ? after : undefined;
    rows.push(...(await pageRows(db, grants, list, order, 'unknown', start, wanted - rows.length)));
  }
  const cut = pageOf(rows, page.limit, name, (row): CursorKey => [row.key, row.id]);
  return { items: cut.items.map((row) => row.id), next: cut.next };
};

const asksYear = ({ yearFrom, yearTo }: ItemList): boolean => yearFrom !== undefined || yearTo !== undefined;

/** Value of the sort column and id of the last row before a page. */
type Key = [value: number | string | null, id: number];

const keyOf = (name: string, order: Order, cursor: string): Key => {
  const [value = null, id] = decodeCursor(name, 2, cursor);
  const fits =
    order.column === 'sort_title' ? typeof value === 'string' : value === null || Number.isSafeInteger(value);
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || !fits) throw foreignCursor();
  return [value, id];
};

interface Order {
  column: 'sort_title' | 'added_at' | 'released_at' | 'year' | 'removed_at';
  nullable: boolean;
  descending: boolean;
}

const columns: Record<ItemSort, Omit<Order, 'descending'>> = {
  title: { column: 'sort_title', nullable: false },
  added: { column: 'added_at', nullable: false },
  released: { column: 'released_at', nullable: true },
  year: { column: 'year', nullable: true },
};

const orderOf = (list: ItemList): Order =>
  list.removed
    ? { column: 'removed_at', nullable: false, descending: true }
    : { ...columns[list.sort], descending: list.descending };

interface Row {
  id: MediaItemId;
  key: number | string | null;
}

/** Exported for the test that holds every such query against its plan. */
export const itemsPage = (
  db: Reader,
  grants: Grants,
  list: ItemList,
  order: Order,
  part: 'known' | 'unknown',
  after: Key | undefined,
  limit: number,
) => {
  const column = `i.${order.column}` as const;
  const direction = order.descending ? 'desc' : 'asc';
  return filtered(
    db
      .selectFrom('media_items as i')
      .select(['i.id', `${column} as key`])
      .where('i.kind', '=', list.kind),
    list,
  )
    .where('i.removed_at', list.removed ? 'is not' : 'is', null)
    .$if(order.nullable, (query) => query.where(column, part === 'known' ? 'is not' : 'is', null))
    .$if(after !== undefined && part === 'known', (query) => query.where(beyond(column, order.descending, after)))
    .$if(after !== undefined && part === 'unknown', (query) =>
      query.where('i.id', order.descending ? '<' : '>', (after?.[1] ?? 0) as MediaItemId),
    )
    .where(visibleTo(grants, 'i'))
    .orderBy(column, direction)
    .orderBy('i.id', direction)
    .limit(limit);
};

const pageRows = (...args: Parameters<typeof itemsPage>): Promise<Row[]> => itemsPage(...args).execute();

const beyond = (column: string, descending: boolean, [value, id]: Key = [null, 0]): RawBuilder<SqlBool> =>
  descending
    ? sql`(${sql.ref(column)}, i.id) < (${value}, ${id})`
    : sql`(${sql.ref(column)}, i.id) > (${value}, ${id})`;

type Items<O> = SelectQueryBuilder<Tables & { i: Tables['media_items'] }, 'i', O>;

const filtered = <O>(query: Items<O>, list: ItemList): Items<O> => {
  let narrowed = query;
  if (list.libraryId !== undefined) narrowed = narrowed.where('i.library_id', '=', list.libraryId);
  if (list.yearFrom !== undefined) narrowed = narrowed.where('i.year', '>=', list.yearFrom);
  if (list.yearTo !== undefined) narrowed = narrowed.where('i.year', '<=', list.yearTo);
  if (list.maxRatingLevel !== undefined) narrowed = narrowed.where('i.rating_level', '<=', list.maxRatingLevel);
  if (list.addedSince !== undefined) narrowed = narrowed.where('i.added_at', '>=', list.addedSince);
  if (list.tag !== undefined) narrowed = narrowed.where(tagged(list.tag));
  return narrowed;
};

const tagged = (name: string): RawBuilder<SqlBool> =>
  sql`EXISTS (SELECT 1 FROM item_tags AS tagged JOIN tags AS named ON named.id = tagged.tag_id
    WHERE tagged.item_id = i.id AND named.name_key = ${fold(name)})`;
