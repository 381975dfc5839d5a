import { sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';

/** Notes that a series was begun anew; the newest such instant holds, whatever the order in which they come. */
export const saveRewatch = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  series: MediaItemId,
  at: Instant,
): Promise<void> => {
  await upsert(tx, { ...pairOf(scopes), series, at });
};

const upsert = prepare<{ first: ScopeId; second: ScopeId; series: MediaItemId; at: Instant }>()((db, value) => ({
  compile: () =>
    sql`INSERT INTO rewatches (scope_id, series_id, started_at)
      SELECT s.id, ${value('series')}, ${value('at')} FROM scopes AS s
      WHERE s.id IN (${value('first')}, ${value('second')})
      ON CONFLICT (scope_id, series_id) DO UPDATE SET started_at = excluded.started_at
        WHERE excluded.started_at > rewatches.started_at`.compile(db),
}));

/** @returns whether there was any */
export const deleteRewatch = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  series: MediaItemId,
): Promise<boolean> => {
  const gone = await tx
    .deleteFrom('rewatches')
    .where('scope_id', 'in', scopes)
    .where('series_id', '=', series)
    .returning('scope_id')
    .execute();
  return gone.length > 0;
};

/** Says "not in progress" of what was left off up to an instant in a series, or of one leaf, as a report of then would. */
export const dropPositions = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  of: { series: MediaItemId } | { leaf: MediaItemId },
  at: Instant,
): Promise<void> => {
  await tx
    .updateTable('play_states')
    .set({ position_ms: null, reported_at: at })
    .where('scope_id', 'in', scopes)
    .where('position_ms', 'is not', null)
    .where('reported_at', '<=', at)
    .$if('series' in of, (query) => query.where('series_id', '=', 'series' in of ? of.series : null))
    .$if('leaf' in of, (query) => query.where('item_id', '=', 'leaf' in of ? of.leaf : (0 as MediaItemId)))
    .execute();
};
