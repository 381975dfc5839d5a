import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { LRUCache } from 'lru-cache';
import { bind } from './bind.ts';

interface Prepared {
  statement: StatementSync;
  /** Whether it gives rows. */
  reads: boolean;
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
    const { statement, reads } = this.#prepare(query.sql);
    const parameters = bind(query.parameters);
    if (reads) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  /** Runs a statement for its rows; one that gives none is carried out all the same. */
  rows<R>(sql: string, parameters: readonly unknown[]): R[] {
    return this.#prepare(sql).statement.all(...bind(parameters)) as R[];
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // Not from the cache: a cached statement could be restarted while this one is being read.
    for (const row of this.raw.prepare(query.sql).iterate(...bind(query.parameters))) yield { rows: [row as R] };
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(lasting(sql));
    const prepared = { statement, reads: statement.columns().length > 0 };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

/**
 * SQLite compiles a statement anew on every run where a bare parameter is its limit, for the planner looks at its value:
 * three quarters of the time of a small query. An expression it leaves alone.
 */
export const lasting = (sql: string): string => sql.replace(/\b(limit|offset) \?/gi, '$1 +?');
