import type { Kysely } from 'kysely';
import { invalid } from '#kernel/errors.ts';
import type { Logger } from '#kernel/logger.ts';
import type { SqlDialect } from './dialect.ts';
import { openSqlite } from './sqlite/open.ts';
import type { Tables } from './tables.ts';

/** What reading takes: the root handle, or a transaction. */
export type Reader = Kysely<Tables>;

declare const writes: unique symbol;
/** What writing takes: only a unit of work hands it out. */
export type Transaction = Kysely<Tables> & { readonly [writes]: true };

/** One open database, SQLite or PostgreSQL. */
export interface Database {
  readonly dialect: SqlDialect;
  /** For reading outside units of work; throws inside one, where its transaction must be used. */
  readonly read: Reader;
  /**
   * A unit of work: all that `work` writes is saved together, or not at all when it throws. Called inside another unit
   * it joins that one. `work` awaits only the database and changes nothing else: after a deadlock it is run again.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Has `effect` run once the present unit of work is committed; never when it is not. Throws outside of one. */
  afterCommit(effect: () => void): void;
  /** For migrations and tests: a handle free of units of work. */
  readonly schema: Kysely<Tables>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `sqlite:` followed by a path, or `postgres://…`. */
  url: string;
  /** Connections kept to PostgreSQL at the most. */
  poolSize?: number;
  logger: Logger;
}

/**
 * Opens the database that the URL names; an SQLite file is made when it is missing.
 * @throws AppError `invalid` for another sort of URL, `unavailable` with what to do when it cannot be opened
 */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  if (options.url.startsWith('sqlite:')) return openSqlite(options.url.slice('sqlite:'.length), options.logger);
  if (/^postgres(ql)?:\/\//.test(options.url)) {
    // Only where it is used: its driver is not loaded for SQLite.
    const { openPostgres } = await import('./postgres/open.ts');
    return openPostgres(options.url, options.poolSize ?? 10, options.logger);
  }
  throw invalid('The database URL must start with sqlite: or postgres://.');
};
