import { type Instant, MINUTE, type Millis } from '#kernel/clock.ts';
import type { PlayId } from '#kernel/ids.ts';
import type { Outcome } from './progress.ts';

/** A pause longer than this ends a sitting. */
export const SITTING_GAP = 30 * MINUTE;

export type PlaybackEvent = 'start' | 'progress' | 'pause' | 'stop';

/** A play already recorded, of the same device user and item. */
export interface Sitting {
  id: PlayId;
  startedAt: Instant;
  lastAt: Instant;
  /** null while it goes on. */
  endedAt: Instant | null;
  positionMs: Millis | null;
  completed: boolean;
}

export interface SittingReport {
  at: Instant;
  positionMs: Millis;
  outcome: Outcome;
  event: PlaybackEvent;
}

/**
 * Which sitting a report belongs to; undefined: it begins a new one. A late report goes to the sitting around it, else
 * to the one that ended shortly before, else to the one that began shortly after.
 */
export const sittingOf = (sittings: readonly Sitting[], report: SittingReport): Sitting | undefined =>
  sittings.find((sitting) => sitting.startedAt <= report.at && report.at <= sitting.lastAt) ??
  sittings.find((sitting) => sitting.lastAt < report.at && continues(sitting, report)) ??
  sittings.find((sitting) => report.at < sitting.startedAt && sitting.startedAt - report.at <= SITTING_GAP);

const continues = (sitting: Sitting, report: SittingReport): boolean =>
  report.at - sitting.lastAt <= SITTING_GAP && !(sitting.completed && startsOver(sitting, report));

/** After the end only the credits go on; who starts again or is back in the first half watches it once more. */
const startsOver = (sitting: Sitting, report: SittingReport): boolean =>
  report.outcome !== 'complete' && (report.event === 'start' || report.positionMs * 2 < (sitting.positionMs ?? 0));
