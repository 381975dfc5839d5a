import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, messageOf, unavailable } from '#kernel/errors.ts';
import type { Logger } from '#kernel/logger.ts';
import { type Environment, SECRET_KEY, variable } from './environment.ts';

const KEY_BYTES = 32;
const OPEN_TO_OTHERS = 0o077;

interface KeySources {
  dataDir: string;
  environment: Environment;
  logger: Logger;
}

/**
 * The key that secrets in the database are encrypted with: from `LEFTOFF_SECRET_KEY` (64 hex digits, or 32 bytes in
 * base64), else from `secret.key` in the data folder, which is made on the first start and closed to other users.
 * @throws AppError `invalid` when the key has another form, `unavailable` when the file cannot be read or made
 */
export const loadSecretKey = async ({ dataDir, environment, logger }: KeySources): Promise<Buffer> => {
  const given = variable(environment, SECRET_KEY);
  if (given) return parseKey(given, SECRET_KEY);
  const path = join(dataDir, 'secret.key');
  return parseKey((await readKey(path, logger)) ?? (await makeKey(path, logger)), path);
};

const parseKey = (text: string, origin: string): Buffer => {
  const bare = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(bare) ? Buffer.from(bare, 'hex') : Buffer.from(bare, 'base64');
  if (key.length === KEY_BYTES && /^[0-9A-Za-z+/_=-]+$/.test(bare)) return key;
  throw invalid(`${origin} does not hold a key: it must be 32 bytes, as 64 hex digits or in base64.`);
};

const readKey = async (path: string, logger: Logger): Promise<string | undefined> => {
  try {
    const text = await readFile(path, 'utf8');
    await closeToOthers(path, logger);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unavailable(`The secret key could not be read: ${messageOf(error)}`, { cause: error });
  }
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

/** Linked into place when complete, so that of two first starts at once both use the same key. */
const makeKey = async (path: string, logger: Logger): Promise<string> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const text = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    await place(draft, path);
    return text;
  } catch (error) {
    const made = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await readKey(path, logger) : undefined;
    if (made !== undefined) return made;
    throw unavailable(`The secret key could not be made: ${messageOf(error)}`, { cause: error });
  }
};

const place = async (draft: string, path: string): Promise<void> => {
  try {
    await link(draft, path);
  } catch (error) {
    // Some file systems (exFAT, some network shares) have no hard links.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return await rename(draft, path);
    await unlink(draft);
    throw error;
  }
  await unlink(draft);
};
