import type { Activity } from '#activity/service.ts';
import type { Database, Transaction } from '#database/database.ts';
import { type Clock, type Instant, SECOND } from '#kernel/clock.ts';
import type { ClientItemId } from '#kernel/ids.ts';
import { ConnectorError, type ConnectorFault } from './connector-error.ts';
import { copiesOfFile } from './copy-query.ts';
import type { Decision } from './decision.ts';
import { keepDecisions } from './decision-repository.ts';
import type { MediaServer, Standing, Written } from './media-server.ts';
import { BLANK, explained, type Shadow, sameShadow, seen, written } from './merge.ts';
import { type PushPlan, planPush, unsureOf } from './push-plan.ts';
import type { PushRow } from './push-query.ts';
import { type Candidate, localStandings, planAccount, settle, withoutHeld } from './push-scan.ts';
import { addCounts, noCounts, type Progress, type Run, type RunAccount, readsState } from './run.ts';
import { loadStates, type StateRow, saveShadows, shadowRow } from './shadow-repository.ts';
import { takeStates } from './take-states.ts';

export interface PushTools {
  database: Database;
  clock: Clock;
  activity: Pick<Activity, 'recordRun'>;
}

/** How many are written side by side. */
const WRITTEN_AT_ONCE = 4;
/** What is being played is asked anew after this long. */
const SESSIONS_HOLD = 15 * SECOND;

/**
 * Writes to one account what its person's other devices changed, as far as its mode lets it see that. Each entry is
 * looked at before it is written; what changed there meanwhile is taken over first. What is being played is left for
 * the next run.
 * @throws ConnectorError when the server is not to be reached any more
 */
export const pushAccount = async (
  tools: PushTools,
  server: MediaServer,
  run: Run,
  account: RunAccount,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
  only?: ClientItemId[],
): Promise<void> => {
  const found = await planAccount(tools.database.read, run, account, only);
  await settle(tools, run, account, found.settled);
  const candidates = await withoutHeld(tools, run, account, found.candidates);
  const work = { tools, server, run, account, signal, sessions: createSessions(tools.clock, server, account) };
  const faults = createFaults();
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let candidate = candidates[next++]; candidate; candidate = candidates[next++]) {
      signal.throwIfAborted();
      if (faults.fatal) throw faults.fatal;
      await writeOne(work, candidate).catch((error) => faults.note(error, () => fail(work, candidate, error)));
      done++;
      onProgress({ phase: 'push', account: account.name, done, total: candidates.length });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: WRITTEN_AT_ONCE }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  if (faults.fatal) throw faults.fatal;
};

interface Work {
  tools: PushTools;
  server: MediaServer;
  run: Run;
  account: RunAccount;
  signal: AbortSignal;
  sessions: (signal: AbortSignal) => Promise<ReadonlySet<string>>;
}

const writeOne = async (work: Work, candidate: Candidate): Promise<void> => {
  const { server, account, signal, run } = work;
  const { row } = candidate;
  if ((await work.sessions(signal)).has(row.remoteId)) {
    await note(work, candidate, 'playing', 'It is being played there now: the next run writes it.');
    return;
  }
  const told = await server.standing(account.key, row.remoteId, signal);
  if (told === null) {
    await note(work, candidate, 'gone', 'It is not there any more.');
    return;
  }
  const prepared = await prepare(work, row, told);
  if (!prepared?.plan.change) return;
  const answer = await server.write(account.key, row.remoteId, prepared.plan.change, signal);
  await work.tools.database.transaction((tx) => saveWritten(tx, work, row, prepared, answer));
  if (run.capabilities.sharesFileState) await rememberFile(work, row);
  const count = answer.outcome === 'written' || answer.outcome === 'partial' ? { written: 1 } : { failed: 0 };
  run.counts = addCounts(run.counts, { ...noCounts(), ...count });
};

interface Prepared {
  plan: PushPlan;
  /** What they show. */
  shown: Shadow;
  /** What is remembered of it. */
  shadow: Shadow;
}

/**
 * What changed there since is taken over, and what is to be written is judged anew. That it is about to be sent is kept
 * before it is: should the answer be lost, what they show then is known for our own doing.
 */
const prepare = ({ tools, run, account }: Work, row: PushRow, told: Standing): Promise<Prepared | undefined> =>
  tools.database.transaction(async (tx) => {
    const now = tools.clock.now();
    const known = (await loadStates(tx, account.id, [row.id])).get(row.id);
    if (!known || known.item_id !== row.itemId) return undefined;
    const shown = seen(told, known.shadow);
    const shadow = readsState(account.actor) ? shown : ownPart(run, told, known);
    if (readsState(account.actor) && !sameShadow(known.shadow ?? BLANK, shown)) {
      const state = { copyId: row.id, itemId: row.itemId, told, known };
      const taken = await takeStates(tx, tools.activity, run, account, [state], now, true);
      await keepDecisions(tx, run.id, taken.decisions, now);
      account.changeSet = taken.changeSet;
      run.counts = addCounts(run.counts, taken.counts);
    }
    const local = (await localStandings(tx, account, [{ ...row, shadow: shown }])).get(row.id);
    const plan = local && planPush(local, { kind: row.kind, shadow: shown, asked: known.asked }, run.capabilities);
    if (!plan) return undefined;
    const rest = plan.change
      ? { asked: unsureOf(plan.asked, known.asked), intent: plan.change }
      : { asked: plan.asked, intent: null };
    await saveShadows(tx, [shadowRow(account.id, row.id, shadow, rest, now)]);
    return { plan, shown, shadow };
  });

