import { UNDO_MS } from '#activity/changes/changes.ts';
import type { AnnounceReset } from '#activity/events/announce.ts';
import { pruneDominated } from '#activity/marks/pruning.ts';
import { judge } from '#activity/playing/progress.ts';
import type { LibraryLimits } from '#activity/playing/thresholds.ts';
import type { Database, Transaction } from '#database/database.ts';
import { type Clock, DAY, type Instant, MINUTE, type Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { createLease } from './lease.ts';
import { dropDeleted, dropProvisional, dropSets } from './leftover-repository.ts';
import { type After, openPositions, START, STEP } from './position-query.ts';
import { type Judged, settlePositions } from './settle-positions.ts';

/** What was cleaned up, in numbers. */
export interface Cleaned {
  /** Positions below the low threshold, dropped … */
  dropped: number;
  /** … and at the end, by which their leaves became watched. */
  watched: number;
  /** Plays of which one report came, and no other for a day. */
  provisional: number;
  /** Plays that were taken out of a history too long ago to come back. */
  plays: number;
  /** Change sets too old to be taken back. */
  changes: number;
  /** Marks that newer ones above them overrule. */
  marks: number;
  /** Answers to requests that were kept in case they are sent again. */
  keys: number;
  /** What media servers sent, and what runs decided, that nobody needs any more. */
  synced: number;
}

/**
 * Takes away what nobody needs any more (domain §5), and judges positions by today's thresholds. What devices that are
 * gone left behind is history like any other, and stays.
 */
export interface Cleaning {
  /**
   * Cleans up, a few hundred rows at a time, so that whoever writes hardly waits. It may be broken off anywhere.
   * @returns null when another process is at it
   */
  run(signal: AbortSignal): Promise<Cleaned | null>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  thresholds: LibraryLimits;
  /** Names this process among those on the same database. */
  holder: string;
  /** How long changes can be taken back. */
  undoMs?: Millis;
  /** Has statistics count out what was deleted; false: there is more to do. */
  settle?: () => Promise<boolean>;
  /** Deletes keys of requests that are over. @returns how many */
  keys?: (now: Instant) => Promise<number>;
  /** Deletes old deliveries of media servers and old decisions of runs. @returns how many */
  synced?: (now: Instant) => Promise<number>;
  /** Told whose positions changed. */
  announce?: AnnounceReset;
}

/** A process that died does not keep others from cleaning for longer. */
const LEASE_MS = 5 * MINUTE;
/** After this a play of which one report came is noise. */
const PROVISIONAL_MS = DAY;

export const createCleaning = (dependencies: Dependencies): Cleaning => {
  const { database, clock, holder, undoMs = UNDO_MS } = dependencies;
  const lease = createLease(database, 'cleaning', holder, LEASE_MS);
  return {
    run: async (signal) => {
      if (!(await lease.hold(clock.now()))) return null;
      const goesOn = async () => !signal.aborted && (await lease.hold(clock.now()));
      const repeat = (step: (tx: Transaction, now: Instant) => Promise<number>) =>
        repeated(goesOn, () => database.transaction((tx) => step(tx, clock.now())));
      try {
        const positions = await judgePositions(dependencies, goesOn);
        const provisional = await repeat((tx, now) => dropProvisional(tx, now - PROVISIONAL_MS));
        while ((await goesOn()) && dependencies.settle && !(await dependencies.settle()));
        const plays = await repeat((tx, now) => dropDeleted(tx, now - undoMs));
        const changes = await repeat((tx, now) => dropSets(tx, now - undoMs));
        const marks = await pruneAll(database, clock.now() - undoMs, goesOn);
        const keys = (await goesOn()) ? ((await dependencies.keys?.(clock.now())) ?? 0) : 0;
        const synced = (await goesOn()) ? ((await dependencies.synced?.(clock.now())) ?? 0) : 0;
        return { ...positions, provisional, plays, changes, marks, keys, synced };
      } finally {
        await lease.release();
      }
    },
  };
};

/** Does a step until it finds nothing more to do. */
const repeated = async (goesOn: () => Promise<boolean>, step: () => Promise<number>): Promise<number> => {
  let all = 0;
  while (await goesOn()) {
    const some = await step();
    if (some === 0) break;
    all += some;
  }
  return all;
};

const judgePositions = async (
  { database, thresholds, announce = () => {} }: Dependencies,
  goesOn: () => Promise<boolean>,
): Promise<Pick<Cleaned, 'dropped' | 'watched'>> => {
  const found = { dropped: 0, watched: 0 };
  let after: After = START;
  while (await goesOn()) {
    const limits = await thresholds.limits(database.read);
    const positions = await openPositions(database.read, after);
    const judged = positions.flatMap((position): Judged[] => {
      const { positionMs, durationMs, kind, library } = position;
      const outcome = judge(positionMs, durationMs, limits(kind, library));
      return outcome === 'position' ? [] : [{ ...position, outcome }];
    });
    for (const [user, ofUser] of Map.groupBy(judged, (position) => position.user)) {
      await database.transaction(async (tx) => {
        await settlePositions(tx, user, ofUser);
        for (const scope of await scopesOf(tx, user)) announce(user, scope);
      });
    }
    for (const { outcome } of judged) found[outcome === 'complete' ? 'watched' : 'dropped']++;
    const last = positions.at(-1);
    if (!last || positions.length < STEP) break;
    after = { scope: last.scope, reportedAt: last.reportedAt, item: last.item };
  }
  return found;
};

const scopesOf = async (tx: Transaction, user: Judged['user']) =>
  (await tx.selectFrom('scopes').select('id').where('user_id', '=', user).execute()).map((row) => row.id);

const pruneAll = async (database: Database, olderThan: Instant, goesOn: () => Promise<boolean>): Promise<number> => {
  const scopes = await database.read.selectFrom('scopes').select('id').orderBy('id').execute();
  let pruned = 0;
  for (const { id } of scopes) pruned += await pruneScope(database, id, olderThan, goesOn);
  return pruned;
};

const pruneScope = async (
  database: Database,
  scope: ScopeId,
  olderThan: Instant,
  goesOn: () => Promise<boolean>,
): Promise<number> => {
  let pruned = 0;
  let after: MediaItemId | null = null;
  while (await goesOn()) {
    const from: MediaItemId | null = after;
    const step: PruneStep = await database.transaction((tx) => pruneDominated(tx, scope, olderThan, from));
    pruned += step.pruned;
    after = step.next;
    if (after === null) break;
  }
  return pruned;
};

type PruneStep = Awaited<ReturnType<typeof pruneDominated>>;
