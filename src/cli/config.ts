import type { Command } from 'commander';
import { configOf } from './settings.ts';

export const addConfigCommand = (program: Command): void => {
  program
    .command('config')
    .description('the settings in force and where each came from; without secrets')
    .action(async (_options, command: Command) => {
      const { showConfig } = await import('#config/show.ts');
      process.stdout.write(showConfig(await configOf(command)));
    });
};
