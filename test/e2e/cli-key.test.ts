import { watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeJellyfin } from '../support/fakes/jellyfin/start.ts';
import { emptyFolder, launch, leftoff, serve } from './start-program.ts';

/** A Jellyfin whose API key is kept sealed in a data folder. */
const connected = async (environment: Record<string, string> = {}) => {
  const dataDir = await emptyFolder();
  const jellyfin = await startFakeJellyfin({ name: 'Den' });
  onTestFinished(() => jellyfin.close());
  const ada = jellyfin.shelf.addUser({ name: 'ada', admin: true });
  await leftoff(['user', 'add', 'Ada', '--admin', '--password-stdin', '--data-dir', dataDir], {
    input: 'correct horse',
    environment,
  });
  const add = ['client', 'add', 'jellyfin', jellyfin.url, '--account', ada.id, '--schedule', 'none', '--token-stdin'];
  const added = await leftoff([...add, '--data-dir', dataDir], { input: jellyfin.apiKey, environment });
  expect(added).toMatchObject({ code: 0 });
  const run = (args: string[], more = environment) => leftoff([...args, '--data-dir', dataDir], { environment: more });
  /** Whether the API key can be opened: the server answers nobody without it. */
  const opens = async (more = environment) => (await run(['client', 'accounts', 'Den'], more)).code === 0;
  return { dataDir, run, opens };
};

const keysIn = async (dataDir: string) => (await readdir(dataDir)).filter((name) => name.startsWith('secret.key'));

test('a new key takes the place of the former, and what that sealed is opened as before', async () => {
  const { dataDir, run, opens } = await connected();
  const key = await readFile(join(dataDir, 'secret.key'), 'utf8');
  expect(await run(['key', 'rotate'])).toMatchObject({
    code: 0,
    stdout: 'The secret key is changed; sealed anew: 1.\n',
    stderr: '',
  });
  expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).not.toBe(key);
  expect(await keysIn(dataDir)).toEqual(['secret.key']);
  expect(await opens()).toBe(true);
}, 180_000);

test('it is refused while a server runs on the folder, and not after it was killed', async () => {
  const { dataDir, run, opens } = await connected();
  const server = await serve(dataDir);
  expect(await run(['key', 'rotate'])).toMatchObject({ code: 1, stderr: expect.stringContaining('A server runs') });
  server.child.kill('SIGKILL');
  await server.ended;
  expect(await run(['key', 'rotate'])).toMatchObject({ code: 0 });
  expect(await opens()).toBe(true);
}, 180_000);

/** Kills a rotation so many milliseconds after the folder showed its first step. */
const killedAfter = async (dataDir: string, ms: number): Promise<void> => {
  const { child, ended } = launch(['key', 'rotate', '--data-dir', dataDir]);
  const watcher = watch(dataDir, (_event, name) => {
    if (name?.startsWith('secret.key.old')) setTimeout(() => child.kill('SIGKILL'), ms);
  });
  await ended;
  watcher.close();
};

test('killed anywhere it can be opened, and the next rotation or server goes on', async () => {
  const { dataDir, run, opens } = await connected();
  for (const ms of [0, 5, 40]) {
    await killedAfter(dataDir, ms);
    expect(await opens()).toBe(true);
  }
  await killedAfter(dataDir, 0);
  const server = await serve(dataDir);
  server.child.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  const left = await keysIn(dataDir);
  expect(left).toContain('secret.key');
  expect(await opens()).toBe(true);
  expect(await run(['key', 'rotate'])).toMatchObject({ code: 0 });
  expect(await opens()).toBe(true);
}, 180_000);

test('a key from the environment is changed by giving both', async () => {
  const one = Buffer.alloc(32, 1).toString('hex');
  const other = Buffer.alloc(32, 2).toString('hex');
  const { run, opens, dataDir } = await connected({ LEFTOFF_SECRET_KEY: one });
  expect(await run(['key', 'rotate'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^leftoff: .*LEFTOFF_SECRET_KEY_OLD[^\n]*\n$/),
  });
  expect(await opens({ LEFTOFF_SECRET_KEY: other })).toBe(false);
  const both = { LEFTOFF_SECRET_KEY: other, LEFTOFF_SECRET_KEY_OLD: one };
  expect(await opens(both)).toBe(true);
  expect(await run(['key', 'rotate'], both)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('sealed anew: 1'),
  });
  expect(await opens({ LEFTOFF_SECRET_KEY: other })).toBe(true);
  expect(await keysIn(dataDir)).toEqual([]);
}, 180_000);
