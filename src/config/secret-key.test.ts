import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { loadSecretKeys } from './secret-key.ts';
import { changeSecretKey, forgetFormerKey } from './secret-key-change.ts';

const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'leftoff-key-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};
const keysOf = (dataDir: string, environment = {}, logger = silentLogger) =>
  loadSecretKeys({ dataDir, environment, logger });
const load = async (...args: Parameters<typeof keysOf>) => (await keysOf(...args)).present;
const change = (dataDir: string, environment = {}) => changeSecretKey({ dataDir, environment, logger: silentLogger });

test('a first start makes the key, closed to others, and later ones read it', async () => {
  const dataDir = await folder();
  const keys = await Promise.all([load(dataDir), load(dataDir), load(dataDir)]);
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(keys[0]).toHaveLength(32);
  expect(await load(dataDir)).toEqual(keys[0]);
  expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(dataDir)).toEqual(['secret.key']);
});

test('a key that others may read is closed to them, with a warning', async () => {
  const dataDir = await folder();
  await load(dataDir);
  await chmod(join(dataDir, 'secret.key'), 0o644);
  const warnings: string[] = [];
  await load(dataDir, {}, { ...silentLogger, warn: (_, message) => void warnings.push(message) });
  expect(warnings).toEqual([expect.stringContaining('closed to them now')]);
  expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
});

test('a key given by variable is used, in hex and in base64, and no file is made', async () => {
  const dataDir = await folder();
  const key = Buffer.alloc(32, 7);
  expect(await load(dataDir, { LEFTOFF_SECRET_KEY: key.toString('hex') })).toEqual(key);
  expect(await load(dataDir, { LEFTOFF_SECRET_KEY: `${key.toString('base64')}\n` })).toEqual(key);
  expect(await readdir(dataDir)).toEqual([]);
});

test.each(['short', 'x'.repeat(64), Buffer.alloc(31).toString('base64'), '!'.repeat(44)])(
  '%s is no key',
  async (given) => {
    await expect(load(await folder(), { LEFTOFF_SECRET_KEY: given })).rejects.toMatchObject({ code: 'invalid' });
  },
);

test('a damaged key file is an error that names it, and it is kept', async () => {
  const dataDir = await folder();
  await writeFile(join(dataDir, 'secret.key'), 'half');
  await expect(load(dataDir)).rejects.toThrow(join(dataDir, 'secret.key'));
  expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe('half');
});

test('a folder that cannot be written is one clear error', async () => {
  await expect(load('/proc/leftoff')).rejects.toMatchObject({ code: 'unavailable' });
});

test('a change keeps the former key beside the new one until it is forgotten', async () => {
  const dataDir = await folder();
  const first = await load(dataDir);
  expect(await change(dataDir)).toBe('made');
  const changed = await keysOf(dataDir);
  expect(changed.former).toEqual(first);
  expect(changed.present).not.toEqual(first);
  for (const name of ['secret.key', 'secret.key.old']) {
    expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
  }
  // Begun already: another new key would leave nothing that opens what the first sealed.
  expect(await change(dataDir)).toBe('begun');
  expect(await keysOf(dataDir)).toEqual(changed);
  await forgetFormerKey(dataDir);
  await forgetFormerKey(dataDir);
  expect(await keysOf(dataDir)).toEqual({ present: changed.present, former: null });
  expect(await readdir(dataDir)).toEqual(['secret.key']);
});

test('a change that broke off before the new key was there begins again', async () => {
  const dataDir = await folder();
  const first = await load(dataDir);
  await copyFile(join(dataDir, 'secret.key'), join(dataDir, 'secret.key.old'));
  expect(await keysOf(dataDir)).toEqual({ present: first, former: null });
  expect(await change(dataDir)).toBe('made');
  expect((await keysOf(dataDir)).former).toEqual(first);
});

test('a key given by variable is changed by whoever gives it', async () => {
  const dataDir = await folder();
  const one = Buffer.alloc(32, 1).toString('hex');
  const other = Buffer.alloc(32, 2).toString('hex');
  await expect(change(dataDir, { LEFTOFF_SECRET_KEY: one })).rejects.toThrow('LEFTOFF_SECRET_KEY_OLD');
  const both = { LEFTOFF_SECRET_KEY: other, LEFTOFF_SECRET_KEY_OLD: one };
  expect(await change(dataDir, both)).toBe('begun');
  expect(await keysOf(dataDir, both)).toEqual({ present: Buffer.alloc(32, 2), former: Buffer.alloc(32, 1) });
  expect(await keysOf(dataDir, { ...both, LEFTOFF_SECRET_KEY_OLD: other })).toMatchObject({ former: null });
  expect(await readdir(dataDir)).toEqual([]);
});
