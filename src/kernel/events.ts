import type { Instant } from './clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId, UserId } from './ids.ts';

/**
 * What changed of someone's watching, each kind holding those after it. `play`: history changed as well, and counts where
 * it went to its end; `state`: marked watched or unwatched; `progress`: the position moved. Apart from these:
 * `opinion`, a favourite, rating or the like; and `reset`, by which anything may be different.
 */
export type ChangeKind = 'play' | 'state' | 'progress' | 'opinion' | 'reset';

/** Something of a person's watching changed. It is a hint to look again, and holds nothing that was watched. */
export interface Change {
  userId: UserId;
  /** Where it was written: who reads one of these is concerned. null: all devices of the user. */
  scopes: readonly ScopeId[] | null;
  kind: ChangeKind;
  /** As it was named by who changed it: for a mark on a container that container, not what is in it. null: everything. */
  itemId: MediaItemId | null;
  /** Who did it; null: the program itself. */
  deviceUserId: DeviceUserId | null;
  /** When it was recorded here. */
  at: Instant;
}

/** Some sessions ended, or what some people are or may see changed: who holds on to a viewer looks it up anew. */
export interface ViewersChanged {
  at: Instant;
}

/** What is told through the house, by topic. Plain data, so that another process can be told the same. */
export interface Topics {
  change: Change;
  viewers: ViewersChanged;
}

/**
 * Carries news between parts that do not know each other. What is published has happened: publish after the commit.
 * Listeners are called at once and in order, must be quick and must not throw.
 */
export interface EventBus {
  publish<T extends keyof Topics>(topic: T, event: Topics[T]): void;
  /** @returns ends the subscription */
  subscribe<T extends keyof Topics>(topic: T, listener: (event: Topics[T]) => void): () => void;
}

/** A bus within this process. */
export const createEventBus = (): EventBus => {
  const listeners: { [T in keyof Topics]: Set<(event: Topics[T]) => void> } = { change: new Set(), viewers: new Set() };
  return {
    publish: (topic, event) => {
      for (const listener of listeners[topic]) listener(event);
    },
    subscribe: (topic, listener) => {
      listeners[topic].add(listener);
      return () => {
        listeners[topic].delete(listener);
      };
    },
  };
};

/** For what runs alone: nobody is told. */
export const silentBus: EventBus = { publish() {}, subscribe: () => () => {} };
