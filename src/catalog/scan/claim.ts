import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#database/database.ts';
import { type Clock, type Instant, SECOND } from '#kernel/clock.ts';
import { conflict, messageOf } from '#kernel/errors.ts';
import type { ScanFolderId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import { releaseClaim, renewClaim, takeClaim } from './folders-repository.ts';

/** A claim silent for this long is of a process that died: another takes it over. */
const SILENCE = 60 * SECOND;
const BEAT = 15 * SECOND;

interface ClaimDependencies {
  database: Database;
  clock: Clock;
  logger: Logger;
}

/** What the holder of a claim works with. */
export interface Claimed {
  /** Its units of work are refused once the claim is lost. */
  database: Database;
  /** Aborted with the caller's, or when the claim is lost. */
  signal: AbortSignal;
}

/**
 * Does what one process at a time may do with a scan folder. The claim stands in the database, so that a scan from the
 * command line and one of the server exclude each other.
 * @throws AppError `conflict` while another has the claim, or when another took it because this one fell silent
 */
export const withClaim = async <T>(
  { database, clock, logger }: ClaimDependencies,
  id: ScanFolderId,
  given: AbortSignal | undefined,
  work: (claimed: Claimed) => Promise<T>,
): Promise<T> => {
  const claim = randomUUID();
  const now = clock.now();
  if (!(await database.transaction((tx) => takeClaim(tx, id, claim, now, SILENCE)))) throw busy();
  const lost = new AbortController();
  const hold = async (tx: Transaction, at: Instant): Promise<void> => {
    if (!(await renewClaim(tx, id, claim, at))) throw takenOver();
  };
  const beat = (): void => {
    database
      .transaction((tx) => renewClaim(tx, id, claim, clock.now()))
      .then((held) => held || lost.abort(takenOver()))
      .catch((error: unknown) => logger.warn({ folder: id, err: error }, 'Could not keep the claim on a scan folder'));
  };
  const timer = setInterval(beat, BEAT);
  try {
    return await work({
      database: fenced(database, (tx) => hold(tx, clock.now())),
      signal: given ? AbortSignal.any([given, lost.signal]) : lost.signal,
    });
  } finally {
    clearInterval(timer);
    // A claim that cannot be given back falls silent.
    await database
      .transaction((tx) => releaseClaim(tx, id, claim))
      .catch((error: unknown) => logger.warn({ folder: id }, `A scan folder stays claimed: ${messageOf(error)}`));
  }
};

/** Each unit of work first makes sure of the claim, and holds its row until it is saved. */
const fenced = (database: Database, hold: (tx: Transaction) => Promise<void>): Database => ({
  ...database,
  transaction: (work) =>
    database.transaction(async (tx) => {
      await hold(tx);
      return work(tx);
    }),
});

const busy = () =>
  conflict(
    'This folder is being scanned already, here or by another process. Wait for its end; if that one was killed, try again in a minute.',
  );

const takenOver = () =>
  conflict('This scan stood still for more than a minute and another has taken the folder over. Scan it again.');
