import type { Insertable } from 'kysely';
import type { ExternalId } from '#catalog/incoming.ts';
import type { Reader, Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList, textIn } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { ClientItemsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import { asId, type ClientAccountId, type ClientId, type ClientItemId, type MediaItemId } from '#kernel/ids.ts';
import { chunks } from './chunks.ts';
import type { StandingChange } from './media-server.ts';
import type { Shadow } from './merge.ts';
import { readIntent, shadowOf } from './shadow-repository.ts';

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
  first_seen_at: Instant;
  seen_at: Instant;
  removed_at: Instant | null;
  item_removed_at: Instant | null;
  parent_id: MediaItemId | null;
  root_id: MediaItemId | null;
  season_number: number | null;
  episode_number: number | null;
  shadow: Shadow | undefined;
  /** What we wanted it to be when we last looked; null: never. */
  asked: string | null;
  /** A change of ours that was on its way when something broke off. */
  intent: StandingChange | null;
}

export const loadCopies = async (
  db: Reader,
  clientId: ClientId,
  accountId: ClientAccountId | null,
  remoteIds: readonly string[],
): Promise<Map<string, CopyRow>> => {
  const found = new Map<string, CopyRow>();
  if (remoteIds.length === 0) return found;
  const values = { client: clientId, account: accountId ?? NOBODY, names: JSON.stringify(remoteIds) };
  for (const row of await copiesNamed(db, values)) {
    found.set(row.client_item_id, { ...row, shadow: shadowOf(row), intent: readIntent(row.intent) });
  }
  return found;
};

/** No account has this id. */
const NOBODY = asId<ClientAccountId>(0);

const copiesNamed = prepare<{ client: ClientId; account: ClientAccountId; names: string }>()((db, value, dialect) =>
  db
    .selectFrom('client_items as c')
    .leftJoin('media_items as i', 'i.id', 'c.item_id')
    .leftJoin('shadows as s', (join) =>
      join.onRef('s.client_item_id', '=', 'c.id').on('s.account_id', '=', value('account')),
    )
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
      'c.first_seen_at',
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
      's.favourite',
      's.rating',
      's.asked',
      's.intent',
    ])
    .where('c.client_id', '=', value('client'))
    .where(textIn(dialect, 'c.client_item_id', value('names'))),
);

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
export const markSeen = async (tx: Transaction, startedAt: Instant, ids: readonly ClientItemId[]): Promise<void> => {
  if (ids.length > 0) await seenAt(tx, { startedAt, ids: idList(dialectOf(tx), ids) });
};

const seenAt = prepare<{ startedAt: Instant; ids: string }>()((db, value, dialect) =>
  db
    .updateTable('client_items')
    .set({ seen_at: value('startedAt'), removed_at: null, dismissed: 0 })
    .where(idIn(dialect, 'id', value('ids'))),
);
