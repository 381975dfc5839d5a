import { type Mark, overrules } from '#activity/marks/watched.ts';
import type { Instant } from '#kernel/clock.ts';
import type { Counts, PlayFacts } from './entry.ts';

/** A play that was corrected; null: it is not in the history. */
export interface Correction {
  before: PlayFacts | null;
  after: PlayFacts | null;
}

/** What one device knows of a leaf beside its plays. */
export interface Known {
  mark: Mark | null;
  counts: Counts | null;
}

/**
 * What follows for a leaf from corrections of its plays on one device.
 *
 * A watched mark that lies within a play that was completed was made by it: it goes to the newest completed play that is
 * left, or away, so that what is above decides again. A play that is completed now makes its mark where nothing newer is.
 * Counts that came without plays, as imports bring them, stay.
 * @param left all plays of the leaf on that device that are in the history after the corrections
 */
export const consequences = (known: Known, corrections: readonly Correction[], left: readonly PlayFacts[]): Known => ({
  mark: markAfter(known.mark, corrections, left),
  counts: countsAfter(known.counts, corrections, left),
});

const markAfter = (mark: Mark | null, corrections: readonly Correction[], left: readonly PlayFacts[]): Mark | null => {
  const made = mark?.watched && corrections.some(({ before }) => before?.completed && within(mark.at, before));
  const completed = made ? left.filter((play) => play.completed) : corrections.flatMap(newlyCompleted);
  if (completed.length === 0) return made ? null : mark;
  const candidate = { watched: true, at: Math.max(...completed.map((play) => play.lastAt)) };
  return made || overrules(candidate, mark ?? undefined) ? candidate : mark;
};

const newlyCompleted = ({ before, after }: Correction): PlayFacts[] =>
  after?.completed && !(before?.completed && before.lastAt === after.lastAt) ? [after] : [];

const countsAfter = (
  counts: Counts | null,
  corrections: readonly Correction[],
  left: readonly PlayFacts[],
): Counts | null => {
  const { count, firstAt, lastAt } = counts ?? { count: 0, firstAt: null, lastAt: null };
  const before = corrections.flatMap((correction) => correction.before ?? []);
  const dated = left.filter((play) => play.precision !== 'unknown');
  const told = corrections.flatMap(({ after }) => (after && after.precision !== 'unknown' ? [after] : []));
  const completions = corrections.reduce((sum, one) => sum + ended(one.after) - ended(one.before), 0);
  const owned = (at: Instant) => before.some((play) => within(at, play));
  const starts = (firstAt === null || owned(firstAt) ? dated : told).map((play) => play.startedAt);
  const ends = (lastAt === null || owned(lastAt) ? dated : told).map((play) => play.lastAt);
  const after = {
    count: Math.max(0, count + completions),
    firstAt: furthest([...starts, ...(firstAt === null || owned(firstAt) ? [] : [firstAt])], Math.min),
    lastAt: furthest([...ends, ...(lastAt === null || owned(lastAt) ? [] : [lastAt])], Math.max),
  };
  return counts === null && after.count === 0 && after.firstAt === null && after.lastAt === null ? null : after;
};

const ended = (play: PlayFacts | null): number => (play?.completed ? 1 : 0);

const within = (at: Instant, { startedAt, lastAt }: PlayFacts): boolean => startedAt <= at && at <= lastAt;

const furthest = (instants: readonly Instant[], of: (...values: Instant[]) => Instant): Instant | null =>
  instants.length === 0 ? null : of(...instants);
