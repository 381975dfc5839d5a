import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, unavailable } from '#kernel/errors.ts';

/** Of the folders made: nobody else on the machine looks into them. */
const MODE = 0o700;

/**
 * Makes the data folder where it is missing, and sees that it can be written.
 * @throws AppError `unavailable` with what is wrong and what to do
 */
export const openDataFolder = async (path: string): Promise<void> => {
  try {
    await make(path);
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unavailable(
      `The data folder ${path} cannot be written: ${reasonOf(error)}. Mend that, or name another with LEFTOFF_DATA_DIR.`,
      { cause: error },
    );
  }
};

/** Step by step: Node's own recursive way never ends where the file system takes no folders, as below /proc. */
const make = async (path: string): Promise<void> => {
  const fault = await mkdir(path, { mode: MODE }).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  if (!fault || (fault.code === 'EEXIST' && (await stat(path)).isDirectory())) return;
  if (fault.code !== 'ENOENT' || dirname(path) === path) throw fault;
  await make(dirname(path));
  await mkdir(path, { mode: MODE });
};

const REASONS: Record<string, string> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the file system is read-only',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of that path is a file',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
};

const reasonOf = (error: unknown): string => REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? messageOf(error);
