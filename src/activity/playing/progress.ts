import { type Instant, MINUTE, type Millis, SECOND } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import type { LeafKind } from '#kernel/media.ts';

/** Where a position counts (domain §5). */
export interface Thresholds {
  /** Below this share of the whole a position is noise … */
  lowShare: number;
  /** … and below this long: what holds where the whole is short or unknown. */
  lowMs: Millis;
  /** From this share on the play is complete. */
  highShare: number;
  /** From this position on it is, however long the whole; null: only the share counts. */
  highMs: Millis | null;
}

const film: Thresholds = { lowShare: 0.05, lowMs: MINUTE, highShare: 0.9, highMs: null };

/** Music counts as played after half of it or four minutes, as scrobblers have it. */
export const thresholds: Record<LeafKind, Thresholds> = {
  movie: film,
  episode: film,
  stream: film,
  track: { lowShare: 0.05, lowMs: MINUTE, highShare: 0.5, highMs: 4 * MINUTE },
};

export type Outcome = 'noise' | 'position' | 'complete';

/**
 * What a position means. A position below either low threshold is noise, unless it is complete already.
 * @param creditsStartMs where the credits begin, if that is known: inside them all has been seen
 */
export const judge = (
  positionMs: Millis,
  durationMs: Millis | null,
  limits: Thresholds,
  creditsStartMs: Millis | null = null,
): Outcome => {
  if (creditsStartMs !== null && positionMs >= creditsStartMs) return 'complete';
  if (limits.highMs !== null && positionMs >= limits.highMs) return 'complete';
  if (durationMs !== null && durationMs > 0 && positionMs >= durationMs * limits.highShare) return 'complete';
  const low = Math.max(limits.lowMs, (durationMs ?? 0) * limits.lowShare);
  return positionMs < low ? 'noise' : 'position';
};

/** Players stop a little after the end they told. */
const REPORTED_SLACK = { ms: 10 * SECOND, share: 0.02 };
/** The running time in the catalog is often that of another cut, or rounded. */
const CATALOG_SLACK = { ms: 5 * MINUTE, share: 0.25 };

/**
 * Checks a reported position against the end.
 * @param reported the duration that came with it
 * @param runtimeMs the item's, from the catalog; used when none was reported
 * @returns position and duration as whole milliseconds, the position not beyond the end
 * @throws AppError `invalid` for what cannot be a position in this recording
 */
export const checkPosition = (
  positionMs: number,
  reported: number | null,
  runtimeMs: Millis | null,
): { positionMs: Millis; durationMs: Millis | null } => {
  if (!(Number.isFinite(positionMs) && positionMs >= 0)) throw fault('positionMs', 'must be 0 or more');
  if (reported !== null && !(Number.isFinite(reported) && reported > 0)) {
    throw fault('durationMs', 'must be more than 0');
  }
  const end = reported ?? (runtimeMs !== null && runtimeMs > 0 ? runtimeMs : null);
  const slack = reported === null ? CATALOG_SLACK : REPORTED_SLACK;
  if (end !== null && positionMs > end + Math.max(slack.ms, end * slack.share)) {
    throw fault('positionMs', `lies beyond the end (${Math.round(end)} ms)`);
  }
  return {
    positionMs: Math.round(end === null ? positionMs : Math.min(positionMs, end)),
    durationMs: end === null ? null : Math.round(end),
  };
};

/**
 * Checks where the credits are said to begin.
 * @throws AppError `invalid` when that is not in the second half of the recording, or its length is not known
 */
export const checkCredits = (creditsStartMs: number | null, durationMs: Millis | null): Millis | null => {
  if (creditsStartMs === null) return null;
  if (durationMs === null) throw creditsFault('needs a durationMs beside it');
  if (!(creditsStartMs * 2 >= durationMs && creditsStartMs <= durationMs)) {
    throw creditsFault('must lie in the second half');
  }
  return Math.round(creditsStartMs);
};

const creditsFault = (message: string) =>
  invalid(`The start of the credits ${message}.`, [{ path: 'creditsStartMs', message }]);

/** The register of a scope and leaf: what the newest report said. */
export interface Register {
  reportedAt: Instant;
  /** null: not in progress. */
  positionMs: Millis | null;
}

/**
 * Whether a report takes the register: an older one never does. Of equal instants the end wins, then the further
 * position, so that the order of arrival does not matter.
 */
export const takesRegister = (report: Register, register: Register | undefined): boolean => {
  if (register === undefined || report.reportedAt !== register.reportedAt) {
    return register === undefined || report.reportedAt > register.reportedAt;
  }
  if (report.positionMs === null || register.positionMs === null) return register.positionMs !== null;
  return report.positionMs > register.positionMs;
};

const fault = (path: string, message: string) =>
  invalid(`The ${path === 'positionMs' ? 'position' : 'duration'} ${message}.`, [{ path, message }]);
