import { PostgresAdapter } from 'kysely';
import type { Reader } from './database.ts';
import { postgres, type SqlDialect, sqlite } from './dialect.ts';

/** Which of the two databases a handle or transaction speaks to. */
export const dialectOf = (db: Reader): SqlDialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;
