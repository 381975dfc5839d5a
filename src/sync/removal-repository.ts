import { sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { chunks } from './chunks.ts';
import { partsOfCopies } from './items/mapping-repository.ts';
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
    .where('c.dismissed', '=', 0)
    .groupBy('c.kind')
    .execute();
  return rows.map(({ kind, known, missing }) => ({
    kind: kind as RemoteKind,
    known: Number(known) - (run.added.get(kind as RemoteKind) ?? 0),
    missing: Number(missing),
  }));
};

/** An entry that is not there any more. */
export interface Gone {
  id: ClientItemId;
  item_id: MediaItemId | null;
  title: string;
  path: string | null;
}

/** Marks what a run did not see as away. */
export const takeAway = (tx: Transaction, run: Run, now: Instant): Promise<Gone[]> =>
  tx
    .updateTable('client_items')
    .set({ removed_at: now })
    .where('client_id', '=', run.clientId)
    .where('removed_at', 'is', null)
    .where('dismissed', '=', 0)
    .where('seen_at', '<>', run.startedAt)
    .returning(['id', 'item_id', 'title', 'path'])
    .execute();

/** Marks these as away, if they still are what a run did not see. */
export const takeAwayThese = async (tx: Transaction, ids: readonly ClientItemId[], now: Instant): Promise<Gone[]> => {
  const gone: Gone[] = [];
  for (const some of chunks(ids)) {
    gone.push(
      ...(await tx
        .updateTable('client_items')
        .set({ removed_at: now })
        .where('id', 'in', some)
        .where('removed_at', 'is', null)
        .returning(['id', 'item_id', 'title', 'path'])
        .execute()),
    );
  }
  return gone;
};

/** That these are gone is not believed. */
export const dismissMissing = async (tx: Transaction, ids: readonly ClientItemId[]): Promise<void> => {
  for (const some of chunks(ids))
    await tx.updateTable('client_items').set({ dismissed: 1 }).where('id', 'in', some).execute();
};

/** What a run did not see. */
export const missingFrom = (db: Reader, run: Pick<Run, 'clientId' | 'startedAt'>): Promise<Gone[]> =>
  db
    .selectFrom('client_items')
    .select(['id', 'item_id', 'title', 'path'])
    .where('client_id', '=', run.clientId)
    .where('removed_at', 'is', null)
    .where('dismissed', '=', 0)
    .where('seen_at', '<>', run.startedAt)
    .execute();

/** The items that a client has copies of now. */
export const itemsHeld = async (db: Reader, clientId: ClientId): Promise<MediaItemId[]> => {
  const rows = await db
    .selectFrom('client_items')
    .select(['id', 'item_id'])
    .where('client_id', '=', clientId)
    .where('item_id', 'is not', null)
    .where('removed_at', 'is', null)
    .execute();
  return itemsOfGone(db, rows);
};

/** What entries stood for, the further episodes of double ones included. */
export const itemsOfGone = async (
  db: Reader,
  gone: readonly Pick<Gone, 'id' | 'item_id'>[],
): Promise<MediaItemId[]> => {
  const parts = await partsOfCopies(
    db,
    gone.map((copy) => copy.id),
  );
  return gone.flatMap((copy) => [...(copy.item_id === null ? [] : [copy.item_id]), ...(parts.get(copy.id) ?? [])]);
};
