import type { Audit } from '#audit/audit.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import type { EventBus } from '#kernel/events.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { LoginLimit } from './login-limit.ts';
import type { Viewers } from './viewers.ts';

/** Implemented by activity: what identity does not know how to do with marks and play states. */
export interface ScopeRebuilder {
  /** Makes a user's group scope anew out of the own scopes of their loud and shout device users (domain §4). */
  rebuildGroup(tx: Transaction, userId: UserId): Promise<void>;
}

export interface IdentityOptions {
  database: Database;
  clock: Clock;
  audit: Audit;
  rebuilder: ScopeRebuilder;
  logger: Logger;
  /** Where it is told that viewers changed; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
  /** The zone of users who name none; absent: UTC. */
  timeZone?: string;
  /** For tests: another limit than ten tries a minute. */
  loginLimit?: LoginLimit;
}

/** What the parts of identity share. */
export interface Parts {
  database: Database;
  clock: Clock;
  audit: Audit;
  viewers: Viewers;
  loginLimit: LoginLimit;
  /** The zone of users who name none. */
  timeZone: string;
}
