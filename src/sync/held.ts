import type { Transaction } from '#database/database.ts';
import { conflict } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import { clientRow } from './client-query.ts';
import type { By, ClientTools } from './clients.ts';
import { countHeldOf, dropHeldRows, type HeldRow, heldAfter } from './held-repository.ts';
import { BLANK, seen } from './merge.ts';
import { dismissMissing } from './removal-repository.ts';
import { settleRuns } from './run-repository.ts';
import { loadStates, saveShadows, shadowRow } from './shadow-repository.ts';
import { readAsked, readStanding } from './standing-json.ts';

/**
 * Rejects what a client's last run held: nothing of it is believed. What they do not show any more is written to them
 * again by the next run; what we would have taken from them is let be; entries that are gone stay known until they come
 * back or are gone once more.
 * @throws AppError `conflict` when nothing is held
 */
export const rejectHeld = async (
  { database, audit, clock }: Pick<ClientTools, 'database' | 'audit' | 'clock'>,
  by: By,
  id: ClientId,
): Promise<void> => {
  await requireHeld(database.read, id);
  for (let more = true; more; ) {
    more = await database.transaction(async (tx) => {
      const rows = await heldAfter(tx, id, { after: 0, limit: AT_ONCE });
      await reject(tx, rows, clock.now());
      await dropHeldRows(
        tx,
        rows.map((row) => row.id),
      );
      return rows.length === AT_ONCE;
    });
  }
  await database.transaction(async (tx) => {
    await settleRuns(tx, id);
    await audit.record(tx, {
      actor: by,
      entityType: 'client',
      entityId: id,
      action: 'update',
      changes: { held: ['waiting', 'rejected'] },
    });
  });
};

/** @throws AppError `conflict` when nothing is held */
export const requireHeld = async (db: Parameters<typeof clientRow>[0], id: ClientId): Promise<void> => {
  const { name } = await clientRow(db, id);
  if ((await countHeldOf(db, id)) === 0) throw conflict(`Nothing of ${name} waits to be decided on.`);
};

const AT_ONCE = 200;

const reject = async (tx: Transaction, rows: readonly HeldRow[], now: number): Promise<void> => {
  for (const [accountId, held] of Map.groupBy(rows, (row) => row.account_id)) {
    if (accountId === null) {
      await dismissMissing(
        tx,
        held.map((row) => row.client_item_id),
      );
      continue;
    }
    const known = await loadStates(
      tx,
      accountId,
      held.map((row) => row.client_item_id),
    );
    const shadows = held.flatMap((row) => {
      const copy = known.get(row.client_item_id);
      if (!copy) return [];
      const before = copy.shadow ?? BLANK;
      if (row.side === 'ours') {
        // As if it were so: only another change of ours is asked for again.
        const asked = readAsked(row.after);
        return [shadowRow(accountId, row.client_item_id, before, { asked, intent: null }, now)];
      }
      const told = readStanding(row.after);
      const shown = told ? seen(told, before) : before;
      return [shadowRow(accountId, row.client_item_id, shown, { asked: null, intent: null }, now)];
    });
    await saveShadows(tx, shadows);
  }
};
