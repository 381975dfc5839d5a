import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemsTable } from '#database/tables/catalog.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { fold, sortTitleOf } from '#kernel/text.ts';

export type ItemRecord = Selectable<MediaItemsTable>;
/** A new item: what is not given is empty; the title's keys are derived. */
export type NewItem = Pick<Insertable<MediaItemsTable>, 'kind' | 'library_id' | 'title' | 'added_at'> &
  Partial<Omit<Insertable<MediaItemsTable>, 'id' | 'title_key'>>;
export type ItemChanges = Omit<Updateable<MediaItemsTable>, 'id' | 'kind' | 'title_key' | 'updated_at'>;

/** One key for all who write the catalog; see {@link lockCatalog}. */
const CATALOG_LOCK = 0x6c656674;

const locked = new WeakSet<Transaction>();

/**
 * Lets one unit of work at a time change the catalog, so that what was looked up stays true until it is written: the same
 * film told by two sources at once is made once. SQLite has one writer anyway; on PostgreSQL the lock ends with the
 * transaction. To be called before the look-up.
 */
export const lockCatalog = async (tx: Transaction): Promise<void> => {
  if (dialectOf(tx).name === 'sqlite' || locked.has(tx)) return;
  await sql`SELECT pg_advisory_xact_lock(${CATALOG_LOCK})`.execute(tx);
  locked.add(tx);
};

/** Reads items as they are in their table. At most a few hundred ids at a time. */
export const readItems = (db: Reader, ids: readonly MediaItemId[]): Promise<ItemRecord[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('media_items').selectAll().where('id', 'in', ids).orderBy('id').execute();

export const readItem = async (db: Reader, id: MediaItemId): Promise<ItemRecord | undefined> => {
  const [item] = await byId(db, { id });
  return item;
};

const byId = prepare<{ id: MediaItemId }>()((db, value) =>
  db.selectFrom('media_items').selectAll().where('id', '=', value('id')),
);

/** Makes an item and puts its title into the search index. A library comes to stand in itself. */
export const insertItem = async (tx: Transaction, item: NewItem): Promise<MediaItemId> => {
  const titleKey = fold(item.title);
  const [made] = await insertRow(tx, {
    ...empty,
    sort_title: sortTitleOf(item.title),
    updated_at: item.added_at,
    ...item,
    title_key: titleKey,
  });
  if (!made) throw new TypeError('The database made no item.');
  const { id } = made;
  if (item.kind === 'library') {
    await tx.updateTable('media_items').set({ library_id: id }).where('id', '=', id).execute();
  }
  if (indexesTitles(tx)) await indexTitle(tx, { id, titleKey });
  return id;
};

/** Changes an item and keeps the search index in step. */
export const changeItem = async (
  tx: Transaction,
  id: MediaItemId,
  changes: ItemChanges,
  at: Instant,
): Promise<void> => {
  const titleKey = typeof changes.title === 'string' ? fold(changes.title) : undefined;
  await tx
    .updateTable('media_items')
    .set({ ...changes, ...(titleKey === undefined ? {} : { title_key: titleKey }), updated_at: at })
    .where('id', '=', id)
    .execute();
  if (titleKey !== undefined && indexesTitles(tx)) {
    await sql`DELETE FROM item_search WHERE rowid = ${id}`.execute(tx);
    await indexTitle(tx, { id, titleKey });
  }
};

/** PostgreSQL indexes the column itself. */
const indexesTitles = (tx: Transaction): boolean => dialectOf(tx).name === 'sqlite';

const indexTitle = prepare<{ id: MediaItemId; titleKey: string }>()((db, value) => ({
  compile: () =>
    sql`INSERT INTO item_search (rowid, title_key) VALUES (${value('id')}, ${value('titleKey')})`.compile(db),
}));

const empty = {
  parent_id: null,
  root_id: null,
  season_number: null,
  episode_number: null,
  episode_number_end: null,
  absolute_number: null,
  disc_number: null,
  track_number: null,
  original_title: null,
  overview: null,
  year: null,
  released_at: null,
  runtime_ms: null,
  content_rating: null,
  rating_level: null,
  removed_at: null,
} satisfies Partial<NewItem>;

type Column =
  | keyof typeof empty
  | 'kind'
  | 'library_id'
  | 'title'
  | 'title_key'
  | 'sort_title'
  | 'added_at'
  | 'updated_at';

const columns: readonly Column[] = [
  'kind',
  'library_id',
  'title',
  'title_key',
  'sort_title',
  'added_at',
  'updated_at',
  ...(Object.keys(empty) as (keyof typeof empty)[]),
];

const insertRow = prepare<Pick<Insertable<MediaItemsTable>, Column>>()((db, value) => ({
  compile: () =>
    sql<{ id: MediaItemId }>`INSERT INTO media_items (${sql.join(columns.map((column) => sql.ref(column)))})
      VALUES (${sql.join(columns.map(value))}) RETURNING id`.compile(db),
}));
