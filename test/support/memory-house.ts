import type { Database } from '#database/database.ts';
import { manualClock } from '#kernel/clock.ts';
import { asId, type ClientId } from '#kernel/ids.ts';
import type { NewClient } from '#sync/views.ts';
import type { MakeDatabase } from './databases.ts';
import { createMemoryServer, type MemoryServer } from './media-server.ts';
import type { Traits } from './media-server-traits.ts';
import { addUser } from './people.ts';
import { wireSync } from './sync.ts';

export type MemoryHouse = Awaited<ReturnType<typeof memoryHouse>>;

/** Media servers in memory and one person, Ada, who has an account on each of them. */
export const memoryHouse = async (make: MakeDatabase, traits: readonly Partial<Traits>[]) => {
  const database: Database = await make();
  const clock = manualClock(Date.UTC(2026, 10, 21, 10));
  const servers = traits.map((one, index) => {
    const server: MemoryServer = createMemoryServer(clock, one);
    server.serverId = `memory-${index}`;
    return { server, ada: server.addAccount('ada', { own: true }) };
  });
  // One connector a kind, which finds the server by its address.
  const kinds = [...new Set(servers.map(({ server }) => server.traits.kind))];
  const connectors = kinds.map((kind) => ({
    kind,
    label: kind,
    connect: ({ address }: { address: string }): MemoryServer => {
      const found = servers[Number(/server-(\d+)/.exec(address)?.[1])];
      if (!found) throw new Error(`No server at ${address}.`);
      return found.server;
    },
  }));
  const wired = wireSync(database, clock, connectors);
  const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
  const connect = async (index: number, more: Partial<NewClient> = {}): Promise<ClientId> => {
    const kind = servers[index]!.server.traits.kind;
    const { client } = await wired.sync.add(viewer, {
      kind,
      address: `http://server-${index}`,
      name: `S${index}`,
      ...more,
    });
    return asId<ClientId>(client.id);
  };
  return { ...wired, database, clock, viewer, servers, connect };
};
