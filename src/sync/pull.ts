import type { Database } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { messageOf } from '#kernel/errors.ts';
import { markStateRead } from './client-repository.ts';
import { ConnectorError } from './connector-error.ts';
import { keepDecisions } from './decision-repository.ts';
import { toAppError } from './faults.ts';
import { dropHeld } from './held-repository.ts';
import type { AccountKey, MediaServer, RemoteItem, RemoteKind, RemotePage } from './media-server.ts';
import { digestOf } from './place.ts';
import { takePlayLog } from './play-log.ts';
import { addCounts, type Progress, type Run, type RunAccount, readsState } from './run.ts';
import { beat, type RunCursor } from './run-repository.ts';
import { doubtStates, takeLosses } from './settle-losses.ts';
import { type PageResult, type PageTools, takePage } from './take-page.ts';

export interface PullTools extends PageTools {
  database: Database;
  clock: Clock;
}

/** Whoever a server's catalog is read as: one of the linked accounts, or one that nobody is linked to. */
export interface Reader {
  account: RunAccount | null;
  key: AccountKey;
}

/**
 * Reads all that a server shows each of its accounts, page by page, each page one unit of work that also notes how far
 * the run is: one that breaks off keeps what it has, and the next goes on there. An account that cannot be read is told
 * of; the others go on.
 * @returns whether every list was read whole: only then what is missing is gone
 * @throws ConnectorError when no account could be read, and whatever the signal was aborted with
 */
