import { DAY, type Instant, MINUTE } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';

/** How far a caller's clock may run ahead of ours. */
const SKEW = 5 * MINUTE;
/** 1980-01-01: nothing was recorded by anyone before; an earlier instant is a clock that was never set. */
const EARLIEST = 3652 * DAY;

/**
 * The instant at which something told now happened.
 * @param given what the caller says; one slightly ahead of us is taken for now, so that it cannot beat what follows
 * @param newest of what is known already: who gives no instant means "after all that"
 * @throws AppError `invalid` when it lies in the future or before all recording
 */
export const instantOf = (given: Instant | undefined, now: Instant, newest: Instant | undefined): Instant => {
  if (given === undefined) return newest === undefined || newest < now ? now : newest + 1;
  if (!Number.isSafeInteger(given) || given < EARLIEST) throw fault('is not an instant at which something was watched');
  if (given > now + SKEW) throw fault('lies in the future; check the clock of the device');
  return Math.min(given, now);
};

/** @throws AppError `invalid` for a period that ends before it begins; of instants, or of days as numbers */
export const checkPeriod = (from: number | null | undefined, to: number | null | undefined): void => {
  if ((from ?? null) === null || (to ?? null) === null || (to as number) >= (from as number)) return;
  throw invalid('The period ends before it begins.', [{ path: 'to', message: 'is before from' }]);
};

const fault = (message: string) => invalid(`The instant ${message}.`, [{ path: 'at', message }]);
