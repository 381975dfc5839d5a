import type { EntryOf } from '#activity/changes/entry.ts';
import { noteMovie } from '#activity/collections/state-repository.ts';
import { activityAt, keepsPosition, setMark, writtenStates } from '#activity/marks/marking.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { loadSubject, type ScopeState, type Subject, touchedScopes } from '#activity/marks/subject-query.ts';
import { decidingMark } from '#activity/marks/watched.ts';
import { type RemoteOpinion, recordRemoteOpinion } from '#activity/opinions/remote-opinion.ts';
import { touch } from '#activity/series/state-repository.ts';
import type { Transaction } from '#database/database.ts';
import { type Instant, type Millis, SECOND } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Actor } from '#kernel/viewer.ts';
import { type LoggedPlay, recordLoggedPlays } from './logged-play.ts';
import { savePlayState } from './play-repository.ts';
import { judge, takesRegister } from './progress.ts';
import { type Limits, usualLimits } from './thresholds.ts';

/** What a media server tells of one item and account. Only what changed there is told (domain §8). */
export interface RemoteEvent {
  /** It was set watched or unwatched there. Also of a container. */
  watched?: { value: boolean; at: Instant };
  /** Where it was left; below the low threshold: it is not in progress any more. */
  position?: { positionMs: Millis; durationMs?: Millis; at: Instant };
  /** Plays there. One that tells of a sitting which is known already adds none. */
  plays?: readonly LoggedPlay[];
  /** How often it was played there in all. */
  playCount?: number;
  /** That count may hold plays of others which are known: only what it has beyond those is new. */
  mirrored?: boolean;
  /** So many it counted before, under another id. */
  countedBefore?: number;
  /** How many times more than was told before. What the plays above account for is not counted again. */
  morePlays?: number;
  /** What its account's user thinks of it. Also of a container. */
  opinion?: RemoteOpinion;
}

/**
 * Records what a media server tells, as done by its account's device user. Applied twice it is the same as once, but for
 * `morePlays`, and the order does not matter. Instants ahead of ours are taken for now. Pointers are derived when they are
 * read.
 * @param limits where positions count
 * @returns what became different of opinions, for a change set: the rest can be seen by who compares
 * @throws AppError `not_found` when there is no such item
 */
export const recordRemoteEvent = async (
  tx: Transaction,
  actor: Actor,
  itemId: MediaItemId,
  event: RemoteEvent,
  now: Instant,
  limits: Limits = usualLimits,
): Promise<EntryOf<'said'>[]> => {
  await lockScopes(tx, touchedScopes(actor));
  const subject = await loadSubject(tx, actor, null, itemId);
  const told = mirrorOf(subject, notAhead(event, now));
  const beyond = uncounted(actor, subject, told);
  if (told.watched) {
    const mark = { watched: told.watched.value, at: told.watched.at };
    await setMark(tx, actor, null, subject, mark, { now, lazily: true });
  }
  if (isLeaf(subject.item.kind)) await recordPlaying(tx, actor, subject, told, beyond, now, limits);
  return told.opinion ? recordRemoteOpinion(tx, actor, itemId, told.opinion) : [];
};

const notAhead = (event: RemoteEvent, now: Instant): RemoteEvent => {
  const clamp = <T extends { at: Instant }>(fact: T): T => ({ ...fact, at: Math.min(fact.at, now) });
  return {
    ...event,
    ...(event.watched ? { watched: clamp(event.watched) } : {}),
    ...(event.position ? { position: clamp(event.position) } : {}),
    ...(event.plays ? { plays: event.plays.map(clamp) } : {}),
    ...(event.opinion ? { opinion: opinionNotAhead(event.opinion, clamp) } : {}),
  };
};

/**
 * A count that is told for the first time, whose last play was at the same instant as one of another device of theirs:
 * both tell of the same plays, which something carried from one to the other before.
 */
const mirrorOf = ({ scopes }: Subject, event: RemoteEvent): RemoteEvent => {
  const [play, ...more] = event.plays ?? [];
  if (event.playCount === undefined || play === undefined || more.length > 0) return event;
  const same = scopes.some(({ play: known }) => known?.lastPlayedAt != null && near(known.lastPlayedAt, play.at));
  return same ? { ...event, mirrored: true } : event;
};

/** Servers keep instants in seconds, some in their own rounding. */
const near = (one: Instant, other: Instant): boolean => Math.abs(one - other) <= 2 * SECOND;

const opinionNotAhead = (
  { favourite, rating }: RemoteOpinion,
  clamp: <T extends { at: Instant }>(fact: T) => T,
): RemoteOpinion => ({
  ...(favourite ? { favourite: clamp(favourite) } : {}),
  ...(rating ? { rating: clamp(rating) } : {}),
});

/** @param beyond so much the server counts beyond what was known before the event */
const recordPlaying = async (
  tx: Transaction,
  actor: Actor,
  subject: Subject,
  event: RemoteEvent,
  beyond: number,
  now: Instant,
  limits: Limits,
): Promise<void> => {
  const plays = event.mirrored && beyond === 0 ? [] : (event.plays ?? []);
  const completions = await recordLoggedPlays(tx, actor, subject.item, plays);
  const missing = Math.max(0, beyond - completions);
  const more = completions + Math.max(missing, unnamed(event));
  const register = newestRegister({ ...event, plays }, subject, limits);
  if (register.complete) {
    await setMark(tx, actor, null, subject, { watched: true, at: register.at }, { now, lazily: true });
  }
  await savePlaying(tx, actor, subject, register, more, plays);
};

/** What the server counted beyond what is known of it, or where it may have others' plays, of anyone heard. */
const uncounted = (
  actor: Actor,
  { item, scopes }: Subject,
  { playCount = 0, mirrored = false, countedBefore = 0 }: RemoteEvent,
): number => {
  const known = scopes
    .filter(({ scopeId }) => mirrored || scopeId === actor.ownScope)
    // What is marked is told to servers as played once at least.
    .map(({ play, own, above }) =>
      Math.max(play?.playCount ?? 0, mirrored && decidingMark(item.addedAt, [own], above) ? 1 : 0),
    );
  return Math.max(0, playCount - Math.max(countedBefore, ...known));
};

/** Of the plays that it counts more, those that it cannot name. */
const unnamed = ({ plays = [], morePlays = 0 }: RemoteEvent): number =>
  Math.max(0, morePlays - plays.filter((play) => play.completed).length);

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
