import type { Activity } from '#activity/service.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ClientItemId } from '#kernel/ids.ts';
import { countHeld, countShown, dropHeldRows, type HeldRow, heldAfter } from './held-repository.ts';
import { suspiciousStates } from './loss.ts';
import { addCounts, noCounts, type Run, type RunAccount } from './run.ts';
import { loadStates } from './shadow-repository.ts';
import { readStanding } from './standing-json.ts';
import { type Taken, takeStates } from './take-states.ts';

/** How many held changes are taken over in one unit of work. */
export const LOSSES_AT_ONCE = 200;

/**
 * Whether what an account lost on its server is more than can be believed without asking.
 * @returns the reason in words; undefined when it can be
 */
export const doubtStates = async (tx: Transaction, run: Run, account: RunAccount): Promise<string | undefined> => {
  const lost = await countHeld(tx, run.clientId, account.id);
  if (lost === 0 || run.agreed) return undefined;
  const shown = await countShown(tx, account.id);
  if (!suspiciousStates(lost, shown)) return undefined;
  return `${lost} of ${shown} entries that ${account.name} had watched, begun, liked or rated on ${run.clientName} do not show it any more. That many are not taken over without asking: approve or reject it.`;
};

/**
 * Takes over a part of what an account lost: first of all that something is watched no more.
 * @returns nothing left: no counts
 */
export const takeLosses = async (
  tx: Transaction,
  activity: Pick<Activity, 'recordRun'>,
  run: Run,
  account: RunAccount,
  now: Instant,
): Promise<Taken & { more: boolean }> => {
  const rows = await heldAfter(tx, run.clientId, {
    after: 0,
    limit: LOSSES_AT_ONCE,
    side: 'theirs',
    account: account.id,
  });
  const states = await statesOf(tx, account, rows);
  const taken = await takeStates(tx, activity, run, account, states, now, true);
  await dropHeldRows(
    tx,
    rows.map((row) => row.id),
  );
  return { ...taken, counts: addCounts(noCounts(), taken.counts), more: rows.length === LOSSES_AT_ONCE };
};

const statesOf = async (tx: Transaction, account: RunAccount, rows: readonly HeldRow[]) => {
  const known = await loadStates(
    tx,
    account.id,
    rows.map((row) => row.client_item_id),
  );
  const newest = new Map<ClientItemId, HeldRow>(rows.map((row) => [row.client_item_id, row]));
  return [...newest.values()].flatMap((row) => {
    const copy = known.get(row.client_item_id);
    const told = readStanding(row.after);
    if (!copy?.item_id || !told) return [];
    return [{ copyId: row.client_item_id, itemId: copy.item_id, told, known: copy }];
  });
};
