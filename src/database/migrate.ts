import { CompiledQuery } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { AppError, unavailable } from '#kernel/errors.ts';
import type { Database } from './database.ts';
import type { SqlDialect } from './dialect.ts';
import { migrations as all } from './migrations/index.ts';

type Migrations = Record<string, (dialect: SqlDialect) => string[]>;

/**
 * Brings the database up to this program, in one transaction.
 * @returns the names of the steps taken, none when it was up to date
 * @throws AppError `unavailable` when the database is of a newer program or a step fails; nothing is changed then
 */
export const migrate = async (database: Database, migrations: Migrations = all): Promise<string[]> => {
  const migrator = new Migrator({ db: database.schema, provider: providerOf(database.dialect, migrations) });
  await refuseNewer(database, migrations);
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw failure(database, error);
  return (results ?? []).map((result) => result.migrationName);
};

/** The steps that are not taken yet. */
export const pendingMigrations = async (database: Database, migrations: Migrations = all): Promise<string[]> => {
  const taken = await takenMigrations(database);
  return Object.keys(migrations).filter((name) => !taken.includes(name));
};

const providerOf = (dialect: SqlDialect, migrations: Migrations): MigrationProvider => ({
  getMigrations: async () =>
    Object.fromEntries(
      Object.entries(migrations).map(([name, statements]) => [
        name,
        {
          up: async (db) => {
            for (const statement of statements(dialect)) await db.executeQuery(CompiledQuery.raw(statement));
          },
        },
      ]),
    ),
});

const takenMigrations = async (database: Database): Promise<string[]> => {
  const tables = await database.schema.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const { rows } = await database.schema.executeQuery<{ name: string }>(
    CompiledQuery.raw('SELECT name FROM kysely_migration ORDER BY name'),
  );
  return rows.map((row) => row.name);
};

const refuseNewer = async (database: Database, migrations: Migrations): Promise<void> => {
  const unknown = await takenMigrations(database)
    .then((taken) => taken.filter((name) => !(name in migrations)))
    .catch((error: unknown) => {
      throw failure(database, error);
    });
  if (unknown.length === 0) return;
  throw unavailable(
    `The database was made by a newer Leftoff (it has ${unknown.join(', ')}). Install that version or restore an older backup; nothing was changed.`,
  );
};

const failure = (database: Database, error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const cause = database.dialect.explainFault(error) ?? (error instanceof Error ? error.message : String(error));
  return unavailable(`The database could not be brought up to date: ${cause}`, { cause: error });
};
