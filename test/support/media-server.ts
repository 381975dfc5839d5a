import type { Clock, Instant, Millis } from '#kernel/clock.ts';
import { ConnectorError, type ConnectorFault } from '#sync/connector-error.ts';
import type {
  AccountKey,
  Connector,
  ItemsQuery,
  MediaServer,
  Notice,
  RemoteAccount,
  RemoteItem,
  RemoteOpinion,
  RemotePage,
  RemotePlay,
  RemoteSession,
  Standing,
  StandingChange,
  Written,
} from '#sync/media-server.ts';
import { createShelf, type Kept, type Shelf, type ShelfEntry, toldOf } from './media-server-shelf.ts';
import {
  apply,
  capabilitiesOf,
  floored,
  nothing,
  opinionKinds,
  plain,
  type Traits,
  unwatch,
} from './media-server-traits.ts';

export type { Traits } from './media-server-traits.ts';

/** The calls of the port that faults can hit. */
export type Call =
  | 'verify'
  | 'accounts'
  | 'libraries'
  | 'items'
  | 'standing'
  | 'write'
  | 'playing'
  | 'changedSince'
  | 'plays';

/**
 * `throw`: fails before anything is done; `lost`: is done, but the answer does not come; `slow`: `delay` is awaited first;
 * `twice`: a write arrives two times.
 */
export interface InjectedFault {
  on: Call;
  how: 'throw' | 'lost' | 'slow' | 'twice';
  /** What is thrown; by default `unreachable`, and `cut_off` where the answer is lost. */
  fault?: ConnectorFault;
  /** Calls (of `items`: pages) that go well before. */
  after?: number;
  /** How many are hit; by default one. */
  times?: number;
  delay?: () => Promise<void>;
}

/** Someone at a screen of the server, at the server's own time. */
export interface Person {
  /** Plays to the end: a play, a count more, and no position. */
  watch(remoteId: string): void;
  unwatch(remoteId: string): void;
  /** Plays and stops here. */
  stopAt(remoteId: string, positionMs: Millis): void;
  favourite(remoteId: string, value: boolean): void;
  rate(remoteId: string, value: number | null): void;
  /** Has it on screen from now on; null: nothing. */
  play(remoteId: string | null, positionMs?: Millis): void;
  kept(remoteId: string): Kept;
}

/** One call of the port, for tests that count what went over the wire. */
export interface LoggedCall {
  call: Call;
  accountId: string | null;
  remoteId: string | null;
  change?: StandingChange;
}

/** A whole media server in memory, behind the port: stateful, with a vendor's habits, and with faults on request. */
export interface MemoryServer extends MediaServer {
  readonly shelf: Shelf;
  readonly traits: Traits;
  /** What was asked, in order; empty it at will. */
  readonly calls: LoggedCall[];
  serverId: string;
  /** A connector that always connects to this server. */
  connector(): Connector;
  addAccount(name: string, options?: { entry?: RemoteAccount['entry']; own?: boolean }): AccountKey;
  /** Hides these libraries from an account. */
  hide(account: AccountKey, libraries: readonly string[]): void;
  as(account: AccountKey): Person;
  /**
   * Sets the server up anew: entries get other ids. `fresh`: ids never seen; `again`: the same ids, each naming another
   * entry. States go unless kept. @returns new ids by old ones
   */
  rebuild(options?: { ids?: 'fresh' | 'again'; keepState?: boolean }): Map<string, string>;
  /** Everything goes, accounts excepted. */
  wipe(): void;
  inject(fault: InjectedFault): void;
  /** Faults injected that have not hit yet go. */
  heal(): void;
}

