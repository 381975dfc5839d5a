import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import type { Logger } from '#kernel/logger.ts';
import type { Database, Transaction } from '../database.ts';
import { postgres } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { currentUnit, refuseInsideUnit, requireOpenUnit, runEffects, type Unit } from '../unit.ts';
import { withStatementNames } from './statements.ts';

const INT8 = 20;

/** Opens a pool of connections to PostgreSQL; the first is made when it is first needed. */
export const openPostgres = (url: string, poolSize: number, logger: Logger): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    application_name: 'leftoff',
    types: { getTypeParser: parserOf },
  });
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle connection to PostgreSQL was lost'));
  const kysely = (guard: () => void) =>
    new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guarded(pool, guard) }) });
  const free = kysely(() => {});
  return {
    dialect: postgres,
    read: kysely(refuseInsideUnit),
    schema: free,
    transaction: async (work) => {
      const outer = currentUnit.getStore();
      return outer?.open ? work(outer.transaction) : retrying(() => runUnit(free, work, logger));
    },
    afterCommit: (effect) => {
      requireOpenUnit();
      currentUnit.getStore()?.effects.push(effect);
    },
    close: () => pool.end(),
  };
};

const runUnit = async <T>(
  kysely: Kysely<Tables>,
  work: (transaction: Transaction) => Promise<T>,
  logger: Logger,
): Promise<T> => {
  const unit: Unit = { transaction: undefined as unknown as Transaction, effects: [], open: true };
  const value = await kysely
    .transaction()
    .execute((transaction) => {
      unit.transaction = transaction as unknown as Transaction;
      return currentUnit.run(unit, () => work(unit.transaction));
    })
    .finally(() => {
      unit.open = false;
    });
  runEffects(unit, (error) => logger.error({ err: error }, 'an effect failed'));
  return value;
};

const MOST_TRIES = 4;

/** Of two units that wait for each other PostgreSQL ends one; it did nothing and is done again from the start. */
const retrying = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === MOST_TRIES || !isCollision(error)) throw error;
    }
  }
};

/** deadlock_detected, serialization_failure */
const isCollision = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');

/** 64-bit integers come as numbers: ids and instants fit into 53 bits, and a sum that does not is a fault. */
const parserOf = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? toSafeInteger : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;

const toSafeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database gave ${text}, which is no safe integer.`);
  return value;
};

const guarded = (pool: pg.Pool, guard: () => void): PostgresPool =>
  ({
    options: pool.options,
    connect: async () => {
      guard();
      return withStatementNames(await pool.connect());
    },
    end: async () => {},
  }) as unknown as PostgresPool;
