import type { Mark } from '#activity/marks/watched.ts';
import type { Instant } from '#kernel/clock.ts';
import type { Counts, PlayFacts, Register, SaidFact } from './entry.ts';

/** What a change was, as its set remembers it; null: nothing was there. */
interface Change<T> {
  before: T | null;
  after: T | null;
}

/** What there is to be once a change is taken back, and whether it could be. */
export interface Reversal<T> {
  value: T | null;
  /** False: something changed it since, and that stays. */
  restored: boolean;
}

/** A mark goes back when it is still the one that was set. */
export const reverseMark = (change: Change<Mark>, now: Mark | null): Reversal<Mark> =>
  reverse(change, now, (one, other) => one.watched === other.watched && one.at === other.at);

/** A position goes back when nothing was reported since. */
export const reverseRegister = (change: Change<Register>, now: Register | null): Reversal<Register> =>
  reverse(change, now, (one, other) => one.positionMs === other.positionMs && one.reportedAt === other.reportedAt);

/** What was said goes back when nothing was said since. */
export const reverseSaid = (change: Change<SaidFact>, now: SaidFact | null): Reversal<SaidFact> =>
  reverse(change, now, (one, other) => one.value === other.value && one.at === other.at);

/** A play goes back when it was not corrected since. Its end may have moved on. */
export const reversePlay = (change: Change<PlayFacts>, now: PlayFacts | null): Reversal<PlayFacts> =>
  reverse(
    change,
    now,
    (one, other) =>
      one.startedAt === other.startedAt && one.completed === other.completed && one.precision === other.precision,
  );

/** Counts add up, so what a set added is taken away again whatever was played since. */
export const reverseCounts = ({ before, after }: Change<Counts>, now: Counts | null): Reversal<Counts> => {
  const count = Math.max(0, (now?.count ?? 0) - ((after?.count ?? 0) - (before?.count ?? 0)));
  const firstAt = reverseEnd(before?.firstAt, after?.firstAt, now?.firstAt, Math.min);
  const lastAt = reverseEnd(before?.lastAt, after?.lastAt, now?.lastAt, Math.max);
  const nothing = before === null && count === 0 && firstAt === null && lastAt === null;
  return { value: nothing ? null : { count, firstAt, lastAt }, restored: true };
};

const reverse = <T>({ before, after }: Change<T>, now: T | null, same: (one: T, other: T) => boolean): Reversal<T> => {
  const untouched = now === null || after === null ? now === after : same(now, after);
  return untouched ? { value: before, restored: true } : { value: now, restored: false };
};

/** The first or last of the plays: what the set made of it goes, what was played since stays. */
const reverseEnd = (
  before: Instant | null | undefined,
  after: Instant | null | undefined,
  now: Instant | null | undefined,
  furthest: (one: Instant, other: Instant) => Instant,
): Instant | null => {
  if ((now ?? null) === (after ?? null)) return before ?? null;
  if (now === null || now === undefined) return before ?? null;
  return before === null || before === undefined ? now : furthest(before, now);
};
