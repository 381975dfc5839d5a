import type { Transaction } from '#database/database.ts';
import type { ClientItemId } from '#kernel/ids.ts';
import type { Decision } from './decision.ts';
import { decisionsOf, idsThere, shown, titlesOf } from './decision-query.ts';
import { keepDecisions } from './decision-repository.ts';
import { dropHeld, heldAfter } from './held-repository.ts';
import type { RemoteKind, RemotePage } from './media-server.ts';
import { BLANK } from './merge.ts';
import type { Begun, RunTools } from './perform.ts';
import { queryOf, type Reader, remember } from './pull.ts';
import { planAccount } from './push-scan.ts';
import { removeMissing } from './removal.ts';
import { addCounts, noCounts, type Progress, type Run, takesState } from './run.ts';
import { beat } from './run-repository.ts';
import { doubtStates, takeLosses } from './settle-losses.ts';
import { takePage } from './take-page.ts';

/**
 * What a run would do, down to each entry, without doing any of it: the server is read first; then all is done as a run
 * does it, in one unit of work that is undone again. Only what was decided is kept.
 */
export const preview = async (
  tools: RunTools,
  begun: Begun,
  run: Run,
  readers: readonly Reader[],
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> => {
  const read: { reader: Reader; pages: RemotePage[]; complete: boolean }[] = [];
  for (const reader of readers) read.push({ reader, ...(await readAll(begun, run, reader, signal, onProgress)) });
  const { decided, titles } = await undone(tools, async (tx) => {
    const now = tools.clock.now();
    await dropHeld(tx, run.clientId);
    for (const { reader, pages } of read) await takeAll(tx, tools, run, reader, pages);
    if (read.every(({ complete }) => complete)) {
      const { removed, held } = await removeMissing(tx, tools.ingest, run, now);
      if (held !== undefined) run.warnings.push(held);
      run.counts = addCounts(run.counts, { ...noCounts(), removed });
    }
    const held = await heldDecisions(tx, run);
    run.counts = addCounts(run.counts, { ...noCounts(), held: held.length });
    const planned = await planAll(tx, run);
    run.counts = addCounts(run.counts, { ...noCounts(), written: planned.length });
    await keepDecisions(tx, run.id, [...held, ...planned], now);
    const decided = await decisionsOf(tx, run.id);
    return { decided, titles: await titlesOf(tx, copiesOf(decided)) };
  });
  const now = tools.clock.now();
  await tools.database.transaction(async (tx) => {
    await keepDecisions(tx, run.id, await stillThere(tx, decided, titles), now);
    await beat(tx, run, now);
  });
};

const readAll = async (
  { server }: Begun,
  run: Run,
  { account, key }: Reader,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<{ pages: RemotePage[]; complete: boolean }> => {
  const pages: RemotePage[] = [];
  let complete = true;
  for (const kind of server.capabilities.kinds as readonly RemoteKind[]) {
    let last: RemotePage | undefined;
    for await (const page of server.items(queryOf(run, kind, key, { done: 0 }), signal)) {
      if (last && last.total !== page.total) complete = false;
      pages.push(page);
      last = page;
      signal.throwIfAborted();
      const whose = account ? { account: account.name } : {};
      onProgress({ phase: 'pull', kind, ...whose, done: page.done, total: page.total });
    }
    if ((last?.done ?? 0) !== (last?.total ?? 0)) complete = false;
  }
  return { pages, complete };
};

const takeAll = async (tx: Transaction, tools: RunTools, run: Run, { account }: Reader, pages: RemotePage[]) => {
  const now = tools.clock.now();
  for (const page of pages) {
    const taken = await takePage(tx, tools, run, account, page.items, now);
    await keepDecisions(tx, run.id, taken.decisions, now);
    remember(run, account, taken);
  }
  if (!account) return;
  account.read = true;
  const doubt = await doubtStates(tx, run, account);
  if (doubt !== undefined) {
    run.warnings.push(doubt);
    return;
  }
  for (let more = true; more; ) {
    const losses = await takeLosses(tx, tools.activity, run, account, now);
    await keepDecisions(tx, run.id, losses.decisions, now);
    remember(run, account, losses);
    more = losses.more;
  }
};

const heldDecisions = async (tx: Transaction, run: Run): Promise<Decision[]> =>
  (await heldAfter(tx, run.clientId, { after: 0, limit: Number.MAX_SAFE_INTEGER })).map((row) => ({
    phase: row.account_id === null ? 'remove' : 'pull',
    accountId: row.account_id,
    copyId: row.client_item_id,
    itemId: null,
    decision: 'held',
    why: 'More is gone than can be believed without asking.',
    before: shown(row.before),
    ...(row.after === null ? {} : { after: shown(row.after) }),
  }));

const planAll = async (tx: Transaction, run: Run): Promise<Decision[]> => {
  const planned: Decision[] = [];
  for (const account of run.accounts.filter(({ actor }) => takesState(actor))) {
    const { candidates } = await planAccount(tx, run, account);
    for (const { row, plan } of candidates) {
      // Of what is looked at only because it may have arrived there is nothing to tell yet.
      if (Object.keys(plan.change).length === 0) continue;
      planned.push({
        phase: 'push',
        accountId: account.id,
        copyId: row.id,
        itemId: row.itemId,
        decision: 'written',
        why: 'It would be written: it changed here since they last agreed, or the newest wins.',
        before: row.shadow ?? BLANK,
        after: plan.change,
      });
    }
  }
  return planned;
};

/** Does it, and leaves no trace of it. */
const undone = async <T>(
  { database }: Pick<RunTools, 'database'>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  let result: { value: T } | undefined;
  try {
    await database.transaction(async (tx) => {
      result = { value: await work(tx) };
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo) || result === undefined) throw error;
  }
  if (result === undefined) throw new Undo();
  return (result as { value: T }).value;
};

class Undo extends Error {}

/** Entries and items that only the undone work made are told of by their title alone. */
const stillThere = async (
  tx: Transaction,
  decisions: readonly Decision[],
  titles: ReadonlyMap<ClientItemId, string>,
): Promise<Decision[]> => {
  const copies = await idsThere(tx, 'client_items', copiesOf(decisions));
  const items = await idsThere(
    tx,
    'media_items',
    decisions.flatMap((one) => one.itemId ?? []),
  );
  return decisions.map((one) => {
    const itemId = one.itemId !== null && items.has(one.itemId) ? one.itemId : null;
    if (one.copyId === null || copies.has(one.copyId)) return { ...one, itemId };
    const named = typeof one.after === 'object' ? { after: { title: titles.get(one.copyId), ...one.after } } : {};
    return { ...one, ...named, itemId, copyId: null };
  });
};

const copiesOf = (decisions: readonly Decision[]): ClientItemId[] => decisions.flatMap((one) => one.copyId ?? []);
