import type { Transaction } from '#database/database.ts';
import type { DatePrecision } from '#database/tables/activity.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type HeldPlay, loadPlays } from './held-query.ts';

/** A play as a person remembers it. */
export interface PlayByHand {
  itemId: MediaItemId;
  startedAt: Instant;
  precision: DatePrecision;
  completed: boolean;
  watchedMs: Millis;
}

/** Writes a play of long ago into the history; what follows from it is the caller's. */
export const addPlayByHand = async (tx: Transaction, viewer: Viewer, play: PlayByHand): Promise<HeldPlay> => {
  const { id } = await tx
    .insertInto('plays')
    .values({
      user_id: viewer.userId,
      device_user_id: viewer.deviceUserId,
      item_id: play.itemId,
      started_at: play.startedAt,
      last_at: play.startedAt,
      ended_at: play.startedAt,
      position_ms: null,
      duration_ms: null,
      completed: play.completed ? 1 : 0,
      confirmed: 1,
      watched_ms: play.watchedMs,
      date_precision: play.precision,
      method: null,
      client_name: null,
      source_key: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const added = (await loadPlays(tx, [id])).get(id);
  if (!added) throw new Error('A play was not kept.');
  return added;
};
