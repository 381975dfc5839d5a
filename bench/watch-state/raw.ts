import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import pg from 'pg';

/** A database without anything of the product in front of it; statements are prepared once. */
export interface Raw {
  rows(sql: string, values: readonly SQLInputValue[]): Promise<unknown[]>;
  run(sql: string, values: readonly SQLInputValue[]): Promise<unknown>;
  close(): Promise<void>;
}

/** @param url as the product takes it; SQLite is opened with the settings that the product has */
export const openRaw = async (url: string): Promise<Raw> =>
  url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url);

const openSqlite = (file: string): Raw => {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec(`PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4000`);
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    // node:sqlite takes `?1` in order, and `$1` only by name.
    rows: async (sql, values) => prepared(sql.replaceAll('$', '?')).all(...values),
    run: async (sql, values) => prepared(sql.replaceAll('$', '?')).run(...values),
    close: async () => database.close(),
  };
};

const openPostgres = async (url: string): Promise<Raw> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const names = new Map<string, string>();
  const query = async (text: string, values: readonly SQLInputValue[]) => {
    const name = names.get(text) ?? `plain${names.size}`;
    names.set(text, name);
    return (await client.query({ name, text, values: [...values] })).rows;
  };
  return { rows: query, run: query, close: () => client.end() };
};
