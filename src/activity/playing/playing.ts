import { activityAt, setMark, writtenStates } from '#activity/marks/marking.ts';
import type { ScopeState, Subject } from '#activity/marks/subject-query.ts';
import { touch } from '#activity/series/state-repository.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import { isLeaf, type LeafKind } from '#kernel/media.ts';
import type { Actor } from '#kernel/viewer.ts';
import { type PlaybackEvent, type Sitting, sittingOf } from './play.ts';
import { addPlay, movePlay, savePlayState, sittingsAround } from './play-repository.ts';
import { checkPosition, judge, type Outcome, takesRegister, thresholds } from './progress.ts';

/** Where a player is, at an instant. */
export interface Report {
  positionMs: Millis;
  durationMs: Millis | null;
  at: Instant;
  event: PlaybackEvent;
  method: string | null;
  clientName: string | null;
}

/**
 * Records where someone is in a leaf: the sitting goes on, the position moves if nothing newer is known, and at the end
 * there is a watched mark and one play more. The subject is brought up to date.
 * @returns what the position means
 * @throws AppError `invalid` for a container or a position that cannot be
 */
export const recordReport = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  given: Report,
  now: Instant,
): Promise<Outcome> => {
  const { item } = subject;
  const kind = leafKindOf(subject);
  const report = { ...given, ...checkPosition(given.positionMs, given.durationMs, item.runtimeMs) };
  const outcome = item.tracksProgress ? judge(report.positionMs, report.durationMs, thresholds[kind]) : 'noise';
  const completedNow = await recordSitting(tx, actor, subject, report, outcome);
  if (outcome === 'complete') await setMark(tx, actor, null, subject, { watched: true, at: report.at }, { now });
  // A player that resumes may begin by telling where it was before it sought.
  const begins = outcome === 'noise' && report.event === 'start';
  if (!begins) await movePosition(tx, actor, subject, report, outcome, completedNow);
  return outcome;
};

/** @throws AppError `invalid` when the item is a container */
export const leafKindOf = ({ item }: Subject): LeafKind => {
  if (isLeaf(item.kind)) return item.kind;
  throw invalid(`A ${item.kind} is not played itself; report progress of what is in it.`);
};

/** Whether a play was completed that was not before. */
const recordSitting = async (
  tx: Transaction,
  actor: Actor,
  { item }: Subject,
  report: Report,
  outcome: Outcome,
): Promise<boolean> => {
  const sittings = await sittingsAround(tx, actor.deviceUserId, item.id, report.at);
  const sitting = sittingOf(sittings, { ...report, outcome });
  const completed = outcome === 'complete';
  const { at, durationMs, method, clientName } = report;
  const positionMs = item.tracksProgress ? report.positionMs : null;
  const told = { positionMs, durationMs, method, clientName, endedAt: report.event === 'stop' ? at : null };
  if (!sitting)
    await addPlay(tx, actor, item.id, { ...told, startedAt: at, lastAt: at, completed, confirmed: true, watchedMs: 0 });
  else if (changes(sitting, at, completed))
    await movePlay(tx, sitting.id, movedOn(sitting, { ...told, at, completed }));
  return completed && !sitting?.completed;
};

const changes = (sitting: Sitting, at: Instant, completed: boolean): boolean =>
  at > sitting.lastAt || at < sitting.startedAt || (completed && !sitting.completed);

/** A late report may begin a sitting earlier or complete it; only the newest says where it stands. */
const movedOn = <T extends { at: Instant; positionMs: Millis | null; endedAt: Instant | null; completed: boolean }>(
  sitting: Sitting,
  { at, ...told }: T,
) => ({
  ...told,
  startedAt: Math.min(sitting.startedAt, at),
  lastAt: Math.max(sitting.lastAt, at),
  ...(at >= sitting.lastAt ? {} : { positionMs: sitting.positionMs, endedAt: sitting.endedAt }),
  completed: sitting.completed || told.completed,
  confirmed: true,
  watchedMs: 0,
});

const movePosition = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  { at, positionMs, durationMs }: Report,
  outcome: Outcome,
  completedNow: boolean,
): Promise<void> => {
  const { item } = subject;
  const position = outcome === 'position' ? positionMs : null;
  const states = writtenStates(actor, subject);
  const moved = states.filter(({ play }) => takesRegister({ reportedAt: at, positionMs: position }, registerOf(play)));
  if (moved.length === 0 && !completedNow) return;
  const completions = completedNow ? 1 : 0;
  const scopes = states.map((state) => state.scopeId);
  const change = { positionMs: position, durationMs, at, completions, firstPlayedAt: at, lastPlayedAt: at };
  await savePlayState(tx, scopes, item, change);
  if (outcome !== 'complete') await noteInSeries(tx, moved, subject, at, position);
  for (const state of states) state.play = playAfter(state, at, position, durationMs, completions);
};

const registerOf = (play: ScopeState['play']) => play && { reportedAt: play.reportedAt, positionMs: play.positionMs };

/** A position makes its series newly active; one that is dropped again leaves it to be looked at anew. */
const noteInSeries = async (
  tx: Transaction,
  moved: ScopeState[],
  { item }: Subject,
  at: Instant,
  position: Millis | null,
): Promise<void> => {
  const noted = position === null ? moved.filter(({ play }) => play && play.positionMs !== null) : moved;
  if (item.seriesId === null || noted.length === 0) return;
  await touch(
    tx,
    noted.map((state) => state.scopeId),
    { series: item.seriesId, library: item.libraryId },
    {
      at: activityAt(noted, item, at),
      stale: position === null || noted.some(isOverruled),
      unmarked: false,
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
