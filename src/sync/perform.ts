import type { Database } from '#database/database.ts';
import { loadActor } from '#identity/device-users.ts';
import type { ClientId } from '#kernel/ids.ts';
import { type ClientRow, linkedAccounts, wasSynced } from './client-query.ts';
import { markImported } from './client-repository.ts';
import { refuseOther } from './connection.ts';
import { ConnectorError } from './connector-error.ts';
import type { Credentials } from './credentials.ts';
import { countHeldOf } from './held-repository.ts';
import type { ClientLibraries } from './items/libraries.ts';
import type { MediaServer, RemoteLibrary, ServerFacts } from './media-server.ts';
import { type PullTools, pullAll, type Reader } from './pull.ts';
import { pushAccount } from './push.ts';
import { removeMissing } from './removal.ts';
import { addCounts, noCounts, type Progress, type Run, type RunAccount, readsState, takesState } from './run.ts';
import { beat, endRun, type RunCursor } from './run-repository.ts';

export interface RunTools extends PullTools {
  credentials: Credentials;
  libraries: Pick<ClientLibraries, 'refresh'>;
}

export interface Begun {
  client: ClientRow;
  server: MediaServer;
  runId: number;
  kind: Run['kind'];
  cursor: RunCursor | undefined;
  startedAt: number;
  /** Losses are taken over and written without asking: someone agreed to them. */
  agreed: boolean;
}

/**
 * One whole run: reads everything, takes over what people did there, removes what is gone, and writes what its accounts
 * may see of what was done elsewhere. An import stops before it writes.
 * @throws ConnectorError, AppError and whatever the signal was aborted with; what was done until then is kept
 */
export const perform = async (
  tools: RunTools,
  begun: Begun,
  run: Run,
  readers: readonly Reader[],
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> => {
  const { database, clock, ingest } = tools;
  const complete = await pullAll(tools, begun.server, run, readers, begun.cursor, signal, onProgress);
  if (complete) {
    const { removed, held } = await database.transaction((tx) => removeMissing(tx, ingest, run, clock.now()));
    if (held !== undefined) run.warnings.push(held);
    run.counts = addCounts(run.counts, { ...noCounts(), removed });
  } else {
    run.warnings.push('The library changed while it was read; nothing was taken away. The next run looks again.');
  }
  if (run.kind !== 'sync') return;
  for (const account of run.accounts) {
    if (!takesState(account.actor)) continue;
    await pushAccount(tools, begun.server, run, account, signal, onProgress);
    await database.transaction((tx) => beat(tx, run, clock.now()));
  }
};

/** Asks the server who it is, and puts together what a run knows. */
export const prepareRun = async (
  tools: RunTools,
  begun: Begun,
  signal: AbortSignal,
): Promise<{ run: Run; readers: Reader[]; facts: ServerFacts }> => {
  const { client, server } = begun;
  const facts = await server.verify(signal);
  refuseOther(client, facts);
  const accounts = await openAccounts(tools, client.id);
  const readers = accounts.length > 0 ? accounts.map(readerOf) : [await anyone(client, server, signal)];
  const libraries = await librariesOf(readers, server, signal);
  const run: Run = {
    id: begun.runId,
    clientId: client.id,
    clientName: client.name,
    kind: begun.kind,
    capabilities: server.capabilities,
    logsPlays: server.plays !== undefined,
    accounts,
    startedAt: begun.cursor?.startedAt ?? begun.startedAt,
    libraries: await tools.database.transaction((tx) => tools.libraries.refresh(tx, client.id, libraries)),
    placed: new Map(),
    added: new Map(),
    counts: noCounts(),
    warnings: [...facts.warnings, ...accounts.flatMap((account) => directionOf(client, account))],
    agreed: begun.agreed,
  };
  return { run, readers, facts };
};

/** Writes down how a run ended well. */
export const finishRun = (
  { database, clock }: RunTools,
  { client }: Begun,
  run: Run,
  facts: ServerFacts,
): Promise<void> =>
  database.transaction(async (tx) => {
    const now = clock.now();
    const whole = run.kind === 'sync' || run.kind === 'import';
    const waiting = whole ? await countHeldOf(tx, client.id) : 0;
    // Of a preview, what would be held.
    const held = run.kind === 'preview' ? run.counts.held : waiting;
    await endRun(tx, run.id, now, { counts: { ...run.counts, held }, warnings: run.warnings, held: waiting > 0 });
    await markImported(tx, client.id, now, facts);
  });

export const openAccounts = async (
  { database, credentials }: { database: Database; credentials: Credentials },
  clientId: ClientId,
): Promise<RunAccount[]> => {
  const accounts: RunAccount[] = [];
  for (const { id, remoteId, name, secret, deviceUserId, stateReadAt } of await linkedAccounts(
    database.read,
    clientId,
  )) {
    const actor = await loadActor(database.read, deviceUserId);
    accounts.push({
      id,
      name,
      key: { remoteId, secret: secret === null ? null : credentials.open(secret) },
      actor,
      stateReadAt,
      known: stateReadAt !== null || (await wasSynced(database.read, id, actor.ownScope)),
      read: false,
      changeSet: null,
    });
  }
  return accounts;
};

const readerOf = (account: RunAccount): Reader => ({ account, key: account.key });

/** Nobody is linked yet: the catalog is read as one that the credentials can act as. */
const anyone = async (client: ClientRow, server: MediaServer, signal: AbortSignal): Promise<Reader> => {
  const accounts = await server.accounts(signal);
  const one = accounts.find((account) => account.own) ?? accounts.find((account) => account.entry === 'none');
  if (!one)
    throw new ConnectorError(
      'forbidden',
      `Nobody of ${client.name} can be read with these credentials: link an account.`,
    );
  return { account: null, key: { remoteId: one.remoteId, secret: null } };
};

/** As all of its accounts see them together; an account that cannot be asked is told of when it is read. */
const librariesOf = async (readers: readonly Reader[], server: MediaServer, signal: AbortSignal) => {
  const found = new Map<string, RemoteLibrary>();
  let failure: unknown;
  let asked = 0;
  for (const { key } of readers) {
    try {
      for (const library of await server.libraries(key, signal)) found.set(library.remoteId, library);
      asked++;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      failure = error;
    }
  }
  if (asked === 0) throw failure;
  return [...found.values()];
};

/** What a person should know of an account that is not read. */
const directionOf = ({ name }: ClientRow, { actor, name: who }: RunAccount): string[] =>
  readsState(actor)
    ? []
    : [
        `${who === name ? name : `${who} on ${name}`} is set to ${actor.isolation}, so what was watched there was not taken over; loud and shout take it.`,
      ];
