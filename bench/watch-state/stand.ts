import { join } from 'node:path';
import pg from 'pg';
import { type Activity, createActivity } from '#activity/service.ts';
import { createStates, type States } from '#activity/states/states.ts';
import { keepItems } from '#catalog/item-cache.ts';
import { type Database, openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { systemClock } from '#kernel/clock.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { addUser } from '../../test/support/people.ts';
import { newDatabase } from '../postgres.ts';
import { type House, houseOf } from './house.ts';
import { openPlain, type Plain } from './plain.ts';
import { openRaw, type Raw } from './raw.ts';
import { fill } from './seed.ts';

/** One filled database with the engine on it, and beside it the obvious SQL on the same file or server. */
export interface Stand {
  name: string;
  house: House;
  viewer: Viewer;
  database: Database;
  activity: Activity;
  states: States;
  plain: Plain;
  raw: Raw;
  /** Has SQLite take what was written into its file, so that nobody reads around what others wrote. */
  emptyLog(): Promise<unknown>;
  /** Statements sent to PostgreSQL so far by this process; each is a round trip. */
  sent(): number;
  close(): Promise<void>;
}

export const sqliteStand = (folder: string, name: string, series: number): Promise<Stand> =>
  standOn(`sqlite:${join(folder, `${series}.db`)}`, name, series);

/**
 * The same on PostgreSQL, in a database of its own that goes when it is closed.
 * @param server URL of a database on it that may be used to make others
 */
export const postgresStand = async (server: string, name: string, series: number): Promise<Stand> => {
  const database = await newDatabase(server, `leftoff_bench_${process.pid}_${series}`);
  const stand = await standOn(database.url, name, series);
  return {
    ...stand,
    close: async () => {
      await stand.close();
      await database.drop();
    },
  };
};

const standOn = async (url: string, name: string, series: number): Promise<Stand> => {
  const clock = systemClock;
  const house = houseOf(series, clock.now());
  const database = await openDatabase({ url, logger: silentLogger });
  await migrate(database);
  const { viewer } = await addUser(database, { name: 'bench' });
  await fill(database, viewer, house);
  keepItems(database.read);
  const plain = await openPlain(url, viewer);
  const raw = await openRaw(url);
  return {
    name,
    house,
    viewer,
    database,
    activity: createActivity({ database, clock }),
    states: createStates({ database, clock }),
    plain,
    raw,
    emptyLog: async () => url.startsWith('sqlite:') && raw.rows('PRAGMA wal_checkpoint(TRUNCATE)', []),
    sent: () => sent,
    close: async () => {
      await plain.close();
      await raw.close();
      await database.close();
    },
  };
};

let sent = 0;

// Its driver sends a statement when the one before is answered.
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  sent += 1;
  return Reflect.apply(query, this, given);
} as typeof query;
