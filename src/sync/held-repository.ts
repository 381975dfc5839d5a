import type { Insertable, Selectable } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { HeldChangesTable } from '#database/tables/sync.ts';
import type { ClientAccountId, ClientId } from '#kernel/ids.ts';
import { chunks } from './chunks.ts';

export type HeldRow = Selectable<HeldChangesTable>;

export const holdChanges = async (tx: Transaction, rows: readonly Insertable<HeldChangesTable>[]): Promise<void> => {
  for (const some of chunks(rows)) await tx.insertInto('held_changes').values(some).execute();
};

/** Each run looks at everything anew: what an earlier one held is what it was then. */
export const dropHeld = async (tx: Transaction, clientId: ClientId, side?: HeldChangesTable['side']): Promise<void> => {
  await tx
    .deleteFrom('held_changes')
    .where('client_id', '=', clientId)
    .$if(side !== undefined, (query) => query.where('side', '=', side ?? 'theirs'))
    .execute();
};

export const dropHeldRows = async (tx: Transaction, ids: readonly number[]): Promise<void> => {
  for (const some of chunks(ids)) await tx.deleteFrom('held_changes').where('id', 'in', some).execute();
};

/** A part of what a client's last run holds, in the order in which it was seen. */
export const heldAfter = (
  db: Reader,
  clientId: ClientId,
  { after, limit, ...of }: { after: number; limit: number; side?: HeldRow['side']; account?: ClientAccountId | null },
): Promise<HeldRow[]> =>
  db
    .selectFrom('held_changes')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '>', after)
    .$if(of.side !== undefined, (query) => query.where('side', '=', of.side ?? 'theirs'))
    .$if(of.account === null, (query) => query.where('account_id', 'is', null))
    .$if(of.account != null, (query) => query.where('account_id', '=', of.account ?? null))
    .orderBy('id')
    .limit(limit)
    .execute();

export const countHeld = async (
  db: Reader,
  clientId: ClientId,
  accountId: ClientAccountId | null,
  side: HeldRow['side'] = 'theirs',
): Promise<number> => {
  const { held } = await db
    .selectFrom('held_changes')
    .select((row) => row.fn.countAll<number>().as('held'))
    .where('client_id', '=', clientId)
    .where('side', '=', side)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(held);
};

/** How many changes of a client wait for a person's word. */
export const countHeldOf = async (db: Reader, clientId: ClientId): Promise<number> => {
  const { held } = await db
    .selectFrom('held_changes')
    .select((row) => row.fn.countAll<number>().as('held'))
    .where('client_id', '=', clientId)
    .executeTakeFirstOrThrow();
  return Number(held);
};

/** How many entries show something of the account: watched, begun, liked or rated. */
export const countShown = async (db: Reader, accountId: ClientAccountId): Promise<number> => {
  const { shown } = await db
    .selectFrom('shadows')
    .select((row) => row.fn.countAll<number>().as('shown'))
    .where('account_id', '=', accountId)
    .where((row) =>
      row.or([
        row('watched', '=', 1),
        row('position_ms', 'is not', null),
        row('favourite', '=', 1),
        row('rating', 'is not', null),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(shown);
};
