import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, unavailable } from '#kernel/errors.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Names this installation to media servers, which keep a list of the programs that signed in: a UUID in the data folder,
 * made on the first start.
 * @throws AppError `unavailable` when the file cannot be read or made
 */
export const loadInstallation = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'installation');
  try {
    return (await read(path)) ?? (await make(path));
  } catch (error) {
    throw unavailable(`The name of this installation could not be kept in ${path}: ${messageOf(error)}`, {
      cause: error,
    });
  }
};

const read = async (path: string): Promise<string | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const name = text.trim();
  return UUID.test(name) ? name : undefined;
};

/** Of two first starts at once the later wins, and both read what is there then. */
const make = async (path: string): Promise<string> => {
  const name = randomUUID();
  await writeFile(path, `${name}\n`, { mode: 0o600 });
  return (await read(path)) ?? name;
};