export const pullAll = async (
  tools: PullTools,
  server: MediaServer,
  run: Run,
  readers: readonly Reader[],
  begun: RunCursor | undefined,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<boolean> => {
  const cursor: RunCursor = { ...(begun ?? freshCursor(run)) };
  if (!begun) await tools.database.transaction((tx) => dropHeld(tx, run.clientId));
  let failure: ConnectorError | undefined;
  let read = 0;
  for (; cursor.account < readers.length; nextAccount(cursor)) {
    const reader = readers[cursor.account];
    if (!reader) break;
    try {
      const saw = await pullKinds(tools, server, run, reader, cursor, signal, onProgress);
      if (reader.account) await endAccount(tools, server, run, reader.account, saw, signal);
      read++;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      if (readers.length === 1) throw error;
      failure = error;
      cursor.complete = false;
      run.warnings.push(`${reader.account?.name ?? run.clientName}: ${messageOf(toAppError(error))}`);
    }
  }
  if (failure && read === 0) throw failure;
  return cursor.complete;
};

const freshCursor = (run: Run): RunCursor => ({
  startedAt: run.startedAt,
  complete: true,
  account: 0,
  kind: 0,
  done: 0,
  total: null,
});

const nextAccount = (cursor: RunCursor): void => {
  cursor.account++;
  cursor.kind = 0;
  cursor.done = 0;
  cursor.total = null;
};

/** @returns whether anything at all was shown */
const pullKinds = async (
  tools: PullTools,
  server: MediaServer,
  run: Run,
  { account, key }: Reader,
  cursor: RunCursor,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<boolean> => {
  const { kinds } = server.capabilities;
  let saw = cursor.kind > 0 || cursor.done > 0;
  for (; cursor.kind < kinds.length; cursor.kind++, cursor.done = 0, cursor.total = null) {
    const kind = kinds[cursor.kind];
    if (!kind) break;
    for await (const page of ahead(server.items(queryOf(run, kind, key, cursor), signal))) {
      const { items, unclear } = apart(page.items);
      if (unclear.length > 0) run.warnings.push(wordsForUnclear(run, unclear));
      if (unclear.length > 0 || (cursor.total !== null && cursor.total !== page.total)) cursor.complete = false;
      cursor.total = page.total;
      cursor.done = page.done;
      saw ||= page.items.length > 0;
      await savePage(tools, run, account, { ...page, items }, cursor);
      signal.throwIfAborted();
      onProgress({
        phase: 'pull',
        kind,
        ...(account ? { account: account.name } : {}),
        done: page.done,
        total: page.total,
      });
    }
    if (cursor.done !== (cursor.total ?? 0)) cursor.complete = false;
  }
  return saw;
};

/** What is told twice is taken once; of works that have one id nobody knows which it is. */
const apart = (told: readonly RemoteItem[]): { items: RemoteItem[]; unclear: RemoteItem[] } => {
  const first = new Map<string, RemoteItem>();
  const unclear = new Map<string, RemoteItem>();
  for (const item of told) {
    const other = first.get(item.remoteId);
    if (!other) first.set(item.remoteId, item);
    else if (digestOf(other) !== digestOf(item)) unclear.set(item.remoteId, item);
  }
  const items = [...first.values()].filter(({ remoteId }) => !unclear.has(remoteId));
  return { items, unclear: [...unclear.values()] };
};

const wordsForUnclear = ({ clientName }: Run, unclear: readonly RemoteItem[]): string =>
  `${clientName} gives one id to several entries; they are left as they were: ${unclear
    .slice(0, 5)
    .map(({ facts }) => facts.title.slice(0, 100))
    .join(', ')}.`;

/** Asks for the next page while the last one is saved: a run takes as long as the slower of the two. */
const ahead = async function* <T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const pages = source[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const answer = pages.next();
    // It is looked at once the page before is saved; until then nobody waits for it.
    answer.catch(() => {});
    return answer;
  };
  try {
    for (let next = ask(); ; ) {
      const { done, value } = await next;
      if (done) return;
      next = ask();
      yield value;
    }
  } finally {
    await pages.return?.();
  }
};

/** What a run asks of a kind. */
export const queryOf = (
  { libraries: { included } }: Run,
  kind: RemoteKind,
  account: AccountKey,
  { done }: Pick<RunCursor, 'done'>,
) => ({
  kind,
  account,
  from: done,
  ...(included === undefined ? {} : { libraries: included }),
});

const savePage = async (
  { database, clock, ...tools }: PullTools,
  run: Run,
  account: RunAccount | null,
  page: RemotePage,
  cursor: RunCursor,
): Promise<void> => {
  const result = await database.transaction(async (tx) => {
    const now = clock.now();
    const taken = await takePage(tx, tools, run, account, page.items, now);
    await keepDecisions(tx, run.id, taken.decisions, now);
    await beat(tx, { id: run.id, counts: addCounts(run.counts, taken.counts) }, now, cursor);
    return taken;
  });
  remember(run, account, result);
};

/** What a unit of work brought, once it is saved. */
export const remember = (
  run: Run,
  account: RunAccount | null,
  { counts, changeSet, ...more }: Pick<PageResult, 'counts' | 'changeSet'> & { added?: PageResult['added'] },
): void => {
  run.counts = addCounts(run.counts, counts);
  if (account) account.changeSet = changeSet;
  for (const [kind, count] of more.added ?? []) run.added.set(kind, (run.added.get(kind) ?? 0) + count);
};

/** All of an account's entries were seen: now it can be told what it lost. */
const endAccount = async (
  tools: PullTools,
  server: MediaServer,
  run: Run,
  account: RunAccount,
  saw: boolean,
  signal: AbortSignal,
): Promise<void> => {
  if (!readsState(account.actor)) return;
  await takePlayLog(tools, server, run, account, signal);
  const { database, clock } = tools;
  const doubt = await database.transaction((tx) => doubtStates(tx, run, account));
  if (doubt !== undefined) run.warnings.push(doubt);
  else await takeAllLosses(tools, run, account);
  await database.transaction(async (tx) => {
    await beat(tx, run, clock.now());
    // Of a server that shows nothing nobody knows what stands there.
    if (saw) await markStateRead(tx, account.id, run.startedAt);
  });
  account.read = saw;
};

const takeAllLosses = async (
  { database, clock, activity }: PullTools,
  run: Run,
  account: RunAccount,
): Promise<void> => {
  for (let more = true; more; ) {
    const taken = await database.transaction(async (tx) => {
      const now = clock.now();
      const losses = await takeLosses(tx, activity, run, account, now);
      await keepDecisions(tx, run.id, losses.decisions, now);
      await beat(tx, { id: run.id, counts: addCounts(run.counts, losses.counts) }, now);
      return losses;
    });
    remember(run, account, taken);
    more = taken.more;
  }
};
