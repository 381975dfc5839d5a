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
  durationMs: Millis | null;
  completed: boolean;
  /** False: only one report came of it, and not from the end. It is no history yet. */
  confirmed: boolean;
  watchedMs: Millis;
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
export const sittingOf = <S extends Sitting>(sittings: readonly S[], report: SittingReport): S | undefined =>
  sittings.find((sitting) => sitting.startedAt <= report.at && report.at <= sitting.lastAt) ??
  sittings.find((sitting) => sitting.lastAt < report.at && continues(sitting, report)) ??
  sittings.find((sitting) => report.at < sitting.startedAt && sitting.startedAt - report.at <= SITTING_GAP);

const continues = (sitting: Sitting, report: SittingReport): boolean =>
  report.at - sitting.lastAt <= SITTING_GAP && !(sitting.completed && startsOver(sitting, report));

/** After the end only the credits go on; who starts again or is back in the first half watches it once more. */
const startsOver = (sitting: Sitting, report: SittingReport): boolean =>
  report.outcome !== 'complete' && (report.event === 'start' || report.positionMs * 2 < (sitting.positionMs ?? 0));

/** What a report says of the play it belongs to. */
export interface Told {
  at: Instant;
  /** null: the source cannot say. */
  positionMs: Millis | null;
  durationMs: Millis | null;
  completed: boolean;
  event: PlaybackEvent;
}

type Played = Omit<Sitting, 'id'>;

/** The play that a report begins. */
export const begun = ({ at, positionMs, durationMs, completed, event }: Told): Played => ({
  startedAt: at,
  lastAt: at,
  endedAt: event === 'stop' ? at : null,
  positionMs,
  durationMs,
  completed,
  confirmed: completed,
  // Told only at its end: then it was seen as long as it is.
  watchedMs: completed ? (durationMs ?? 0) : 0,
});

/** The play after a report that belongs to it; undefined: it says nothing new. The order in which reports come is free. */
export const movedOn = (sitting: Played, told: Told): Played | undefined => {
  const later = told.at > sitting.lastAt;
  const earlier = told.at < sitting.startedAt;
  const completed = sitting.completed || told.completed;
  if (!later && !earlier && completed === sitting.completed) return undefined;
  const durationMs = told.durationMs ?? sitting.durationMs;
  const newest = told.at >= sitting.lastAt;
  return {
    startedAt: Math.min(sitting.startedAt, told.at),
    lastAt: Math.max(sitting.lastAt, told.at),
    endedAt: newest ? (told.event === 'stop' ? told.at : null) : sitting.endedAt,
    positionMs: newest ? told.positionMs : sitting.positionMs,
    durationMs,
    completed,
    confirmed: sitting.confirmed || completed || later || earlier,
    watchedMs: watchedAfter(sitting, told, completed ? durationMs : null),
  };
};

/**
 * The time watched: what the positions advance, at most the time that goes by between reports, so that seeking adds
 * nothing more. A completed play of which no time could be measured was seen as long as it is.
 * @param whole how long it is, if it is completed and that is known
 */
const watchedAfter = (sitting: Played, told: Told, whole: Millis | null): Millis => {
  const assumed = sitting.watchedMs > sitting.lastAt - sitting.startedAt;
  const measured = (assumed ? 0 : sitting.watchedMs) + advance(sitting, told, assumed ? 0 : sitting.watchedMs);
  const onlyEnd = assumed && (told.completed || told.at >= sitting.startedAt);
  return whole !== null && (onlyEnd || measured === 0) ? whole : measured;
};

/** What a report outside of a play's time adds to it. One before it tells how far it had come all in all. */
const advance = (sitting: Played, told: Told, known: Millis): Millis => {
  const gone = Math.max(told.at - sitting.lastAt, sitting.startedAt - told.at, 0);
  if (sitting.positionMs === null || told.positionMs === null) return gone;
  const moved =
    told.at > sitting.lastAt ? told.positionMs - sitting.positionMs : sitting.positionMs - told.positionMs - known;
  return Math.max(0, Math.min(moved, gone));
};
