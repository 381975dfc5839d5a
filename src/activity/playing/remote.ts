import { noteMovie } from '#activity/collections/state-repository.ts';
import { activityAt, keepsPosition, setMark, writtenStates } from '#activity/marks/marking.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { loadSubject, type ScopeState, type Subject, touchedScopes } from '#activity/marks/subject-query.ts';
import { touch } from '#activity/series/state-repository.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Actor } from '#kernel/viewer.ts';
import { addPlay, savePlayState } from './play-repository.ts';
import { judge, takesRegister } from './progress.ts';
import { type Limits, usualLimits } from './thresholds.ts';

/** What a media server tells of one item and account. Only what changed there is told (domain §8). */
export interface RemoteEvent {
  /** It was set watched or unwatched there. Also of a container. */
  watched?: { value: boolean; at: Instant };
  /** Where it was left; below the low threshold: it is not in progress any more. */
  position?: { positionMs: Millis; durationMs?: Millis; at: Instant };
  /** Plays there. `sourceKey` names one, the same each time; `at`: when it was seen last. */
  plays?: readonly { at: Instant; durationMs?: Millis; sourceKey: string; completed: boolean }[];
  /** How often it was played there in all. */
  playCount?: number;
}

/**
 * Records what a media server tells, as done by its account's device user. Applied twice it is the same as once, and
 * the order does not matter. Instants ahead of ours are taken for now. Pointers are derived when they are read.
 * @param limits where positions count
 * @throws AppError `not_found` when there is no such item
 */
export const recordRemoteEvent = async (
  tx: Transaction,
  actor: Actor,
  itemId: MediaItemId,
  event: RemoteEvent,
  now: Instant,
  limits: Limits = usualLimits,
): Promise<void> => {
  await lockScopes(tx, touchedScopes(actor));
  const subject = await loadSubject(tx, actor, null, itemId);
  const told = notAhead(event, now);
  if (told.watched) {
    const mark = { watched: told.watched.value, at: told.watched.at };
    await setMark(tx, actor, null, subject, mark, { now, lazily: true });
  }
  if (isLeaf(subject.item.kind)) await recordPlaying(tx, actor, subject, told, now, limits);
};

const notAhead = (event: RemoteEvent, now: Instant): RemoteEvent => {
  const clamp = <T extends { at: Instant }>(fact: T): T => ({ ...fact, at: Math.min(fact.at, now) });
  return {
    ...event,
    ...(event.watched ? { watched: clamp(event.watched) } : {}),
    ...(event.position ? { position: clamp(event.position) } : {}),
    ...(event.plays ? { plays: event.plays.map(clamp) } : {}),
  };
};

const recordPlaying = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  event: RemoteEvent,
  now: Instant,
  limits: Limits,
): Promise<void> => {
  const completions = await addPlays(tx, actor, subject, event.plays ?? []);
  const more = completions + missingCount(actor, subject, completions, event.playCount ?? 0);
  const register = newestRegister(event, subject, limits);
  if (register.complete) {
    await setMark(tx, actor, null, subject, { watched: true, at: register.at }, { now, lazily: true });
  }
  await savePlaying(tx, actor, subject, register, more, event.plays ?? []);
};

/** Plays completed that were not known. */
const addPlays = async (
  tx: Transaction,
  actor: Actor,
  { item }: Subject,
  plays: NonNullable<RemoteEvent['plays']>,
): Promise<number> => {
  let completions = 0;
  for (const { at, durationMs = null, sourceKey, completed } of plays) {
    const facts = {
      startedAt: at,
      lastAt: at,
      endedAt: at,
      positionMs: null,
      durationMs,
      completed,
      confirmed: true,
      watchedMs: 0,
    };
    const added = await addPlay(tx, actor, item.id, { ...facts, method: null, clientName: null }, sourceKey);
    if (added && completed) completions++;
  }
  return completions;
};

/** What the server counted beyond the plays it can name. */
const missingCount = (actor: Actor, subject: Subject, added: number, told: number): number => {
  const own = subject.scopes.find((state) => state.scopeId === actor.ownScope);
  return Math.max(0, told - (own?.play?.playCount ?? 0) - added);
};

interface RemoteRegister {
  at: Instant;
  positionMs: Millis | null;
  durationMs: Millis | null;
  complete: boolean;
}

/** Before every report. */
const NEVER = 0;

/** The newest of what the event tells of the position; a completed play ends it. */
const newestRegister = (event: RemoteEvent, { item }: Subject, limits: Limits): RemoteRegister => {
  let newest: RemoteRegister = { at: NEVER, positionMs: null, durationMs: null, complete: false };
  for (const { at, durationMs = null, completed } of event.plays ?? []) {
    if (completed && at > newest.at) newest = { at, positionMs: null, durationMs, complete: false };
  }
  const { position } = event;
  if (!position || position.at <= newest.at || !isLeaf(item.kind)) return newest;
  const durationMs = position.durationMs ?? item.runtimeMs;
  const positionMs = Math.max(0, Math.min(Math.round(position.positionMs), durationMs ?? Number.MAX_SAFE_INTEGER));
  const outcome = judge(positionMs, durationMs, limits(item.kind, item.libraryId));
  return {
    at: position.at,
    positionMs: outcome === 'position' ? positionMs : null,
    durationMs,
    complete: outcome === 'complete',
  };
};

/** What is saved of the register and the plays of an event. */
interface Saved extends RemoteRegister {
  completions: number;
  /** When it was played, as far as the event tells. */
  instants: readonly Instant[];
}

const savePlaying = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  register: RemoteRegister,
  completions: number,
  plays: NonNullable<RemoteEvent['plays']>,
): Promise<void> => {
  const instants = [...plays.map((play) => play.at), ...(register.positionMs === null ? [] : [register.at])];
  // A scope in which a newer mark ended the position already keeps none.
  const positionIn = (state: ScopeState) =>
    keepsPosition(state, subject.item, register.at) ? register.positionMs : null;
  for (const [positionMs, states] of Map.groupBy(writtenStates(actor, subject), positionIn)) {
    await saveIn(tx, states, subject, { ...register, positionMs, completions, instants });
  }
};

const saveIn = async (
  tx: Transaction,
  states: readonly ScopeState[],
  { item }: Subject,
  { at, positionMs, durationMs, completions, instants }: Saved,
): Promise<void> => {
  const moved = states.filter(({ play }) => at > NEVER && takesRegister({ reportedAt: at, positionMs }, play));
  if (moved.length === 0 && completions === 0) return;
  await savePlayState(
    tx,
    states.map((state) => state.scopeId),
    item,
    {
      positionMs,
      durationMs,
      at,
      completions,
      firstPlayedAt: instants.length === 0 ? null : Math.min(...instants),
      lastPlayedAt: instants.length === 0 ? null : Math.max(...instants),
    },
  );
  const changed = moved.filter(({ play }) => positionMs !== null || (play && play.positionMs !== null));
  if (changed.length === 0) return;
  const scopes = changed.map((state) => state.scopeId);
  if (item.collected) await noteMovie(tx, scopes, item.id, at);
  if (item.seriesId === null) return;
  await touch(
    tx,
    scopes,
    { series: item.seriesId, library: item.libraryId },
    {
      at: activityAt(changed, item, at),
      stale: true,
      unmarked: false,
      known: changed.every(({ series }) => series !== undefined),
    },
  );
};
