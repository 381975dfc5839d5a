import type { Database } from '#database/database.ts';
import { type Clock, type Instant, type Millis, SECOND } from '#kernel/clock.ts';
import { tooMany } from '#kernel/errors.ts';
import type { ChangeKind, EventBus } from '#kernel/events.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { Entry, Feed } from './feed.ts';
import { createFeeds, seesTheSame } from './feeds.ts';
import { createSight, type Sight } from './visible.ts';

/** Streams that one user may have open at once, on all devices. */
const MOST_STREAMS = 20;
const BUSY_SECONDS = 30;
/** Changes looked at in one go. */
const BATCH = 200;
/** How often a stream makes sure that its viewer may still read it when nothing happens. */
const LOOK_EVERY_MS = 15 * SECOND;

/** Why a stream ended by itself: the session is over, or the viewer sees something else now. */
export type EndReason = 'signed_out' | 'changed';

/** What a follower is told. `ready` says from where on it is told, `end` that it is to come again. */
export interface ActivityEvent {
  kind: ChangeKind | 'ready' | 'end';
  itemId: MediaItemId | null;
  at: Instant;
  /** Done on the follower's own device. */
  own: boolean;
  reason: EndReason | null;
}

/** An event, and the place after it for whoever comes back. */
export interface Told {
  id: string | null;
  event: ActivityEvent;
}

/** Someone who follows their changes. */
export interface Follower {
  /** The id of the last event taken; null: begins anew. */
  lastEventId: string | null;
  viewerNow(): Promise<Viewer | null>;
  send(told: readonly Told[]): Promise<void>;
  /** Ends when there is nobody to tell any more. */
  signal: AbortSignal;
}

/** What changes for people, as it happens. */
export interface Events {
  /**
   * Tells a follower of every change in what the viewer reads and may see, until it leaves, its session ends or it sees
   * something else. It begins with `ready`, or with `reset` when what it missed is no longer known.
   * @throws AppError `unavailable` (too many) when the user has as many streams open as may be
   */
  follow(viewer: Viewer, follower: Follower): Promise<void>;
}

interface Dependencies {
  database: Pick<Database, 'read'>;
  clock: Clock;
  bus: EventBus;
  /** For tests: another pace. */
  lookEveryMs?: Millis;
}

export const createEvents = ({ database, clock, bus, lookEveryMs = LOOK_EVERY_MS }: Dependencies): Events => {
  const feeds = createFeeds(bus, clock);
  const seats = createSeats();
  return {
    follow: async (viewer, follower) => {
      seats.take(viewer.userId);
      const feed = feeds.join(viewer);
      try {
        await tell(feed, createSight(database, clock, viewer.grants), follower, { clock, lookEveryMs });
      } finally {
        feeds.leave(feed);
        seats.leave(viewer.userId);
      }
    },
  };
};

const createSeats = () => {
  const taken = new Map<UserId, number>();
  return {
    take: (userId: UserId): void => {
      const count = taken.get(userId) ?? 0;
      if (count >= MOST_STREAMS) {
        throw tooMany(`You have ${count} event streams open, as many as may be; close one first.`, BUSY_SECONDS);
      }
      taken.set(userId, count + 1);
    },
    leave: (userId: UserId): void => {
      const count = (taken.get(userId) ?? 1) - 1;
      if (count > 0) taken.set(userId, count);
      else taken.delete(userId);
    },
  };
};

interface Pace {
  clock: Clock;
  lookEveryMs: Millis;
}

const tell = async (feed: Feed, sight: Sight, follower: Follower, pace: Pace): Promise<void> => {
  let place = await begin(feed, follower, pace.clock.now());
  while (!follower.signal.aborted) {
    // Counted before the feed is read, so that nothing that comes meanwhile is slept through.
    const { stirs } = feed;
    const next = await read(feed, place, sight);
    const reason = await endOf(feed, follower);
    if (reason) return follower.send([{ id: null, event: eventOf({ kind: 'end', at: pace.clock.now(), reason }) }]);
    if (next.lost) await follower.send([placeTold(feed, next.place, 'reset', pace.clock.now())]);
    else if (next.seen.length > 0) await follower.send(next.seen.map((entry) => entryTold(feed, entry)));
    if (next.place === place) await nextStir(feed, stirs, pace.lookEveryMs, follower.signal);
    place = next.place;
  }
};

/** Says from where on the follower is told. */
const begin = async (feed: Feed, { lastEventId, send }: Follower, now: Instant): Promise<number> => {
  const { newest } = feed;
  const known = lastEventId === null ? newest : feed.numberOf(lastEventId);
  const place = known ?? newest;
  await send([placeTold(feed, place, known === undefined ? 'reset' : 'ready', now)]);
  return place;
};

interface Reading {
  /** Some of what came after the place is no longer kept. */
  lost: boolean;
  seen: Entry[];
  /** Where to go on. */
  place: number;
}

const read = async (feed: Feed, place: number, sight: Sight): Promise<Reading> => {
  const entries = feed.after(place, BATCH);
  if (entries === undefined) return { lost: true, seen: [], place: feed.newest };
  return { lost: false, seen: await visibleOf(entries, sight), place: entries.at(-1)?.number ?? place };
};

const visibleOf = async (entries: readonly Entry[], sight: Sight): Promise<Entry[]> => {
  if (entries.length === 0) return [];
  const isVisible = await sight(entries.flatMap(({ change }) => change.itemId ?? []));
  return entries.filter(({ change }) => change.itemId === null || isVisible(change.itemId));
};

/** Asked right before anything is told: what was seen a moment ago may be hidden by now. */
const endOf = async (feed: Feed, follower: Follower): Promise<EndReason | undefined> => {
  const now = await follower.viewerNow();
  if (now === null) return 'signed_out';
  return seesTheSame(now, feed.viewer) ? undefined : 'changed';
};

const eventOf = (event: Pick<ActivityEvent, 'kind' | 'at'> & Partial<ActivityEvent>): ActivityEvent => ({
  itemId: null,
  own: false,
  reason: null,
  ...event,
});

const placeTold = (feed: Feed, place: number, kind: 'ready' | 'reset', at: Instant): Told => ({
  id: feed.idAt(place),
  event: eventOf({ kind, at }),
});

const entryTold = (feed: Feed, { number, change }: Entry): Told => ({
  id: feed.idAt(number),
  event: eventOf({
    kind: change.kind,
    itemId: change.itemId,
    at: change.at,
    own: change.deviceUserId === feed.viewer.deviceUserId,
  }),
});

/** Waits until there was another stir than these, but not longer than a while. */
const nextStir = (feed: Feed, stirs: number, most: Millis, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      endListening();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, most);
    const endListening = feed.onStir(done);
    signal.addEventListener('abort', done, { once: true });
    if (feed.stirs !== stirs || signal.aborted) done();
  });
