import type { ClientItems } from '#activity/user-data/ports.ts';
import type { Database } from '#database/database.ts';
import { loadActor } from '#identity/device-users.ts';
import { notFound } from '#kernel/errors.ts';
import { clientItemPage, clientItemsNamed, deviceUserOn } from './user-data-query.ts';

/** What `activity/` asks about copies on media servers for the records of seed 000. */
export const createClientItems = ({ database }: { database: Database }): ClientItems => ({
  actorOf: async (viewer, client) => {
    const deviceUser = await deviceUserOn(database.read, client, viewer.userId);
    if (deviceUser === undefined) throw notFound('This media server');
    return loadActor(database.read, deviceUser);
  },
  itemsOf: (client, kind, names) => clientItemsNamed(database.read, client, kind, names),
  list: (client, kind, request) => clientItemPage(database.read, client, kind, request),
});
