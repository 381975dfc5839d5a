import { type Command, Option } from 'commander';
import { invalid } from '#kernel/errors.ts';
import { asId, type ClientAccountId } from '#kernel/ids.ts';
import { type IsolationMode, isolationModes } from '#kernel/viewer.ts';
import { askHidden, fromStdin } from './ask.ts';
import {
  type AccountView,
  clientNamed,
  idOf,
  linkedNamed,
  type RemoteAccount,
  remoteNamed,
  userNamed,
} from './named.ts';
import { print, table } from './output.ts';
import { type Session, withServices } from './session.ts';

interface LinkOptions {
  for?: string;
  mode?: IsolationMode;
  pinStdin?: boolean;
  passwordStdin?: boolean;
}

export const addAccountCommands = (client: Command): void => {
  client
    .command('accounts')
    .argument('<client>', 'its id or name')
    .description('who a media server knows, and with whom here each is linked')
    .action((name: string, _options, command: Command) => withServices(command, (session) => list(session, name)));
  client
    .command('link')
    .argument('<client>', 'its id or name')
    .argument('<account>', 'who there: the server’s id or name')
    .description('link an account of a media server with someone here: it is a device of theirs from then on')
    .option('--for <user>', 'whose it is here; needed when there are several users')
    .addOption(new Option('--mode <mode>', 'which way activity goes; loud by default').choices([...isolationModes]))
    .option('--pin-stdin', 'read the account’s PIN from stdin')
    .option('--password-stdin', 'read the account’s password from stdin')
    .action((name: string, account: string, options: LinkOptions, command: Command) =>
      withServices(command, (session) => link(session, name, account, options)),
    );
  client
    .command('unlink')
    .argument('<client>', 'its id or name')
    .argument('<account>', 'its id or name')
    .description('end a link; what was watched there stays with its person')
    .action((name: string, account: string, _options, command: Command) =>
      withServices(command, (session) => unlink(session, name, account)),
    );
  client
    .command('mode')
    .argument('<client>', 'its id or name')
    .argument('<account>', 'its id or name')
    .argument('<mode>', isolationModes.join(', '))
    .description('which way activity goes: loud both, shout only read, quiet only written, silo neither')
    .action((name: string, account: string, mode: string, _options, command: Command) =>
      withServices(command, (session) => changeMode(session, name, account, mode)),
    );
};

const list = async ({ services, signal }: Session, name: string): Promise<void> => {
  const client = await clientNamed(services, name);
  const remote = await services.sync.accounts(idOf(client), signal);
  const users = new Map((await services.listUsers()).map((user) => [user.id as number, user.name]));
  const linked = new Map(client.accounts.map((account) => [account.remoteId, account]));
  const rows = remote.map(({ remoteId, name: who, entry }) => {
    const account = linked.get(remoteId);
    linked.delete(remoteId);
    return [remoteId, who, ...(account ? linkOf(account, users) : ['', '', needs[entry]])];
  });
  for (const gone of linked.values()) rows.push([gone.remoteId, gone.remoteName, ...linkOf(gone, users), 'not there']);
  print(table(['ACCOUNT', 'NAME', 'LINKED WITH', 'MODE', 'NEEDS'], rows));
};

const linkOf = ({ userId, isolation }: AccountView, users: ReadonlyMap<number, string>): string[] => [
  users.get(userId) ?? String(userId),
  isolation,
];

/** What linking it takes. */
const needs: Record<RemoteAccount['entry'], string> = { none: '', open: '', pin: 'a PIN', password: 'its password' };

const link = async ({ services, signal }: Session, name: string, who: string, options: LinkOptions): Promise<void> => {
  const client = await clientNamed(services, name);
  const userId = await userNamed(services, options.for);
  const account = remoteNamed(await services.sync.accounts(idOf(client), signal), who);
  const linked = await services.sync.link(
    null,
    idOf(client),
    {
      remoteId: account.remoteId,
      userId,
      ...(options.mode === undefined ? {} : { isolation: options.mode }),
      ...(await secretOf(account, options)),
    },
    signal,
  );
  const mode = linked.accounts.find((one) => one.remoteId === account.remoteId)?.isolation;
  print(`Linked ${account.name} of "${client.name}" (${mode}).`);
};

const secretOf = async ({ entry, name }: RemoteAccount, { pinStdin, passwordStdin }: LinkOptions) => {
  if (pinStdin && passwordStdin) throw invalid('There is one stdin: give --pin-stdin or --password-stdin.');
  if (pinStdin) return { pin: await fromStdin() };
  if (passwordStdin) return { password: await fromStdin() };
  if (!process.stdin.isTTY) return {};
  if (entry === 'pin') return { pin: await askHidden(`PIN of ${name}: `) };
  if (entry === 'password') return { password: await askHidden(`Password of ${name}: `) };
  return {};
};

const unlink = async ({ services }: Session, name: string, who: string): Promise<void> => {
  const client = await clientNamed(services, name);
  const account = linkedNamed(client, who);
  await services.sync.unlink(null, idOf(client), asId<ClientAccountId>(account.id));
  print(`${account.remoteName} of "${client.name}" is linked with nobody any more; what was watched there stays.`);
};

const changeMode = async ({ services, signal }: Session, name: string, who: string, given: string): Promise<void> => {
  const mode = isolationModes.find((one) => one === given);
  if (!mode) throw invalid(`"${given}" is no mode; there are: ${isolationModes.join(', ')}.`);
  const client = await clientNamed(services, name);
  const { id, remoteName } = linkedNamed(client, who);
  await services.sync.changeAccount(null, idOf(client), asId<ClientAccountId>(id), { isolation: mode }, signal);
  print(`${remoteName} of "${client.name}" is ${mode} now.`);
};