/** @param clock the tests'; a server's own is ahead of it by its skew */
export const createMemoryServer = (clock: Clock, traits: Partial<Traits> = {}): MemoryServer => {
  const is: Traits = { ...plain, ...traits };
  const shelf = createShelf();
  const calls: LoggedCall[] = [];
  const accounts: (RemoteAccount & { hidden: Set<string> })[] = [];
  const screens = new Map<string, RemoteSession>();
  const listeners = new Set<(notice: Notice) => void>();
  let states = new Map<ShelfEntry, Map<string, Kept>>();
  let log: (Omit<RemotePlay, 'remoteId'> & { entry: ShelfEntry; accountId: string })[] = [];
  let faults: InjectedFault[] = [];
  let plays = 0;
  const now = (): Instant => clock.now() + is.clockSkewMs;

  const keptOf = (entry: ShelfEntry, accountId: string): Kept => {
    const of = states.get(entry) ?? new Map<string, Kept>();
    states.set(entry, of);
    const kept = of.get(accountId) ?? nothing();
    of.set(accountId, kept);
    return kept;
  };
  const seenBy = (accountId: string, entry: ShelfEntry | undefined): ShelfEntry | undefined => {
    const account = accounts.find((one) => one.remoteId === accountId);
    return account && entry && !account.hidden.has(entry.library.remoteId) ? entry : undefined;
  };
  const opinionOf = (entry: ShelfEntry, { opinion }: Kept): RemoteOpinion | undefined => {
    const told = {
      ...(is.noFavourites ? {} : { favourite: opinion.favourite }),
      ...(is.noRatings ? {} : { rating: opinion.rating }),
    };
    return Object.keys(told).length > 0 && opinionKinds(is).includes(entry.kind) ? told : undefined;
  };
  const told = (entry: ShelfEntry, accountId: string): RemoteItem => {
    const kept = keptOf(entry, accountId);
    return toldOf(entry, kept, opinionOf(entry, kept));
  };
  const standingOf = (entry: ShelfEntry, accountId: string): Standing => {
    const item = told(entry, accountId);
    return {
      ...('state' in item ? { state: item.state } : {}),
      ...(item.opinion === undefined ? {} : { opinion: item.opinion }),
    };
  };

  const faultOn = (call: Call): InjectedFault | undefined => {
    const fault = faults.find((one) => one.on === call);
    if (!fault) return undefined;
    if ((fault.after ?? 0) > 0) {
      fault.after = (fault.after ?? 0) - 1;
      return undefined;
    }
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) faults = faults.filter((one) => one !== fault);
    return fault;
  };
  /** Does a call's work, with whatever fault waits for it. */
  const serve = async <T>(logged: LoggedCall, signal: AbortSignal, work: () => T): Promise<T> => {
    signal.throwIfAborted();
    calls.push(logged);
    const fault = faultOn(logged.call);
    if (fault?.how === 'slow') {
      await fault.delay?.();
      signal.throwIfAborted();
    }
    if (fault?.how === 'throw') throw new ConnectorError(fault.fault ?? 'unreachable', 'The memory server is away.');
    const answer = work();
    if (fault?.how === 'lost') throw new ConnectorError(fault.fault ?? 'cut_off', 'The answer was lost.');
    return fault?.how === 'twice' ? work() : answer;
  };
  const tell = (event: string, about: Notice['about'], accountId: string | null, remoteId: string | null) => {
    const notice: Notice = {
      event,
      about,
      account: accountId === null ? null : { remoteId: accountId },
      remoteId,
      serverId: server.serverId,
    };
    for (const listener of listeners) listener(notice);
  };

  const server: MemoryServer = {
    shelf,
    traits: is,
    calls,
    serverId: 'memory-1',
    capabilities: capabilitiesOf(is),
    verify: (signal) =>
      serve({ call: 'verify', accountId: null, remoteId: null }, signal, () => ({
        name: 'Memory',
        serverId: server.serverId,
        version: '1.0',
        warnings: [],
      })),
    accounts: (signal) =>
      serve({ call: 'accounts', accountId: null, remoteId: null }, signal, () =>
        accounts.map(({ hidden: _, ...account }) => account),
      ),
    enter: async (accountId) => `secret of ${accountId}`,
    libraries: (account, signal) =>
      serve({ call: 'libraries', accountId: account.remoteId, remoteId: null }, signal, () => {
        const hidden = accounts.find((one) => one.remoteId === account.remoteId)?.hidden;
        return shelf.libraries().filter((library) => !hidden?.has(library.remoteId));
      }),
    items: async function* (query: ItemsQuery, signal: AbortSignal): AsyncGenerator<RemotePage> {
      let done = query.from ?? 0;
      for (;;) {
        const page = await serve(
          { call: 'items', accountId: query.account.remoteId, remoteId: null },
          signal,
          (): RemotePage => {
            const all = shelf
              .entries(query.kind)
              .filter((entry) => seenBy(query.account.remoteId, entry))
              .filter((entry) => query.libraries === undefined || query.libraries.includes(entry.library.remoteId));
            const some = all.slice(done, done + is.pageSize);
            return {
              items: some.map((entry) => told(entry, query.account.remoteId)),
              done: done + some.length,
              total: all.length,
            };
          },
        );
        if (page.items.length === 0) {
          if (page.total === 0) yield page;
          return;
        }
        done = page.done;
        yield page;
        if (done >= page.total) return;
      }
    },
    standing: (account, remoteId, signal) =>
      serve({ call: 'standing', accountId: account.remoteId, remoteId }, signal, () => {
        const entry = seenBy(account.remoteId, shelf.find(remoteId));
        return entry ? standingOf(entry, account.remoteId) : null;
      }),
    write: (account, remoteId, change, signal) =>
      serve({ call: 'write', accountId: account.remoteId, remoteId, change }, signal, (): Written => {
        const receipt = `WRITE ${remoteId} ${JSON.stringify(change)}`;
        const entry = seenBy(account.remoteId, shelf.find(remoteId));
        if (!entry) return { outcome: 'gone', dropped: [], after: null, receipt };
        const { asked, dropped } = apply(is, entry.kind, keptOf(entry, account.remoteId), change, now());
        tell('state', 'state', account.remoteId, remoteId);
        const outcome = dropped.length === 0 ? 'written' : dropped.length === asked ? 'unsupported' : 'partial';
        return { outcome, dropped, after: standingOf(entry, account.remoteId), receipt };
      }),
    playing: (account, signal) =>
      serve({ call: 'playing', accountId: account.remoteId, remoteId: null }, signal, () =>
        [...screens.values()].filter((session) => session.accountId === account.remoteId),
      ),
    ...(is.tellsChanges && {
      changedSince: async function* (account: AccountKey, since: Instant, signal: AbortSignal) {
        yield await serve({ call: 'changedSince', accountId: account.remoteId, remoteId: null }, signal, () =>
          shelf
            .all()
            .filter((entry) => seenBy(account.remoteId, entry))
            .filter((entry) => (keptOf(entry, account.remoteId).state.lastPlayedAt ?? -1) >= since)
            .map((entry) => ({ remoteId: entry.remoteId, ...standingOf(entry, account.remoteId) }))
            .sort((one, other) => (other.state?.lastPlayedAt ?? 0) - (one.state?.lastPlayedAt ?? 0)),
        );
      },
    }),
    ...(is.logsPlays && {
      plays: async function* (account: AccountKey, since: Instant | null, signal: AbortSignal) {
        yield await serve({ call: 'plays', accountId: account.remoteId, remoteId: null }, signal, () =>
          log
            .filter((play) => play.accountId === account.remoteId && play.at >= (since ?? 0))
            .filter((play) => shelf.find(play.entry.remoteId) === play.entry)
            .map(({ entry, key, at }) => ({ remoteId: entry.remoteId, key, at })),
        );
      },
    }),
    listen: (hear, signal) =>
      new Promise<void>((resolve) => {
        listeners.add(hear);
        const end = () => {
          listeners.delete(hear);
          resolve();
        };
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      }),

    connector: () => ({ kind: is.kind, label: 'Memory', connect: () => server }),
    addAccount: (name, { entry = 'none', own = accounts.length === 0 } = {}) => {
      const account = { remoteId: `account:${accounts.length + 1}`, name, entry, own, hidden: new Set<string>() };
      accounts.push(account);
      return { remoteId: account.remoteId, secret: null };
    },
    hide: ({ remoteId }, libraries) => {
      const account = accounts.find((one) => one.remoteId === remoteId);
      if (account) account.hidden = new Set(libraries);
    },
    as: ({ remoteId: accountId }) => {
      const kept = (remoteId: string): [ShelfEntry, Kept] => {
        const entry = shelf.find(remoteId);
        if (!entry) throw new Error(`There is no ${remoteId}.`);
        return [entry, keptOf(entry, accountId)];
      };
      const act = (remoteId: string, event: string, work: (kept: Kept, entry: ShelfEntry) => void) => {
        const [entry, of] = kept(remoteId);
        work(of, entry);
        tell(event, 'state', accountId, remoteId);
      };
      return {
        watch: (id) =>
          act(id, 'scrobble', ({ state }, entry) => {
            Object.assign(state, {
              watched: true,
              playCount: state.playCount + 1,
              lastPlayedAt: now(),
              position: null,
            });
            log.push({ entry, accountId, key: `play:${++plays}`, at: now() });
          }),
        unwatch: (id) => act(id, 'unwatch', ({ state }) => unwatch(is, state)),
        stopAt: (id, positionMs) =>
          act(id, 'stop', ({ state }, entry) => {
            const durationMs = entry.facts.runtimeMs ?? null;
            state.position = { positionMs: floored(is, positionMs), durationMs };
            state.lastPlayedAt = now();
          }),
        favourite: (id, value) =>
          act(id, 'favourite', ({ opinion }) => {
            opinion.favourite = value;
          }),
        rate: (id, value) =>
          act(id, 'rate', ({ opinion }) => {
            opinion.rating = value;
          }),
        play: (id, positionMs = 0) => {
          if (id === null) screens.delete(accountId);
          else
            screens.set(accountId, {
              remoteId: id,
              accountId: is.accounts === 'single' ? null : accountId,
              positionMs,
            });
        },
        kept: (id) => structuredClone(kept(id)[1]),
      };
    },
    rebuild: ({ ids = 'fresh', keepState = false } = {}) => {
      if (!keepState) {
        states = new Map();
        log = [];
      }
      screens.clear();
      const names = shelf.rename(ids);
      server.serverId = `${server.serverId}'`;
      tell('library.new', 'items', null, null);
      return names;
    },
    wipe: () => {
      shelf.clear();
      states = new Map();
      log = [];
      screens.clear();
    },
    inject: (fault) => void faults.push({ ...fault }),
    heal: () => {
      faults = [];
    },
  };
  return server;
};
