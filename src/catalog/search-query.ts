import { sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { dialectOf } from '#database/dialect-of.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#kernel/page.ts';
import { fold } from '#kernel/text.ts';
import type { Grants } from '#kernel/viewer.ts';
import { foreignCursor, isWhole } from './cursor.ts';
import { matching } from './title-words.ts';

/** Who finds more should type more. */
const MOST_FOUND = 200;
/** Titles that are ranked at the most; a word that is in more of them tells too little. */
const MOST_RANKED = 2000;
const MOST_WORDS = 12;

/**
 * Ids of the items whose title has a word that begins with each word of the text: first those with just this title, then
 * those that begin with it, then the rest, each by sort title. The first 200 of them, in pages.
 */
export const searchItems = async (
  db: Reader,
  grants: Grants,
  search: { text: string; kind?: MediaKind | undefined },
  page: PageRequest,
): Promise<Page<MediaItemId>> => {
  const text = fold(search.text);
  const name = `search ${search.kind ?? ''} ${text}`;
  const [start = null] = page.cursor === undefined ? [0] : decodeCursor(name, 1, page.cursor);
  if (!isWhole(start)) throw foreignCursor();
  if (text === '') return { items: [], next: null };
  const { rows } = await searchQuery(dialectOf(db), grants, text, search.kind).execute(db);
  const end = start + page.limit;
  return {
    items: rows.slice(start, end).map((row) => row.id),
    next: rows.length > end ? encodeCursor(name, [end]) : null,
  };
};

/** Exported for the test that holds every such query against its plan. */
export const searchQuery = (dialect: SqlDialect, grants: Grants, text: string, kind: MediaKind | undefined) => {
  const kept = sql`i.removed_at IS NULL AND ${visibleTo(grants, 'i')}${kind === undefined ? sql`` : sql` AND i.kind = ${kind}`}`;
  const columns = sql`i.id, i.title_key, i.sort_title`;
  const exact = sql`SELECT ${columns} FROM media_items AS i WHERE i.title_key = ${text} AND ${kept} LIMIT ${MOST_FOUND}`;
  const words = text
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS);
  const found =
    words.length === 0
      ? sql``
      : sql` UNION SELECT * FROM (SELECT ${columns} FROM ${matching(dialect, words)} AND ${kept} LIMIT ${MOST_RANKED}) AS matching`;
  return sql<{ id: MediaItemId }>`
    SELECT id FROM (SELECT * FROM (${exact}) AS exact${found}) AS found
    ORDER BY CASE WHEN title_key = ${text} THEN 0 WHEN substr(title_key, 1, ${[...text].length}) = ${text} THEN 1 ELSE 2 END,
      sort_title, id
    LIMIT ${MOST_FOUND}`;
};
