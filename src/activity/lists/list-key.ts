import type { Instant } from '#kernel/clock.ts';
import { decodeIntegers } from '#kernel/page.ts';

/** The key of lists ordered by an instant and an id, newest first. */
export interface ListKey {
  at: Instant;
  id: number;
}

/** Stands before every key: where the first page begins. */
export const START: ListKey = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/**
 * Where a page begins: after the row that the cursor names.
 * @throws AppError `invalid` when the cursor is damaged or of another list
 */
export const keyOf = (list: string, cursor: string | undefined): ListKey => {
  if (cursor === undefined) return START;
  const [at = START.at, id = START.id] = decodeIntegers(list, 2, cursor);
  return { at, id };
};
