import type { Reader } from '#database/database.ts';
import type { ClientId, DeviceUserId, MediaItemId, UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';

const LIST = 'client-items';

/** The device user of a user's account on a server; undefined where they have none. */
export const deviceUserOn = async (db: Reader, client: ClientId, user: UserId): Promise<DeviceUserId | undefined> => {
  const row = await db
    .selectFrom('client_accounts as a')
    .innerJoin('device_users as du', 'du.id', 'a.device_user_id')
    .select('a.device_user_id')
    .where('a.client_id', '=', client)
    .where('du.user_id', '=', user)
    .orderBy('a.id')
    .limit(1)
    .executeTakeFirst();
  return row?.device_user_id;
};

/** Our items of a kind by a server's ids, at most a few hundred, as far as they are matched. */
export const clientItemsNamed = async (
  db: Reader,
  client: ClientId,
  kind: MediaKind,
  names: readonly string[],
): Promise<Map<string, MediaItemId>> => {
  if (names.length === 0) return new Map();
  const rows = await matched(db, client, kind).where('client_item_id', 'in', names).execute();
  return new Map(rows.flatMap((row) => (row.item_id === null ? [] : [[row.client_item_id, row.item_id]])));
};

/** The matched items of a kind that are on the server, in the order of its ids. */
export const clientItemPage = async (
  db: Reader,
  client: ClientId,
  kind: MediaKind,
  { limit, cursor, offset = 0 }: PageRequest & { offset?: number | undefined },
): Promise<Page<{ clientItemId: string; itemId: MediaItemId }>> => {
  const [after = ''] = cursor === undefined ? [] : decodeCursor(LIST, 1, cursor);
  const rows = await matched(db, client, kind)
    .where('removed_at', 'is', null)
    .where('client_item_id', '>', String(after))
    .orderBy('client_item_id')
    .limit(limit + 1)
    .offset(offset)
    .execute();
  const page = pageOf(rows, limit, LIST, (row) => [row.client_item_id]);
  return {
    next: page.next,
    items: page.items.flatMap((row) =>
      row.item_id === null ? [] : [{ clientItemId: row.client_item_id, itemId: row.item_id }],
    ),
  };
};

const matched = (db: Reader, client: ClientId, kind: MediaKind) =>
  db
    .selectFrom('client_items')
    .select(['client_item_id', 'item_id'])
    .where('client_id', '=', client)
    .where('kind', '=', kind)
    .where('item_id', 'is not', null);
