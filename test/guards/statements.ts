import pg from 'pg';
import { SqliteConnection } from '#database/sqlite/connection.ts';
import type { Compiled } from '../support/plan.ts';

let seen: Map<string, Compiled> | undefined;

/** The statements that databases run meanwhile, each text once with the values that it first had. */
export const statementsDuring = async (work: () => Promise<unknown>): Promise<Compiled[]> => {
  const found = new Map<string, Compiled>();
  seen = found;
  try {
    await work();
  } finally {
    seen = undefined;
  }
  return [...found.values()];
};

const note = (sql: string, parameters: readonly unknown[] = []): void => {
  if (/^\s*(select|with|insert|update|delete)\b/i.test(sql) && !seen?.has(sql)) seen?.set(sql, { sql, parameters });
};

/** Looks at the calls of a method, which does what it always did. */
const watch = (on: object, method: string, look: (...args: never[]) => void): void => {
  const methods = on as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[method]!;
  methods[method] = function (this: unknown, ...args: unknown[]) {
    look(...(args as never[]));
    return original.apply(this, args);
  };
};

interface Query {
  text: string;
  values?: unknown[];
}

// From the start: a connection takes hold of these when it is opened.
watch(SqliteConnection.prototype, 'executeQuery', ({ sql, parameters }: Compiled) => note(sql, parameters));
watch(SqliteConnection.prototype, 'rows', note);
watch(pg.Client.prototype, 'query', (asked: string | Query, values?: unknown[]) =>
  typeof asked === 'string' ? note(asked, values) : note(asked.text, asked.values ?? values),
);
