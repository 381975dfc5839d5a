import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, messageOf, unavailable } from '#kernel/errors.ts';
import type { Logger } from '#kernel/logger.ts';
import { type Environment, FORMER_SECRET_KEY, SECRET_KEY, variable } from './environment.ts';
import { makeKey } from './secret-key-file.ts';

const KEY_BYTES = 32;
const OPEN_TO_OTHERS = 0o077;

export interface KeySources {
  dataDir: string;
  environment: Environment;
  logger: Logger;
}

/** The keys that secrets in the database are encrypted with, 32 bytes each. */
export interface SecretKeys {
  present: Buffer;
  /** The one before, while something may be sealed with it still; null: there is none. */
  former: Buffer | null;
}

/** Where the key is, and the former one while a change of it goes on. */
export const keyFiles = (dataDir: string) => ({
  present: join(dataDir, 'secret.key'),
  former: join(dataDir, 'secret.key.old'),
});

/**
 * The present key is `LEFTOFF_SECRET_KEY` (64 hex digits, or 32 bytes in base64), else `secret.key` in the data folder, which
 * is made on the first start and closed to other users; the former is `LEFTOFF_SECRET_KEY_OLD`, else the file beside.
 * @throws AppError `invalid` when a key has another form, `unavailable` when a file cannot be read or made
 */
export const loadSecretKeys = async (sources: KeySources): Promise<SecretKeys> => {
  const present = await presentKey(sources);
  const former = await formerKey(sources);
  return { present, former: former?.equals(present) ? null : former };
};

const presentKey = async ({ dataDir, environment, logger }: KeySources): Promise<Buffer> => {
  const given = variable(environment, SECRET_KEY);
  if (given) return parseKey(given, SECRET_KEY);
  const path = keyFiles(dataDir).present;
  return (await readKey(path, logger)) ?? parseKey(await makeKey(path), path);
};

const formerKey = async ({ dataDir, environment, logger }: KeySources): Promise<Buffer | null> => {
  const given = variable(environment, FORMER_SECRET_KEY);
  if (given) return parseKey(given, FORMER_SECRET_KEY);
  // The file is of a change of the other file; with a key that was given from outside it has nothing to do.
  if (variable(environment, SECRET_KEY)) return null;
  return (await readKey(keyFiles(dataDir).former, logger)) ?? null;
};

const parseKey = (text: string, origin: string): Buffer => {
  const bare = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(bare) ? Buffer.from(bare, 'hex') : Buffer.from(bare, 'base64');
  if (key.length === KEY_BYTES && /^[0-9A-Za-z+/_=-]+$/.test(bare)) return key;
  throw invalid(`${origin} does not hold a key: it must be 32 bytes, as 64 hex digits or in base64.`);
};

/** @returns undefined where there is no such file */
export const readKey = async (path: string, logger: Logger): Promise<Buffer | undefined> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
    await closeToOthers(path, logger);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unavailable(`The secret key could not be read: ${messageOf(error)}`, { cause: error });
  }
  return parseKey(text, path);
};

/** Mends the mode rather than refusing: some file systems have no modes, and a start must not fail for that. */
const closeToOthers = async (path: string, logger: Logger): Promise<void> => {
  if (((await stat(path)).mode & OPEN_TO_OTHERS) === 0) return;
  await chmod(path, 0o600).catch(() => {});
  const mended = ((await stat(path)).mode & OPEN_TO_OTHERS) === 0;
  const message = mended
    ? 'the secret key could be read by other users of this machine; it is closed to them now'
    : 'the secret key can be read by other users of this machine; close the data folder to them';
  logger.warn({ path }, message);
};
