import { LRUCache } from 'lru-cache';
import type { Database } from '#database/database.ts';
import { type Clock, HOUR, type Instant, MINUTE } from '#kernel/clock.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { findHolder, type Holder } from './viewer-query.ts';

const MOST_KEPT = 10_000;
/** After this a change made by another process is seen at the latest. */
const KEPT_MS = MINUTE;
/** How exact "last used" of an API token is. */
const USE_NOTED_EVERY_MS = HOUR;

interface Kept extends Holder {
  until: Instant;
}

/** Knows who a token belongs to; a token seen a moment ago costs no SQL. */
export interface Viewers {
  resolve(token: string): Promise<Viewer | undefined>;
  /** Called inside a unit of work: once it is committed, whoever it changed is looked up anew. */
  forgetAfterCommit(changed: (viewer: Viewer) => boolean): void;
  /** Ends when notes of use still being written are written. */
  idle(): Promise<void>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  logger: Logger;
  /** Where it is told that viewers changed; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
}

export const createViewers = ({ database, clock, logger, bus = silentBus }: Dependencies): Viewers => {
  const kept = new LRUCache<string, Kept>({ max: MOST_KEPT });
  const writing = new Set<Promise<void>>();
  // Counts changes: who was looked up while one happened may be out of date already, and is not kept.
  let changes = 0;

  const noteUse = (holder: Holder, now: Instant): void => {
    const { apiToken } = holder;
    if (!apiToken || (apiToken.lastUsedAt !== null && now - apiToken.lastUsedAt < USE_NOTED_EVERY_MS)) return;
    const write = database
      .transaction(async (tx) => {
        await tx.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', apiToken.id).execute();
      })
      .catch((error: unknown) => logger.warn({ err: error }, 'the use of an API token could not be noted'))
      .finally(() => writing.delete(write));
    writing.add(write);
  };

  const lookUp = async (token: string, now: Instant): Promise<Viewer | undefined> => {
    const asOf = changes;
    const holder = await findHolder(database.read, token);
    if (!holder || isOver(holder, now)) return undefined;
    if (changes === asOf) kept.set(token, { ...holder, until: now + KEPT_MS });
    noteUse(holder, now);
    return holder.viewer;
  };

  return {
    resolve: async (token) => {
      const now = clock.now();
      const known = kept.get(token);
      if (known && now < known.until) return isOver(known, now) ? undefined : known.viewer;
      return lookUp(token, now);
    },
    forgetAfterCommit: (changed) =>
      database.afterCommit(() => {
        changes++;
        for (const [token, holder] of kept.entries()) if (changed(holder.viewer)) kept.delete(token);
        bus.publish('viewers', { at: clock.now() });
      }),
    idle: async () => {
      await Promise.all(writing);
    },
  };
};

const isOver = (holder: Holder, now: Instant): boolean => holder.expiresAt !== null && now >= holder.expiresAt;
