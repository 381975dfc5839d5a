import type { Instant } from '#kernel/clock.ts';
import { MINUTE } from '#kernel/clock.ts';
import { conflict } from '#kernel/errors.ts';
import type { ClientAccountId, ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { clientRow } from './client-query.ts';
import type { ClientTools } from './clients.ts';
import { connectorFor, openConnection, refuseOther } from './connection.ts';
import { areLeaves, copiesOfItems, itemsOfNames } from './copy-query.ts';
import { hasDecisions } from './decision-query.ts';
import { keepDecisions } from './decision-repository.ts';
import { reasonOf } from './faults.ts';
import type { MediaServer, RemoteStanding } from './media-server.ts';
import { openAccounts, type RunTools } from './perform.ts';
import { remember } from './pull.ts';
import { pushAccount } from './push.ts';
import { noCounts, type Run, type RunAccount, readsState, takesState } from './run.ts';
import { beat, dropRun, endRun, startRun } from './run-repository.ts';
import { loadStates } from './shadow-repository.ts';
import { takeStates } from './take-states.ts';

/** What to look at sooner than a whole run does. */
export interface Glance {
  /** Entries of accounts that may have changed there; an entry null: whatever just changed. */
  read: { accountId: ClientAccountId; remoteId: string | null }[];
  /** Items that changed here; `all`: any may have. */
  items: MediaItemId[] | 'all';
}

/** Dates of what changed there may be this much older than when it did. */
const OVERLAP = 10 * MINUTE;

/**
 * Looks at what just changed on either side, and at nothing else: what a whole run would find, sooner. It leaves a run
 * behind only where there was something to do.
 * @returns how much was done, in words
 * @throws AppError `conflict` when a run of the client goes on, and whatever the server fails with
 */
export const glance = async (
  tools: ClientTools & RunTools,
  clientId: ClientId,
  { read, items }: Glance,
  signal: AbortSignal,
): Promise<string> => {
  const { database, clock } = tools;
  const client = await clientRow(database.read, clientId);
  const server = connectorFor(tools.connectors, client.kind).connect(openConnection(tools, client));
  const startedAt = clock.now();
  const { id } = await database
    .transaction((tx) => startRun(tx, clientId, 'quick', startedAt))
    .catch((error) => {
      if (!database.dialect.isUniqueViolation(error)) throw error;
      throw conflict(`A run of ${client.name} is going on already.`);
    });
  const run: Run = {
    id,
    clientId,
    clientName: client.name,
    kind: 'quick',
    capabilities: server.capabilities,
    logsPlays: server.plays !== undefined,
    accounts: await openAccounts(tools, clientId),
    startedAt,
    libraries: nowhere,
    placed: new Map(),
    added: new Map(),
    counts: noCounts(),
    warnings: [],
    agreed: false,
  };
  try {
    // The ids of another server mean other things.
    refuseOther(client, await server.verify(signal));
    const touched = await readAll(tools, server, run, read, signal);
    await pushAll(tools, server, run, items, touched, signal);
    await end(tools, run);
    return wordsFor(run);
  } catch (error) {
    const result = { counts: run.counts, warnings: run.warnings, error: reasonOf(error) };
    await database.transaction((tx) => endRun(tx, id, clock.now(), result));
    throw error;
  }
};

/** A glance places nothing. */
const nowhere: Run['libraries'] = {
  libraryFor: () => Promise.reject(new TypeError('A glance places no items.')),
  included: undefined,
};

const readAll = async (
  tools: RunTools,
  server: MediaServer,
  run: Run,
  read: Glance['read'],
  signal: AbortSignal,
): Promise<Set<MediaItemId>> => {
  const touched = new Set<MediaItemId>();
  for (const account of run.accounts.filter(({ actor }) => readsState(actor))) {
    const names = new Set(read.flatMap((one) => (one.accountId === account.id ? [one.remoteId] : [])));
    if (names.size === 0) continue;
    const standings: RemoteStanding[] = names.has(null) ? await changed(server, account, signal) : [];
    for (const remoteId of names) {
      if (remoteId === null) continue;
      const standing = await server.standing(account.key, remoteId, signal);
      if (standing) standings.push({ ...standing, remoteId });
    }
    // One that was told of is often among what changed as well: taken once, as it was seen last.
    const once = new Map(standings.map((standing) => [standing.remoteId, standing]));
    for (const item of await save(tools, run, account, [...once.values()])) touched.add(item);
  }
  return touched;
};

/** Where the vendor cannot say what changed, the next whole run sees it. */
const changed = async (server: MediaServer, account: RunAccount, signal: AbortSignal): Promise<RemoteStanding[]> => {
  if (!server.changedSince || !account.stateReadAt) return [];
  const found: RemoteStanding[] = [];
  const since: Instant = account.stateReadAt - OVERLAP;
  for await (const some of server.changedSince(account.key, since, signal)) {
    found.push(...some);
    if (found.length >= MOST_CHANGED) break;
  }
  return found;
};

/** So many at once are for a whole run. */
const MOST_CHANGED = 2000;

const save = async (
  { database, clock, activity }: RunTools,
  run: Run,
  account: RunAccount,
  standings: readonly RemoteStanding[],
): Promise<MediaItemId[]> => {
  if (standings.length === 0) return [];
  const { items, taken } = await database.transaction(async (tx) => {
    const now = clock.now();
    const copies = await itemsOfNames(
      tx,
      run.clientId,
      standings.map((one) => one.remoteId),
    );
    const kept = await loadStates(tx, account.id, [...copies.values()]);
    const states = standings.flatMap(({ remoteId, ...told }) => {
      const copyId = copies.get(remoteId);
      const known = copyId === undefined ? undefined : kept.get(copyId);
      return copyId === undefined || !known?.item_id ? [] : [{ copyId, itemId: known.item_id, told, known }];
    });
    const result = await takeStates(tx, activity, run, account, states, now, true);
    await keepDecisions(tx, run.id, result.decisions, now);
    await beat(tx, run, now);
    return { items: states.map((state) => state.itemId), taken: result };
  });
  remember(run, account, taken);
  return items;
};

const pushAll = async (
  tools: RunTools,
  server: MediaServer,
  run: Run,
  items: Glance['items'],
  touched: ReadonlySet<MediaItemId>,
  signal: AbortSignal,
): Promise<void> => {
  const changed = items === 'all' ? undefined : [...new Set([...items, ...touched])];
  // What is said of a container holds for all in it.
  const wanted = changed && (await areLeaves(tools.database.read, changed)) ? changed : undefined;
  const only: ClientItemId[] | undefined = wanted && (await copiesOfItems(tools.database.read, run.clientId, wanted));
  if (only?.length === 0) return;
  for (const account of run.accounts.filter(({ actor }) => takesState(actor))) {
    await pushAccount(tools, server, run, account, signal, () => {}, only);
  }
};

const end = ({ database, clock }: RunTools, run: Run): Promise<void> =>
  database.transaction(async (tx) => {
    const { events, written, failed } = run.counts;
    const idle = events + written + failed === 0 && !(await hasDecisions(tx, run.id));
    if (idle) await dropRun(tx, run.id);
    else await endRun(tx, run.id, clock.now(), { counts: run.counts, warnings: run.warnings });
  });

const wordsFor = ({ counts: { events, written, failed } }: Run): string =>
  events + written + failed === 0
    ? 'Nothing was different.'
    : `${events} taken over, ${written} written${failed > 0 ? `, ${failed} failed` : ''}.`;
