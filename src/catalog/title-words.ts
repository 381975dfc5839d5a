import { type RawBuilder, sql } from 'kysely';
import type { SqlDialect } from '#database/dialect.ts';

/**
 * The items `i` whose title has a word that begins with each of these, as the end of a query, open for more conditions.
 * Words hold letters and digits alone, so they need no escape in either query language.
 */
export const matching = ({ name }: SqlDialect, words: string[]): RawBuilder<unknown> =>
  name === 'sqlite'
    ? sql`item_search JOIN media_items AS i ON i.id = item_search.rowid
        WHERE item_search MATCH ${words.map((word) => `"${word}"*`).join(' ')}`
    : sql`media_items AS i
        WHERE to_tsvector('simple', i.title_key) @@ to_tsquery('simple', ${words.map((word) => `'${word}':*`).join(' & ')})`;
