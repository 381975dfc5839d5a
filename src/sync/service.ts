import type { Instant } from '#kernel/clock.ts';
import { isAppError } from '#kernel/errors.ts';
import type { EventBus } from '#kernel/events.ts';
import type { ClientAccountId, ClientId } from '#kernel/ids.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import { addAccount, changeAccount, remoteAccounts, removeAccount } from './accounts.ts';
import { clientRow, listClients, listRuns, viewClient } from './client-query.ts';
import { type Added, addClient, type By, changeClient, removeClient } from './clients.ts';
import type { Decision } from './decision.ts';
import { listDecisions, listHeld } from './decision-query.ts';
import { FORGOTTEN_AT_ONCE, forgetDecisions } from './decision-repository.ts';
import { stopping, toAppError } from './faults.ts';
import { rejectHeld, requireHeld } from './held.ts';
import { createListening } from './listening.ts';
import type { Notice } from './media-server.ts';
import { followNotices } from './notices.ts';
import { glance } from './quick.ts';
import { endDeadRuns } from './run-repository.ts';
import { createRunner, logFailure, type RunnerTools, type RunOptions, type WholeRun } from './runner.ts';
import { createSchedule } from './schedule.ts';
import { createSoon } from './soon.ts';
import type {
  AccountChanges,
  ClientChanges,
  ClientView,
  DecisionView,
  HeldView,
  NewAccount,
  NewClient,
  RemoteAccountView,
  RunView,
} from './views.ts';

export type { RunOptions, WholeRun } from './runner.ts';

/** Media servers, kept in agreement with what is watched elsewhere. Errors are AppErrors; those of a server say what to look at there. */
export interface Sync {
  clients(request: PageRequest): Promise<Page<ClientView>>;
  client(id: ClientId): Promise<ClientView>;
  /** Asks the server who it is, then keeps it, with its account as a device user. */
  add(by: By, input: NewClient, signal?: AbortSignal): Promise<Added>;
  change(by: By, id: ClientId, changes: ClientChanges, signal?: AbortSignal): Promise<ClientView>;
  remove(by: By, id: ClientId): Promise<void>;
  /** The people that the server knows. */
  accounts(id: ClientId, signal?: AbortSignal): Promise<RemoteAccountView[]>;
  link(by: By, id: ClientId, input: NewAccount, signal?: AbortSignal): Promise<ClientView>;
  changeAccount(
    by: By,
    id: ClientId,
    account: ClientAccountId,
    changes: AccountChanges,
    signal?: AbortSignal,
  ): Promise<ClientView>;
  unlink(by: By, id: ClientId, account: ClientAccountId): Promise<ClientView>;
  /**
   * Performs a run and waits for its end.
   * @throws AppError `conflict` when one goes on already; `unavailable` or `invalid` when the server fails
   */
  run(id: ClientId, does: WholeRun, options?: RunOptions): Promise<RunView>;
  /** Starts a run and comes back at once. */
  startRun(id: ClientId, does: WholeRun): Promise<RunView>;
  runs(id: ClientId, request: PageRequest): Promise<Page<RunView>>;
  decisions(
    id: ClientId,
    run: number,
    request: PageRequest & { phase?: Decision['phase'] | undefined },
  ): Promise<Page<DecisionView>>;
  /** What waits for someone's word. */
  held(id: ClientId, request: PageRequest): Promise<Page<HeldView>>;
  /** Does what is held. @throws AppError `conflict` when nothing is */
  approve(id: ClientId): Promise<RunView>;
  /** Undoes it where it came from. @throws AppError `conflict` when nothing is held */
  reject(by: By, id: ClientId): Promise<void>;
  /** A server told of something: it is looked at soon. @returns what was understood, for people */
  notices(id: ClientId, notices: readonly Notice[]): Promise<string>;
  /** Ends runs that died with a former program. To be called once, when the program starts. */
  recover(): Promise<void>;
  /** Forgets what runs decided long ago. @returns how many entries */
  clean(now: Instant): Promise<number>;
  /** Begins what goes on by itself: schedules, sockets, and the following of changes here. */
  start(): Promise<void>;
  /** Stops all that and waits until it has stopped; before the database is closed. */
  close(): Promise<void>;
}

export type SyncTools = RunnerTools & { bus: Pick<EventBus, 'subscribe'> };

