import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';
import type { Loss } from './loss.ts';
import type { RemoteKind } from './media-server.ts';
import type { Run } from './run.ts';

/** An entry whose item was seen under another id of the same server is not lost: the server was rebuilt. */
export const loadLosses = async (db: Reader, run: Run): Promise<Loss[]> => {
  const rows = await db
    .selectFrom('client_items as c')
    .select((row) => [
      'c.kind',
      row.fn.countAll<number>().as('known'),
      sql<number>`sum(CASE WHEN c.seen_at <> ${run.startedAt} AND NOT EXISTS (
        SELECT 1 FROM client_items AS other WHERE other.item_id = c.item_id AND other.client_id = c.client_id
          AND other.seen_at = ${run.startedAt}) THEN 1 ELSE 0 END)`.as('missing'),
    ])
    .where('c.client_id', '=', run.clientId)
    .where('c.removed_at', 'is', null)
    .groupBy('c.kind')
    .execute();
  return rows.map(({ kind, known, missing }) => ({
    kind: kind as RemoteKind,
    known: Number(known) - (run.added.get(kind as RemoteKind) ?? 0),
    missing: Number(missing),
  }));
};

/** @returns the items of the entries that went, null where one had none */
export const takeAway = async (tx: Transaction, run: Run, now: Instant): Promise<(MediaItemId | null)[]> => {
  const rows = await tx
    .updateTable('client_items')
    .set({ removed_at: now })
    .where('client_id', '=', run.clientId)
    .where('removed_at', 'is', null)
    .where('seen_at', '<>', run.startedAt)
    .returning('item_id')
    .execute();
  return rows.map((row) => row.item_id);
};

/** The items that a client has copies of now. */
export const itemsHeld = async (db: Reader, clientId: ClientId): Promise<MediaItemId[]> => {
  const rows = await db
    .selectFrom('client_items')
    .select('item_id')
    .where('client_id', '=', clientId)
    .where('item_id', 'is not', null)
    .where('removed_at', 'is', null)
    .execute();
  return rows.flatMap((row) => row.item_id ?? []);
};
