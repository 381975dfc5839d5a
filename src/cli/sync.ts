import type { Command } from 'commander';
import { messageOf } from '#kernel/errors.ts';
import type { Services } from '../app.ts';
import { changeOf } from './change-words.ts';
import { EndWith, exitCodes } from './exit.ts';
import { allClients, type ClientView, clientNamed, everything, idOf } from './named.ts';
import { print, say } from './output.ts';
import { type Session, withServices } from './session.ts';
import { inWords, type RunView, runShown } from './shown-run.ts';

interface SyncOptions {
  dryRun?: boolean;
}

export const addSyncCommand = (program: Command): void => {
  program
    .command('sync')
    .argument('[client]', 'its id or name; all by default, one after the other')
    .description('read what was watched on media servers and write there what was watched elsewhere')
    .option('--dry-run', 'change nothing, here and there, and tell each change that would be made, and why')
    .action((client: string | undefined, options: SyncOptions, command: Command) =>
      withServices(command, (session) => sync(session, client, options)),
    );
};

/** Of several, one that fails does not keep the next from its turn. */
const sync = async ({ services, signal }: Session, name: string | undefined, options: SyncOptions): Promise<void> => {
  const clients = name === undefined ? await allClients(services) : [await clientNamed(services, name)];
  if (clients.length === 0) return print('No media server is connected: leftoff client add KIND URL');
  const codes: number[] = [];
  for (const client of clients) {
    if (clients.length > 1) say(`${client.name} (${client.kind})`);
    codes.push(await syncOne(services, client, options, signal));
  }
  const worst = [exitCodes.fault, exitCodes.held].find((code) => codes.includes(code));
  if (worst !== undefined) throw new EndWith(worst);
};

const syncOne = async (
  services: Services,
  client: ClientView,
  { dryRun = false }: SyncOptions,
  signal: AbortSignal,
): Promise<number> => {
  let run: RunView;
  try {
    run = await runShown(services, client, dryRun ? 'preview' : 'sync', signal);
  } catch (error) {
    signal.throwIfAborted();
    say(`leftoff: ${client.name}: ${messageOf(error)}`);
    return exitCodes.fault;
  }
  if (dryRun) await tellDecisions(services, client, run);
  print(`${client.name}: ${inWords(run.counts, dryRun)}.`);
  if (run.state !== 'held' && run.counts.held === 0) return exitCodes.done;
  if (!dryRun) say(`Look at what is held with: leftoff client held ${client.id}`);
  return exitCodes.held;
};

/** `pull   taken     Alien (Ada): unwatched → watched 2026-05-01 20:03 – Only they changed it.` */
const tellDecisions = async ({ sync }: Services, client: ClientView, { id }: RunView): Promise<void> => {
  for await (const one of everything((request) => sync.decisions(idOf(client), id, request))) {
    const what = one.title ?? one.clientItemId ?? 'an entry';
    const whose = one.account === null ? '' : ` (${one.account})`;
    const change = changeOf(one.before, one.after);
    const words = [`${what}${whose}`, change].filter((text) => text !== '').join(': ');
    print(`${one.phase.padEnd(6)} ${one.decision.padEnd(11)} ${words} – ${one.why}`);
  }
};
