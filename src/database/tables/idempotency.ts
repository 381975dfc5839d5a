import type { Instant } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';

/** A write that its caller named, so that it is carried out once however often it is sent. */
export interface IdempotencyKeysTable {
  user_id: UserId;
  /** The caller's name for it. */
  key: string;
  /** Method and address. */
  target: string;
  /** SHA-256 of the body. */
  digest: string;
  /** What was answered; null while it goes on, and for ever when it was broken off. */
  status: number | null;
  /** The answer's body; null: it had none, or is not kept. */
  answer: string | null;
  created_at: Instant;
}

/** Tables of what was asked of us before. */
export interface IdempotencyTables {
  idempotency_keys: IdempotencyKeysTable;
}
