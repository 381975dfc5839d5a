import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientAccountId, ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { RemoteKind } from './media-server.ts';
import type { Shadow } from './merge.ts';
import { shadowOf } from './shadow-repository.ts';

/** An entry of a client that stands for an item of ours, as it is kept for one account. */
export interface PushRow {
  id: ClientItemId;
  remoteId: string;
  itemId: MediaItemId;
  kind: RemoteKind;
  title: string;
  shadow: Shadow | undefined;
  asked: string | null;
  firstSeenAt: Instant;
  /** A change of ours may have arrived that is not in the shadow. */
  unsure: boolean;
}

/**
 * A part of a client's entries, in the order of their ids, with what one account shows of each.
 * @param only of these entries alone; absent: of all
 */
export const pushPage = async (
  db: Reader,
  clientId: ClientId,
  accountId: ClientAccountId,
  { kinds, after, limit, only }: { kinds: readonly RemoteKind[]; after: number; limit: number; only?: ClientItemId[] },
): Promise<{ rows: PushRow[]; last: number | null }> => {
  const found = await db
    .selectFrom('client_items as c')
    .leftJoin('shadows as s', (join) => join.onRef('s.client_item_id', '=', 'c.id').on('s.account_id', '=', accountId))
    .select(['c.id', 'c.client_item_id', 'c.item_id', 'c.kind', 'c.title', 'c.first_seen_at', 's.asked', 's.intent'])
    .select(['s.watched', 's.play_count', 's.position_ms', 's.last_played_at', 's.favourite', 's.rating'])
    .where('c.client_id', '=', clientId)
    .where('c.id', '>', after as ClientItemId)
    .where('c.removed_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('c.id', 'in', only ?? []))
    .orderBy('c.id')
    .limit(limit)
    .execute();
  const rows = found.flatMap(
    ({ id, client_item_id, item_id, kind, title, first_seen_at, asked, intent, ...columns }): PushRow[] => {
      const known = kinds.find((one) => one === kind);
      if (item_id === null || known === undefined) return [];
      const of = { id, remoteId: client_item_id, itemId: item_id, kind: known, title };
      return [{ ...of, asked, firstSeenAt: first_seen_at, unsure: intent !== null, shadow: shadowOf(columns) }];
    },
  );
  return { rows, last: found.length < limit ? null : (found.at(-1)?.id ?? null) };
};
