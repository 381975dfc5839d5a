import type { Command } from 'commander';
import { print, say } from './output.ts';
import { withServices } from './session.ts';

export const addCleanCommand = (program: Command): void => {
  program
    .command('clean')
    .description('take away what nobody needs any more, as a running server does every hour')
    .action((_options, command: Command) =>
      withServices(command, async ({ services, signal }) => {
        const cleaned = await services.cleaning.run(signal);
        if (cleaned === null) return say('Another Leftoff on this database is cleaning up just now.');
        const counts = Object.entries(cleaned).map(([name, count]) => `${name} ${count}`);
        print(counts.join(', '));
      }),
    );
};
