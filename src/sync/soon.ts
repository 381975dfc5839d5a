import type { Database } from '#database/database.ts';
import type { Clock, Instant, Millis } from '#kernel/clock.ts';
import { MINUTE, SECOND } from '#kernel/clock.ts';
import { isAppError } from '#kernel/errors.ts';
import type { Change, EventBus } from '#kernel/events.ts';
import type { ClientAccountId, ClientId, MediaItemId, UserId } from '#kernel/ids.ts';
import { clientsOf } from './client-query.ts';
import type { Glance } from './quick.ts';

/** Brings what was just changed to where it shall be seen, without waiting for the next whole run. */
export interface Soon {
  /** Looks at an entry of an account; null: at whatever just changed for it. */
  read(clientId: ClientId, accountId: ClientAccountId, remoteId: string | null): void;
  /** Begins a whole run, once what is told of has settled. */
  whole(clientId: ClientId): void;
  /** It is there: what could not be done while it was left alone is done now. */
  awake(clientId: ClientId): void;
  /** Ends: what waits is left to the next run. */
  close(): Promise<void>;
}

export interface SoonTools {
  database: Database;
  clock: Clock;
  bus: Pick<EventBus, 'subscribe'>;
  /** Looks now; once those that go on have ended. @throws AppError `conflict` when one goes on all the same */
  glance(clientId: ClientId, glance: Glance): Promise<void>;
  whole(clientId: ClientId): Promise<void>;
  /** How long to wait for more of the same. */
  settleMs?: Millis;
}

/** Changes come in groups: a page of marks, a film that is stopped and rated. */
const SETTLE: Millis = 2 * SECOND;
/** A library that is being filled tells of each film. */
const WHOLE_SETTLE: Millis = 30 * SECOND;
/** A server that could not be asked is left alone for so long. */
const REST: Millis = 5 * MINUTE;
/** More items than this are looked for by comparing everything. */
const MANY = 200;

interface Waiting {
  read: Map<string, Glance['read'][number]>;
  items: Set<MediaItemId> | 'all';
  timer: NodeJS.Timeout;
}

export const createSoon = (tools: SoonTools): Soon => {
  const waiting = new Map<ClientId, Waiting>();
  const whole = new Map<ClientId, NodeJS.Timeout>();
  const resting = new Map<ClientId, Instant>();
  const working = new Set<Promise<void>>();
  let closed = false;

  const track = (work: Promise<void>): void => {
    const watched: Promise<void> = work.finally(() => working.delete(watched));
    working.add(watched);
  };
  const look = async (clientId: ClientId): Promise<void> => {
    const due = waiting.get(clientId);
    waiting.delete(clientId);
    const rests = resting.get(clientId);
    if (!due || closed || (rests ?? 0) > tools.clock.now()) return;
    // What changed while it was left alone was not kept one by one.
    const items = due.items === 'all' || rests !== undefined ? 'all' : [...due.items];
    try {
      await tools.glance(clientId, { read: [...due.read.values()], items });
      resting.delete(clientId);
    } catch (error) {
      if (isAppError(error, 'conflict')) again(clientId, due);
      else resting.set(clientId, tools.clock.now() + REST);
    }
  };
  /** A run goes on elsewhere: what waits is tried after it. */
  const again = (clientId: ClientId, due: Waiting): void => {
    if (closed) return;
    const next = wait(clientId);
    for (const [key, one] of due.read) next.read.set(key, one);
    if (due.items === 'all' || next.items === 'all') next.items = 'all';
    else for (const item of due.items) next.items.add(item);
  };
  const wait = (clientId: ClientId): Waiting => {
    const known = waiting.get(clientId);
    if (known) return known;
    const timer = setTimeout(() => track(look(clientId)), tools.settleMs ?? SETTLE).unref();
    const made: Waiting = { read: new Map(), items: new Set(), timer };
    waiting.set(clientId, made);
    return made;
  };
  const changed = async ({ userId, itemId }: Change): Promise<void> => {
    for (const clientId of await clientsOf(tools.database.read, userId)) {
      if (closed) return;
      const due = wait(clientId);
      if (itemId === null) due.items = 'all';
      if (due.items === 'all' || itemId === null) continue;
      due.items.add(itemId);
      if (due.items.size > MANY) due.items = 'all';
    }
  };
  const news = createNews(changed);
  const unsubscribe = tools.bus.subscribe('change', (change) => track(news(change).catch(() => {})));
  return {
    read: (clientId, accountId, remoteId) => {
      if (!closed) wait(clientId).read.set(`${accountId}:${remoteId ?? ''}`, { accountId, remoteId });
    },
    whole: (clientId) => {
      if (closed || whole.has(clientId)) return;
      const begin = () => {
        whole.delete(clientId);
        track(tools.whole(clientId).catch(() => {}));
      };
      whole.set(clientId, setTimeout(begin, WHOLE_SETTLE).unref());
    },
    awake: (clientId) => {
      if (closed || !resting.has(clientId)) return;
      resting.set(clientId, 0);
      wait(clientId);
    },
    close: async () => {
      closed = true;
      unsubscribe();
      for (const { timer } of waiting.values()) clearTimeout(timer);
      for (const timer of whole.values()) clearTimeout(timer);
      await Promise.all(working);
    },
  };
};

/** An import tells of thousands of changes of one person: who they concern is looked up once for those of a moment. */
const createNews = (changed: (change: Change) => Promise<void>) => {
  const known = new Map<UserId, Change[]>();
  return async (change: Change): Promise<void> => {
    const queue = known.get(change.userId);
    if (queue) {
      queue.push(change);
      return;
    }
    const mine = [change];
    known.set(change.userId, mine);
    await new Promise((resolve) => setImmediate(resolve));
    known.delete(change.userId);
    const [first] = mine;
    if (first && mine.length > MANY) await changed({ ...first, itemId: null });
    else for (const one of mine) await changed(one);
  };
};
