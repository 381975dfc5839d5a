import { type Insertable, sql } from 'kysely';
import type { ExternalId } from '#catalog/incoming.ts';
import type { Reader, Transaction } from '#database/database.ts';
import type { ClientItemsTable, ShadowsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientAccountId, ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { chunks } from './chunks.ts';
import type { Shadow } from './merge.ts';

/** A client item as it is kept, with its item and the account's shadow. */
export interface CopyRow {
  id: ClientItemId;
  client_item_id: string;
  item_id: MediaItemId | null;
  match: ClientItemsTable['match'];
  title: string;
  year: number | null;
  path: string | null;
  digest: string;
  doubt: string | null;
  seen_at: Instant;
  removed_at: Instant | null;
  item_removed_at: Instant | null;
  parent_id: MediaItemId | null;
  root_id: MediaItemId | null;
  season_number: number | null;
  episode_number: number | null;
  shadow: Shadow | undefined;
}

export const loadCopies = async (
  db: Reader,
  clientId: ClientId,
  accountId: ClientAccountId,
  remoteIds: readonly string[],
): Promise<Map<string, CopyRow>> => {
  const found = new Map<string, CopyRow>();
  for (const some of chunks(remoteIds)) {
    for (const row of await copiesQuery(db, clientId, accountId, some).execute()) {
      const { watched, play_count, position_ms, last_played_at, ...copy } = row;
      const shadow =
        watched === null
          ? undefined
          : {
              watched: watched === 1,
              playCount: play_count ?? 0,
              positionMs: position_ms,
              lastPlayedAt: last_played_at,
            };
      found.set(copy.client_item_id, { ...copy, shadow });
    }
  }
  return found;
};

const copiesQuery = (db: Reader, clientId: ClientId, accountId: ClientAccountId, remoteIds: string[]) =>
  db
    .selectFrom('client_items as c')
    .leftJoin('media_items as i', 'i.id', 'c.item_id')
    .leftJoin('shadows as s', (join) => join.onRef('s.client_item_id', '=', 'c.id').on('s.account_id', '=', accountId))
    .select([
      'c.id',
      'c.client_item_id',
      'c.item_id',
      'c.match',
      'c.title',
      'c.year',
      'c.path',
      'c.digest',
      'c.doubt',
      'c.seen_at',
      'c.removed_at',
      'i.removed_at as item_removed_at',
      'i.parent_id',
      'i.root_id',
      'i.season_number',
      'i.episode_number',
      's.watched',
      's.play_count',
      's.position_ms',
      's.last_played_at',
    ])
    .where('c.client_id', '=', clientId)
    .where('c.client_item_id', 'in', remoteIds);

export const loadExternalIds = async (
  db: Reader,
  itemIds: readonly MediaItemId[],
): Promise<Map<MediaItemId, ExternalId[]>> => {
  const found = new Map<MediaItemId, ExternalId[]>();
  for (const some of chunks(itemIds)) {
    const rows = await db
      .selectFrom('external_ids')
      .select(['item_id', 'provider', 'value'])
      .where('item_id', 'in', some)
      .execute();
    for (const { item_id, ...id } of rows) found.set(item_id, [...(found.get(item_id) ?? []), id]);
  }
  return found;
};

/** @returns the rows' ids, by their client item ids */
export const insertCopies = async (
  tx: Transaction,
  rows: readonly Insertable<ClientItemsTable>[],
): Promise<Map<string, ClientItemId>> => {
  const ids = new Map<string, ClientItemId>();
  for (const some of chunks(rows)) {
    const made = await tx.insertInto('client_items').values(some).returning(['id', 'client_item_id']).execute();
    for (const row of made) ids.set(row.client_item_id, row.id);
  }
  return ids;
};

export const updateCopy = async (
  tx: Transaction,
  id: ClientItemId,
  values: Partial<Insertable<ClientItemsTable>>,
): Promise<void> => {
  await tx.updateTable('client_items').set(values).where('id', '=', id).execute();
};

/** Notes that these were seen in the run that started at this instant; what was away is there again. */
export const markSeen = async (tx: Transaction, ids: readonly ClientItemId[], startedAt: Instant): Promise<void> => {
  for (const some of chunks(ids)) {
    await tx
      .updateTable('client_items')
      .set({ seen_at: startedAt, removed_at: null })
      .where('id', 'in', some)
      .execute();
  }
};

export const saveShadows = async (tx: Transaction, rows: readonly Insertable<ShadowsTable>[]): Promise<void> => {
  for (const some of chunks(rows)) {
    await tx
      .insertInto('shadows')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'client_item_id']).doUpdateSet({
          watched: sql.ref('excluded.watched'),
          play_count: sql.ref('excluded.play_count'),
          position_ms: sql.ref('excluded.position_ms'),
          last_played_at: sql.ref('excluded.last_played_at'),
          seen_at: sql.ref('excluded.seen_at'),
        }),
      )
      .execute();
  }
};

/** Forgets what was seen of a copy, for all accounts: it is a copy of something else now. */
export const dropShadows = async (tx: Transaction, id: ClientItemId): Promise<void> => {
  await tx.deleteFrom('shadows').where('client_item_id', '=', id).execute();
};
