import type { Command } from 'commander';
import { newPassword } from './ask.ts';
import { print, table } from './output.ts';
import { withServices } from './session.ts';

export const addUserCommands = (program: Command): void => {
  const user = program.command('user').description('people who sign in');
  user
    .command('add')
    .argument('<name>')
    .description('make a user; asks for the password')
    .option('--admin', 'who may change everything')
    .option('--password-stdin', 'read the password from stdin')
    .action((name: string, options: { admin?: boolean; passwordStdin?: boolean }, command: Command) =>
      withServices(command, async ({ services }) => {
        const password = await newPassword(options.passwordStdin ?? false);
        const role = options.admin ? 'admin' : 'user';
        const id = await services.identity.createUser(name, password, role);
        print(`Made ${role} "${name.trim()}", its id is ${id}.`);
      }),
    );
  user
    .command('list')
    .description('all users')
    .action((_options, command: Command) =>
      withServices(command, async ({ services }) => {
        const users = await services.listUsers();
        if (users.length === 0) return print('There is no user yet: make one with "leftoff user add NAME --admin".');
        const rows = users.map(({ id, name, role, ownerId }) => [
          String(id),
          name,
          role,
          ownerId === null ? '' : `of ${ownerId}`,
        ]);
        print(table(['ID', 'NAME', 'ROLE', 'MANAGED'], rows));
      }),
    );
};
