import { sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { matching } from '#catalog/title-words.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import { notFound } from '#kernel/errors.ts';
import type { DeviceUserId, MediaItemId } from '#kernel/ids.ts';
import { isLeaf, leafKinds, type MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';

/** More items than this are not looked for one by one. */
const MOST_ITEMS = 400;
const MOST_TITLES = 200;
/** More plays than this are not sorted for a page. */
const MOST_PLAYS = 3000;

/** An item whose plays are asked for. */
export interface HistoryItem {
  id: MediaItemId;
  kind: MediaKind;
}

/** @throws AppError `not_found` also for what may not be seen */
export const historyItem = async (db: Reader, grants: Grants, id: MediaItemId): Promise<HistoryItem> => {
  const item = await db
    .selectFrom('media_items as i')
    .select(['i.id', 'i.kind'])
    .where('i.id', '=', id)
    .where(visibleTo(grants, 'i'))
    .executeTakeFirst();
  if (!item) throw notFound('This item');
  return item;
};

/** What can be played in an item, where that is not much; undefined: it is. */
export const fewBelow = async (db: Reader, { id, kind }: HistoryItem): Promise<MediaItemId[] | undefined> => {
  if (isLeaf(kind)) return [id];
  if (kind === 'library') return undefined;
  const { rows } = await (kind === 'collection'
    ? sql<{
        id: MediaItemId;
      }>`SELECT item_id AS id FROM collection_items WHERE collection_id = ${id} LIMIT ${MOST_ITEMS + 1}`
    : leavesOf(db, [id])
  ).execute(db);
  return few(rows);
};

/** What can be played under titles that have all these words, where that is not much; undefined: it is. */
export const fewTitled = async (db: Reader, words: string[]): Promise<MediaItemId[] | undefined> => {
  const kinds = [...leafKinds, 'series', 'artist', 'album'].map((kind) => sql.lit(kind));
  const found = await sql<HistoryItem>`SELECT i.id, i.kind FROM ${matching(dialectOf(db), words)}
    AND i.kind IN (${sql.join(kinds)}) LIMIT ${MOST_TITLES + 1}`.execute(db);
  if (found.rows.length > MOST_TITLES) return undefined;
  const containers = found.rows.filter((row) => !isLeaf(row.kind)).map((row) => row.id);
  const leaves = found.rows.filter((row) => isLeaf(row.kind)).map((row) => row.id);
  if (containers.length === 0) return leaves;
  const below = few((await leavesOf(db, containers).execute(db)).rows);
  return below && few([...new Set([...leaves, ...below])].map((id) => ({ id })));
};

/** Whether the plays of some items on some devices are few enough to be put in order for each page. */
export const fewPlays = async (db: Reader, items: MediaItemId[], devices: DeviceUserId[]): Promise<boolean> => {
  const dialect = dialectOf(db);
  const values = { items: idList(dialect, items), devices: idList(dialect, devices), most: MOST_PLAYS + 1 };
  return ((await counted(db, values))[0]?.plays ?? 0) <= MOST_PLAYS;
};

const counted = prepare<{ items: string; devices: string; most: number }>()((db, value, dialect) => {
  const query = sql<{ plays: number }>`SELECT count(*) AS plays FROM (SELECT 1 AS one FROM plays AS p
    WHERE ${idIn(dialect, 'p.item_id', value('items'))} AND ${idIn(dialect, 'p.device_user_id', value('devices'))}
    LIMIT ${value('most')}) AS found`;
  return { compile: () => query.compile(db) };
});

const leavesOf = (db: Reader, containers: MediaItemId[]) => {
  const dialect = dialectOf(db);
  const ids = sql`${idList(dialect, containers)}`;
  const leaf = sql`i.kind IN ('episode', 'track')`;
  return sql<{
    id: MediaItemId;
  }>`SELECT i.id FROM media_items AS i WHERE ${idIn(dialect, 'i.root_id', ids as never)} AND ${leaf}
    UNION SELECT i.id FROM media_items AS i WHERE ${idIn(dialect, 'i.parent_id', ids as never)} AND ${leaf}
    LIMIT ${MOST_ITEMS + 1}`;
};

const few = (rows: readonly { id: MediaItemId }[]): MediaItemId[] | undefined =>
  rows.length > MOST_ITEMS ? undefined : rows.map((row) => row.id);
