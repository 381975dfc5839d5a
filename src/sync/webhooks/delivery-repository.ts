import { sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import type { DeliveriesTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientId } from '#kernel/ids.ts';

export interface NewDelivery {
  clientId: ClientId;
  receivedAt: Instant;
  contentType: string;
  body: Uint8Array;
}

/** Keeps a delivery that waits to be read. @returns its id */
export const insertDelivery = async (tx: Transaction, delivery: NewDelivery): Promise<number> => {
  const { id } = await tx
    .insertInto('deliveries')
    .values({
      client_id: delivery.clientId,
      received_at: delivery.receivedAt,
      content_type: delivery.contentType.slice(0, 300),
      body: Buffer.from(delivery.body).toString('base64'),
      outcome: 'waiting',
      detail: '',
      handled_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

export interface Ending {
  id: number;
  outcome: Exclude<DeliveriesTable['outcome'], 'waiting'>;
  /** For people. */
  detail: string;
}

/** Notes what became of deliveries. */
export const endDeliveries = async (tx: Transaction, endings: readonly Ending[], now: Instant): Promise<void> => {
  for (const { id, outcome, detail } of endings) {
    const values = { outcome, detail: detail.replaceAll('\0', '').slice(0, LONGEST_DETAIL), handled_at: now };
    await tx.updateTable('deliveries').set(values).where('id', '=', id).execute();
  }
};

const LONGEST_DETAIL = 1000;

/** Lets a delivery wait again. @returns false when it waits already */
export const waitAgain = async (tx: Transaction, id: number): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set({ outcome: 'waiting', detail: '', handled_at: null })
    .where('id', '=', id)
    .where(sql<boolean>`outcome <> 'waiting'`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Deletes some of the deliveries that came before an instant. @returns how many; fewer than `most`: there are no more */
export const deleteOldDeliveries = async (tx: Transaction, before: Instant, most: number): Promise<number> => {
  const old = tx.selectFrom('deliveries').select('id').where('received_at', '<', before).limit(most);
  const { numDeletedRows } = await tx.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
};
