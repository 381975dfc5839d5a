import { takesRegister } from '#activity/playing/progress.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type Actor, readScopes } from '#kernel/viewer.ts';
import type { PlayState, ScopeState, Subject } from './subject-query.ts';
import { decidingMark, isWatched, positionLives } from './watched.ts';

/** What a viewer knows of one item. */
export interface ItemState {
  itemId: MediaItemId;
  /** By the newest mark that covers the item; exceptions below a container are not looked at. */
  watched: boolean;
  /** The instant of that mark; null: never marked. */
  markedAt: Instant | null;
  /** null: not in progress. */
  positionMs: Millis | null;
  durationMs: Millis | null;
  playCount: number;
  lastPlayedAt: Instant | null;
  /** Of a container that was asked for: what is in it and may be seen, and how much of that is not watched. */
  leaves?: number;
  unwatched?: number;
}

/** The state of an item in the merge of the scopes that an actor reads. */
export const stateOf = (actor: Actor, { item, scopes }: Subject): ItemState => {
  const read = readScopes(actor);
  const states = scopes.filter((state) => read.includes(state.scopeId));
  const mark = decidingMark(
    item.addedAt,
    states.map((state) => state.own),
    states.flatMap((state) => state.above),
  );
  const newest = newestPlay(states);
  const lives = newest !== undefined && newest.positionMs !== null && positionLives(newest.reportedAt, mark);
  return {
    itemId: item.id,
    watched: isWatched(mark),
    markedAt: mark?.at ?? null,
    positionMs: lives ? newest.positionMs : null,
    durationMs: newest?.durationMs ?? null,
    playCount: states.reduce((sum, { play }) => sum + (play?.playCount ?? 0), 0),
    lastPlayedAt: states.reduce<Instant | null>((last, { play }) => laterOf(last, play?.lastPlayedAt ?? null), null),
  };
};

/** The newest of what is known already: what is told without an instant comes after it. */
export const newestKnown = ({ item, scopes }: Subject): Instant | undefined => {
  let newest: Instant | undefined;
  const heed = (at: Instant | undefined) => {
    if (at !== undefined && (newest === undefined || at > newest)) newest = at;
  };
  for (const { own, above, play, series } of scopes) {
    heed(series?.activityAt);
    heed(own?.at);
    heed(play?.reportedAt);
    for (const mark of above) if (mark && mark.at >= item.addedAt) heed(mark.at);
  }
  return newest;
};

const newestPlay = (states: readonly ScopeState[]): PlayState | undefined => {
  let newest: PlayState | undefined;
  for (const { play } of states) if (play && takesRegister(play, newest)) newest = play;
  return newest;
};

const laterOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null ? other : other === null ? one : Math.max(one, other);
