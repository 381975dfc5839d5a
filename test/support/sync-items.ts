import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createAudit } from '#audit/audit.ts';
import { createIngest } from '#catalog/ingest.ts';
import { createCatalog } from '#catalog/service.ts';
import type { Database } from '#database/database.ts';
import type { ClientItemsTable, ClientKind } from '#database/tables/sync.ts';
import { linkDeviceUser } from '#identity/device-users.ts';
import { manualClock } from '#kernel/clock.ts';
import { asId, type ClientId, type ClientItemId, type MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { MakeDatabase } from './databases.ts';
import { addUser } from './people.ts';
import { treeIn } from './tree.ts';

interface Copy {
  kind?: MediaKind;
  title?: string;
  year?: number | null;
  path?: string | null;
  item?: MediaItemId | null;
  match?: ClientItemsTable['match'];
  doubt?: object | null;
}

/** A house with an admin, a catalog and media servers whose copies are put straight into the tables. */
export const itemsHouse = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(Date.UTC(2026, 10, 21));
  const observer = createLeafObserver();
  const audit = createAudit({ clock });
  const ingest = createIngest({ clock, observer });
  const catalog = createCatalog({ database, clock, audit, observer });
  const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
  return {
    database,
    clock,
    audit,
    ingest,
    catalog,
    viewer,
    tree: treeIn(database),
    addClient: (address: string, kind: ClientKind = 'jellyfin') => addClient(database, address, kind),
    /** An account of the admin's on a client. */
    addAccount: (client: ClientId, remoteId: string, name: string) =>
      database.transaction(async (tx) => {
        const device = { kind: 'jellyfin' as const, key: `${client}:${remoteId}`, name };
        const actor = await linkDeviceUser(tx, clock, { userId: viewer.userId, device, isolation: 'loud' });
        const { id } = await tx
          .insertInto('client_accounts')
          .values({
            client_id: client,
            remote_user_id: remoteId,
            remote_name: name,
            device_user_id: actor.deviceUserId,
            state_read_at: 5,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        return id;
      }),
    addCopy: (client: ClientId, name: string, copy: Copy = {}) => addCopy(database, client, name, copy),
    copies: () => database.read.selectFrom('client_items').selectAll().orderBy('id').execute(),
    copy: (id: ClientItemId) =>
      database.read.selectFrom('client_items').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  };
};

const addClient = async (database: Database, address: string, kind: ClientKind): Promise<ClientId> => {
  const { id } = await database.transaction((tx) =>
    tx
      .insertInto('clients')
      .values({ kind, name: 'Attic', address, created_at: 0 })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
};

const addCopy = async (database: Database, client: ClientId, name: string, copy: Copy): Promise<ClientItemId> => {
  const item = copy.item ?? null;
  const { id } = await database.transaction((tx) =>
    tx
      .insertInto('client_items')
      .values({
        client_id: client,
        client_item_id: name,
        kind: copy.kind ?? 'movie',
        item_id: item,
        match: copy.match ?? (item === null ? 'ambiguous' : 'title'),
        title: copy.title ?? 'A film',
        year: copy.year ?? null,
        path: copy.path ?? null,
        digest: 'as before',
        doubt: copy.doubt ? JSON.stringify(copy.doubt) : null,
        first_seen_at: 0,
        seen_at: 0,
        removed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return asId(id);
};
