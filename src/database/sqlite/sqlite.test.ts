import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { bind } from './bind.ts';
import { lasting } from './connection.ts';

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'leftoff-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};
const open = (file: string) => openDatabase({ url: `sqlite:${file}`, logger: silentLogger });

test('parameters that would silently become NULL are refused', () => {
  expect(bind([1, 'a', null, true, false, 5n])).toEqual([1, 'a', null, 1, 0, 5n]);
  for (const wrong of [undefined, new Date(0), Number.NaN, Number.POSITIVE_INFINITY, {}, []]) {
    expect(() => bind([wrong])).toThrow(TypeError);
  }
});

test('a limit is no bare parameter, for which a statement would be compiled on every run', () => {
  expect(lasting('select a from t where b = ? limit ? offset ?')).toBe(
    'select a from t where b = ? limit +? offset +?',
  );
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (a INTEGER)');
  db.exec('INSERT INTO t VALUES (1), (2), (3)');
  expect(db.prepare(lasting('SELECT a FROM t LIMIT ? OFFSET ?')).all(1, 1)).toEqual([{ a: 2 }]);
  db.close();
});

test('a row id beyond what a number holds, as the index for searching has them, breaks no statement after it', async () => {
  const database = await open(join(await folder(), 'large.db'));
  onTestFinished(() => database.close());
  await sql`CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)`.execute(database.schema);
  const changed = await database.transaction(async (tx) => {
    await sql`INSERT INTO t (id, a) VALUES (9009398277996544, 1)`.execute(tx);
    return sql`UPDATE t SET a = 2`.execute(tx);
  });
  expect(changed.numAffectedRows).toBe(1n);
});

test('a file that is no database is told so and left as it is', async () => {
  const file = join(await folder(), 'leftoff.db');
  await writeFile(file, 'this is a letter, not a database. '.repeat(200));
  await expect(open(file)).rejects.toThrow('not a SQLite database');
});

test('a damaged file is told so', async () => {
  const file = join(await folder(), 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  const whole = new DatabaseSync(file);
  whole.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  whole.close();
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file);
  bytes.fill(0x5a, 100, bytes.length);
  await writeFile(file, bytes);
  const attempt = open(file).then((database) => migrate(database).finally(() => database.close()));
  await expect(attempt).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('damaged') });
});

test('a folder that is not there is told so', async () => {
  await expect(open(join(await folder(), 'missing', 'leftoff.db'))).rejects.toThrow('cannot be opened');
});

test('a full disk refuses the write, loses nothing and harms no later one', async () => {
  const file = join(await folder(), 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  const database = await open(file);
  onTestFinished(() => database.close());
  const add = (name: string) =>
    database.transaction((tx) => tx.insertInto('tags').values({ name, name_key: name }).execute());
  await add('before');
  const { CompiledQuery } = await import('kysely');
  const pages = await database.schema.executeQuery<{ page_count: number }>(CompiledQuery.raw('PRAGMA page_count'));
  await database.schema.executeQuery(CompiledQuery.raw(`PRAGMA max_page_count = ${pages.rows[0]!.page_count}`));
  const tries = await Promise.allSettled(Array.from({ length: 200 }, (_, index) => add(`${index} ${'x'.repeat(90)}`)));
  const refused = tries.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(database.dialect.explainFault(refused[0])).toContain('disk is full');
  await database.schema.executeQuery(CompiledQuery.raw('PRAGMA max_page_count = 1000000'));
  await add('after');
  const { rows } = await database.read
    .selectFrom('tags')
    .select((select) => select.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  expect(rows).toBe(2 + tries.length - refused.length);
});

test('what was acknowledged survives kill -9', async () => {
  const file = join(await folder(), 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  const writer = fileURLToPath(new URL('../../../test/support/endless-writer.ts', import.meta.url));
  for (let round = 0; round < 3; round++) {
    const child = spawn(process.execPath, [writer, file, `r${round}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.on('data', (chunk) => {
      told += chunk;
    });
    while (told.split('\n').length < 200) await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const acknowledged = told.split('\n').slice(0, -1);
    const database = new DatabaseSync(file);
    const kept = new Set(
      database
        .prepare('SELECT name FROM tags')
        .all()
        .map((row) => row.name),
    );
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
    expect(database.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
    database.close();
  }
});
