import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '#kernel/clock.ts';
import { isAppError, messageOf } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import { ConnectorError } from '../connector-error.ts';
import { reasonOf } from '../faults.ts';
import type { Notice } from '../media-server.ts';
import type { Ending } from './delivery-repository.ts';

/** What a delivery tells; `ignored`: nothing of it concerns us, and why. */
export type Reading = { notices: Notice[] } | { ignored: string };

export interface InboxTools {
  /** Acts on what was told. @returns what came of it, for people */
  onNotices(clientId: ClientId, notices: Notice[]): Promise<string>;
  /** Keeps what became of deliveries. */
  end(endings: Ending[]): Promise<void>;
  logger: Logger;
  /** Notices of one thing within this time are one. */
  joinMs: Millis;
  /** Deliveries of one client that may wait. */
  roomFor: number;
}

/**
 * Where deliveries wait to be read and acted on, each client's by themselves. What comes in a burst is joined: servers
 * send several deliveries of one event, and one for each entry that a scan adds.
 */
export interface Inbox {
  /** Takes a place for one more, where there is room or it must have one. @returns whether it has a place */
  enter(clientId: ClientId, must?: 'must'): boolean;
  /** Gives a place back that is not needed. */
  leave(clientId: ClientId): void;
  /**
   * Puts a delivery that has a place.
   * @param read reads it; called once, at once
   */
  put(clientId: ClientId, id: number, read: () => Promise<Reading>): void;
  /** Until nothing waits; for tests. */
  idle(): Promise<void>;
  /** Lets what is being acted on come to its end; all else stays as waiting. */
  close(): Promise<void>;
}

/** What waits of one client. */
interface Lane {
  waiting: number;
  /** Read, and to be acted on together. */
  batch: { notices: Map<string, Notice>; events: Map<number, string> };
  working: boolean;
}

export const createInbox = ({ onNotices, end, logger, joinMs, roomFor }: InboxTools): Inbox => {
  const lanes = new Map<ClientId, Lane>();
  const going = new Set<Promise<void>>();
  const stop = new AbortController();

  const laneOf = (clientId: ClientId): Lane => {
    const lane = lanes.get(clientId) ?? { waiting: 0, batch: emptyBatch(), working: false };
    lanes.set(clientId, lane);
    return lane;
  };
  const follow = (work: Promise<void>) => {
    const watched = work.finally(() => going.delete(watched));
    going.add(watched);
  };
  const free = (clientId: ClientId, places: number) => {
    const lane = laneOf(clientId);
    lane.waiting -= places;
    if (lane.waiting === 0) lanes.delete(clientId);
  };
  /** They wait no more, whether that can be kept or not: those that it cannot are read again after the next start. */
  const settle = async (clientId: ClientId, endings: Ending[]) => {
    free(clientId, endings.length);
    await end(endings).catch((err) => logger.error({ err, client: clientId }, 'What came of deliveries was not kept'));
  };
  const take = async (clientId: ClientId, id: number, read: () => Promise<Reading>) => {
    const told = await read().catch((error: unknown) => refusalOf(error, logger));
    if ('outcome' in told) return settle(clientId, [{ id, ...told }]);
    if ('ignored' in told) return settle(clientId, [{ id, outcome: 'ignored', detail: told.ignored }]);
    const lane = laneOf(clientId);
    for (const notice of told.notices) lane.batch.notices.set(keyOf(notice), notice);
    lane.batch.events.set(id, [...new Set(told.notices.map(({ event }) => event))].join(', '));
    if (!lane.working) await work(clientId, lane);
  };
  const work = async (clientId: ClientId, lane: Lane) => {
    lane.working = true;
    while (lane.batch.events.size > 0 && !stop.signal.aborted) {
      await sleep(joinMs, undefined, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted) break;
      const { notices, events } = lane.batch;
      lane.batch = emptyBatch();
      const result = await act(clientId, [...notices.values()]);
      await settle(
        clientId,
        [...events].map(([id, event]) => ({ id, ...result, detail: `${event}: ${result.detail}` })),
      );
    }
    lane.working = false;
  };
  const act = async (clientId: ClientId, notices: Notice[]): Promise<Omit<Ending, 'id'>> => {
    try {
      return { outcome: 'taken', detail: await onNotices(clientId, notices) };
    } catch (err) {
      if (!isExpected(err)) logger.error({ err, client: clientId }, 'A webhook failed');
      return { outcome: 'failed', detail: reasonOf(err) };
    }
  };

  return {
    enter: (clientId, must) => {
      const lane = laneOf(clientId);
      if (lane.waiting >= roomFor && must === undefined) return false;
      lane.waiting += 1;
      return true;
    },
    leave: (clientId) => free(clientId, 1),
    put: (clientId, id, read) => follow(take(clientId, id, read)),
    idle: async () => {
      while (going.size > 0) await Promise.all(going);
    },
    close: async () => {
      stop.abort();
      await Promise.all(going);
    },
  };
};

const emptyBatch = (): Lane['batch'] => ({ notices: new Map(), events: new Map() });

/** What is the same for whoever acts on it. */
const keyOf = ({ about, account, remoteId, serverId }: Notice): string =>
  JSON.stringify([about, account?.remoteId, account?.name, remoteId, serverId]);

const refusalOf = (error: unknown, logger: Logger): Omit<Ending, 'id'> => {
  if (error instanceof ConnectorError) return { outcome: 'refused', detail: messageOf(error) };
  if (!isExpected(error)) logger.error({ err: error }, 'A delivery could not be read');
  return { outcome: 'failed', detail: reasonOf(error) };
};

const isExpected = (error: unknown): boolean => error instanceof ConnectorError || isAppError(error);
