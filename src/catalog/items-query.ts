import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { type Prepared, prepare, type Value } from '#database/prepared.ts';
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

/** What a page's query is built of; the rest are values. */
interface Shape {
  order: Order;
  part: 'known' | 'unknown';
  continued: boolean;
  removed: boolean;
  filters: Filter[];
}

interface Values extends Partial<Record<Filter, number | string | undefined>> {
  kind: MediaKind;
  limit: number;
  afterKey: number | string | null;
  afterId: MediaItemId;
}

const pageRows = (
  db: Reader,
  grants: Grants,
  list: ItemList,
  order: Order,
  part: 'known' | 'unknown',
  after: Key | undefined,
  limit: number,
): Promise<Row[]> => {
  const filters = filterNames.filter((name) => list[name] !== undefined);
  const shape: Shape = { order, part, continued: after !== undefined, removed: list.removed, filters };
  const [afterKey, afterId] = after ?? [null, 0];
  const { kind, libraryId, yearFrom, yearTo, maxRatingLevel, addedSince } = list;
  const tag = list.tag === undefined ? undefined : fold(list.tag);
  const values = { kind, libraryId, yearFrom, yearTo, maxRatingLevel, addedSince, tag };
  return queryFor(grants, shape)(db, { ...values, limit, afterKey, afterId: afterId as MediaItemId });
};

/** Compiled queries by shape, of each viewer's grants; they go when the grants go. */
const queries = new WeakMap<Grants, Map<string, Prepared<Values, Row>>>();

const queryFor = (grants: Grants, shape: Shape): Prepared<Values, Row> => {
  const known = queries.get(grants) ?? new Map<string, Prepared<Values, Row>>();
  queries.set(grants, known);
  const { order, part, continued, removed, filters } = shape;
  const name = `${order.column} ${order.descending} ${part} ${continued} ${removed} ${filters.join(' ')}`;
  const query = known.get(name) ?? prepare<Values>()((db, value) => itemsPage(db, grants, shape, value));
  known.set(name, query);
  return query;
};

/** Exported for the test that holds every such query against its plan. */
export const itemsPage = (db: Reader, grants: Grants, shape: Shape, value: Value<Values>) => {
  const { order, part, continued, removed, filters } = shape;
  const column = `i.${order.column}` as const;
  const direction = order.descending ? 'desc' : 'asc';
  const beyond = sql.raw(order.descending ? '<' : '>');
  let query = db
    .selectFrom('media_items as i')
    .select(['i.id', `${column} as key`])
    .where('i.kind', '=', value('kind'))
    .where('i.removed_at', removed ? 'is not' : 'is', null)
    .where(visibleTo(grants, 'i'));
  for (const name of filters) query = query.where(conditions[name](value(name)));
  if (order.nullable) query = query.where(column, part === 'known' ? 'is not' : 'is', null);
  if (continued && part === 'known') {
    query = query.where(sql<SqlBool>`(${sql.ref(column)}, i.id) ${beyond} (${value('afterKey')}, ${value('afterId')})`);
  }
  if (continued && part === 'unknown') query = query.where(sql<SqlBool>`i.id ${beyond} ${value('afterId')}`);
  return query.orderBy(column, direction).orderBy('i.id', direction).limit(value('limit'));
};

const filterNames = ['libraryId', 'yearFrom', 'yearTo', 'maxRatingLevel', 'addedSince', 'tag'] as const;
type Filter = (typeof filterNames)[number];

const conditions: Record<Filter, (value: RawBuilder<unknown>) => RawBuilder<SqlBool>> = {
  libraryId: (value) => sql`i.library_id = ${value}`,
  yearFrom: (value) => sql`i.year >= ${value}`,
  yearTo: (value) => sql`i.year <= ${value}`,
  maxRatingLevel: (value) => sql`i.rating_level <= ${value}`,
  addedSince: (value) => sql`i.added_at >= ${value}`,
  tag: (value) => sql`EXISTS (SELECT 1 FROM item_tags AS tagged JOIN tags AS named ON named.id = tagged.tag_id
    WHERE tagged.item_id = i.id AND named.name_key = ${value})`,
};
