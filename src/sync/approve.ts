import { keepDecisions } from './decision-repository.ts';
import { dropHeldRows, heldAfter } from './held-repository.ts';
import type { Begun, RunTools } from './perform.ts';
import { remember } from './pull.ts';
import { pushAccount } from './push.ts';
import { decisionOf, retireLonely } from './removal.ts';
import { itemsOfGone, takeAwayThese } from './removal-repository.ts';
import { addCounts, noCounts, type Progress, type Run, takesState } from './run.ts';
import { beat, settleRuns } from './run-repository.ts';
import { takeLosses } from './settle-losses.ts';

/** Does what a client's last run held, and nothing else: someone agreed to just that. */
export const approve = async (
  tools: RunTools,
  { server }: Begun,
  run: Run,
  _readers: unknown,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> => {
  for (const account of run.accounts) {
    for (let more = true; more; ) more = await takeSome(tools, run, account);
  }
  await removeAll(tools, run);
  for (const account of run.accounts.filter(({ actor }) => takesState(actor))) {
    const ours = await oursOf(tools, run, account.id);
    if (ours.length > 0) await pushAccount(tools, server, run, account, signal, onProgress, ours);
  }
  await tools.database.transaction((tx) => settleRuns(tx, run.clientId));
};

const takeSome = async (tools: RunTools, run: Run, account: Run['accounts'][number]): Promise<boolean> => {
  const taken = await tools.database.transaction(async (tx) => {
    const now = tools.clock.now();
    const losses = await takeLosses(tx, tools.activity, run, account, now);
    await keepDecisions(tx, run.id, losses.decisions, now);
    await beat(tx, { id: run.id, counts: addCounts(run.counts, losses.counts) }, now);
    return losses;
  });
  remember(run, account, taken);
  return taken.more;
};

/** Entries that are gone, and of what they stood for what has no other copy. All at once: what they leave empty goes too. */
const removeAll = async ({ database, clock, ingest }: RunTools, run: Run): Promise<void> => {
  const removed = await database.transaction(async (tx) => {
    const now = clock.now();
    const rows = await heldAfter(tx, run.clientId, { after: 0, limit: MOST, side: 'theirs', account: null });
    const gone = await takeAwayThese(
      tx,
      rows.map((row) => row.client_item_id),
      now,
    );
    await keepDecisions(tx, run.id, gone.map(decisionOf), now);
    await retireLonely(tx, ingest, await itemsOfGone(tx, gone), now);
    await dropHeldRows(
      tx,
      rows.map((row) => row.id),
    );
    return gone.length;
  });
  run.counts = addCounts(run.counts, { ...noCounts(), removed });
};

/** What of ours was held for an account; it is not held any more. */
const oursOf = (tools: RunTools, run: Run, account: Run['accounts'][number]['id']) =>
  tools.database.transaction(async (tx) => {
    const rows = await heldAfter(tx, run.clientId, { after: 0, limit: MOST, side: 'ours', account });
    await dropHeldRows(
      tx,
      rows.map((row) => row.id),
    );
    return rows.map((row) => row.client_item_id);
  });

const MOST = 100_000;
