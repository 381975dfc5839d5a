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
      if (outer?.open) return work(outer.transaction);
      const unit: Unit = { transaction: undefined as unknown as Transaction, effects: [], open: true };
      try {
        const value = await free.transaction().execute((transaction) => {
          unit.transaction = transaction as unknown as Transaction;
          return currentUnit.run(unit, () => work(unit.transaction));
        });
        unit.open = false;
        runEffects(unit, (error) => logger.error({ err: error }, 'an effect failed'));
        return value;
      } finally {
        unit.open = false;
      }
    },
    afterCommit: (effect) => {
      requireOpenUnit();
      currentUnit.getStore()?.effects.push(effect);
    },
    close: () => pool.end(),
  };
};

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
