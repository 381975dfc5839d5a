import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Reader } from './database.ts';
import type { SqlDialect } from './dialect.ts';
import { dialectOf } from './dialect-of.ts';
import { connectionOf } from './sqlite/driver.ts';

/** Stands in a query for a value that is known only when it runs. */
export type Value<V> = <K extends keyof V & string>(name: K) => RawBuilder<V[K]>;

/** A query that is built and compiled once for each database, then run with values. */
export type Prepared<V, Row> = (db: Reader, values: V) => Promise<Row[]>;

interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/**
 * Keeps a query in its compiled form: building one costs about as much as running it, so this is for hot paths.
 *
 *     const byName = prepare<{ name: string }>()((db, value) => db.selectFrom('tags').where('name', '=', value('name')));
 *     const rows = await byName(database.read, { name: 'drama' });
 *
 * `build` must not depend on anything that changes.
 */
export const prepare =
  <V extends object>() =>
  <Row>(build: (db: Reader, value: Value<V>, dialect: SqlDialect) => Compilable<Row>): Prepared<V, Row> => {
    const compiled = new Map<SqlDialect, CompiledQuery<Row>>();
    const queryFor = (db: Reader): CompiledQuery<Row> => {
      const dialect = dialectOf(db);
      const known = compiled.get(dialect);
      if (known) return known;
      const query = build(db, value, dialect).compile();
      compiled.set(dialect, query);
      return query;
    };
    return async (db, values) => {
      const query = queryFor(db);
      const parameters = query.parameters.map((given) =>
        given instanceof Named ? values[given.name as keyof V] : given,
      );
      const connection = connectionOf(db);
      return connection
        ? connection.rows<Row>(query.sql, parameters)
        : (await db.executeQuery<Row>({ ...query, parameters })).rows;
    };
  };

/** Holds a value's place among the parameters of a compiled query. */
class Named {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const value = (name: string): RawBuilder<never> => sql<never>`${new Named(name)}`;
