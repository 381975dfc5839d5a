import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Tables } from '../tables.ts';
import type { SqliteConnection } from './connection.ts';

/** Says the truth that Kysely's own adapter does not: SQLite rolls back DDL, and connections need no mutex here. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

const rawOf = (connection: DatabaseConnection) => (connection as SqliteConnection).raw;

const driver = (connection: SqliteConnection, guard: () => void): Driver => ({
  init: async () => {},
  acquireConnection: async () => {
    guard();
    return connection;
  },
  // The unit of work begins and ends transactions itself; only the migrator asks for one here.
  beginTransaction: async (on) => rawOf(on).exec('BEGIN IMMEDIATE'),
  commitTransaction: async (on) => rawOf(on).exec('COMMIT'),
  rollbackTransaction: async (on) => rawOf(on).exec('ROLLBACK'),
  releaseConnection: async () => {},
  destroy: async () => connection.raw.close(),
});

/**
 * Kysely over one node:sqlite connection.
 * @param guard called before each use; throws where the connection must not be used
 */
export const sqliteKysely = (connection: SqliteConnection, guard: () => void = () => {}): Kysely<Tables> => {
  const dialect: Dialect = {
    createAdapter: () => new Adapter(),
    createDriver: () => driver(connection, guard),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  const kysely = new Kysely<Tables>({ dialect });
  straight.set(kysely, { connection, guard });
  return kysely;
};

const straight = new WeakMap<object, { connection: SqliteConnection; guard: () => void }>();

/**
 * The connection behind a handle, for compiled queries that need nothing of Kysely any more; undefined when it is not one
 * of SQLite.
 * @throws Error where the handle must not be used
 */
export const connectionOf = (db: Kysely<Tables>): SqliteConnection | undefined => {
  const found = straight.get(db);
  found?.guard();
  return found?.connection;
};
