import { loadActor } from '#identity/device-users.ts';
import { conflict, isAppError, notFound } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import {
  accountOf,
  type ClientRow,
  clientRow,
  listClients,
  listRuns,
  listUnmatched,
  runView,
  viewClient,
} from './client-query.ts';
import { markImported, markStateRead } from './client-repository.ts';
import {
  type Added,
  addClient,
  type By,
  type ClientTools,
  changeClient,
  connectorFor,
  openConnection,
  removeClient,
} from './clients.ts';
import { reasonOf, toAppError } from './faults.ts';
import { type ImportTools, importAll, openLibraries, stopping } from './import.ts';
import type { MediaServer } from './media-server.ts';
import { noCounts, type Progress, type Run, readsState } from './run.ts';
import { endDeadRuns, endRun, runById, startRun } from './run-repository.ts';
import type { ClientChanges, ClientView, NewClient, RunView, UnmatchedView } from './views.ts';

export interface ImportOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** Media servers and what is read from them. Errors are AppErrors; those of a server say what to look at there. */
export interface Sync {
  clients(request: PageRequest): Promise<Page<ClientView>>;
  client(id: ClientId): Promise<ClientView>;
  /** Asks the server who it is, then keeps it, with its account as a device user. */
  add(by: By, input: NewClient, signal?: AbortSignal): Promise<Added>;
  change(by: By, id: ClientId, changes: ClientChanges, signal?: AbortSignal): Promise<ClientView>;
  remove(by: By, id: ClientId): Promise<void>;
  /**
   * Imports and waits for the end.
   * @throws AppError `conflict` when one goes on already; `unavailable` or `invalid` when the server fails
   */
  import(id: ClientId, options?: ImportOptions): Promise<RunView>;
  /** Starts an import and comes back at once, with its run. */
  startImport(id: ClientId): Promise<RunView>;
  runs(id: ClientId, request: PageRequest): Promise<Page<RunView>>;
  unmatched(id: ClientId, request: PageRequest): Promise<Page<UnmatchedView>>;
  /** Ends runs that died with a former program. To be called once, when the program starts. */
  recover(): Promise<void>;
  /** Stops imports and waits until they have stopped; before the database is closed. */
  close(): Promise<void>;
}

export type SyncTools = ClientTools & ImportTools & { logger: Logger };

export const createSync = (tools: SyncTools): Sync => {
  const { database, clock } = tools;
  const stop = new AbortController();
  const going = new Set<Promise<unknown>>();
  const never = new AbortController().signal;
  const start = async (id: ClientId, { signal = never, onProgress = () => {} }: ImportOptions = {}) => {
    const begun = await begin(tools, id);
    const work = perform(tools, begun, AbortSignal.any([signal, stop.signal]), onProgress);
    const watched = work.finally(() => going.delete(watched)).catch(() => {});
    going.add(watched);
    return { runId: begun.runId, work };
  };
  return {
    clients: (request) => listClients(database.read, request),
    client: (id) => viewClient(database.read, id),
    add: (by, input, signal = never) => addClient(tools, by, input, signal),
    change: (by, id, changes, signal = never) => changeClient(tools, by, id, changes, signal),
    remove: (by, id) => removeClient(tools, by, id),
    import: async (id, options) => {
      const { runId, work } = await start(id, options);
      await work;
      return viewRun(tools, runId);
    },
    startImport: async (id) => {
      const { runId, work } = await start(id);
      work.catch((error) => logFailure(tools.logger, { client: id, run: runId }, error));
      return viewRun(tools, runId);
    },
    runs: (id, request) => listRuns(database.read, id, request),
    unmatched: (id, request) => listUnmatched(database.read, id, request),
    recover: () => database.transaction((tx) => endDeadRuns(tx, clock.now())),
    close: async () => {
      stop.abort(stopping());
      await Promise.all(going);
    },
  };
};

interface Begun {
  client: ClientRow;
  server: MediaServer;
  runId: number;
  startedAt: number;
}

const begin = async (tools: SyncTools, id: ClientId): Promise<Begun> => {
  const { database, clock, connectors, credentials } = tools;
  const client = await clientRow(database.read, id);
  const server = connectorFor(connectors, client.kind).connect(openConnection(credentials, client));
  const startedAt = clock.now();
  try {
    const runId = await database.transaction((tx) => startRun(tx, id, startedAt));
    return { client, server, runId, startedAt };
  } catch (error) {
    if (!database.dialect.isUniqueViolation(error)) throw error;
    throw conflict(`An import of ${client.name} is going on already. If its program was ended, try again in a minute.`);
  }
};

const perform = async (
  tools: SyncTools,
  begun: Begun,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> => {
  const { database, clock, logger } = tools;
  let run: Run | undefined;
  try {
    const facts = await begun.server.verify(signal);
    const prepared = await prepare(tools, begun, signal);
    run = { ...prepared.run, warnings: [...facts.warnings, ...directionOf(begun.client, prepared.run)] };
    await importAll(tools, begun.server, run, prepared.accountId, signal, onProgress);
    await finish(tools, begun, run, facts.version);
    logger.info({ client: begun.client.id, run: run.id, counts: run.counts }, 'Import done');
  } catch (error) {
    const result = { counts: run?.counts ?? noCounts(), warnings: run?.warnings ?? [], error: reasonOf(error) };
    await database.transaction((tx) => endRun(tx, begun.runId, clock.now(), result));
    throw toAppError(error);
  }
};

/** For imports that nobody waits for: who does gets the error itself. */
const logFailure = (logger: Logger, which: { client: ClientId; run: number }, error: unknown): void => {
  if (isAppError(error)) logger.warn({ ...which, reason: error.message }, 'Import failed');
  else logger.error({ ...which, err: error }, 'Import failed');
};

const prepare = async (tools: SyncTools, { client, server, runId, startedAt }: Begun, signal: AbortSignal) => {
  const account = await accountOf(tools.database.read, client.id);
  if (!account) throw notFound(`The account of ${client.name}`);
  const run: Run = {
    id: runId,
    clientId: client.id,
    accountId: account.id,
    actor: await loadActor(tools.database.read, account.deviceUserId),
    stateReadAt: account.stateReadAt,
    startedAt,
    libraries: await openLibraries(tools, server, signal),
    placed: new Map(),
    added: new Map(),
    changeSet: null,
    counts: noCounts(),
    warnings: [],
  };
  return { run, accountId: account.remoteId };
};

/** What a person should know of an account that is not read. */
const directionOf = ({ name }: ClientRow, { actor }: Run): string[] =>
  readsState(actor)
    ? []
    : [`${name} is set to ${actor.isolation}, so what was watched there was not taken over; loud and shout take it.`];

const finish = ({ database, clock }: SyncTools, { client }: Begun, run: Run, version: string): Promise<void> =>
  database.transaction(async (tx) => {
    const now = clock.now();
    await endRun(tx, run.id, now, { counts: run.counts, warnings: run.warnings });
    await markImported(tx, client.id, now, version);
    if (readsState(run.actor)) await markStateRead(tx, run.accountId, run.startedAt);
  });

const viewRun = async ({ database }: SyncTools, id: number): Promise<RunView> => {
  const row = await runById(database.read, id);
  if (!row) throw notFound('This import');
  return runView(row);
};
