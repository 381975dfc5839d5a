import type { Command } from 'commander';
import { invalid } from '#kernel/errors.ts';
import { type SecretOptions, scheduleOf, secretsFor } from './client-secrets.ts';
import { clientNamed, idOf } from './named.ts';
import { print } from './output.ts';
import { type Session, withServices } from './session.ts';

interface ChangeOptions extends SecretOptions {
  name?: string;
  timeZone?: string;
  address?: string;
  schedule?: string;
}

export const addChangeCommand = (client: Command): void => {
  client
    .command('change')
    .argument('<client>', 'its id or name')
    .description('change what is kept of a media server; it is asked there before that is kept')
    .option('--address <url>', 'where it is now; all that was watched there stays with it')
    .option('--user <name>', 'the name to sign in there with; its password is asked for as by add')
    .option('--password-stdin', 'read the password from stdin')
    .option('--token-stdin', 'read a token or API key from stdin')
    .option('--name <name>', 'what to call it here')
    .option('--time-zone <zone>', 'the zone of its dates')
    .option('--schedule <cron>', 'when it is synced; none: only when asked')
    .action((client: string, options: ChangeOptions, command: Command) =>
      withServices(command, (session) => change(session, client, options)),
    );
};

const change = async ({ services, signal }: Session, name: string, options: ChangeOptions): Promise<void> => {
  const client = await clientNamed(services, name);
  const signsIn = options.user !== undefined || options.passwordStdin || options.tokenStdin;
  const changes = {
    ...(options.address === undefined ? {} : { address: options.address }),
    ...(options.user === undefined ? {} : { userName: options.user }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    ...scheduleOf(options.schedule),
    ...(signsIn ? await secretsFor(options) : {}),
  };
  if (Object.keys(changes).length === 0) {
    throw invalid(
      'Say what to change: --address, --user, --password-stdin, --token-stdin, --name, --time-zone or --schedule.',
    );
  }
  const changed = await services.sync.change(null, idOf(client), changes, signal);
  print(`Changed "${changed.name}" (${changed.address}).`);
};
