import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { OpinionsTable } from '#database/tables/activity.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { decodeIntegers, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import type { Opinion } from './opinion.ts';

/** Lists of what a user thinks; newest first, the best rated by their rating. */
export const opinionLists = ['favourites', 'disliked', 'watchlist', 'ratings', 'best-rated'] as const;
export type OpinionList = (typeof opinionLists)[number];

export interface OpinionListRequest extends PageRequest {
  kind?: MediaKind | undefined;
  libraryId?: MediaItemId | undefined;
}

export interface OpinionRow extends Opinion {
  itemId: MediaItemId;
}

/**
 * What a user thinks of an item, also of a retired one. One statement.
 * @throws AppError `not_found` also for what may not be seen
 */
export const loadOpinion = async (db: Reader, viewer: Viewer, itemId: MediaItemId): Promise<Opinion> => {
  const [row] = await ofItem(viewer.grants)(db, { user: viewer.userId, item: itemId });
  if (!row) throw notFound('This item');
  return opinionOf(row);
};

/** What a user thinks of some items, a few hundred at most, whoever may see them; those that nothing was said of are left out. */
export const opinionsOf = async (
  db: Reader,
  user: UserId,
  items: readonly MediaItemId[],
): Promise<Map<MediaItemId, Opinion>> => {
  const rows = items.length === 0 ? [] : await ofItems(db, { user, items: idList(dialectOf(db), items) });
  return new Map(rows.map((row) => [row.item_id, opinionOf(row)]));
};

/** One page of a list: of items that may be seen and are there. One statement. */
export const opinionPage = async (
  db: Reader,
  viewer: Viewer,
  list: OpinionList,
  request: OpinionListRequest,
): Promise<Page<OpinionRow>> => {
  const rows = await pages(viewer.grants)[list](db, {
    user: viewer.userId,
    ...keyOf(list, request.cursor),
    kind: request.kind ?? '',
    library: request.libraryId ?? 0,
    limit: request.limit + 1,
  });
  const page = pageOf(rows, request.limit, list, (row) => [
    ...orders[list].by.map((column) => row[column]),
    row.item_id,
  ]);
  return { ...page, items: page.items.map((row) => ({ itemId: row.item_id, ...opinionOf(row) })) };
};

interface Order {
  /** What is in the list, word for word as its index has it. */
  holds: RawBuilder<SqlBool>;
  /** What it is ordered by, downwards, before the id of the item. */
  by: readonly ('favourite_at' | 'disliked_at' | 'watchlist_at' | 'rating' | 'rated_at')[];
}

const orders: Record<OpinionList, Order> = {
  favourites: { holds: sql`o.favourite = 1`, by: ['favourite_at'] },
  disliked: { holds: sql`o.disliked = 1`, by: ['disliked_at'] },
  watchlist: { holds: sql`o.watchlist = 1`, by: ['watchlist_at'] },
  ratings: { holds: sql`o.rating IS NOT NULL`, by: ['rated_at'] },
  'best-rated': { holds: sql`o.rating IS NOT NULL`, by: ['rating', 'rated_at'] },
};

/** The last row before a page; lists of one order column do not ask for the second. */
interface Key {
  first: number;
  second: number;
  id: number;
}

const BEGIN = Number.MAX_SAFE_INTEGER;

const keyOf = (list: OpinionList, cursor: string | undefined): Key => {
  if (cursor === undefined) return { first: BEGIN, second: BEGIN, id: BEGIN };
  const width = orders[list].by.length;
  const [first = BEGIN, ...rest] = decodeIntegers(list, width + 1, cursor);
  const [second = BEGIN, id = BEGIN] = width === 1 ? [BEGIN, ...rest] : rest;
  return { first, second, id };
};

interface Values extends Key {
  user: UserId;
  kind: string;
  library: number;
  limit: number;
}

/** Exported for the test that holds every such query against its plan. */
export const opinionQuery = (db: Reader, grants: Grants, list: OpinionList, value: Value<Values>) => {
  const { holds, by } = orders[list];
  const columns = sql.join([...by, 'item_id'].map((column) => sql.ref(`o.${column}`)));
  const key = by.length === 1 ? sql`${value('first')}` : sql`${value('first')}, ${value('second')}`;
  let query = db
    .selectFrom('opinions as o')
    .innerJoin('media_items as i', 'i.id', 'o.item_id')
    .select(['o.item_id', ...opinionColumns])
    .where('o.user_id', '=', value('user'))
    .where(holds)
    .where(sql<SqlBool>`(${columns}) < (${key}, ${value('id')})`)
    .where(sql<SqlBool>`(${value('kind')} = '' OR i.kind = ${value('kind')})`)
    .where(sql<SqlBool>`(CAST(${value('library')} AS bigint) = 0 OR i.library_id = ${value('library')})`)
    .where('i.removed_at', 'is', null)
    .where(visibleTo(grants, 'i'));
  for (const column of [...by, 'item_id'] as const) query = query.orderBy(`o.${column}`, 'desc');
  return query.limit(value('limit'));
};

/** The columns of an opinion `o`, for {@link opinionOf}. */
export const opinionColumns = [
  'o.favourite',
  'o.favourite_at',
  'o.disliked',
  'o.disliked_at',
  'o.watchlist',
  'o.watchlist_at',
  'o.rating',
  'o.rated_at',
  'o.review',
  'o.reviewed_at',
] as const;

const pages = byGrants((grants) => {
  const page = (list: OpinionList) => prepare<Values>()((db, value) => opinionQuery(db, grants, list, value));
  return {
    favourites: page('favourites'),
    disliked: page('disliked'),
    watchlist: page('watchlist'),
    ratings: page('ratings'),
    'best-rated': page('best-rated'),
  };
});

const ofItem = byGrants((grants) =>
  prepare<{ user: UserId; item: MediaItemId }>()((db, value) =>
    db
      .selectFrom('media_items as i')
      .leftJoin('opinions as o', (join) => join.onRef('o.item_id', '=', 'i.id').on('o.user_id', '=', value('user')))
      .select(opinionColumns)
      .where('i.id', '=', value('item'))
      .where(visibleTo(grants, 'i')),
  ),
);

const ofItems = prepare<{ user: UserId; items: string }>()((db, value, dialect) =>
  db
    .selectFrom('opinions as o')
    .select(['o.item_id', ...opinionColumns])
    .where('o.user_id', '=', value('user'))
    .where(idIn(dialect, 'o.item_id', value('items'))),
);

/** All null where nothing was ever said. */
type Row = { [K in Exclude<keyof OpinionsTable, 'user_id' | 'item_id'>]: OpinionsTable[K] | null };

export const opinionOf = (row: Row): Opinion => ({
  favourite: { value: row.favourite === 1, at: row.favourite_at },
  disliked: { value: row.disliked === 1, at: row.disliked_at },
  watchlist: { value: row.watchlist === 1, at: row.watchlist_at },
  rating: { value: row.rating === null ? null : row.rating / 2, at: row.rated_at },
  review: { value: row.review, at: row.reviewed_at },
});
