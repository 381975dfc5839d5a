import { unlink } from 'node:fs/promises';
import { invalid, messageOf, unavailable } from '#kernel/errors.ts';
import { FORMER_SECRET_KEY, SECRET_KEY, variable } from './environment.ts';
import { type KeySources, keyFiles, readKey } from './secret-key.ts';
import { newKey, textOf, writeKey } from './secret-key-file.ts';

/**
 * The first half of a change of the key: a new one takes the place of the present, which is kept beside it, so that what it
 * sealed can be opened until {@link forgetFormerKey}. Broken off anywhere it goes on from there; there is always a key.
 * @returns `made`: a new key is there; `begun`: one was already, by a change that was broken off or by the variables
 * @throws AppError `invalid` where the key is given by a variable and the former is not
 */
export const changeSecretKey = async ({ dataDir, environment, logger }: KeySources): Promise<'made' | 'begun'> => {
  if (variable(environment, FORMER_SECRET_KEY)) return 'begun';
  if (variable(environment, SECRET_KEY)) throw invalid(GIVEN);
  const files = keyFiles(dataDir);
  const present = await readKey(files.present, logger);
  const former = await readKey(files.former, logger);
  if (former && !(present && former.equals(present))) return 'begun';
  if (present && !former) await writeKey(files.former, textOf(present));
  await writeKey(files.present, newKey());
  return 'made';
};

/** The second half, once nothing is sealed with the former key any more. */
export const forgetFormerKey = async (dataDir: string): Promise<void> => {
  await unlink(keyFiles(dataDir).former).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return;
    throw unavailable(`The former secret key could not be removed: ${messageOf(error)}`, { cause: error });
  });
};

const GIVEN = `The secret key is given by ${SECRET_KEY}, where Leftoff cannot change it. Put the key that is there now into ${FORMER_SECRET_KEY}, a new one ("openssl rand -hex 32") into ${SECRET_KEY}, and run this again with both.`;
