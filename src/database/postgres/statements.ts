import type { PoolClient } from 'pg';

/** Statements named at the most: past that a text is planned anew each time, so that a connection's memory is bounded. */
const MOST_NAMES = 1000;

const names = new Map<string, string>();
const wrapped = new WeakSet<PoolClient>();

/** Has PostgreSQL keep the plan of each SQL text: halves the time of a point read (named prepared statements). */
export const withStatementNames = (client: PoolClient): PoolClient => {
  if (wrapped.has(client)) return client;
  wrapped.add(client);
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((first: unknown, values?: unknown, ...rest: unknown[]) => {
    if (typeof first !== 'string' || !Array.isArray(values)) return query(first, values, ...rest);
    const name = nameOf(first);
    return name === undefined ? query(first, values, ...rest) : query({ name, text: first, values }, ...rest);
  }) as typeof client.query;
  return client;
};

const nameOf = (sql: string): string | undefined => {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
};
