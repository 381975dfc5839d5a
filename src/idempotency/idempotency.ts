import { createHash } from 'node:crypto';
import type { Database } from '#database/database.ts';
import { type Clock, DAY, type Instant, MINUTE, type Millis } from '#kernel/clock.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import type { UserId } from '#kernel/ids.ts';
import {
  complete,
  deleteOldest,
  type KnownKey,
  type Reservation,
  readKey,
  release,
  reserve,
} from './key-repository.ts';

/** A write that its caller gave a name. */
export interface NamedWrite {
  userId: UserId;
  /** The caller's name for it, 1 to 200 characters. Another user's same key is another key. */
  key: string;
  /** Method and address: a key is for one of them. */
  target: string;
  /** As it was parsed; undefined: none. */
  body: unknown;
  /**
   * `unit`: the work is one unit of work, and the key is saved in it, so that no crash comes between. `secret`: its
   * answer is not kept, so that a repetition is refused rather than answered. Else the key is taken first and
   * the answer noted after.
   */
  mode: 'unit' | 'secret' | undefined;
}

/** What a write was answered with. */
export interface Carried {
  status: number;
  /** The body as it was sent; null: none. */
  body: string | null;
}

/** Has writes that are sent again carried out once. What failed did nothing, so its key is free again. */
export interface Idempotency {
  /**
   * Carries a write out, or gives the answer of the first time.
   * @throws AppError `conflict` when the key was used for something else, when the first time still goes on or was
   * broken off, and for a repeated secret; and whatever `work` throws
   */
  once(write: NamedWrite, work: () => Promise<Carried>): Promise<Carried & { repeated: boolean }>;
  /** Deletes what is kept for longer than it has to be, some at a time. @returns how many keys */
  clean(now: Instant): Promise<number>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** How long answers are kept; a day when absent. */
  keepMs?: Millis;
}

/** Keys deleted in one unit of work. */
const BATCH = 500;
/** No request takes longer: what is unanswered after that was broken off. */
const LONGEST_REQUEST = 10 * MINUTE;

export const createIdempotency = ({ database, clock, keepMs = DAY }: Dependencies): Idempotency => ({
  once: async (write, work) => {
    const { userId, key, target } = write;
    const at = clock.now();
    const reservation = { userId, key, target, digest: digestOf(write.body), at };
    return write.mode === 'unit'
      ? inOneUnit(database, reservation, at - keepMs, work)
      : aroundIt(database, reservation, at - keepMs, write.mode === 'secret', work);
  },
  clean: async (now) => {
    let deleted = 0;
    for (;;) {
      const gone = await database.transaction((tx) => deleteOldest(tx, now - keepMs, BATCH));
      deleted += gone;
      if (gone < BATCH) return deleted;
    }
  },
});

type Work = () => Promise<Carried>;

const inOneUnit = (database: Database, reservation: Reservation, over: Instant, work: Work) =>
  database.transaction(async (tx) => {
    if (!(await reserve(tx, reservation, over))) {
      return repeated(reservation, await readKey(tx, reservation.userId, reservation.key), false);
    }
    const carried = await work();
    await complete(tx, reservation, carried);
    return { ...carried, repeated: false };
  });

const aroundIt = async (database: Database, reservation: Reservation, over: Instant, secret: boolean, work: Work) => {
  const known = await database.transaction(async (tx) =>
    (await reserve(tx, reservation, over)) ? null : await readKey(tx, reservation.userId, reservation.key),
  );
  if (known !== null) return repeated(reservation, known, secret);
  const carried = await work().catch(async (error: unknown) => {
    await database.transaction((tx) => release(tx, reservation));
    throw error;
  });
  const kept = secret ? { status: carried.status, body: null } : carried;
  await database.transaction((tx) => complete(tx, reservation, kept));
  return { ...carried, repeated: false };
};

/** @throws AppError `conflict` where there is no answer to give again */
const repeated = (
  asked: Reservation,
  known: KnownKey | undefined,
  secret: boolean,
): Carried & { repeated: boolean } => {
  if (!known) throw goesOn();
  if (known.target !== asked.target || known.digest !== asked.digest) {
    throw conflict('This Idempotency-Key was used for another request. Give each request a key of its own.');
  }
  if (known.status === null) throw asked.at - known.at < LONGEST_REQUEST ? goesOn() : brokenOff();
  if (secret) {
    throw conflict('This was done already, and its answer holds a secret that is shown only once. Use another key.');
  }
  return { status: known.status, body: known.answer, repeated: true };
};

const goesOn = () =>
  new AppError('conflict', 'The first request with this Idempotency-Key still goes on. Ask again in a moment.', {
    retryAfterSeconds: 1,
  });

const brokenOff = () =>
  conflict(
    'The first request with this Idempotency-Key was broken off. Look at what it did, then send it again with another key.',
  );

const digestOf = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('base64url');
