import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { silentLogger } from '#kernel/logger.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated SQLite file to copy. */
    sqliteTemplate: string;
    /** A PostgreSQL server and the name of a migrated database on it to copy; null: there is none here. */
    postgres: { url: string; template: string } | null;
  }
}

/** Makes one migrated database of each kind for the whole run; every test copies it, which is quick. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'leftoff-test-'));
  const sqliteTemplate = join(folder, 'template.db');
  await migrated(`sqlite:${sqliteTemplate}`);
  project.provide('sqliteTemplate', sqliteTemplate);

  const given = process.env.LEFTOFF_TEST_POSTGRES_URL;
  const server = given ? { url: given, stop: async () => {} } : await startPostgres();
  const template = `leftoff_template_${process.pid}`;
  await onServer(server.url, `CREATE DATABASE ${template}`);
  await migrated(withDatabase(server.url, template));
  project.provide('postgres', { url: server.url, template });

  return async () => {
    await onServer(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
};

const migrated = async (url: string): Promise<void> => {
  const database = await openDatabase({ url, logger: silentLogger });
  await migrate(database);
  await database.close();
};

const onServer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
};

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};
