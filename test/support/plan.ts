import { sql } from 'kysely';
import type { Database } from '#database/database.ts';

export interface Compiled {
  sql: string;
  parameters: readonly unknown[];
}

/** How the database means to run a query, as it tells it. */
export const planOf = async (database: Database, query: Compiled): Promise<string> => {
  if (database.dialect.name === 'sqlite') {
    const { rows } = await database.schema.executeQuery<{ detail: string }>({
      ...sql`SELECT 1`.compile(database.schema),
      sql: `EXPLAIN QUERY PLAN ${query.sql}`,
      parameters: query.parameters,
    });
    return rows.map((row) => row.detail).join('\n');
  }
  const literal = query.sql.replace(/\$(\d+)/g, (_, n: string) => literalOf(query.parameters[Number(n) - 1]));
  const { rows } = await sql.raw<{ 'QUERY PLAN': string }>(`EXPLAIN ${literal}`).execute(database.schema);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

const literalOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`;
