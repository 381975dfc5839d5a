import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { LRUCache } from 'lru-cache';
import { bind } from './bind.ts';
import { type MakeRow, rowMaker } from './row.ts';

interface Prepared {
  statement: StatementSync;
  /** Makes an object of a row; undefined: it gives none. */
  make: MakeRow | undefined;
}

const STATEMENTS_KEPT = 1000;

/** A node:sqlite connection as Kysely wants it; statements are prepared once for each SQL text. */
export class SqliteConnection implements DatabaseConnection {
  readonly raw: DatabaseSync;
  readonly #statements = new LRUCache<string, Prepared>({ max: STATEMENTS_KEPT });

  constructor(raw: DatabaseSync) {
    this.raw = raw;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { statement, make } = this.#prepare(query.sql);
    const parameters = bind(query.parameters);
    if (make) return { rows: rowsOf<R>(statement, make, parameters) };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  /** Runs a statement for its rows; one that gives none is carried out all the same. */
  rows<R>(sql: string, parameters: readonly unknown[]): R[] {
    const { statement, make } = this.#prepare(sql);
    return rowsOf(statement, make ?? noRow, bind(parameters));
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // Not from the cache: a cached statement could be restarted while this one is being read.
    for (const row of this.raw.prepare(query.sql).iterate(...bind(query.parameters))) yield { rows: [row as R] };
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(lasting(sql));
    const columns = statement.columns().map((column) => column.name);
    const prepared = { statement, make: columns.length > 0 ? rowMaker(columns) : undefined };
    statement.setReturnArrays(true);
    // What gives no rows tells the row that was inserted last, whoever did: the index for searching has ids beyond 2^53.
    if (columns.length === 0) statement.setReadBigInts(true);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

const rowsOf = <R>(statement: StatementSync, make: MakeRow, parameters: SQLInputValue[]): R[] => {
  const rows: unknown[] = statement.all(...parameters);
  for (let at = 0; at < rows.length; at++) rows[at] = make(rows[at] as unknown[]);
  return rows as R[];
};

const noRow: MakeRow = () => undefined;

/**
 * SQLite compiles a statement anew on every run where a bare parameter is its limit, for the planner looks at its value:
 * three quarters of the time of a small query. An expression it leaves alone.
 */
export const lasting = (sql: string): string => sql.replace(/\b(limit|offset) \?/gi, '$1 +?');
