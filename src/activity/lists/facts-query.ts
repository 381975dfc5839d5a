import { type RawBuilder, sql } from 'kysely';
import { versionNow } from '#catalog/shown-item.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { jsonRows, readRows } from '#database/json.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';

/** What a list of one scope needs to know besides its rows. */
export interface ListFacts {
  /**
   * When the scope marked a whole library; undefined: never. It overrules what is older, and nothing was written for that
   * below.
   */
  markedAt(library: MediaItemId): Instant | undefined;
  /** Of the catalog, as it was before the rows were read. */
  version: number;
}

/** The columns by which the facts come. */
export interface FactsRow {
  version: number;
  /** JSON: which libraries are marked, and when. */
  marked: string | null;
}

export const factColumns = (dialect: SqlDialect, scope: RawBuilder<ScopeId>) => ({
  version: versionNow,
  // From the libraries, or SQLite walks all marks of the scope.
  marked: jsonRows(
    dialect,
    ['item_id', 'at'],
    sql`SELECT m.item_id, m.at FROM libraries AS l CROSS JOIN marks AS m WHERE m.scope_id = ${scope} AND m.item_id = l.item_id`,
  ),
});

export const factsOf = ({ version, marked }: FactsRow): ListFacts => {
  const rows = readRows(marked, 2);
  const at = new Map(rows.map(([library, when]) => [library, when]));
  return { version, markedAt: (library) => at.get(library) as Instant | undefined };
};

/** What a list's statement is made of: columns of facts, and rows with the names of theirs. */
interface ListQuery {
  facts: Record<string, RawBuilder<unknown>>;
  columns: readonly string[];
  rows: RawBuilder<unknown>;
}

/**
 * A list that is read together with its facts, which come as a row in front: each statement is a round trip on PostgreSQL.
 * `Row` says what the columns of the rows hold, `Facts` what those of the facts do.
 */
export const prepareList = <Values extends object, Facts, Row>(
  build: (db: Reader, value: Value<Values>, dialect: SqlDialect) => ListQuery,
): ((db: Reader, values: Values) => Promise<{ facts: Facts; rows: Row[] }>) => {
  const query = prepare<Values>()<unknown>((db, value, dialect) => ({
    compile: () => oneStatement(build(db, value, dialect)).compile(db),
  }));
  return async (db, values) => {
    const [facts, ...rows] = await query(db, values);
    return { facts: facts as Facts, rows: rows as Row[] };
  };
};

const oneStatement = ({ facts, columns, rows }: ListQuery): RawBuilder<unknown> => {
  const names = Object.keys(facts);
  const none = (of: readonly string[]) => of.map((name) => sql`NULL AS ${sql.ref(name)}`);
  const given = names.map((name) => sql`${facts[name]} AS ${sql.ref(name)}`);
  return sql`SELECT ${sql.join([...given, ...none(columns)])}
    UNION ALL SELECT ${sql.join([...none(names), ...columns.map((name) => sql.ref(`listed.${name}`))])}
      FROM (${rows}) AS listed`;
};
