import type { Instant } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import { decodeCursor } from '#kernel/page.ts';

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
  const [at, id] = decodeCursor(list, 2, cursor);
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(id)) {
    throw invalid('This cursor does not belong to this list; start again without it.', [
      { path: 'cursor', message: 'is not a cursor of this list' },
    ]);
  }
  return { at: at as Instant, id: id as number };
};
