import type { Command } from 'commander';
import { print } from './output.ts';
import { withServices } from './session.ts';

export const addDatabaseCommands = (program: Command): void => {
  const database = program.command('database').description('the database itself');
  database
    .command('migrate')
    .description('bring the database up to this program, as every start does')
    .action((_options, command: Command) =>
      withServices(command, async ({ services }) => {
        const taken = services.migrated;
        print(taken.length === 0 ? 'The database is up to date.' : `Done: ${taken.join(', ')}.`);
      }),
    );
};
