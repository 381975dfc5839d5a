import { type Expression, type RawBuilder, sql } from 'kysely';
import type { SqlDialect } from '#database/dialect.ts';

/**
 * Rows of whole numbers, sent as one JSON parameter `[[1, 2], [3, null], …]`, as a table to be given a name: one prepared
 * text whatever their number.
 */
export const numberRows = (
  { name }: SqlDialect,
  rows: Expression<string>,
  columns: readonly string[],
): RawBuilder<unknown> => {
  const list = sql.join(
    columns.map((column, n) =>
      name === 'sqlite'
        ? sql`value ->> ${sql.lit(n)} AS ${sql.ref(column)}`
        : sql`CAST(value ->> ${sql.lit(n)} AS bigint) AS ${sql.ref(column)}`,
    ),
  );
  return name === 'sqlite'
    ? sql`(SELECT ${list} FROM json_each(${rows}))`
    : sql`(SELECT ${list} FROM json_array_elements(CAST(${rows} AS json)) AS sent(value))`;
};
