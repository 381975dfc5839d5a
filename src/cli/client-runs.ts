import type { Command } from 'commander';
import { conflict } from '#kernel/errors.ts';
import type { Services } from '../app.ts';
import { changeOf } from './change-words.ts';
import { EndWith, exitCodes } from './exit.ts';
import { clientNamed, everything, idOf } from './named.ts';
import { print, say, table } from './output.ts';
import { type Session, withServices } from './session.ts';
import { inWords, runShown } from './shown-run.ts';

export const addRunCommands = (client: Command): void => {
  client
    .command('import')
    .argument('<client>', 'its id or name')
    .description('read what a media server has and what was watched there; nothing is written to it')
    .action((name: string, _options, command: Command) =>
      withServices(command, (session) => importFrom(session, name)),
    );
  client
    .command('runs')
    .argument('<client>', 'its id or name')
    .description('the last 40 runs of a media server, newest first')
    .action((name: string, _options, command: Command) =>
      withServices(command, ({ services }) => runs(services, name)),
    );
  client
    .command('held')
    .argument('<client>', 'its id or name')
    .description('changes that were too many to believe, and wait for someone’s word')
    .action((name: string, _options, command: Command) =>
      withServices(command, ({ services }) => held(services, name)),
    );
  client
    .command('approve')
    .argument('<client>', 'its id or name')
    .description('do what is held, and nothing else')
    .action((name: string, _options, command: Command) => withServices(command, (session) => approve(session, name)));
  client
    .command('reject')
    .argument('<client>', 'its id or name')
    .description('do not believe it: the next sync writes again what is not shown there any more')
    .action((name: string, _options, command: Command) =>
      withServices(command, ({ services }) => reject(services, name)),
    );
};

const importFrom = async ({ services, signal }: Session, name: string): Promise<void> => {
  const run = await runShown(services, await clientNamed(services, name), 'import', signal);
  const counts = Object.entries(run.counts).map(([count, value]) => `${count} ${value}`);
  print(counts.join(', '));
};

const runs = async (services: Services, name: string): Promise<void> => {
  const client = await clientNamed(services, name);
  const { items } = await services.sync.runs(idOf(client), { limit: LATEST });
  if (items.length === 0) return print(`There was no run of ${client.name} yet: leftoff sync ${client.id}`);
  const rows = items.map(({ id, kind, state, startedAt, counts, error }) => [
    String(id),
    kind,
    state,
    startedAt,
    error ?? inWords(counts, kind === 'preview'),
  ]);
  print(table(['ID', 'KIND', 'STATE', 'BEGUN', 'RESULT'], rows));
};

const LATEST = 40;

const held = async (services: Services, name: string): Promise<void> => {
  const client = await clientNamed(services, name);
  const rows: string[][] = [];
  for await (const one of everything((request) => services.sync.held(idOf(client), request))) {
    const where = one.side === 'ours' ? `would be taken from ${client.name}` : `is gone from ${client.name}`;
    rows.push([one.title, one.account ?? '', changeOf(one.before, one.after), where]);
  }
  if (rows.length === 0) return print(`Nothing of ${client.name} waits for your word.`);
  print(table(['TITLE', 'ACCOUNT', 'CHANGE', 'WHAT'], rows));
  say(`Do it with: leftoff client approve ${client.id}; do not believe it with: leftoff client reject ${client.id}`);
};

const approve = async ({ services, signal }: Session, name: string): Promise<void> => {
  const client = await clientNamed(services, name);
  if (client.held === 0) throw conflict(`Nothing of ${client.name} waits to be decided on.`);
  const run = await runShown(services, client, 'approve', signal);
  print(`${client.name}: ${inWords(run.counts)}.`);
  if (run.state === 'held') throw new EndWith(exitCodes.held);
};

const reject = async (services: Services, name: string): Promise<void> => {
  const client = await clientNamed(services, name);
  await services.sync.reject(null, idOf(client));
  print(`Rejected. The next sync of ${client.name} writes there again what is not shown there any more.`);
};
