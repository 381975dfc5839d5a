import type { Transaction } from '#database/database.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import { chunks } from './chunks.ts';
import type { Decision } from './decision.ts';

/** Writes down what a run decided. */
export const keepDecisions = async (
  tx: Transaction,
  runId: number,
  decisions: readonly Decision[],
  now: Instant,
): Promise<void> => {
  for (const some of chunks(decisions)) {
    await tx
      .insertInto('sync_decisions')
      .values(some.map((decision) => rowOf(runId, decision, now)))
      .execute();
  }
};

const rowOf = (
  run_id: number,
  { phase, accountId, copyId, itemId, decision, why, ...more }: Decision,
  at: Instant,
) => ({
  run_id,
  at,
  phase,
  account_id: accountId,
  client_item_id: copyId,
  item_id: itemId,
  decision,
  why,
  before: more.before === undefined ? null : JSON.stringify(more.before),
  after: more.after === undefined ? null : JSON.stringify(more.after),
  receipt: more.receipt ?? null,
});

/** How long the entries of runs are kept. The runs themselves stay. */
const KEEP = 90 * DAY;
export const FORGOTTEN_AT_ONCE = 1000;

/** Forgets a part of what old runs decided. @returns how many; less than `FORGOTTEN_AT_ONCE`: that was all */
export const forgetDecisions = async (tx: Transaction, now: Instant): Promise<number> => {
  const old = await tx
    .selectFrom('sync_decisions')
    .select('id')
    .where('at', '<', now - KEEP)
    .orderBy('at')
    .limit(FORGOTTEN_AT_ONCE)
    .execute();
  for (const some of chunks(old))
    await tx
      .deleteFrom('sync_decisions')
      .where(
        'id',
        'in',
        some.map((row) => row.id),
      )
      .execute();
  return old.length;
};
