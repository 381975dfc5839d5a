import { type AppError, invalid } from '#kernel/errors.ts';
import type { CursorKey } from '#kernel/page.ts';

/** For a cursor whose keys are of another sort than this list's: somebody made it up. */
export const foreignCursor = (): AppError =>
  invalid('This cursor does not belong to this list; start again without it.', [
    { path: 'cursor', message: 'is not a cursor of this list' },
  ]);

export const isWhole = (key: CursorKey[number]): key is number => typeof key === 'number' && Number.isSafeInteger(key);
