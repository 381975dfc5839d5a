import { sql } from 'kysely';
import { createOpinions, type Opinions } from '#activity/opinions/opinions.ts';
import type { Activity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { type Instant, MINUTE, manualClock, SECOND } from '#kernel/clock.ts';
import type { MediaServer } from '#sync/media-server.ts';
import type { Sync, SyncTools } from '#sync/service.ts';
import { wireSync } from '../support/sync.ts';
import type { Weather } from './line.ts';
import type { Random } from './random.ts';

/** When every schedule begins. */
const BEGINNING: Instant = Date.UTC(2026, 0, 1, 12);

/** The program on one database: it can die at any call and any unit of work, and be started anew. */
export interface House {
  readonly database: Database;
  readonly clock: ReturnType<typeof manualClock>;
  /** The share of calls that go wrong. */
  trouble: number;
  sync: Sync;
  activity: Activity;
  opinions: Opinions;
  tools: SyncTools;
  /** Lets the program die after so many calls and units of work; undefined: it lives. */
  dieIn: number | undefined;
  /** Lets it die once something was written. */
  diesWriting: boolean;
  /** What somebody does while a call is on its way. */
  meanwhile: () => Promise<void>;
  dead(): boolean;
  /** Waits for this, or for the death of the program, whichever comes first. @returns undefined: it died */
  orDeath<T>(work: Promise<T>): Promise<{ value: T } | undefined>;
  /** Starts it anew; what went on is as the database has it. */
  restart(): Promise<void>;
}

/** One start of the program until its end. */
interface Life {
  dead: boolean;
  readonly ended: PromiseWithResolvers<undefined>;
  /** Units of work that go on. */
  readonly open: Set<Promise<unknown>>;
  /** Never comes back once it is dead. */
  alive(): Promise<void>;
  wrote(): Promise<void>;
}

/** @param connect finds a server by its address */
export const createHouse = (
  database: Database,
  random: Random,
  connect: (address: string, weather: Weather) => MediaServer,
): House => {
  const clock = manualClock(BEGINNING);
  let life = newLife();
  function newLife(): Life {
    const one: Life = {
      dead: false,
      ended: Promise.withResolvers<undefined>(),
      open: new Set(),
      alive: async () => {
        if (!one.dead && house.dieIn !== undefined && house.dieIn-- <= 0) end();
        if (one.dead) await new Promise<never>(() => {});
      },
      wrote: async () => {
        if (house.diesWriting) end();
        await one.alive();
      },
    };
    const end = () => {
      one.dead = true;
      one.ended.resolve(undefined);
    };
    return one;
  }
  const boot = () => {
    const mine = mortal(database, life);
    const weather: Weather = {
      random,
      trouble: () => house.trouble,
      alive: life.alive,
      wrote: life.wrote,
      pass: async () => {
        clock.advance(random.between(1, 200));
        await house.meanwhile();
      },
      delay: () => clock.advance(random.between(SECOND, 20 * SECOND)),
    };
    const kinds = ['plex', 'emby', 'jellyfin', 'kodi', 'subsonic'] as const;
    const connectors = kinds.map((kind) => ({
      kind,
      label: kind,
      connect: ({ address }: { address: string }) => connect(address, weather),
    }));
    return { ...wireSync(mine, clock, connectors), opinions: createOpinions({ database: mine, clock }) };
  };
  const house: House = {
    database,
    clock,
    trouble: 0,
    ...boot(),
    dieIn: undefined,
    diesWriting: false,
    dead: () => life.dead,
    meanwhile: async () => {},
    orDeath: (work) => {
      work.catch(() => {});
      return Promise.race([work.then((value) => ({ value })), life.ended.promise]);
    },
    restart: async () => {
      // What was being saved when it died is saved.
      while (life.open.size > 0) await Promise.allSettled(life.open);
      house.dieIn = undefined;
      house.diesWriting = false;
      life = newLife();
      // Some are started again only later, some at once.
      clock.advance(random.chance(0.7) ? random.between(61 * SECOND, 10 * MINUTE) : SECOND);
      Object.assign(house, boot());
      await house.sync.recover();
    },
  };
  return house;
};

/** A database in which no unit of work begins once the program is dead. */
const mortal = (database: Database, { alive, open }: Life): Database => ({
  ...database,
  transaction: async (work) => {
    await alive();
    const unit = database.transaction(work);
    const watched: Promise<unknown> = unit.catch(() => {}).finally(() => open.delete(watched));
    open.add(watched);
    return unit;
  },
});

/** Empties a database for the next schedule. */
export const empty = async ({ dialect, schema }: Database): Promise<void> => {
  const sqlite = dialect.name === 'sqlite';
  const { rows } = sqlite
    ? await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(schema)
    : await sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(schema);
  const tables = rows.map((row) => row.name).filter((name) => !KEPT.test(name));
  if (!sqlite) {
    const all = sql.join(tables.map((table) => sql.table(table)));
    await sql`TRUNCATE ${all} RESTART IDENTITY CASCADE`.execute(schema);
    return;
  }
  await sql`PRAGMA foreign_keys = OFF`.execute(schema);
  for (const table of tables) await sql`DELETE FROM ${sql.table(table)}`.execute(schema);
  await sql`PRAGMA foreign_keys = ON`.execute(schema);
};

const KEPT = /^(sqlite_|kysely_|item_search|catalog_version)/;
