import { type Command, Option } from 'commander';
import { CLIENT_PASSWORD, CLIENT_TOKEN } from '#config/environment.ts';
import { systemClock } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import { type IsolationMode, isolationModes } from '#kernel/viewer.ts';
import type { Services } from '../app.ts';
import { type SecretOptions, scheduleOf, secretsFor } from './client-secrets.ts';
import { addSignedIn } from './client-sign-in.ts';
import { type ClientView, userNamed } from './named.ts';
import { print, say } from './output.ts';
import { type Session, withServices } from './session.ts';

interface AddOptions extends SecretOptions {
  name?: string;
  timeZone?: string;
  for?: string;
  mode?: IsolationMode;
  account?: string;
  schedule?: string;
  signIn?: boolean;
  server?: string;
}

const kinds = ['jellyfin', 'emby', 'plex', 'kodi', 'subsonic'] as const;

export const addAddCommand = (client: Command): void => {
  client
    .command('add')
    .argument('<kind>', kinds.join(', '))
    .argument('[url]', 'its address, such as http://127.0.0.1:8096; with --sign-in it is found out')
    .description(
      `connect a media server (its password: asked for, --password-stdin or ${CLIENT_PASSWORD}; its token or API key: --token-stdin or ${CLIENT_TOKEN})`,
    )
    .option('--user <name>', 'the name to sign in there with')
    .option('--password-stdin', 'read the password from stdin')
    .option('--token-stdin', 'read a token or API key from stdin')
    .option('--sign-in', 'sign in at the vendor’s own site (plex)')
    .option('--server <name>', 'with --sign-in: which of the servers found; asked for when there are several')
    .option('--account <id>', 'which of the accounts there is theirs, by the id that the server has for it')
    .option('--name <name>', 'what to call it here')
    .option('--time-zone <zone>', 'the zone of its dates, such as Europe/Paris; found out by default')
    .option('--schedule <cron>', 'when it is synced, such as "0 * * * *"; hourly by default; none: only when asked')
    .option('--for <user>', 'whose it is here; needed when there are several users')
    .addOption(
      new Option(
        '--mode <mode>',
        'which way activity goes: loud by default; one that was connected before keeps its own',
      ).choices([...isolationModes]),
    )
    .action((kind: string, url: string | undefined, options: AddOptions, command: Command) =>
      withServices(command, (session) => add(session, kind, url, options)),
    );
};

const add = async ({ services, signal }: Session, kind: string, url: string | undefined, options: AddOptions) => {
  const facts = { kind: kindOf(kind), userId: await userNamed(services, options.for), ...factsOf(options) };
  if (options.signIn) {
    const wish = { address: url, server: options.server };
    return tell(await addSignedIn({ ...services, clock: systemClock }, facts, wish, signal));
  }
  if (url === undefined) throw invalid(`Say where the ${kind} is: leftoff client add ${kind} http://…`);
  const secrets = await secretsFor(options);
  tell(await services.sync.add(null, { ...facts, address: url, ...secrets }, signal));
};

const factsOf = ({ user, name, timeZone, mode, account, schedule }: AddOptions) => ({
  ...(user === undefined ? {} : { userName: user }),
  ...(name === undefined ? {} : { name }),
  ...(timeZone === undefined ? {} : { timeZone }),
  ...(mode === undefined ? {} : { isolation: mode }),
  ...(account === undefined ? {} : { accountId: account }),
  ...scheduleOf(schedule),
});

const kindOf = (given: string): ClientView['kind'] => {
  const kind = kinds.find((one) => one === given.trim().toLowerCase());
  if (kind) return kind;
  throw invalid(`"${given}" is no media server that can be connected; there are: ${kinds.join(', ')}.`);
};

const tell = ({ client, warnings }: Awaited<ReturnType<Services['sync']['add']>>): void => {
  for (const warning of warnings) say(`Note: ${warning}`);
  const version = client.serverVersion ? ` ${client.serverVersion}` : '';
  print(`Connected "${client.name}" (${client.kind}${version}), its id is ${client.id}.`);
  print(`Sync it with: leftoff sync ${client.id}`);
  if (client.accounts.length === 0) print(`Link its accounts with: leftoff client link ${client.id} NAME --for USER`);
};
