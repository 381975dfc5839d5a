import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { chunks } from '../chunks.ts';
import { loadExternalIds } from '../copy-repository.ts';
import { type RemoteKind, remoteKinds } from '../media-server.ts';
import { partsOfCopies } from './mapping-repository.ts';
import { type NewCopy, type OldCopy, placeOf } from './remap.ts';

/** A copy of the server that is replaced. */
export interface ReplacedCopy extends OldCopy {
  removedAt: Instant | null;
}

/** All copies of a client, also those that are away: a server that was set up anew may have them again. */
export const copiesToReplace = async (db: Reader, clientId: ClientId): Promise<ReplacedCopy[]> => {
  const rows = await db
    .selectFrom('client_items as c')
    .leftJoin('media_items as i', 'i.id', 'c.item_id')
    .select([
      'c.id',
      'c.client_item_id',
      'c.kind',
      'c.title',
      'c.year',
      'c.path',
      'c.match',
      'c.item_id',
      'c.removed_at',
    ])
    .select(['i.parent_id', 'i.root_id', 'i.season_number', 'i.episode_number', 'i.disc_number', 'i.track_number'])
    .where('c.client_id', '=', clientId)
    .orderBy('c.id')
    .execute();
  const names = await loadExternalIds(
    db,
    rows.flatMap((row) => row.item_id ?? []),
  );
  return rows
    .filter((row): row is typeof row & { kind: RemoteKind } => (remoteKinds as readonly string[]).includes(row.kind))
    .map((row) => ({
      id: row.id,
      clientItemId: row.client_item_id,
      kind: row.kind,
      title: row.title,
      year: row.year,
      path: row.path,
      decided: row.match === 'person',
      itemId: row.item_id,
      externalIds: row.item_id === null ? [] : (names.get(row.item_id) ?? []),
      parentId: row.parent_id,
      rootId: row.root_id,
      place: placeOf(row.kind, {
        seasonNumber: row.season_number,
        episodeNumber: row.episode_number,
        discNumber: row.disc_number,
        trackNumber: row.track_number,
      }),
      removedAt: row.removed_at,
    }));
};

/** The newest run of a client; undefined: none yet. */
export const newestRun = async (db: Reader, clientId: ClientId): Promise<{ id: number; state: string } | undefined> =>
  db
    .selectFrom('sync_runs')
    .select(['id', 'state'])
    .where('client_id', '=', clientId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Forgets what was seen on a server, for all accounts: the new one is looked at as if for the first time. */
export const forgetServer = async (tx: Transaction, clientId: ClientId): Promise<void> => {
  await tx
    .deleteFrom('shadows')
    .where('account_id', 'in', (is) =>
      is.selectFrom('client_accounts').select('client_accounts.id').where('client_id', '=', clientId),
    )
    .execute();
  await tx.deleteFrom('held_changes').where('client_id', '=', clientId).execute();
};

/** Takes the copies' names, which may stand for something else on the new server. */
export const freeNames = async (tx: Transaction, clientId: ClientId): Promise<void> => {
  await tx
    .updateTable('client_items')
    .set({ client_item_id: sql<string>`'~' || id || ' ' || client_item_id` })
    .where('client_id', '=', clientId)
    .where('client_item_id', 'not like', '~%')
    .execute();
};

/** Gives copies their names on the new server, and what that tells of them; each is looked at in the next run. */
export const rename = async (
  tx: Transaction,
  moved: readonly { copy: Pick<OldCopy, 'id'>; told: NewCopy }[],
): Promise<void> => {
  for (const some of chunks(moved, 100)) {
    const ids = some.map(({ copy }) => copy.id);
    const rows = await tx.selectFrom('client_items').selectAll().where('id', 'in', ids).execute();
    const told = new Map(some.map((one) => [one.copy.id, one.told]));
    await tx
      .insertInto('client_items')
      .values(rows.map((row) => ({ ...row, ...renamed(told.get(row.id)), digest: '', removed_at: null })))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          client_item_id: sql.ref('excluded.client_item_id'),
          title: sql.ref('excluded.title'),
          year: sql.ref('excluded.year'),
          path: sql.ref('excluded.path'),
          digest: '',
          removed_at: null,
        }),
      )
      .execute();
  }
};

const renamed = (told: NewCopy | undefined) =>
  told === undefined ? {} : { client_item_id: told.remoteId, title: told.title, year: told.year, path: told.path };

/** Notes that these are on the server no more. @returns the items that they were copies of */
export const takeCopies = async (
  tx: Transaction,
  ids: readonly ClientItemId[],
  now: Instant,
): Promise<MediaItemId[]> => {
  const items: MediaItemId[] = [];
  for (const some of chunks(ids)) {
    const rows = await tx
      .updateTable('client_items')
      .set({ removed_at: now })
      .where('id', 'in', some)
      .where('removed_at', 'is', null)
      .returning('item_id')
      .execute();
    items.push(...rows.flatMap((row) => row.item_id ?? []), ...[...(await partsOfCopies(tx, some)).values()].flat());
  }
  return items;
};

/** Takes the accounts' remote ids, which may be other people's on the new server. */
export const freeAccounts = async (tx: Transaction, clientId: ClientId): Promise<void> => {
  await tx
    .updateTable('client_accounts')
    .set({ remote_user_id: sql<string>`'~' || id`, state_read_at: 0 })
    .where('client_id', '=', clientId)
    .execute();
};
