import { SECOND } from '#kernel/clock.ts';
import { conflict, isAppError, notFound } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import { approve } from './approve.ts';
import { clientRow, runView } from './client-query.ts';
import type { ClientTools } from './clients.ts';
import { connectorFor, openConnection } from './connection.ts';
import { reasonOf, toAppError } from './faults.ts';
import { type Begun, finishRun, perform, prepareRun, type RunTools } from './perform.ts';
import { preview } from './preview.ts';
import { noCounts, type Progress, type Run } from './run.ts';
import { beat, endRun, runById, startRun } from './run-repository.ts';
import type { RunView } from './views.ts';

export interface RunOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** What a run does: `approve` does what an earlier one held. */
export type WholeRun = 'import' | 'sync' | 'preview' | 'approve';

/** Performs runs, one at a time for each client. */
export interface Runner {
  /**
   * @returns the run's id, and the work, which fails as the run does
   * @throws AppError `conflict` when one goes on already
   */
  start(id: ClientId, does: WholeRun, options?: RunOptions): Promise<{ runId: number; work: Promise<void> }>;
  /** Does something short for a client while no run of it goes on in this program; runs wait for its end. */
  aside(id: ClientId, work: () => Promise<void>): Promise<void>;
  view(runId: number): Promise<RunView>;
  /** Stops what goes on and waits until it has stopped. */
  close(): Promise<void>;
}

export type RunnerTools = ClientTools & RunTools & { logger: Logger };

export const createRunner = (tools: RunnerTools, stop: AbortController): Runner => {
  const { database } = tools;
  const going = new Map<ClientId, Promise<unknown>>();
  const short = new Map<ClientId, Promise<unknown>>();
  return {
    start: async (id, does, { signal, onProgress = () => {} } = {}) => {
      await short.get(id);
      const begun = await begin(tools, id, does);
      const signals = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      const work = carry(tools, begun, signals, onProgress);
      const watched: Promise<unknown> = work
        .catch(() => {})
        .finally(() => {
          if (going.get(id) === watched) going.delete(id);
        });
      going.set(id, watched);
      return { runId: begun.runId, work };
    },
    aside: async (id, work) => {
      await Promise.all([going.get(id), short.get(id)]);
      const done = work();
      const watched: Promise<unknown> = done
        .catch(() => {})
        .finally(() => {
          if (short.get(id) === watched) short.delete(id);
        });
      short.set(id, watched);
      await done;
    },
    view: async (runId) => {
      const row = await runById(database.read, runId);
      if (!row) throw notFound('This run');
      return runView(row);
    },
    close: async () => {
      await Promise.all([...going.values(), ...short.values()]);
    },
  };
};

const begin = async (tools: RunnerTools, id: ClientId, does: WholeRun): Promise<Begun & { does: WholeRun }> => {
  const { database, clock, connectors } = tools;
  const client = await clientRow(database.read, id);
  const server = connectorFor(connectors, client.kind).connect(openConnection(tools, client));
  const startedAt = clock.now();
  try {
    const stored = does === 'approve' ? 'sync' : does;
    const run = await database.transaction((tx) => startRun(tx, id, stored, startedAt));
    return {
      client,
      server,
      runId: run.id,
      kind: stored,
      does,
      cursor: run.cursor,
      startedAt,
      agreed: does === 'approve',
    };
  } catch (error) {
    if (!database.dialect.isUniqueViolation(error)) throw error;
    throw conflict(`A run of ${client.name} is going on already. If its program was ended, try again in a minute.`);
  }
};

/** A server may have us wait longer than a run may be silent. */
const BEAT = 15 * SECOND;

const works = { import: perform, sync: perform, preview, approve };

const carry = async (
  tools: RunnerTools,
  begun: Begun & { does: WholeRun },
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> => {
  const { database, clock, logger } = tools;
  let run: Run | undefined;
  const heart = setInterval(() => {
    const counts = run?.counts ?? noCounts();
    database.transaction((tx) => beat(tx, { id: begun.runId, counts }, clock.now())).catch(() => {});
  }, BEAT).unref();
  try {
    const prepared = await prepareRun(tools, begun, signal);
    run = prepared.run;
    await works[begun.does](tools, begun, run, prepared.readers, signal, onProgress);
    await finishRun(tools, begun, run, prepared.facts);
    logger.info({ client: begun.client.id, run: run.id, kind: run.kind, counts: run.counts }, 'Run done');
  } catch (error) {
    const result = { counts: run?.counts ?? noCounts(), warnings: run?.warnings ?? [], error: reasonOf(error) };
    await database.transaction((tx) => endRun(tx, begun.runId, clock.now(), result));
    throw toAppError(error);
  } finally {
    clearInterval(heart);
  }
};

/** For runs that nobody waits for: who does gets the error itself. */
export const logFailure = (logger: Logger, which: { client: ClientId; run?: number }, error: unknown): void => {
  if (isAppError(error)) logger.warn({ ...which, reason: error.message }, 'Run failed');
  else logger.error({ ...which, err: error }, 'Run failed');
};
