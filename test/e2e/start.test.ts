import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, inject, onTestFinished, test } from 'vitest';
import { emptyFolder, launch, leftoff, serve } from './start-program.ts';

/** One clear line for a person, and no trace of the program's insides. */
const expectOneLine = (stderr: string): void => {
  expect(stderr).toMatch(/^leftoff: [^\n]+\n$/);
  expect(stderr).not.toMatch(/\n\s+at |\.ts:\d/);
};

test('a first start makes the data folder, the database and the key, and listens', async () => {
  const dataDir = join(await emptyFolder(), 'new', 'data');
  const began = performance.now();
  const { url, child, ended, says } = await serve(dataDir);
  const cold = performance.now() - began;
  await says(/first account/);
  const names = (await readdir(dataDir)).filter((name) => !/-(wal|shm)$/.test(name));
  expect(names.sort()).toEqual(['installation', 'leftoff.db', 'secret.key', 'server.sock']);
  expect((await stat(dataDir)).mode & 0o077).toBe(0);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/api/v1/setup`)).json()).toMatchObject({ needed: true });
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, signal: null });
  console.log(`a first start took ${Math.round(cold)} ms`);
});

test('a second start finds everything and says nothing of a first account', async () => {
  const dataDir = await emptyFolder();
  await leftoff(['user', 'add', 'Ada', '--admin', '--password-stdin', '--data-dir', dataDir], {
    input: 'correct horse',
  });
  const key = await readFile(join(dataDir, 'secret.key'), 'utf8');
  const began = performance.now();
  const { child, ended } = await serve(dataDir);
  console.log(`a second start took ${Math.round(performance.now() - began)} ms`);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/first account/);
  expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe(key);
});

test('SIGTERM lets the database be closed: no write-ahead log is left', async () => {
  const dataDir = await emptyFolder();
  const { child, ended } = await serve(dataDir);
  child.kill('SIGTERM');
  await ended;
  expect((await readdir(dataDir)).sort()).toEqual(['installation', 'leftoff.db', 'secret.key']);
});

test('a taken port is one sentence, and the database is closed again', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const dataDir = await emptyFolder();
  const { code, stderr } = await leftoff(['serve', '--data-dir', dataDir, '--server-port', String(port)]);
  expect(code).toBe(1);
  expectOneLine(stderr);
  expect(stderr).toMatch(new RegExp(`Port ${port} .* taken .*LEFTOFF_SERVER_PORT`));
  expect(await readdir(dataDir)).not.toContain('leftoff.db-wal');
});

test('an address that is not this machine’s is one sentence', async () => {
  const dataDir = await emptyFolder();
  const { code, stderr } = await leftoff(['serve', '--data-dir', dataDir, '--server-host', '192.0.2.1']);
  expect(code).toBe(1);
  expectOneLine(stderr);
  expect(stderr).toMatch(/192\.0\.2\.1 is no address of this machine/);
});

test('a data folder that cannot be made or written is one sentence', async () => {
  const file = join(await emptyFolder(), 'file');
  await writeFile(file, 'not a folder');
  for (const dataDir of [file, join(file, 'below'), '/proc/leftoff']) {
    const { code, stderr } = await leftoff(['serve'], { environment: { LEFTOFF_DATA_DIR: dataDir } });
    expect(code).toBe(1);
    expectOneLine(stderr);
    expect(stderr).toContain(`The data folder ${dataDir} cannot be written`);
    expect(stderr).toContain('LEFTOFF_DATA_DIR');
  }
});

test.each([
  [
    'text',
    'This is no database, only a text that is long enough to have a header of its own, or nearly so. '.repeat(40),
  ],
  ['a torn header', `SQLite format 3\0${'x'.repeat(5000)}`],
])('a file that is %s is refused in one sentence and left as it is', async (_what, content) => {
  const dataDir = await emptyFolder();
  const file = join(dataDir, 'leftoff.db');
  await writeFile(file, content);
  const { code, stderr } = await leftoff(['serve', '--data-dir', dataDir]);
  expect(code).toBe(1);
  expectOneLine(stderr);
  expect(stderr).toContain(file);
  expect(await readFile(file, 'utf8')).toBe(content);
});

test('a database with damaged pages inside is refused or served, never mended silently', async () => {
  const dataDir = await emptyFolder();
  const file = join(dataDir, 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  const bytes = await readFile(file);
  bytes.fill(0xff, 100, 4096);
  await writeFile(file, bytes);
  const { code, stderr } = await leftoff(['database', 'migrate', '--data-dir', dataDir]);
  expect(code).toBe(1);
  expectOneLine(stderr);
});

test('a database of a newer program is refused, and nothing is changed', async () => {
  const dataDir = await emptyFolder();
  const file = join(dataDir, 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-future', '2040-01-01')");
  database.close();
  const { code, stderr } = await leftoff(['serve', '--data-dir', dataDir]);
  expect(code).toBe(1);
  expectOneLine(stderr);
  expect(stderr).toMatch(/newer Leftoff .*9999-future/);
});

test('a PostgreSQL that does not answer is one sentence without its password', async () => {
  const { code, stderr } = await leftoff(['serve', '--data-dir', await emptyFolder()], {
    environment: { LEFTOFF_DATABASE_URL: 'postgres://leftoff:hunter2@127.0.0.1:1/leftoff' },
  });
  expect(code).toBe(1);
  expectOneLine(stderr);
  expect(stderr).not.toContain('hunter2');
});

test('a wrong secret key is told before anything is opened', async () => {
  const dataDir = await emptyFolder();
  const { code, stderr } = await leftoff(['serve', '--data-dir', dataDir], {
    environment: { LEFTOFF_SECRET_KEY: 'x' },
  });
  expect(code).toBe(2);
  expectOneLine(stderr);
  expect(await readdir(dataDir)).toEqual([]);
});

test('all faults of the configuration are told at once', async () => {
  const dataDir = await emptyFolder();
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'config.yml'), 'server:\n  port: high\n  hots: x\n');
  const { code, stderr, stdout } = await leftoff(['serve'], {
    environment: { LEFTOFF_DATA_DIR: dataDir, LEFTOFF_LOG_LEVEL: 'loud', LEFTOFF_SERVR_HOST: 'x' },
  });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(5);
  for (const part of ['config.yml:2', 'server.host', 'LEFTOFF_LOG_LEVEL', 'LEFTOFF_SERVER_HOST']) {
    expect(stderr).toContain(part);
  }
});

test('a log that is not for a terminal is one JSON object a line', async () => {
  const { child, ended } = await serve(await emptyFolder());
  child.kill('SIGTERM');
  const { stdout } = await ended;
  for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) });
});

const systemNode = (): { path: string; version: string } | undefined => {
  try {
    const version = execFileSync('/usr/bin/node', ['--version'], { encoding: 'utf8' }).trim();
    return { path: '/usr/bin/node', version };
  } catch {
    return undefined;
  }
};
const old = systemNode();
const isOld = old !== undefined && Number(/^v(\d+)/.exec(old.version)?.[1]) < 24;

test.skipIf(!isOld)(`started by an old Node (${old?.version ?? 'none here'}) it runs on its own`, async () => {
  const node = old!.path;
  expect(await leftoff(['version'], { node })).toMatchObject({ code: 0, stderr: '' });
  expect((await leftoff(['bogus'], { node })).code).toBe(2);
  const running = launch(['serve', '--data-dir', await emptyFolder(), '--server-port', '0'], { node });
  await running.says(/Leftoff listens on/);
  running.child.kill('SIGTERM');
  expect(await running.ended).toMatchObject({ code: 0, signal: null });
});

test.skipIf(!isOld)('an old Node without the bundled one is told what to do', async () => {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'bin'));
  await copyFile(new URL('../../bin/leftoff.mjs', import.meta.url), join(folder, 'bin', 'leftoff.mjs'));
  let stderr = '';
  let code: number | null = 0;
  try {
    execFileSync(old!.path, [join(folder, 'bin', 'leftoff.mjs'), 'serve'], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    ({ stderr, status: code } = error as { stderr: string; status: number });
  }
  expect(code).toBe(1);
  expect(stderr).toMatch(/^leftoff needs Node 24\.7 or newer[^\n]+npm ci[^\n]+\n$/);
});
