import { Type } from 'typebox';
import { fromIso, type Instant } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';

/** For objects that callers send: what is not known is refused. */
export const strict = { additionalProperties: false } as const;

/** A hundred days: longer than any recording. */
export const LONGEST_MS = 8_640_000_000;

export const itemId = (description: string) =>
  Type.Unsafe<MediaItemId>(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description }));
export const when = (description: string) => Type.String({ format: 'date-time', maxLength: 40, description });
export const whenOrNull = (description: string) =>
  Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description });
export const ms = (description: string) => Type.Integer({ minimum: 0, maximum: LONGEST_MS, description });
export const msOrNull = (description: string) =>
  Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description });
export const numberOrNull = (description: string) =>
  Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description });
export const words = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>(Type.Enum([...values], { description }));

export const ItemParams = Type.Object({ id: itemId('Id of the item') }, strict);

/** What a viewer knows of one item; see `ItemState`. */
export const stateFields = {
  itemId: itemId('Id of the item'),
  watched: Type.Boolean({ description: 'Whether it is watched' }),
  markedAt: whenOrNull('When it was last marked, itself or with what it is in'),
  positionMs: msOrNull('Where it was left; null: not in progress'),
  durationMs: msOrNull('Length as the player told it'),
  playCount: Type.Integer({ minimum: 0, description: 'Plays to the end' }),
  lastPlayedAt: whenOrNull('When it was last played'),
};

/** Where something was done. */
export const DeviceSchema = Type.Object({
  deviceUserId: Type.Integer({ minimum: 1, description: 'The user on that device' }),
  name: Type.String({ description: 'Name of the device' }),
});

/** The parameters of every list. */
export const paging = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE, description: 'Rows at the most' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next` of the former page' })),
};
export const PageQuery = Type.Object(paging, strict);

/** The answer of every list. */
export const pageSchema = <S extends Parameters<typeof Type.Array>[0]>(row: S) =>
  Type.Object({
    items: Type.Array(row),
    next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the following page; null at the end' }),
  });

/**
 * An instant that a caller gave; undefined when none was.
 * @throws AppError `invalid`, naming the field
 */
export const instant = (path: string, text: string | undefined): Instant | undefined => {
  if (text === undefined) return undefined;
  const at = fromIso(text);
  if (at === undefined) {
    throw invalid(`${path} is not a date and time.`, [{ path, message: 'must be like 2026-01-31T20:15:00Z' }]);
  }
  return at;
};
