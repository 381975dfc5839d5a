import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SqlDialect } from './dialect.ts';

/** A value in a row that came as JSON. */
export type Cell = string | number | null;

/**
 * A subselect's rows as one JSON text, `[[a, b], …]`, in no order; read it with {@link readRows}.
 * @param columns names of what `rows` gives
 */
export const jsonRows = (
  { name }: SqlDialect,
  columns: readonly string[],
  rows: RawBuilder<unknown>,
): RawBuilder<string | null> => {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  return name === 'sqlite'
    ? sql`(SELECT json_group_array(json_array(${list})) FROM (${rows}))`
    : sql`(SELECT json_agg(json_build_array(${list}))::text FROM (${rows}) AS hanging)`;
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

/**
 * A list of ids as rows with the column `value`.
 * @param list the value made by {@link idList}
 */
export const idRows = ({ name }: SqlDialect, list: Expression<string>, alias: string): RawBuilder<unknown> =>
  name === 'sqlite'
    ? sql`json_each(${list}) AS ${sql.ref(alias)}`
    : sql`unnest(${list}::bigint[]) AS ${sql.ref(alias)}(value)`;

/**
 * `column IN (…)` with a whole list of texts as one parameter.
 * @param list the texts as JSON
 */
export const textIn = ({ name }: SqlDialect, column: string, list: Expression<string>): RawBuilder<SqlBool> =>
  name === 'sqlite'
    ? sql`${sql.ref(column)} IN (SELECT value FROM json_each(${list}))`
    : sql`${sql.ref(column)} = ANY (ARRAY(SELECT json_array_elements_text(${list}::json)))`;

/** Ids as the one parameter of {@link idIn} and {@link idRows}. */
export const idList = ({ name }: SqlDialect, ids: readonly number[]): string =>
  name === 'sqlite' ? `[${ids.join(',')}]` : `{${ids.join(',')}}`;

/** Names of columns and what they hold. */
export type RowColumns = Record<string, 'text' | 'bigint'>;

/**
 * Rows that come as one parameter, so that a text is prepared once whatever their number, in their order.
 * @param list the rows as JSON: a list of objects with these columns
 */
export const listedRows = (
  { name }: SqlDialect,
  list: Expression<string>,
  columns: RowColumns,
  alias: string,
): RawBuilder<unknown> => {
  const each = Object.entries(columns);
  if (name === 'postgres') {
    const types = each.map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`);
    return sql`json_to_recordset(${list}::json) AS ${sql.ref(alias)}(${sql.join(types)})`;
  }
  const cells = each.map(([column]) => sql`value ->> ${sql.lit(column)} AS ${sql.ref(column)}`);
  return sql`(SELECT ${sql.join(cells)} FROM json_each(${list})) AS ${sql.ref(alias)}`;
};

/** Reads a column that holds JSON; undefined when it is not of the shape that is checked for. */
export const readColumn = <T>(text: string, check: (value: unknown) => value is T): T | undefined => {
  const value: unknown = JSON.parse(text);
  return check(value) ? value : undefined;
};
