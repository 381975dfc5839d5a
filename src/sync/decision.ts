import type { RunPhase } from '#database/tables/sync.ts';
import type { ClientAccountId, ClientItemId, MediaItemId } from '#kernel/ids.ts';

/** What a run decided on one entry, and why. What stayed as it was is only counted. */
export interface Decision {
  phase: RunPhase;
  accountId: ClientAccountId | null;
  copyId: ClientItemId | null;
  itemId: MediaItemId | null;
  decision:
    | 'created'
    | 'matched'
    | 'ambiguous'
    | 'updated'
    | 'rematched'
    | 'taken'
    | 'held'
    | 'removed'
    | 'written'
    | 'partial'
    | 'unsupported'
    | 'playing'
    | 'gone'
    | 'failed';
  /** The rule that decided, for people. */
  why: string;
  /** How it was, and how it is or is to be; absent: nothing to show. */
  before?: unknown;
  after?: unknown;
  /** Of a write: what was sent. */
  receipt?: string;
}
