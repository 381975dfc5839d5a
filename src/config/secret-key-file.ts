import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, unavailable } from '#kernel/errors.ts';

/**
 * Makes a key where there is none: linked into place when complete, so that of two first starts at once both use the same.
 * @returns what the file holds
 */
export const makeKey = async (path: string): Promise<string> => {
  const text = newKey();
  try {
    const draft = await drafted(path, text);
    await place(draft, path);
    return text;
  } catch (error) {
    const made = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (made) return readFile(path, 'utf8');
    throw unavailable(`The secret key could not be made: ${messageOf(error)}`, { cause: error });
  }
};

/** Puts a key in the place of what is there; it is one or the other, whatever breaks off. On the disk when this ends. */
export const writeKey = async (path: string, text: string): Promise<void> => {
  try {
    await rename(await drafted(path, text), path);
    await flushFolder(dirname(path));
  } catch (error) {
    throw unavailable(`The secret key could not be written: ${messageOf(error)}`, { cause: error });
  }
};

/** A key as its file holds it. */
export const newKey = (): string => textOf(randomBytes(32));

export const textOf = (key: Buffer): string => `${key.toString('base64')}\n`;

const drafted = async (path: string, text: string): Promise<string> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
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

/** A new name is on the disk when its folder is; some systems cannot be asked for that, and see to it themselves. */
const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
};
