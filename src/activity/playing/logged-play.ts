import type { SubjectItem } from '#activity/marks/subject-query.ts';
import type { Transaction } from '#database/database.ts';
import { type Instant, MINUTE, type Millis } from '#kernel/clock.ts';
import type { Actor } from '#kernel/viewer.ts';
import { movedOn } from './play.ts';
import { addPlay, type KnownPlay, movePlay, playNamed, playsAround } from './play-repository.ts';

/** A sitting that a media server wrote down: all that is known of it is its end. */
export interface LoggedPlay {
  /** When it was seen last. */
  at: Instant;
  durationMs?: Millis;
  /** Names it, the same each time. */
  sourceKey: string;
  completed: boolean;
  /** Whether it is in a count that is told elsewhere; by default not. */
  counted?: boolean;
  /** It is a sitting of its own, whatever lies near it: a person wrote it down. */
  apart?: boolean;
}

/** How far apart two tellings of one sitting may lie, where nobody knows how long it is. */
const REACH = 10 * MINUTE;

/**
 * Adds plays that are not known. Webhooks, the last date of an item and a play log often tell of the same sitting, each
 * with an instant of its own: such a play joins the sitting, and completes it where that was not known.
 * @returns how many were completed by it
 */
export const recordLoggedPlays = async (
  tx: Transaction,
  actor: Actor,
  item: Item,
  plays: readonly LoggedPlay[],
): Promise<number> => {
  let completions = 0;
  for (const play of plays.toSorted((one, other) => one.at - other.at)) {
    if ((await record(tx, actor, item, play)) && !play.counted) completions += 1;
  }
  return completions;
};

type Item = Pick<SubjectItem, 'id' | 'runtimeMs'>;

/** @returns whether a play was completed that was not before */
const record = async (tx: Transaction, actor: Actor, item: Item, play: LoggedPlay): Promise<boolean> => {
  if (play.apart) return (await add(tx, actor, item, play)) && play.completed;
  const reach = reachOf(play.durationMs ?? item.runtimeMs);
  const around = await playsAround(tx, actor.deviceUserId, item.id, { from: play.at - reach, to: play.at + reach });
  const known = sittingAt(around, play.at);
  if (!known) return (await add(tx, actor, item, play)) && play.completed;
  const settled = known.deleted || known.completed || !play.completed;
  if (settled || (await playNamed(tx, actor.deviceUserId, play.sourceKey))) return false;
  return complete(tx, known, play);
};

/** Half of it: who sees it twice in a row is that far from the first time. */
const reachOf = (durationMs: Millis | null): Millis =>
  durationMs !== null && durationMs > 0 ? Math.floor(durationMs / 2) : REACH;

/**
 * One that is completed, so that a play told again never completes another one; then the nearest. One that its owner took
 * out of the history comes last, and does not come back by another name.
 */
export const sittingAt = <P extends Pick<KnownPlay, 'startedAt' | 'lastAt' | 'completed' | 'deleted'>>(
  plays: readonly P[],
  at: Instant,
): P | undefined => {
  const distance = ({ startedAt, lastAt }: P) => Math.max(0, startedAt - at, at - lastAt);
  const rank = ({ deleted, completed }: P) => (deleted ? 2 : completed ? 0 : 1);
  return plays.toSorted((a, b) => rank(a) - rank(b) || distance(a) - distance(b))[0];
};

const add = async (
  tx: Transaction,
  actor: Actor,
  item: Item,
  { at, durationMs, completed, sourceKey }: LoggedPlay,
): Promise<boolean> => {
  const facts = { startedAt: at, lastAt: at, endedAt: at, positionMs: null, durationMs: durationMs ?? null, completed };
  const play = { ...facts, confirmed: true, watchedMs: 0, method: null, clientName: null };
  return (await addPlay(tx, actor, item.id, play, sourceKey)) !== undefined;
};

const complete = async (tx: Transaction, sitting: KnownPlay, { at, durationMs }: LoggedPlay): Promise<boolean> => {
  const told = { at, positionMs: null, durationMs: durationMs ?? null, completed: true, event: 'stop' as const };
  const moved = movedOn(sitting, told);
  if (!moved) return false;
  await movePlay(tx, sitting, { ...moved, method: null, clientName: null });
  return true;
};
