import { sql } from 'kysely';
import type { Database, Reader, Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import { calendarOf } from '#kernel/calendar.ts';
import type { Instant } from '#kernel/clock.ts';
import type { PlayId, UserId } from '#kernel/ids.ts';
import { changeCounters, saveShares, takeAfter, takeUnsettled } from './counter-repository.ts';
import { type CountedPlay, changesOf, shareOf } from './counting.ts';
import { recountAgain } from './recount-repository.ts';

/** Plays counted in one unit of work: some ten milliseconds of it. */
const BATCH = 500;
/** Batches for which a reader waits; more than that a first import brings, and is counted beside. */
const READER_WAITS_FOR = 40;

/** Brings the counters up to the plays. */
export interface Settling {
  /**
   * Counts what a user's plays became since they were counted last; all of them where the user moved to another time
   * zone. May be broken off anywhere and goes on where it was.
   * @returns whether nothing is left to be counted; false when `batches` were not enough
   */
  settle(user: UserId, batches?: number): Promise<boolean>;
  /**
   * Settles whoever has something to be counted, some time at most: for a timer.
   * @returns whether nothing is left
   */
  settleSome(batches?: number): Promise<boolean>;
  /** Counts all plays of a user from nothing, in one unit of work: for a database that was damaged. */
  rebuild(user: UserId): Promise<void>;
}

/** @param batch plays counted in one unit of work */
export const createSettling = (database: Database, batch = BATCH): Settling => {
  const settle = async (user: UserId, batches = READER_WAITS_FOR): Promise<boolean> => {
    const [standing] = await standingOf(database.read, { user });
    if (!standing || !isBehind(standing)) return true;
    for (let turn = 0; turn < batches; turn++) {
      if (await database.transaction((tx) => settleBatch(tx, user, batch))) return true;
    }
    return false;
  };
  return {
    settle,
    settleSome: async (batches = 200) => {
      const users = await behind(database.read, {});
      for (const { id } of users) if (!(await settle(id, batches))) return false;
      return users.length < MOST_USERS;
    },
    rebuild: async (user) => {
      while (!(await settle(user)));
      await database.transaction((tx) => recountAgain(tx, user));
    },
  };
};

interface Standing {
  zone: string;
  countedZone: string | null;
  /** The play up to which all was counted anew in that zone; null: it is done. */
  at: Instant | null;
  playId: PlayId | null;
  unsettled: number;
}

const isBehind = ({ zone, countedZone, at, unsettled }: Standing): boolean =>
  unsettled === 1 || at !== null || (countedZone !== null && countedZone !== zone);

/** @returns whether nothing is left */
const settleBatch = async (tx: Transaction, user: UserId, batch: number): Promise<boolean> => {
  const [standing] = await holdStanding(tx, { user });
  if (!standing) return true;
  if (standing.countedZone !== standing.zone) {
    const first = standing.countedZone === null;
    await saveStanding(tx, user, standing.zone, first ? null : BEFORE_ALL);
    return false;
  }
  const unsettled = await takeUnsettled(tx, user, batch);
  await count(tx, unsettled, standing.zone);
  if (unsettled.length === batch) return false;
  return standing.at === null || standing.playId === null
    ? true
    : countAnew(tx, user, standing.zone, { at: standing.at, id: standing.playId }, batch);
};

const BEFORE_ALL = { at: Number.MIN_SAFE_INTEGER, id: 0 };

const countAnew = async (
  tx: Transaction,
  user: UserId,
  zone: string,
  from: { at: Instant; id: number },
  batch: number,
): Promise<boolean> => {
  const plays = await takeAfter(tx, user, from, batch);
  await count(tx, plays, zone);
  const last = plays.at(-1);
  const isDone = plays.length < batch || !last;
  await saveStanding(tx, user, zone, isDone ? null : { at: last.startedAt, id: last.id });
  return isDone;
};

const count = async (tx: Transaction, plays: readonly CountedPlay[], zone: string): Promise<void> => {
  if (plays.length === 0) return;
  const calendar = calendarOf(zone);
  const shares = plays.map((play) => ({ ...play, now: shareOf(play, calendar) }));
  await changeCounters(tx, changesOf(shares));
  await saveShares(tx, shares);
};

const saveStanding = async (tx: Transaction, user: UserId, zone: string, from: { at: Instant; id: number } | null) => {
  const row = { time_zone: zone, at: from?.at ?? null, play_id: (from?.id ?? null) as PlayId | null };
  await tx
    .insertInto('watch_recounts')
    .values({ user_id: user, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
};

const standing = (db: Reader) =>
  db
    .selectFrom('users as u')
    .leftJoin('watch_recounts as r', 'r.user_id', 'u.id')
    .select(['u.time_zone as zone', 'r.time_zone as countedZone', 'r.at', 'r.play_id as playId'])
    .select(
      sql<number>`CASE WHEN EXISTS (SELECT 1 FROM plays AS p WHERE p.user_id = u.id AND p.unsettled = 1)
        THEN 1 ELSE 0 END`.as('unsettled'),
    );

const standingOf = prepare<{ user: UserId }>()((db, value) => standing(db).where('u.id', '=', value('user')));

/** One counts for a user at a time; reports go on meanwhile. */
const holdStanding = prepare<{ user: UserId }>()((db, value, dialect) => {
  const query = standing(db).where('u.id', '=', value('user'));
  return dialect.name === 'postgres' ? query.forNoKeyUpdate('u') : query;
});

const MOST_USERS = 100;

const behind = prepare<object>()((db) =>
  db
    .selectFrom('users as u')
    .leftJoin('watch_recounts as r', 'r.user_id', 'u.id')
    .select('u.id')
    .where(
      sql<boolean>`(EXISTS (SELECT 1 FROM plays AS p WHERE p.user_id = u.id AND p.unsettled = 1)
        OR r.at IS NOT NULL OR r.time_zone <> u.time_zone)`,
    )
    .orderBy('u.id')
    .limit(MOST_USERS),
);
