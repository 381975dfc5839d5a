import { type RawBuilder, sql } from 'kysely';
import type { Mark } from '#activity/marks/watched.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';

/** Where a mark is joined: the levels from the leaf up. */
export const levels = ['own', 'up', 'top', 'shelf'] as const;
type Level = (typeof levels)[number];

/**
 * The deciding mark of a leaf as one number, which orders as marks do: twice its instant, plus one if watched; -1 for
 * none. The marks are joined under the names of {@link levels}, each with a suffix for its scope.
 * @param leaf the alias of its `media_items` row
 * @param suffixes one for each scope
 */
export const decidingMark = (dialect: SqlDialect, leaf: string, suffixes: readonly string[]): RawBuilder<number> => {
  const packed = suffixes.flatMap((suffix) =>
    levels.map((level) => {
      const column = (name: string) => sql.ref(`${level}${suffix}.${name}`);
      const mark = sql`${column('at')} * 2 + ${column('watched')}`;
      return level === 'own'
        ? sql`coalesce(${mark}, -1)`
        : sql`CASE WHEN ${column('at')} >= ${sql.ref(`${leaf}.added_at`)} THEN ${mark} ELSE -1 END`;
    }),
  );
  return sql<number>`${dialect.name === 'sqlite' ? sql`max` : sql`greatest`}(${sql.join(packed)})`;
};

/** Joins the mark of one level and scope. */
export const markJoin = (
  level: Level,
  suffix: string,
  scope: RawBuilder<unknown>,
  holder: RawBuilder<unknown>,
): RawBuilder<unknown> => {
  const name = sql.ref(`${level}${suffix}`);
  return sql`LEFT JOIN marks AS ${name} ON ${name}.scope_id = ${scope} AND ${name}.item_id = ${holder}`;
};

/** Reads what {@link decidingMark} gave. */
export const markOf = (packed: number): Mark | undefined =>
  packed < 0 ? undefined : { watched: packed % 2 === 1, at: Math.floor(packed / 2) };

/** Compiles SQL text that Kysely's builder would only be in the way of. */
export const compiled = <Row>(text: RawBuilder<Row>, db: Reader) => ({ compile: () => text.compile(db) });
