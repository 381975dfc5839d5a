import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, ClientAccountId, ClientId, MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { Actor } from '#kernel/viewer.ts';
import type { RemoteKind } from './media-server.ts';

/** What an import saw and did, in numbers. */
export interface RunCounts {
  /** Entries that the server told of. */
  seen: number;
  /** Entries whose item was made, or found among ours, for the first time. */
  created: number;
  matched: number;
  /** Entries left to a person. */
  ambiguous: number;
  /** Entries that tell something else than last time. */
  updated: number;
  /** Entries whose id stands for another work than before. */
  rematched: number;
  /** Changes of watch state taken over. */
  events: number;
  /** Entries that are not there any more. */
  removed: number;
}

export const noCounts = (): RunCounts => ({
  seen: 0,
  created: 0,
  matched: 0,
  ambiguous: 0,
  updated: 0,
  rematched: 0,
  events: 0,
  removed: 0,
});

export const addCounts = (one: RunCounts, other: RunCounts): RunCounts => ({
  seen: one.seen + other.seen,
  created: one.created + other.created,
  matched: one.matched + other.matched,
  ambiguous: one.ambiguous + other.ambiguous,
  updated: one.updated + other.updated,
  rematched: one.rematched + other.rematched,
  events: one.events + other.events,
  removed: one.removed + other.removed,
});

/**
 * Whether a media server's account may be read: its isolation mode is its direction of sync (domain §2). `quiet` is only
 * written to, `silo` is neither; their catalog is read all the same.
 */
export const readsState = ({ isolation }: Pick<Actor, 'isolation'>): boolean =>
  isolation === 'loud' || isolation === 'shout';

/** One import of one client while it goes on. */
export interface Run {
  readonly id: number;
  readonly clientId: ClientId;
  readonly accountId: ClientAccountId;
  readonly actor: Actor;
  /** The start of the last import that took over the account's state; null: none did. */
  readonly stateReadAt: Instant | null;
  /** Also what marks an entry as seen in this run. */
  readonly startedAt: Instant;
  readonly libraries: ReadonlyMap<LibraryKind, MediaItemId>;
  /** Containers that were placed, by their remote id. */
  readonly placed: Map<string, MediaItemId>;
  /** Entries that were not known before, by kind. */
  readonly added: Map<RemoteKind, number>;
  /** What it changed of the account's history, once it did, so that it can be taken back as one. */
  changeSet: ChangeSetId | null;
  counts: RunCounts;
  warnings: string[];
}

/** Where an import stands, for whoever watches it. */
export interface Progress {
  kind: RemoteKind;
  done: number;
  total: number;
}
