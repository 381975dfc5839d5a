import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SqlDialect } from './dialect.ts';

/** A value that hangs on a row: what JSON can carry. */
export type Cell = string | number | null;

/**
 * The rows of a subselect as one JSON text, `[[a, b], …]`, in their order; read it with {@link readRows}.
 * @param columns references such as `tag.name`
 * @param rest all that follows the select list: FROM and WHERE
 */
export const jsonRows = (
  { name }: SqlDialect,
  columns: string[],
  order: string[],
  rest: RawBuilder<unknown>,
): RawBuilder<string | null> => {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const by = sql.join(order.map((column) => sql.ref(column)));
  return name === 'sqlite'
    ? sql`(SELECT json_group_array(json_array(${list}) ORDER BY ${by}) ${rest})`
    : sql`(SELECT json_agg(json_build_array(${list}) ORDER BY ${by})::text ${rest})`;
};

/**
 * Reads what {@link jsonRows} made; nothing there: no rows.
 * @throws TypeError when it is not a list of rows of that width
 */
export const readRows = (text: string | null, width: number): Cell[][] => {
  if (text === null || text === '[]') return [];
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row) && row.length === width)) {
    throw new TypeError('The database gave other JSON than was asked for.');
  }
  return rows;
};

/**
 * `column IN (…)` with the whole list as one parameter, so that a text is prepared once whatever the length.
 * @param list the value made by {@link idList}
 */
export const idIn = ({ name }: SqlDialect, column: string, list: Expression<string>): RawBuilder<SqlBool> =>
  name === 'sqlite'
    ? sql`${sql.ref(column)} IN (SELECT value FROM json_each(${list}))`
    : sql`${sql.ref(column)} = ANY (${list}::bigint[])`;

/** Ids as the one parameter of {@link idIn}. */
export const idList = ({ name }: SqlDialect, ids: readonly number[]): string =>
  name === 'sqlite' ? `[${ids.join(',')}]` : `{${ids.join(',')}}`;

/** Reads a column that holds JSON; undefined when it is not of the shape that is checked for. */
export const readColumn = <T>(text: string, check: (value: unknown) => value is T): T | undefined => {
  const value: unknown = JSON.parse(text);
  return check(value) ? value : undefined;
};
