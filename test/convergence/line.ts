import { ConnectorError, type ConnectorFault } from '#sync/connector-error.ts';
import type { AccountKey, ItemsQuery, MediaServer, RemotePage } from '#sync/media-server.ts';
import type { MemoryServer } from '../support/media-server.ts';
import type { Random } from './random.ts';

/** The wire between sync and a server: what may go wrong on it. */
export interface Line {
  /** Nothing answers. */
  down: boolean;
  /** It answers, and shows nothing: its disk is not mounted. */
  empty: boolean;
  /** It says that it keeps ratings, and does not. */
  stubborn: boolean;
}

export interface Weather {
  random: Random;
  /** The share of calls that go wrong. */
  trouble(): number;
  /** Time goes by, and someone may do something meanwhile. */
  pass(): Promise<void>;
  /** Time goes by: an answer is late. */
  delay(): void;
  /** Something was written: the program may die before it knows. */
  wrote(): Promise<void>;
  /** Never comes back once the program is dead. */
  alive(): Promise<void>;
}

const faults: readonly ConnectorFault[] = [
  'unreachable',
  'timeout',
  'bad_answer',
  'refused',
  'busy',
  'unauthorized',
  'cut_off',
];

/** A server as it is seen through such a line. */
export const overLine = (server: MemoryServer, line: Line, weather: Weather): MediaServer => {
  const call = async <T>(work: () => Promise<T>, repeatable: boolean): Promise<T> => {
    await weather.alive();
    await weather.pass();
    if (line.down) throw new ConnectorError('unreachable', 'Nothing answers.');
    const { random } = weather;
    if (!random.chance(weather.trouble() * (repeatable ? 3 : 1))) return work();
    const how = random.weighed({ throw: 4, lost: 3, late: 3, twice: 2 });
    if (how === 'throw') throw new ConnectorError(random.pick(faults), 'It failed.');
    if (how === 'late') weather.delay();
    const answer = await work();
    if (how === 'lost')
      throw new ConnectorError(random.pick(['cut_off', 'timeout', 'unreachable']), 'The answer was lost.');
    // The program may have died while the answer was on its way.
    await weather.alive();
    return how === 'twice' && repeatable ? work() : answer;
  };
  return {
    capabilities: server.capabilities,
    verify: (signal) => call(() => server.verify(signal), false),
    accounts: (signal) => call(() => server.accounts(signal), false),
    enter: (account, pin, signal) => server.enter!(account, pin, signal),
    libraries: (account, signal) => call(async () => (line.empty ? [] : server.libraries(account, signal)), false),
    items: async function* (query: ItemsQuery, signal: AbortSignal): AsyncGenerator<RemotePage> {
      let done = query.from ?? 0;
      for (;;) {
        // One page of the server's own: what follows is asked for anew.
        const page = await call(async () => firstOf(server.items({ ...query, from: done }, signal)), false);
        if (line.empty || !page) {
          yield { items: [], done, total: 0 };
          return;
        }
        yield page;
        done = page.done;
        if (done >= page.total || page.items.length === 0) return;
      }
    },
    standing: (account, remoteId, signal) =>
      call(async () => (line.empty ? null : server.standing(account, remoteId, signal)), false),
    write: (account, remoteId, change, signal) =>
      call(async () => {
        if (line.empty) return { outcome: 'gone', dropped: [], after: null, receipt: 'nothing' };
        const { rating, ...rest } = change;
        const kept = line.stubborn || rating === undefined ? rest : { ...rest, rating };
        const answer = await server.write(account, remoteId, kept, signal);
        await weather.wrote();
        return answer;
      }, true),
    playing: (account, signal) => call(() => server.playing(account, signal), false),
    ...(server.changedSince && {
      changedSince: async function* (account: AccountKey, since: number, signal: AbortSignal) {
        const found = await call(() => firstOf(server.changedSince!(account, since, signal)), false);
        if (found && !line.empty) yield found;
      },
    }),
    ...(server.plays && {
      plays: async function* (account: AccountKey, since: number | null, signal: AbortSignal) {
        const found = await call(() => firstOf(server.plays!(account, since, signal)), false);
        if (found && !line.empty) yield found;
      },
    }),
  };
};

const firstOf = async <T>(all: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const one of all) return one;
  return undefined;
};
