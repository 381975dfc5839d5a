import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';

/** A key as it is taken for a request. */
export interface Reservation {
  userId: UserId;
  key: string;
  target: string;
  digest: string;
  at: Instant;
}

/** What is known of a key. */
export interface KnownKey {
  target: string;
  digest: string;
  /** null: not answered yet. */
  status: number | null;
  answer: string | null;
  at: Instant;
}

/** Takes a key that is free, or was taken before `over`. @returns whether it was */
export const reserve = async (tx: Transaction, reservation: Reservation, over: Instant): Promise<boolean> =>
  (await insert(tx, { ...reservation, over })).length === 1;

const insert = prepare<Reservation & { over: Instant }>()((db, value) =>
  db
    .insertInto('idempotency_keys')
    .values({
      user_id: value('userId'),
      key: value('key'),
      target: value('target'),
      digest: value('digest'),
      status: null,
      answer: null,
      created_at: value('at'),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'key'])
        .doUpdateSet({
          target: value('target'),
          digest: value('digest'),
          status: null,
          answer: null,
          created_at: value('at'),
        })
        .where('idempotency_keys.created_at', '<=', value('over')),
    )
    .returning('created_at'),
);

export const readKey = async (db: Reader, userId: UserId, key: string): Promise<KnownKey | undefined> =>
  (await select(db, { userId, key }))[0];

const select = prepare<{ userId: UserId; key: string }>()((db, value) =>
  db
    .selectFrom('idempotency_keys')
    .select(['target', 'digest', 'status', 'answer', 'created_at as at'])
    .where('user_id', '=', value('userId'))
    .where('key', '=', value('key')),
);

/** Keeps what was answered. */
export const complete = async (
  tx: Transaction,
  { userId, key, at }: Reservation,
  answer: { status: number; body: string | null },
): Promise<void> => {
  await update(tx, { userId, key, at, ...answer });
};

const update = prepare<{ userId: UserId; key: string; at: Instant; status: number; body: string | null }>()(
  (db, value) =>
    db
      .updateTable('idempotency_keys')
      .set({ status: value('status'), answer: value('body') })
      .where('user_id', '=', value('userId'))
      .where('key', '=', value('key'))
      .where('created_at', '=', value('at')),
);

/** Gives a key back: the request failed, so that it may be tried again. */
export const release = async (tx: Transaction, { userId, key, at }: Reservation): Promise<void> => {
  await tx
    .deleteFrom('idempotency_keys')
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .where('created_at', '=', at)
    .where('status', 'is', null)
    .execute();
};

/** Deletes keys taken before an instant, oldest first, at most so many. @returns how many */
export const deleteOldest = async (tx: Transaction, over: Instant, most: number): Promise<number> => {
  const { rows } = await sql`DELETE FROM idempotency_keys WHERE (user_id, key) IN (
      SELECT old.user_id, old.key FROM idempotency_keys AS old WHERE old.created_at <= ${over}
      ORDER BY old.created_at LIMIT ${most})
    RETURNING 1 AS gone`.execute(tx);
  return rows.length;
};