/** Of an account that is not read only what we wrote is remembered: should it be read one day, all else is news. */
const ownPart = (
  { capabilities }: Run,
  told: Standing,
  { shadow, intent }: Pick<StateRow, 'shadow' | 'intent'>,
): Shadow => explained(shadow ?? BLANK, told, intent, capabilities);

const saveWritten = async (
  tx: Transaction,
  { tools, run, account }: Work,
  row: PushRow,
  { plan, shown, shadow: kept }: Prepared,
  { outcome, dropped, after, receipt }: Written,
): Promise<void> => {
  const now = tools.clock.now();
  const shadow = after === null || !plan.change ? kept : written(kept, seen(after, shown), plan.change);
  if (outcome !== 'gone') {
    await saveShadows(tx, [shadowRow(account.id, row.id, shadow, { asked: plan.asked, intent: null }, now)]);
  }
  const why = whys[outcome] + (dropped.length > 0 ? ` Dropped: ${dropped.join(', ')}.` : '');
  await keepDecisions(tx, run.id, [decided(account, row, outcome, why, shown, plan.change, receipt)], now);
};

/** What was written to one entry of a file is what the others of it show now: nobody did that there. */
const rememberFile = async ({ tools, server, run, account, signal }: Work, row: PushRow): Promise<void> => {
  for (const other of await copiesOfFile(tools.database.read, run.clientId, row.id)) {
    const told = await server.standing(account.key, other.remoteId, signal);
    if (told === null) continue;
    await tools.database.transaction(async (tx) => {
      const known = (await loadStates(tx, account.id, [other.id])).get(other.id);
      const shown = seen(told, known?.shadow);
      const rest = { asked: known?.asked ?? null, intent: null };
      await saveShadows(tx, [shadowRow(account.id, other.id, shown, rest, tools.clock.now())]);
    });
  }
};

const whys: Record<Written['outcome'], string> = {
  written: 'It changed here since they last agreed; only we changed it, or the newest wins.',
  partial: 'It changed here since they last agreed; the server cannot keep all of it.',
  unsupported: 'It changed here since they last agreed, but the server cannot keep that.',
  gone: 'It is not there any more.',
};

const note = async (
  { tools, run, account }: Work,
  { row, plan }: Candidate,
  what: Decision['decision'],
  why: string,
) => {
  const decision = decided(account, row, what, why, row.shadow ?? BLANK, plan.change);
  const now = tools.clock.now();
  await tools.database.transaction((tx) => keepDecisions(tx, run.id, [decision], now));
};

const fail = async (work: Work, candidate: Candidate, error: ConnectorError): Promise<void> => {
  work.run.counts = addCounts(work.run.counts, { ...noCounts(), failed: 1 });
  await note(work, candidate, 'failed', error.message);
};

const decided = (
  account: RunAccount,
  row: PushRow,
  decision: Decision['decision'],
  why: string,
  before: unknown,
  after: unknown,
  receipt?: string,
): Decision => ({
  phase: 'push',
  accountId: account.id,
  copyId: row.id,
  itemId: row.itemId,
  decision,
  why,
  before,
  after,
  ...(receipt === undefined ? {} : { receipt }),
});

/** What the account plays now, asked for again now and then. */
const createSessions = (clock: Clock, server: MediaServer, account: RunAccount) => {
  let known: { at: Instant; ids: Promise<ReadonlySet<string>> } | undefined;
  return (signal: AbortSignal): Promise<ReadonlySet<string>> => {
    const now = clock.now();
    if (!known || now - known.at > SESSIONS_HOLD) known = { at: now, ids: playedBy(server, account, signal) };
    return known.ids;
  };
};

const playedBy = async (server: MediaServer, { key }: RunAccount, signal: AbortSignal) => {
  const sessions = await server.playing(key, signal);
  return new Set(
    sessions.flatMap((one) => (one.accountId === null || one.accountId === key.remoteId ? [one.remoteId] : [])),
  );
};

/** After these there is no use in asking further. */
const ENDING: readonly ConnectorFault[] = ['unreachable', 'unauthorized', 'busy', 'redirected', 'not_this_kind'];
/** So many faults of other sorts end a run as well. */
const MOST_FAULTS = 20;

const createFaults = () => {
  let count = 0;
  const faults = {
    fatal: undefined as ConnectorError | undefined,
    note: async (error: unknown, keep: () => Promise<void>): Promise<void> => {
      if (!(error instanceof ConnectorError)) throw error;
      await keep();
      count++;
      if (ENDING.includes(error.fault) || count >= MOST_FAULTS) faults.fatal ??= error;
    },
  };
  return faults;
};
