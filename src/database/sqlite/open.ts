import { DatabaseSync } from 'node:sqlite';
import { messageOf, unavailable } from '#kernel/errors.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Database, Transaction } from '../database.ts';
import { sqlite } from '../dialect.ts';
import { currentUnit, refuseInsideUnit, requireOpenUnit } from '../unit.ts';
import { SqliteConnection } from './connection.ts';
import { sqliteKysely } from './driver.ts';
import { GroupCommit } from './group-commit.ts';

const BUSY_TIMEOUT_MS = 5000;
/**
 * Pages kept by a connection. Reading is hardly quicker with more: the system keeps the file in memory anyway. A write looks at
 * some thirty pages all over the file, and takes a third less time with those of a few hundred writes at hand. The file is
 * not mapped: that would take 3 µs off the 17 of a random item and nothing off a list, and show all of the file as memory
 * of ours.
 */
const CACHE_KIB = { reader: 4096, writer: 16_384 };

/** Writes on the same pages are copied to the file once each 16 MiB: with fewer pages writing takes a tenth longer. */
const CHECKPOINT_PAGES = 4000;

/**
 * Opens an SQLite file in WAL mode: one connection that writes, one that reads.
 * Commits wait for the disk (`synchronous=FULL`): what was acknowledged survives a power cut.
 * @throws AppError `unavailable` when the file cannot be opened or is not a database
 */
export const openSqlite = (path: string, logger: Logger): Database => {
  const writer = connect(path, false);
  const reader = path === ':memory:' ? writer : connect(path, true);
  const transaction = sqliteKysely(writer, requireOpenUnit) as Transaction;
  const units = new GroupCommit(writer, transaction, (error) => logger.error({ err: error }, 'an effect failed'));
  return {
    dialect: sqlite,
    read: sqliteKysely(reader, refuseInsideUnit),
    schema: sqliteKysely(writer),
    transaction: (work) => {
      const unit = currentUnit.getStore();
      return unit?.open ? work(unit.transaction) : units.run(work);
    },
    afterCommit: (effect) => {
      requireOpenUnit();
      currentUnit.getStore()?.effects.push(effect);
    },
    close: async () => {
      await units.idle();
      if (reader !== writer) reader.raw.close();
      writer.raw.close();
    },
  };
};

const connect = (path: string, readOnly: boolean): SqliteConnection => {
  try {
    const raw = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    raw.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = ${-(readOnly ? CACHE_KIB.reader : CACHE_KIB.writer)};
      PRAGMA journal_size_limit = 67108864;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
      PRAGMA query_only = ${readOnly ? 'ON' : 'OFF'};
    `);
    return new SqliteConnection(raw);
  } catch (error) {
    throw unavailable(`${sqlite.explainFault(error) ?? messageOf(error)} (${path})`, { cause: error });
  }
};
