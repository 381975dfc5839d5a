import type { Database } from '#database/database.ts';
import { MINUTE } from '#kernel/clock.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import { allClients, type ClientRow } from './client-query.ts';
import type { ClientTools } from './clients.ts';
import { connectorFor, openConnection } from './connection.ts';
import type { Notice } from './media-server.ts';

/** Hears what media servers tell over their sockets. */
export interface Listening {
  /** Listens to all that have a socket; also after a client was added, changed or removed. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

interface ListeningTools extends Pick<ClientTools, 'connectors' | 'credentials' | 'installation'> {
  database: Database;
  logger: Logger;
  onNotices(clientId: ClientId, notices: Notice[]): Promise<string>;
}

export const createListening = (tools: ListeningTools): Listening => {
  const open = new Map<ClientId, { key: string; stop: AbortController; done: Promise<void> }>();
  const end = async (id: ClientId): Promise<void> => {
    const one = open.get(id);
    open.delete(id);
    one?.stop.abort();
    await one?.done;
  };
  return {
    refresh: async () => {
      const clients = await allClients(tools.database.read);
      const keys = new Map(clients.map((client) => [client.id, keyOf(client)]));
      for (const [id, { key }] of open) if (keys.get(id) !== key) await end(id);
      for (const client of clients) {
        if (open.has(client.id)) continue;
        const stop = new AbortController();
        const done = hear(tools, client, stop.signal);
        open.set(client.id, { key: keyOf(client), stop, done });
      }
    },
    stop: async () => {
      for (const id of [...open.keys()]) await end(id);
    },
  };
};

/** What a connection is made of: when it changes, it is made anew. */
const keyOf = ({ address, user_name, secret, token }: ClientRow): string =>
  JSON.stringify([address, user_name, secret, token]);

const hear = async (tools: ListeningTools, client: ClientRow, signal: AbortSignal): Promise<void> => {
  const known = tools.connectors.some((connector) => connector.kind === client.kind);
  if (!known) return;
  try {
    const server = connectorFor(tools.connectors, client.kind).connect(openConnection(tools, client));
    if (!server.listen) return;
    await server.listen((notice) => {
      tools
        .onNotices(client.id, [notice])
        .catch((error) => tools.logger.error({ client: client.id, err: error }, 'A notice could not be followed'));
    }, signal);
  } catch (error) {
    if (!signal.aborted) tools.logger.warn({ client: client.id, err: error, retryMs: MINUTE }, 'Listening ended');
  }
};
