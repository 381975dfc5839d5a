import { type Command, Option } from 'commander';
import { CLIENT_PASSWORD, processEnvironment, variable } from '#config/environment.ts';
import { systemClock } from '#kernel/clock.ts';
import { AppError, invalid } from '#kernel/errors.ts';
import { asId, type ClientId, type UserId } from '#kernel/ids.ts';
import { LARGEST_PAGE } from '#kernel/page.ts';
import { type IsolationMode, isolationModes } from '#kernel/viewer.ts';
import type { Services } from '../app.ts';
import { askHidden, passwordFromStdin } from './ask.ts';
import { print, say, table } from './output.ts';
import { createProgress } from './progress.ts';
import { withServices } from './session.ts';

interface FactOptions {
  user?: string;
  passwordStdin?: boolean;
  name?: string;
  timeZone?: string;
}

interface AddOptions extends FactOptions {
  for?: string;
  mode?: IsolationMode;
}

interface ChangeOptions extends FactOptions {
  address?: string;
}

export const addClientCommands = (program: Command): void => {
  const client = program.command('client').description('media servers such as Kodi');
  client
    .command('add')
    .argument('<kind>', 'kodi')
    .argument('<url>', 'its address, http://127.0.0.1:8080')
    .description(`connect a media server (its password: asked for, --password-stdin or ${CLIENT_PASSWORD})`)
    .option('--user <name>', 'the name to sign in there with')
    .option('--password-stdin', 'read the password from stdin')
    .option('--name <name>', 'what to call it here')
    .option('--time-zone <zone>', 'the zone of its dates, such as Europe/Paris; found out by default')
    .option('--for <user>', 'whose it is here; needed when there are several users')
    .addOption(
      new Option(
        '--mode <mode>',
        'which way activity goes: loud by default; one that was connected before keeps its own',
      ).choices([...isolationModes]),
    )
    .action((kind: string, url: string, options: AddOptions, command: Command) =>
      withServices(command, async ({ services, signal }) => add(services, kind, url, options, signal)),
    );
  client
    .command('change')
    .argument('<client>', 'its id or name')
    .description('change what is kept of a media server; it is asked there before that is kept')
    .option('--address <url>', 'where it is now; all that was watched there stays with it')
    .option('--user <name>', 'the name to sign in there with; its password is asked for as by add')
    .option('--password-stdin', 'read the password from stdin')
    .option('--name <name>', 'what to call it here')
    .option('--time-zone <zone>', 'the zone of its dates')
    .action((client: string, options: ChangeOptions, command: Command) =>
      withServices(command, ({ services, signal }) => change(services, client, options, signal)),
    );
  client
    .command('list')
    .description('the media servers that are connected')
    .action((_options, command: Command) => withServices(command, ({ services }) => list(services)));
  client
    .command('import')
    .argument('<client>', 'its id or name')
    .description('read what a media server has and what was watched there')
    .action((client: string, _options, command: Command) =>
      withServices(command, ({ services, signal }) => importFrom(services, client, signal)),
    );
};

const add = async (services: Services, kind: string, url: string, options: AddOptions, signal: AbortSignal) => {
  const userId = await ownerOf(services, options.for);
  const password = await passwordFor(options);
  const { client, warnings } = await services.sync.add(
    null,
    {
      kind: kindOf(kind),
      address: url,
      userId,
      ...(options.mode === undefined ? {} : { isolation: options.mode }),
      ...factsOf(options, password),
    },
    signal,
  );
  for (const warning of warnings) say(`Note: ${warning}`);
  print(`Connected "${client.name}" (${client.kind} ${client.serverVersion ?? ''}), its id is ${client.id}.`);
  print(`Read what it has with: leftoff client import ${client.id}`);
};

const factsOf = ({ user, name, timeZone }: FactOptions, password: string | undefined) => ({
  ...(user === undefined ? {} : { userName: user }),
  ...(password === undefined ? {} : { password }),
  ...(name === undefined ? {} : { name }),
  ...(timeZone === undefined ? {} : { timeZone }),
});

const kindOf = (kind: string): 'kodi' => {
  if (kind === 'kodi') return kind;
  throw invalid(`"${kind}" is no media server that can be connected; there is: kodi.`);
};

/** No name, no password; a name without one on a terminal: ask. */
const passwordFor = async ({ user, passwordStdin }: FactOptions): Promise<string | undefined> => {
  if (passwordStdin) return passwordFromStdin();
  const given = variable(processEnvironment(), CLIENT_PASSWORD);
  if (given !== undefined || user === undefined || !process.stdin.isTTY) return given;
  const typed = await askHidden(`Password of ${user}: `);
  return typed === '' ? undefined : typed;
};

const ownerOf = async (services: Services, name: string | undefined): Promise<UserId> => {
  const users = await services.listUsers();
  const names = users.map((user) => user.name).join(', ');
  if (users.length === 0) throw invalid('There is no user yet: make one with "leftoff user add NAME --admin".');
  const [found, ...more] = name === undefined ? users : users.filter((user) => sameName(user.name, name));
  if (!found) throw invalid(`There is no user "${name}"; there are: ${names}.`);
  if (more.length > 0) throw invalid(`Say whose it is with --for; there are: ${names}.`);
  return asId<UserId>(found.id);
};

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.trim().toLowerCase();

const change = async (services: Services, client: string, options: ChangeOptions, signal: AbortSignal) => {
  const id = await clientNamed(services, client);
  const signsIn = options.user !== undefined || options.passwordStdin;
  const password = signsIn ? await passwordFor(options) : undefined;
  const changes = {
    ...factsOf(options, password),
    ...(options.address === undefined ? {} : { address: options.address }),
  };
  if (Object.keys(changes).length === 0) {
    throw invalid('Say what to change: --address, --user, --password-stdin, --name or --time-zone.');
  }
  const { name, address } = await services.sync.change(null, id, changes, signal);
  print(`Changed "${name}" (${address}).`);
};

const list = async (services: Services): Promise<void> => {
  const { items } = await services.sync.clients({ limit: LARGEST_PAGE });
  if (items.length === 0) return print('No media server is connected.');
  const rows = items.map((client) => [
    String(client.id),
    client.kind,
    client.name,
    client.address,
    client.accounts.map((account) => account.isolation).join(', '),
    client.importedAt ?? 'never',
  ]);
  print(table(['ID', 'KIND', 'NAME', 'ADDRESS', 'MODE', 'IMPORTED'], rows));
};

const importFrom = async (services: Services, client: string, signal: AbortSignal): Promise<void> => {
  const id = await clientNamed(services, client);
  const progress = await createProgress(systemClock);
  const run = await services.sync
    .import(id, {
      signal,
      // Of a kind that the server has nothing of there is nothing to tell.
      onProgress: ({ kind, done, total }) => {
        if (total > 0) progress.show(kind, done, total);
      },
    })
    .finally(() => progress.end());
  for (const warning of run.warnings) say(`Note: ${warning}`);
  print(
    Object.entries(run.counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
};

const clientNamed = async (services: Services, client: string): Promise<ClientId> => {
  const { items } = await services.sync.clients({ limit: LARGEST_PAGE });
  const found = items.filter((one) => String(one.id) === client || sameName(one.name, client));
  if (found.length > 1) throw invalid(`Several are called "${client}"; give its id (see: leftoff client list).`);
  if (!found[0]) throw new AppError('not_found', `There is no media server "${client}"; see: leftoff client list.`);
  return asId<ClientId>(found[0].id);
};
