import { noteMovie } from '#activity/collections/state-repository.ts';
import { activityAt, keepsPosition, setMark, writtenStates } from '#activity/marks/marking.ts';
import type { ScopeState, Subject } from '#activity/marks/subject-query.ts';
import { touch } from '#activity/series/state-repository.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import type { PlayId } from '#kernel/ids.ts';
import { isLeaf, type LeafKind } from '#kernel/media.ts';
import type { Actor } from '#kernel/viewer.ts';
import { begun, movedOn, type PlaybackEvent, sittingOf } from './play.ts';
import { addPlay, movePlay, movePlayState, savePlayState, sittingsAround } from './play-repository.ts';
import { checkCredits, checkPosition, judge, type Outcome, type Thresholds, takesRegister } from './progress.ts';

/** Where a player is, at an instant. */
export interface Report {
  positionMs: Millis;
  durationMs: Millis | null;
  /** Where the credits begin; null: not known. */
  creditsStartMs: Millis | null;
  at: Instant;
  event: PlaybackEvent;
  method: string | null;
  clientName: string | null;
}

/** What became of a report. */
export interface Recorded {
  /** What its position means. */
  outcome: Outcome;
  play: PlayNow;
}

/** The play that a report belongs to, after it. */
export interface PlayNow {
  id: PlayId;
  completed: boolean;
  /** False: another report has to confirm it before it is history. */
  confirmed: boolean;
  /** Whether this report completed it … */
  completedNow: boolean;
  /** … and whether it made it history. */
  confirmedNow: boolean;
}

/**
 * Records where someone is in a leaf: the sitting goes on, the position moves if nothing newer is known, and at the end
 * there is a watched mark and one play more. The subject is brought up to date.
 * @param limits what holds for the item
 * @throws AppError `invalid` for a container or a position that cannot be
 */
export const recordReport = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  given: Report,
  { limits, now }: { limits: Thresholds; now: Instant },
): Promise<Recorded> => {
  const { item } = subject;
  leafKindOf(subject);
  const checked = checkPosition(given.positionMs, given.durationMs, item.runtimeMs);
  const credits = checkCredits(given.creditsStartMs, checked.durationMs);
  const report = { ...given, ...checked };
  const outcome = item.tracksProgress ? judge(report.positionMs, report.durationMs, limits, credits) : 'noise';
  const play = await recordSitting(tx, actor, subject, report, outcome);
  if (outcome === 'complete') {
    const on = actor.deviceUserId;
    await setMark(tx, actor, null, subject, { watched: true, at: report.at }, { now, on });
  }
  // A player that resumes may begin by telling where it was before it sought.
  const begins = outcome === 'noise' && report.event === 'start';
  if (!begins) await movePositions(tx, actor, subject, report, outcome, play.completedNow);
  return { outcome, play };
};

/** @throws AppError `invalid` when the item is a container */
export const leafKindOf = ({ item }: Subject): LeafKind => {
  if (isLeaf(item.kind)) return item.kind;
  throw invalid(`This ${item.kind} is not played itself; report progress of what is in it.`);
};

const recordSitting = async (
  tx: Transaction,
  actor: Actor,
  { item }: Subject,
  report: Report,
  outcome: Outcome,
): Promise<PlayNow> => {
  const { at, durationMs, event, method, clientName } = report;
  const positionMs = item.tracksProgress ? report.positionMs : null;
  const told = { at, positionMs, durationMs, completed: outcome === 'complete', event };
  const sitting = sittingOf(await sittingsAround(tx, actor.deviceUserId, item.id, at), { ...report, outcome });
  const after = sitting ? movedOn(sitting, told) : begun(told);
  const { completed, confirmed } = after ?? sitting ?? begun(told);
  const completedNow = completed && !sitting?.completed;
  const confirmedNow = confirmed && !sitting?.confirmed;
  if (after && sitting) await movePlay(tx, sitting, { ...after, method, clientName });
  const id = sitting?.id ?? (after && (await addPlay(tx, actor, item.id, { ...after, method, clientName })));
  if (id === undefined) throw new Error('A play without a source key was not added.');
  return { id, completed, confirmed, completedNow, confirmedNow };
};

const movePositions = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  report: Report,
  outcome: Outcome,
  completedNow: boolean,
): Promise<void> => {
  const told = outcome === 'position' ? report.positionMs : null;
  // A scope in which a newer mark ended the position already keeps none.
  const positionIn = (state: ScopeState) => (keepsPosition(state, subject.item, report.at) ? told : null);
  for (const [position, states] of Map.groupBy(writtenStates(actor, subject), positionIn)) {
    await movePosition(tx, states, subject, report, position, { completedNow, watched: outcome === 'complete' });
  }
};

/** @param position null: not in progress */
const movePosition = async (
  tx: Transaction,
  states: ScopeState[],
  subject: Subject,
  { at, durationMs }: Report,
  position: Millis | null,
  { completedNow, watched }: { completedNow: boolean; watched: boolean },
): Promise<void> => {
  const moved = states.filter(({ play }) => takesRegister({ reportedAt: at, positionMs: position }, registerOf(play)));
  if (moved.length === 0 && !completedNow) return;
  const completions = completedNow ? 1 : 0;
  const scopes = states.map((state) => state.scopeId);
  const change = { positionMs: position, durationMs, at, completions, firstPlayedAt: at, lastPlayedAt: at };
  const allMove = moved.length === states.length && states.every(({ play }) => play !== undefined);
  if (allMove) await movePlayState(tx, scopes, subject.item.id, change);
  else await savePlayState(tx, scopes, subject.item, change);
  if (!watched) await noteInSeries(tx, moved, subject, at, position);
  for (const state of states) state.play = playAfter(state, at, position, durationMs, completions);
};

const registerOf = (play: ScopeState['play']) => play && { reportedAt: play.reportedAt, positionMs: play.positionMs };

/** A position makes its series, or its collections, newly active; one that is dropped again leaves it to be looked at anew. */
const noteInSeries = async (
  tx: Transaction,
  moved: ScopeState[],
  { item }: Subject,
  at: Instant,
  position: Millis | null,
): Promise<void> => {
  const noted = position === null ? moved.filter(({ play }) => play && play.positionMs !== null) : moved;
  if (noted.length === 0) return;
  const scopes = noted.map((state) => state.scopeId);
  if (item.collected) await noteMovie(tx, scopes, item.id, at);
  if (item.seriesId === null) return;
  await touch(
    tx,
    scopes,
    { series: item.seriesId, library: item.libraryId },
    {
      at: activityAt(noted, item, at),
      stale: position === null || noted.some(isOverruled),
      unmarked: false,
      known: noted.every(({ series }) => series !== undefined),
    },
  );
};

/** Whether a mark on the library is newer than what is known of the series: where it leaves one is not known yet. */
const isOverruled = ({ series, library }: ScopeState): boolean =>
  library !== undefined && (series === undefined || series.activityAt < library.at);

const playAfter = (
  { play }: ScopeState,
  at: Instant,
  positionMs: Millis | null,
  durationMs: Millis | null,
  completions: number,
): ScopeState['play'] => {
  const takes = takesRegister({ reportedAt: at, positionMs }, registerOf(play));
  return {
    positionMs: takes ? positionMs : (play?.positionMs ?? null),
    durationMs: (takes ? durationMs : null) ?? play?.durationMs ?? durationMs,
    reportedAt: Math.max(at, play?.reportedAt ?? at),
    playCount: (play?.playCount ?? 0) + completions,
    lastPlayedAt: Math.max(at, play?.lastPlayedAt ?? at),
  };
};
