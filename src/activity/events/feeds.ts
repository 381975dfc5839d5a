import { randomBytes } from 'node:crypto';
import { type Clock, HOUR, type Instant, MINUTE } from '#kernel/clock.ts';
import type { EventBus } from '#kernel/events.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { createFeed, type Feed } from './feed.ts';

/** How long a feed that nobody reads is kept for those who come back. */
const KEPT_MS = HOUR;
const SWEPT_EVERY_MS = MINUTE;

/** The feeds of those who follow their changes now or did a while ago; for all others nothing is kept. */
export interface Feeds {
  /** The feed of a viewer; made anew when there is none, or when they see something else than before. */
  join(viewer: Viewer): Feed;
  /** One reader of the feed went. */
  leave(feed: Feed): void;
}

/** Whether two viewers read the same scopes of the same person and may see the same. */
export const seesTheSame = (one: Viewer, other: Viewer): boolean =>
  one === other ||
  (one.userId === other.userId &&
    one.deviceUserId === other.deviceUserId &&
    one.isolation === other.isolation &&
    one.ownScope === other.ownScope &&
    one.groupScope === other.groupScope &&
    JSON.stringify(one.grants) === JSON.stringify(other.grants));

interface Held {
  feed: Feed;
  readers: number;
  leftAt: Instant;
}

export const createFeeds = (bus: EventBus, clock: Clock): Feeds => {
  const byUser = new Map<UserId, Held[]>();
  const keep = (userId: UserId, held: Held[]): void => {
    if (held.length > 0) byUser.set(userId, held);
    else byUser.delete(userId);
  };
  let sweptAt = clock.now();
  const dropUnread = (now: Instant): void => {
    if (now - sweptAt < SWEPT_EVERY_MS) return;
    sweptAt = now;
    for (const [userId, held] of byUser) {
      keep(
        userId,
        held.filter(({ readers, leftAt }) => readers > 0 || now - leftAt < KEPT_MS),
      );
    }
  };
  const begin = (viewer: Viewer): Held => {
    const present = byUser.get(viewer.userId) ?? [];
    const others = present.filter(({ feed }) => feed.viewer.deviceUserId !== viewer.deviceUserId);
    // Who still reads the former one is to find out that it is over.
    for (const { feed } of present) if (feed.viewer.deviceUserId === viewer.deviceUserId) feed.stir();
    const held = { feed: createFeed(viewer, randomBytes(6).toString('base64url'), clock), readers: 0, leftAt: 0 };
    byUser.set(viewer.userId, [...others, held]);
    return held;
  };
  bus.subscribe('change', (change) => {
    const held = byUser.get(change.userId);
    if (held) for (const { feed } of held) feed.offer(change);
  });
  bus.subscribe('viewers', () => {
    for (const held of byUser.values()) for (const { feed } of held) feed.stir();
  });
  return {
    join: (viewer) => {
      dropUnread(clock.now());
      const known = byUser.get(viewer.userId)?.find(({ feed }) => seesTheSame(feed.viewer, viewer));
      const held = known ?? begin(viewer);
      held.readers += 1;
      return held.feed;
    },
    leave: (feed) => {
      for (const held of byUser.get(feed.viewer.userId) ?? []) {
        if (held.feed !== feed) continue;
        held.readers -= 1;
        held.leftAt = clock.now();
      }
    },
  };
};
