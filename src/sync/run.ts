import type { RunPhase, SyncRunsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, ClientAccountId, ClientId, MediaItemId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';
import type { LibraryPlan } from './items/libraries.ts';
import type { AccountKey, Capabilities, RemoteKind } from './media-server.ts';

/** What a run saw and did, in numbers. */
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
  /** Changes written to the server. */
  written: number;
  /** Changes that wait for a person's word. */
  held: number;
  /** Changes that could not be written: the next run tries again. */
  failed: number;
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
  written: 0,
  held: 0,
  failed: 0,
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
  written: one.written + other.written,
  held: one.held + other.held,
  failed: one.failed + other.failed,
  removed: one.removed + other.removed,
});

/**
 * Whether a media server's account may be read: its isolation mode is its direction of sync (domain §2). `quiet` is only
 * written to, `silo` is neither; their catalog is read all the same.
 */
export const readsState = ({ isolation }: Pick<Actor, 'isolation'>): boolean =>
  isolation === 'loud' || isolation === 'shout';

/** Whether it is written to: it sees what its person's other devices do. */
export const takesState = ({ isolation }: Pick<Actor, 'isolation'>): boolean =>
  isolation === 'loud' || isolation === 'quiet';

/** One linked account of the client, in a run. */
export interface RunAccount {
  readonly id: ClientAccountId;
  readonly name: string;
  readonly key: AccountKey;
  readonly actor: Actor;
  /** The start of the last run that took over the account's state; null: none did; 0: only under a former server. */
  readonly stateReadAt: Instant | null;
  /** Whether its state was ever taken over, also under another connection: then what it counts may have been written there by us. */
  readonly known: boolean;
  /** Whether this run has read all that it shows. */
  read: boolean;
  /** What the run changed of the account's history, once it did, so that it can be taken back as one. */
  changeSet: ChangeSetId | null;
}

/** One run of one client while it goes on. */
export interface Run {
  readonly id: number;
  readonly clientId: ClientId;
  readonly clientName: string;
  readonly kind: SyncRunsTable['kind'];
  readonly capabilities: Capabilities;
  /** Whether the server tells each sitting by itself. */
  readonly logsPlays: boolean;
  readonly accounts: readonly RunAccount[];
  /** When it began, before it was broken off too; also what marks an entry as seen in it. */
  readonly startedAt: Instant;
  /** Which of ours the server's libraries stand for. */
  readonly libraries: LibraryPlan;
  /** Containers that were placed, by their remote id. */
  readonly placed: Map<string, MediaItemId>;
  /** Entries that were not known before, by kind. */
  readonly added: Map<RemoteKind, number>;
  counts: RunCounts;
  warnings: string[];
  /** Whether losses were agreed to beforehand. */
  readonly agreed: boolean;
}

/** Where a run stands, for whoever watches it. */
export interface Progress {
  phase: RunPhase;
  /** Of the match and pull phases: what is read. */
  kind?: RemoteKind;
  /** Whose, where a server has several people. */
  account?: string;
  done: number;
  total: number;
}
