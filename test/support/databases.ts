import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '#database/database.ts';
import { silentLogger } from '#kernel/logger.ts';

/** Gives a fresh, migrated, empty database; it is closed and removed when the test (or suite) ends. */
export type MakeDatabase = () => Promise<Database>;

let counter = 0;

/**
 * Runs a suite once on SQLite and once on PostgreSQL.
 *
 *     eachDatabase('marks', (make) => {
 *       test('…', async () => { const database = await make(); … });
 *     });
 */
export const eachDatabase = (name: string, suite: (make: MakeDatabase) => void): void => {
  describe(`${name} on SQLite`, () => suite(makeSqlite));
  describe(`${name} on PostgreSQL`, () => suite(makePostgres));
};

export const makeSqlite: MakeDatabase = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leftoff-test-'));
  const file = join(folder, 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  const database = await openDatabase({ url: `sqlite:${file}`, logger: silentLogger });
  finally_(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return database;
};

export const makePostgres: MakeDatabase = async () => {
  const url = await makePostgresUrl();
  const database = await openDatabase({ url, poolSize: 5, logger: silentLogger });
  finally_(() => database.close());
  return database;
};

/** A fresh, migrated, empty PostgreSQL database that something else opens; it is removed when the test (or suite) ends. */
export const makePostgresUrl = async (): Promise<string> => {
  const server = inject('postgres');
  if (!server) throw new Error('There is no PostgreSQL in this run.');
  const name = `leftoff_test_${process.pid}_${counter++}_${Math.random().toString(36).slice(2, 8)}`;
  await admin(server.url, `CREATE DATABASE ${name} TEMPLATE ${server.template}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  finally_(() => admin(server.url, `DROP DATABASE ${name} WITH (FORCE)`));
  return url.href;
};

/** When called inside a test: at its end; in a hook of a suite: at the suite's. */
const finally_ = (clean: () => Promise<void>): void => {
  try {
    onTestFinished(clean);
  } catch {
    afterAll(clean);
  }
};

const admin = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
};
