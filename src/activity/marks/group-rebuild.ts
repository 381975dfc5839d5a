import { type RawBuilder, sql } from 'kysely';
import { mergeCollections } from '#activity/collections/state-repository.ts';
import type { AnnounceReset } from '#activity/events/announce.ts';
import { raiseUncovered } from '#activity/series/state-repository.ts';
import type { Transaction } from '#database/database.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { endCoveredPositions } from './position-repository.ts';
import { lockScopes } from './scope-lock.ts';

/** Makes the scope of a user's group anew: the merge of the own scopes of their loud and shouting devices (domain §4). */
export interface ScopeRebuilder {
  rebuildGroup(tx: Transaction, userId: UserId): Promise<void>;
}

/** @param announce is told which scope was made anew; absent: nobody is */
export const createScopeRebuilder = (announce: AnnounceReset = () => {}): ScopeRebuilder => ({
  rebuildGroup: async (tx, userId) => {
    const scopes = await tx
      .selectFrom('scopes as s')
      .leftJoin('device_users as du', 'du.id', 's.device_user_id')
      .select(['s.id', 's.device_user_id', 'du.isolation'])
      .where('s.user_id', '=', userId)
      .execute();
    const group = scopes.find((scope) => scope.device_user_id === null);
    if (!group) return;
    await lockScopes(
      tx,
      scopes.map((scope) => scope.id),
    );
    announce(userId, group.id);
    await clear(tx, group.id);
    const heard = scopes.filter((scope) => scope.isolation === 'loud' || scope.isolation === 'shout');
    if (heard.length === 0) return;
    await merge(
      tx,
      group.id,
      heard.map((scope) => scope.id),
    );
    // A mark on a library now stands beside activity from devices that knew nothing of it.
    await raiseUncovered(tx, [group.id], await markedLibraries(tx, group.id));
  },
});

const clear = async (tx: Transaction, group: ScopeId): Promise<void> => {
  for (const table of [
    'marks',
    'play_states',
    'series_states',
    'collection_states',
    'shelf_counts',
    'rewatches',
  ] as const) {
    await tx.deleteFrom(table).where('scope_id', '=', group).execute();
  }
};

/**
 * Merges marks and play states of own scopes into their group's, where there are none yet. By the same rules as single
 * writes: the newest mark and the newest report win, counts add up.
 * @param only a condition on `item_id`: which items; absent: all
 */
export const mergeItems = async (
  tx: Transaction,
  group: ScopeId,
  own: readonly ScopeId[],
  only: RawBuilder<unknown> = sql`1 = 1`,
): Promise<void> => {
  const scopes = sql.join(own);
  const into = sql`CAST(${group} AS bigint)`;
  await sql`INSERT INTO marks (scope_id, item_id, watched, at)
    SELECT ${into}, ranked.item_id, ranked.watched, ranked.at FROM (
      SELECT m.item_id, m.watched, m.at,
        row_number() OVER (PARTITION BY m.item_id ORDER BY m.at DESC, m.watched DESC) AS place
      FROM marks AS m WHERE m.scope_id IN (${scopes}) AND ${only}) AS ranked
    WHERE ranked.place = 1`.execute(tx);
  await sql`INSERT INTO play_states
      (scope_id, item_id, series_id, position_ms, duration_ms, reported_at, play_count, first_played_at, last_played_at)
    SELECT ${into}, ranked.item_id, ranked.series_id, ranked.position_ms, ranked.duration_ms, ranked.reported_at,
      ranked.plays, ranked.first_at, ranked.last_at FROM (
      SELECT p.item_id, p.series_id, p.position_ms, p.duration_ms, p.reported_at,
        CAST(sum(p.play_count) OVER (PARTITION BY p.item_id) AS bigint) AS plays,
        min(p.first_played_at) OVER (PARTITION BY p.item_id) AS first_at,
        max(p.last_played_at) OVER (PARTITION BY p.item_id) AS last_at,
        row_number() OVER (PARTITION BY p.item_id ORDER BY p.reported_at DESC,
          coalesce(p.position_ms, ${Number.MAX_SAFE_INTEGER}) DESC, p.scope_id) AS place
      FROM play_states AS p WHERE p.scope_id IN (${scopes}) AND ${only}) AS ranked
    WHERE ranked.place = 1`.execute(tx);
};

/** All that the group holds; pointers are derived later. */
const merge = async (tx: Transaction, group: ScopeId, own: readonly ScopeId[]): Promise<void> => {
  await mergeItems(tx, group, own);
  const scopes = sql.join(own);
  const into = sql`CAST(${group} AS bigint)`;
  await sql`INSERT INTO series_states (scope_id, series_id, library_id, activity_at, open, stale, unmarked)
    SELECT ${into}, st.series_id, max(st.library_id), max(st.activity_at), 1, 1, max(st.unmarked)
    FROM series_states AS st WHERE st.scope_id IN (${scopes}) GROUP BY st.series_id`.execute(tx);
  await sql`INSERT INTO rewatches (scope_id, series_id, started_at)
    SELECT ${into}, again.series_id, max(again.started_at)
    FROM rewatches AS again WHERE again.scope_id IN (${scopes}) GROUP BY again.series_id`.execute(tx);
  await mergeCollections(tx, group, own);
  await endCoveredPositions(tx, group);
};

const markedLibraries = async (tx: Transaction, scope: ScopeId): Promise<MediaItemId[]> => {
  const rows = await tx
    .selectFrom('marks')
    .select('item_id')
    .where('scope_id', '=', scope)
    .where('item_id', 'in', tx.selectFrom('libraries').select('item_id'))
    .execute();
  return rows.map((row) => row.item_id);
};
