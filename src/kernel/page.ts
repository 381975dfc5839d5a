import { invalid } from './errors.ts';

/** One page of a list; `next` is the cursor of the following page, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface PageRequest {
  /** At most this many rows. */
  limit: number;
  /** Where the former page ended; absent for the first. */
  cursor?: string | undefined;
}

export const DEFAULT_PAGE = 40;
export const LARGEST_PAGE = 200;

/** The sort key of the last row of a page, in order: numbers and texts, null where the row has none. */
export type CursorKey = (number | string | null)[];

/** Makes an opaque cursor of a sort key. `list` names the list and its order, so that a cursor is not used on another. */
export const encodeCursor = (list: string, key: CursorKey): string =>
  Buffer.from(JSON.stringify([list, ...key])).toString('base64url');

/**
 * Reads a cursor back.
 * @throws AppError `invalid` when it is damaged or belongs to another list.
 */
export const decodeCursor = (list: string, length: number, cursor: string): CursorKey => {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts[0] !== list || parts.length !== length + 1 || !parts.every(isKeyPart)) {
    throw ofAnotherList();
  }
  return parts.slice(1);
};

/**
 * Reads back a cursor of instants and ids alone.
 * @throws AppError `invalid` as {@link decodeCursor}
 */
export const decodeIntegers = (list: string, length: number, cursor: string): number[] =>
  decodeCursor(list, length, cursor).map((part) => {
    if (typeof part === 'number' && Number.isSafeInteger(part)) return part;
    throw ofAnotherList();
  });

const ofAnotherList = () =>
  invalid('This cursor does not belong to this list; start again without it.', [
    { path: 'cursor', message: 'is not a cursor of this list' },
  ]);

/**
 * Cuts a page out of `limit + 1` fetched rows.
 * @param rows what the query gave, one more than the page where there is more
 * @param keyOf the sort key of a row
 */
export const pageOf = <T>(rows: T[], limit: number, list: string, keyOf: (row: T) => CursorKey): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(list, keyOf(last)) : null };
};

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

const isKeyPart = (part: unknown): part is number | string | null =>
  part === null || typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part));
