import { DatabaseSync, StatementSync } from 'node:sqlite';
import pg from 'pg';

/** What a piece of work took of this process. */
export interface Measurement {
  wallMs: number;
  /** User and system, of this process alone. */
  cpuMs: number;
  /** Sent to the media server. */
  requests: number;
  /** Sent to the database. */
  statements: number;
  commits: number;
  /** The most memory that this process held at any time until then. */
  peakMiB: number;
}

/** How far the meters are; compare two of them with {@link between}. */
export const reading = (): Measurement => {
  const { user, system } = process.cpuUsage();
  return {
    wallMs: performance.now(),
    cpuMs: (user + system) / 1000,
    ...counted,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
};

export const between = (begin: Measurement, end: Measurement): Measurement => ({
  wallMs: end.wallMs - begin.wallMs,
  cpuMs: end.cpuMs - begin.cpuMs,
  requests: end.requests - begin.requests,
  statements: end.statements - begin.statements,
  commits: end.commits - begin.commits,
  peakMiB: end.peakMiB,
});

const counted = { requests: 0, statements: 0, commits: 0 };

/** Has a function of another's count before it does its work. */
const countCalls = (of: object, name: string, count: (first: unknown) => void): void => {
  const original = Reflect.get(of, name);
  const counting = function (this: unknown, ...given: unknown[]) {
    count(given[0]);
    return Reflect.apply(original, this, given);
  };
  Reflect.set(of, name, counting);
};

const countCommit = (statement: unknown): void => {
  if (typeof statement === 'string' && statement.toLowerCase() === 'commit') counted.commits += 1;
};
const countStatement = (): void => {
  counted.statements += 1;
};

for (const name of ['run', 'all', 'get']) countCalls(StatementSync.prototype, name, countStatement);
countCalls(DatabaseSync.prototype, 'exec', countCommit);
countCalls(pg.Client.prototype, 'query', (given) => {
  countStatement();
  countCommit(typeof given === 'object' && given !== null && 'text' in given ? given.text : given);
});
countCalls(globalThis, 'fetch', () => {
  counted.requests += 1;
});
