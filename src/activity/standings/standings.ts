import { type ReportedState, reportedStates } from '#activity/states/leaf-query.ts';
import type { Reader } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { type Actor, readScopes } from '#kernel/viewer.ts';
import { type LocalOpinion, opinionsAt } from './opinions-query.ts';

export type { LocalOpinion } from './opinions-query.ts';

/** How an item stands for a device user: what its account on a media server should show (domain §8). */
export interface LocalStanding {
  /** null: a container, whose state is that of its leaves. */
  state: LocalState | null;
  opinion: LocalOpinion;
}

/** Where a device user stands in a leaf, as it reads it: a loud one as the group does, a quiet one its own and the group's. */
export interface LocalState {
  watched: boolean;
  /** The instant of the mark that decides it; null: never marked. */
  watchedAt: Instant | null;
  /** null: not in progress. `at`: when it was reported. */
  position: { positionMs: Millis; durationMs: Millis | null; at: Instant } | null;
  /** Plays to the end. */
  playCount: number;
  lastPlayedAt: Instant | null;
}

/**
 * How some items stand for a device user, of any kind and also retired, in two statements however many they are; those
 * that do not exist are left out. What may be seen is not asked: a media server's account is told of what it has itself.
 */
export const standingsOf = async (
  db: Reader,
  actor: Actor,
  itemIds: readonly MediaItemId[],
): Promise<Map<MediaItemId, LocalStanding>> => {
  const standings = new Map<MediaItemId, LocalStanding>();
  if (itemIds.length === 0) return standings;
  const items = await opinionsAt(db, actor.userId, itemIds);
  const leaves = items.filter((item) => isLeaf(item.kind));
  const states = await reportedStates(db, readScopes(actor), leaves);
  for (const { id, opinion } of items) {
    const reported = states.get(id);
    standings.set(id, { state: reported ? localState(reported) : null, opinion });
  }
  return standings;
};

const localState = ({ state, reportedAt }: ReportedState): LocalState => {
  const { watched, markedAt, positionMs, durationMs, playCount, lastPlayedAt } = state;
  const position = positionMs === null || reportedAt === null ? null : { positionMs, durationMs, at: reportedAt };
  return { watched, watchedAt: markedAt, position, playCount, lastPlayedAt };
};
