import { setImmediate } from 'node:timers/promises';
import type { Transaction } from '../database.ts';
import { currentUnit, runEffects, type Unit } from '../unit.ts';
import type { SqliteConnection } from './connection.ts';

interface Waiting {
  work: (transaction: Transaction) => Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Done {
  waiting: Waiting;
  value: unknown;
  unit: Unit;
}

/** Most units that share one commit: bounds what a failed commit takes with it, and how long the first one waits. */
const MOST_IN_GROUP = 128;

/**
 * Runs units of work one after the other on the single writer connection. Those that arrive together share one commit
 * (and its one wait for the disk), each in a savepoint of its own, so that one that fails undoes only itself.
 * No caller hears of success before the commit.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #transaction: Transaction;
  readonly #report: (error: unknown) => void;
  readonly #queue: Waiting[] = [];
  #draining: Promise<void> | undefined;

  constructor(connection: SqliteConnection, transaction: Transaction, report: (error: unknown) => void) {
    this.#connection = connection;
    this.#transaction = transaction;
    this.#report = report;
  }

  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  async #drain(): Promise<void> {
    // After the present turn of the event loop, so that the requests which came in with it share the commit.
    await setImmediate();
    while (this.#queue.length > 0) await this.#group();
    this.#draining = undefined;
  }

  async #group(): Promise<void> {
    const { raw } = this.#connection;
    const done: Done[] = [];
    try {
      raw.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.#queue.shift()?.reject(error);
      return;
    }
    while (this.#queue.length > 0 && done.length < MOST_IN_GROUP && raw.isTransaction) {
      const waiting = this.#queue.shift();
      if (waiting) await this.#one(waiting, done);
    }
    this.#commit(done);
  }

  async #one(waiting: Waiting, done: Done[]): Promise<void> {
    const { raw } = this.#connection;
    const unit: Unit = { transaction: this.#transaction, effects: [], open: true };
    // Nothing came before the first, so it is undone with the whole transaction. A savepoint would cost a large unit more than
    // all of its statements: SQLite keeps the pages that it changed in a list, and walks through it after each statement.
    const first = done.length === 0;
    try {
      if (!first) raw.exec('SAVEPOINT unit');
      const value = await currentUnit.run(unit, () => waiting.work(this.#transaction));
      if (!first) raw.exec('RELEASE unit');
      done.push({ waiting, value, unit });
    } catch (error) {
      // A full disk or the like makes SQLite roll the whole transaction back by itself, with all that shared it.
      if (raw.isTransaction) raw.exec(first ? 'ROLLBACK' : 'ROLLBACK TO unit; RELEASE unit');
      else for (const other of done.splice(0)) other.waiting.reject(error);
      waiting.reject(error);
    } finally {
      unit.open = false;
    }
  }

  #commit(done: Done[]): void {
    const { raw } = this.#connection;
    try {
      if (raw.isTransaction) raw.exec('COMMIT');
    } catch (error) {
      if (raw.isTransaction) raw.exec('ROLLBACK');
      for (const { waiting } of done) waiting.reject(error);
      return;
    }
    for (const { waiting, value, unit } of done) {
      runEffects(unit, this.#report);
      waiting.resolve(value);
    }
  }
}
