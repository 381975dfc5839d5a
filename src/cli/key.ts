import type { Command } from 'commander';
import { openDataFolder } from '#config/data-folder.ts';
import { processEnvironment } from '#config/environment.ts';
import { changeSecretKey } from '#config/secret-key-change.ts';
import { conflict } from '#kernel/errors.ts';
import { createLogger } from './logger.ts';
import { print, say } from './output.ts';
import { isRunning } from './running.ts';
import { withServices } from './session.ts';
import { configOf } from './settings.ts';

export const addKeyCommands = (program: Command): void => {
  const key = program
    .command('key')
    .description('the secret key, which passwords of media servers are kept encrypted with');
  key
    .command('rotate')
    .description('make a new secret key and seal anew all that the former one sealed; stop the server first')
    .action((_options, command: Command) => rotate(command));
};

const rotate = async (command: Command): Promise<void> => {
  const { config } = await configOf(command);
  await openDataFolder(config.dataDir);
  if (await isRunning(config.dataDir)) {
    throw conflict('A server runs on this data folder: stop it, change the key, and start it again.');
  }
  const logger = createLogger({ ...config.log, level: 'warn' }, 2);
  const change = await changeSecretKey({ dataDir: config.dataDir, environment: processEnvironment(), logger });
  await withServices(command, async ({ services }) => {
    const resealed = await services.sealAnew();
    if (resealed === null) return print('The former key is the present one: there is nothing to do.');
    const { sealed, lost } = resealed;
    if (change === 'begun') say('A change of the key that was begun before is ended with this.');
    print(`The secret key is changed; sealed anew: ${sealed}.`);
    if (lost.length > 0) print(`To be entered again: ${lost.length} (named above).`);
  });
};
