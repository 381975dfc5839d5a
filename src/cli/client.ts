import type { Command } from 'commander';
import type { Services } from '../app.ts';
import { addAccountCommands } from './client-accounts.ts';
import { addAddCommand } from './client-add.ts';
import { addChangeCommand } from './client-change.ts';
import { addRunCommands } from './client-runs.ts';
import { allClients } from './named.ts';
import { print, table } from './output.ts';
import { withServices } from './session.ts';

export const addClientCommands = (program: Command): void => {
  const client = program.command('client').description('media servers: Jellyfin, Emby, Plex, Kodi, Subsonic');
  addAddCommand(client);
  addChangeCommand(client);
  client
    .command('list')
    .description('the media servers that are connected')
    .action((_options, command: Command) => withServices(command, ({ services }) => list(services)));
  addAccountCommands(client);
  addRunCommands(client);
};

const list = async (services: Services): Promise<void> => {
  const clients = await allClients(services);
  if (clients.length === 0) return print('No media server is connected.');
  const rows = clients.map((client) => [
    String(client.id),
    client.kind,
    client.name,
    client.address,
    client.accounts.map((account) => account.isolation).join(', '),
    client.schedule ?? 'none',
    client.held === 0 ? '' : String(client.held),
    client.importedAt ?? 'never',
  ]);
  print(table(['ID', 'KIND', 'NAME', 'ADDRESS', 'MODE', 'SCHEDULE', 'HELD', 'READ'], rows));
};
