import { Command } from 'commander';
import { addCleanCommand } from './clean.ts';
import { addClientCommands } from './client.ts';
import { addConfigCommand } from './config.ts';
import { addDatabaseCommands } from './database.ts';
import { exitCodes, reportError } from './exit.ts';
import { addKeyCommands } from './key.ts';
import { addLibraryCommands } from './library.ts';
import { print } from './output.ts';
import { addServeCommand } from './serve.ts';
import { addSettingOptions } from './settings.ts';
import { addSyncCommand } from './sync.ts';
import { addUserCommands } from './user.ts';
import { version } from './version.ts';

const HELP = `
Every setting can be given in config.yml in the data folder (server: port: 8778), as a variable
(LEFTOFF_SERVER_PORT) and as an option (--server-port); the later beats the former.

Exit codes: 0 done, 1 something went wrong, 2 wrong use or configuration,
3 done but for changes that wait for you (sync), 130 interrupted.`;

/**
 * Runs one command line.
 * @param args without the program's own name
 * @returns the code to end with
 */
export const runProgram = async (args: string[]): Promise<number> => {
  const program = makeProgram();
  process.stdout.on('error', endsReading);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    return reportError(error, args.includes('--debug'));
  }
};

/** Whoever read what we print (`leftoff … | head`) may have enough of it; what was begun is done all the same. */
const endsReading = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

const makeProgram = (): Command => {
  const program = new Command('leftoff')
    .description('Remembers where everyone left off, across media servers and folders.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', HELP);
  addSettingOptions(program);
  addServeCommand(program);
  addConfigCommand(program);
  addUserCommands(program);
  addLibraryCommands(program);
  addClientCommands(program);
  addSyncCommand(program);
  addCleanCommand(program);
  addDatabaseCommands(program);
  addKeyCommands(program);
  program
    .command('version')
    .description('the version of this program')
    .action(() => print(version()));
  return program;
};
