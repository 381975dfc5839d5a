import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import { listedRows, type RowColumns } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';

type Insert = (tx: Transaction, rows: readonly object[]) => Promise<void>;

/** Writes rows of a table in one statement, whatever their number; one that is there already stays. */
const rowsOf = (insertInto: RawBuilder<unknown>, columns: RowColumns): Insert => {
  const names = sql.join(Object.keys(columns).map((column) => sql.ref(column)));
  const insert = prepare<{ rows: string }>()((db, value, dialect) => ({
    compile: () =>
      sql`${insertInto} (${names})
        SELECT ${names} FROM ${listedRows(dialect, value('rows'), columns, 'told')} WHERE true
        ON CONFLICT DO NOTHING`.compile(db),
  }));
  return async (tx, rows) => {
    if (rows.length > 0) await insert(tx, { rows: JSON.stringify(rows) });
  };
};

/** An external id that another item of its kind has stays with that one. */
export const insertExternalIds = rowsOf(sql`INSERT INTO external_ids`, {
  kind: 'text',
  provider: 'text',
  value: 'text',
  item_id: 'bigint',
});
export const insertMovies = rowsOf(sql`INSERT INTO movies`, {
  item_id: 'bigint',
  tagline: 'text',
  budget: 'bigint',
  revenue: 'bigint',
});
export const insertSeries = rowsOf(sql`INSERT INTO series`, { item_id: 'bigint', status: 'text' });
export const insertGenreLinks = rowsOf(sql`INSERT INTO item_genres`, { item_id: 'bigint', genre_id: 'bigint' });
export const insertImages = rowsOf(sql`INSERT INTO images`, { item_id: 'bigint', role: 'text', address: 'text' });