export const createSync = (tools: SyncTools): Sync => {
  const { database, clock, logger } = tools;
  const stop = new AbortController();
  const runner = createRunner(tools, stop);
  const never = new AbortController().signal;
  const begin = async (id: ClientId, does: WholeRun): Promise<number> => {
    const { runId, work } = await runner.start(id, does);
    work.then(
      () => follow.awake(id),
      (error) => logFailure(logger, { client: id, run: runId }, error),
    );
    return runId;
  };
  const quietly = (id: ClientId) =>
    begin(id, 'sync').then(
      () => {},
      (error) => logFailure(logger, { client: id }, error),
    );
  const follow = createFollowing(tools, runner, stop.signal, quietly);
  const changed = async (id: ClientId): Promise<ClientView> => {
    await follow.refresh();
    return viewClient(database.read, id);
  };
  return {
    clients: (request) => listClients(database.read, request),
    client: (id) => viewClient(database.read, id),
    add: async (by, input, signal = never) => {
      const added = await addClient(tools, by, input, signal);
      await follow.refresh();
      return added;
    },
    change: async (by, id, changes, signal = never) => {
      await changeClient(tools, by, id, changes, signal);
      return changed(id);
    },
    remove: async (by, id) => {
      await removeClient(tools, by, id);
      await follow.refresh();
    },
    accounts: (id, signal = never) => remoteAccounts(tools, id, signal),
    link: async (by, id, input, signal = never) => {
      await addAccount(tools, by, id, input, signal);
      return viewClient(database.read, id);
    },
    changeAccount: async (by, id, account, changes, signal = never) => {
      await changeAccount(tools, by, id, account, changes, signal);
      return viewClient(database.read, id);
    },
    unlink: async (by, id, account) => {
      await removeAccount(tools, by, id, account);
      return viewClient(database.read, id);
    },
    run: async (id, does, options) => {
      const { runId, work } = await runner.start(id, does, options);
      await work;
      follow.awake(id);
      return runner.view(runId);
    },
    startRun: async (id, does) => runner.view(await begin(id, does)),
    runs: (id, request) => listRuns(database.read, id, request),
    decisions: (id, run, request) => listDecisions(database.read, id, run, request),
    held: async (id, request) => {
      await clientRow(database.read, id);
      return listHeld(database.read, id, request);
    },
    approve: async (id) => {
      await requireHeld(database.read, id);
      return runner.view(await begin(id, 'approve'));
    },
    reject: (by, id) => rejectHeld(tools, by, id),
    notices: (id, notices) => follow.notices(id, notices),
    recover: () => database.transaction((tx) => endDeadRuns(tx, clock.now())),
    clean: async (now) => {
      let all = 0;
      for (let some = FORGOTTEN_AT_ONCE; some === FORGOTTEN_AT_ONCE; all += some) {
        some = await database.transaction((tx) => forgetDecisions(tx, now));
      }
      return all;
    },
    start: () => follow.start(),
    close: async () => {
      stop.abort(stopping());
      await follow.close();
      await runner.close();
    },
  };
};

/** What goes on by itself once it is started. */
const createFollowing = (
  tools: SyncTools,
  runner: ReturnType<typeof createRunner>,
  signal: AbortSignal,
  whole: (id: ClientId) => Promise<void>,
) => {
  const { database, logger } = tools;
  let soon: ReturnType<typeof createSoon> | undefined;
  const notices = async (id: ClientId, told: readonly Notice[]): Promise<string> =>
    soon
      ? followNotices({ database, soon }, id, told)
      : 'It was kept; what goes on by itself has not been started yet.';
  const awake = (id: ClientId): void => soon?.awake(id);
  const heard = (id: ClientId, told: Notice[]): Promise<string> => {
    awake(id);
    return notices(id, told);
  };
  const listening = createListening({ ...tools, onNotices: heard });
  const schedule = createSchedule({ database, begin: whole });
  return {
    notices,
    awake,
    start: async () => {
      soon ??= createSoon({
        ...tools,
        whole,
        glance: async (id, what) => {
          const look = () => glance(tools, id, what, signal).then(() => {});
          await runner.aside(id, look).catch((error) => {
            if (!signal.aborted && !isAppError(error, 'conflict'))
              logFailure(logger, { client: id }, toAppError(error));
            throw error;
          });
        },
      });
      await schedule.refresh();
      await listening.refresh();
    },
    refresh: async () => {
      if (!soon) return;
      await schedule.refresh();
      await listening.refresh();
    },
    close: async () => {
      schedule.stop();
      await listening.stop();
      await soon?.close();
    },
  };
};
