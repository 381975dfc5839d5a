import type { RemoteEvent } from '#activity/playing/remote.ts';
import type { Database } from '#database/database.ts';
import type { Clock, Instant } from '#kernel/clock.ts';
import type { ChangeKind, EventBus } from '#kernel/events.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { type Actor, writeScopes } from '#kernel/viewer.ts';

type Publisher = Pick<EventBus, 'publish'>;

/** Called inside a unit of work: tells of what an actor changed once it is committed. Opinions are the same on all devices. */
export type Announce = (actor: Actor, kind: ChangeKind, itemId: MediaItemId, at: Instant) => void;

export const announcer =
  (database: Pick<Database, 'afterCommit'>, bus: Publisher): Announce =>
  (actor, kind, itemId, at) => {
    const { userId, deviceUserId } = actor;
    const scopes = kind === 'opinion' ? null : writeScopes(actor);
    const change = { userId, scopes, kind, itemId, deviceUserId, at };
    database.afterCommit(() => bus.publish('change', change));
  };

/** Called inside a unit of work: once it is committed, whoever reads the scope is told that all of it may be different. */
export type AnnounceReset = (userId: UserId, scope: ScopeId) => void;

export const resetAnnouncer =
  ({
    database,
    clock,
    bus,
  }: {
    database: Pick<Database, 'afterCommit'>;
    clock: Clock;
    bus: Publisher;
  }): AnnounceReset =>
  (userId, scope) =>
    database.afterCommit(() =>
      bus.publish('change', {
        userId,
        scopes: [scope],
        kind: 'reset',
        itemId: null,
        deviceUserId: null,
        at: clock.now(),
      }),
    );

/** What a media server's news changed: the most of it, and opinions apart from that. */
export const kindsOfRemote = ({ opinion, ...event }: RemoteEvent): ChangeKind[] => {
  const opinions: ChangeKind[] = opinion ? ['opinion'] : [];
  return opinion && Object.keys(event).length === 0 ? opinions : [kindOfWatching(event), ...opinions];
};

const kindOfWatching = ({ plays, playCount, morePlays, watched }: RemoteEvent): ChangeKind => {
  if (playCount !== undefined || morePlays !== undefined || (plays !== undefined && plays.length > 0)) return 'play';
  return watched ? 'state' : 'progress';
};
