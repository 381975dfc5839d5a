import { type SqlBool, sql } from 'kysely';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import type { Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { deriveStandings } from './standing-query.ts';

/**
 * Derives what is stale, or was never counted, of one scope anew and keeps it. The rows are locked before anything is read, so that an
 * episode added meanwhile is either seen here or makes the row stale again afterwards.
 */
export const refreshStale = async (
  tx: Transaction,
  scope: ScopeId,
  series: readonly MediaItemId[],
  now: Instant,
): Promise<void> => {
  await lockScopes(tx, [scope]);
  const rows = await lockRows(tx, scope, series);
  const standings = await deriveStandings(
    tx,
    [scope],
    rows.map((row) => row.series_id),
    now,
  );
  const kept = new Map(rows.map((row) => [row.series_id, row]));
  const derived = standings.flatMap((standing) => {
    const row = kept.get(standing.seriesId);
    if (!row) return [];
    const { next, inProgress, unmarked, rewatching } = standing;
    const open = next !== null || inProgress.length > 0 || unmarked || rewatching;
    return {
      ...row,
      last_item_id: standing.last?.id ?? null,
      last_at: standing.last?.at ?? null,
      last_on: standing.last?.on ?? null,
      next_item_id: standing.next?.id ?? null,
      next_at: standing.next?.airsAt ?? null,
      unwatched: standing.unwatched,
      open: open ? (1 as const) : (0 as const),
      stale: 0 as const,
      unmarked: standing.unmarked ? (1 as const) : (0 as const),
    };
  });
  if (derived.length === 0) return;
  await tx
    .insertInto('series_states')
    .values(derived)
    .onConflict((conflict) =>
      conflict
        .columns(['scope_id', 'series_id'])
        .doUpdateSet(Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]))),
    )
    .execute();
};

const columns = [
  'last_item_id',
  'last_at',
  'last_on',
  'next_item_id',
  'next_at',
  'unwatched',
  'open',
  'stale',
  'unmarked',
] as const;

const lockRows = (tx: Transaction, scope: ScopeId, series: readonly MediaItemId[]) =>
  tx
    .selectFrom('series_states')
    .select(['scope_id', 'series_id', 'library_id', 'activity_at'])
    .where('scope_id', '=', scope)
    .where('series_id', 'in', series)
    .where(sql<SqlBool>`(stale = 1 OR unwatched IS NULL)`)
    .orderBy('series_id')
    .$if(dialectOf(tx).name === 'postgres', (query) => query.forUpdate())
    .execute();
