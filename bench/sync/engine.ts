import { createJellyfinConnector } from '#connectors/media-browser/jellyfin.ts';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { HOUR, systemClock } from '#kernel/clock.ts';
import { asId, type ClientId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { addUser } from '../../test/support/people.ts';
import { wireSync } from '../../test/support/sync.ts';
import { between, reading } from './meters.ts';
import type { Outcome, Remote, Task } from './task.ts';

/** The tasks that need a database, see {@link Task}. */
export interface Engine {
  run(does: 'import' | 'sync'): Promise<Outcome>;
  mark(names: readonly string[]): Promise<void>;
}

/** Sync as the product wires it, with one person whose account on the server is linked both ways. */
export const openEngine = async (url: string, remote: Remote): Promise<Engine> => {
  const database = await openDatabase({ url, logger: silentLogger });
  await migrate(database);
  const { sync, activity } = wireSync(database, systemClock, [createJellyfinConnector({ clock: systemClock })]);
  const { viewer } = await addUser(database, { name: 'bench', role: 'admin' });
  const { client } = await sync.add(viewer, {
    kind: 'jellyfin',
    address: remote.url,
    token: remote.apiKey,
    accountId: remote.userId,
    schedule: null,
  });
  const id = asId<ClientId>(client.id);
  return {
    run: async (does) => {
      const begin = reading();
      let read = begin;
      const { state, error, warnings, counts } = await sync.run(id, does, {
        onProgress: ({ phase }) => {
          if (phase === 'pull') read = reading();
        },
      });
      const end = reading();
      if (state !== 'done') throw new Error(`A run ended as ${state}: ${[error, ...warnings].join(' ')}`);
      return { ...counts, whole: between(begin, end), afterReading: between(read, end) };
    },
    mark: async (names) => {
      for (const name of names) {
        const { item_id: item } = await database.read
          .selectFrom('client_items')
          .select('item_id')
          .where('client_id', '=', id)
          .where('client_item_id', '=', name)
          .executeTakeFirstOrThrow();
        if (item === null) throw new Error(`Nothing was matched with ${name}.`);
        await activity.setWatched(viewer, item, { watched: true, at: systemClock.now() - HOUR });
      }
    },
  };
};
