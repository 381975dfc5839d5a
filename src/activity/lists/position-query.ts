import { sql } from 'kysely';
import { positionsInSeries } from '#activity/marks/covering-sql.ts';
import type { ShownItem } from '#catalog/shown-item.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { ListFacts } from './facts-query.ts';

/** A position that a scope keeps, as the tables have it. */
export interface PositionRow {
  item_id: MediaItemId;
  series_id: MediaItemId | null;
  position_ms: Millis;
  duration_ms: Millis | null;
  reported_at: Instant;
}

/** The positions that one scope keeps in these series since an instant, newest first. One statement. */
export const positionsOf = async (
  db: Reader,
  scope: ScopeId,
  series: readonly MediaItemId[],
  since: Instant = 0,
): Promise<PositionRow[]> =>
  series.length === 0 ? [] : within(db, { scope, series: idList(dialectOf(db), series), since });

const within = prepare<{ scope: ScopeId; series: string; since: Instant }>()((db, value, dialect) => ({
  compile: () =>
    sql<PositionRow>`SELECT p.item_id, p.series_id, p.position_ms, p.duration_ms, p.reported_at
      FROM play_states AS p ${positionsInSeries(dialect)}
      WHERE p.scope_id = ${value('scope')} AND ${idIn(dialect, 'p.series_id', value('series'))}
        AND p.position_ms IS NOT NULL AND p.reported_at >= ${value('since')}
      ORDER BY p.reported_at DESC, p.item_id DESC`.compile(db),
}));

/**
 * Whether a kept position stands in lists: its leaf may be seen, is here, and its library was not marked since. Marks
 * below the library have ended it where it is kept already.
 * @param item undefined: not to be seen
 */
export const stands = (
  item: ShownItem | undefined,
  reportedAt: Instant,
  facts: Pick<ListFacts, 'markedAt'>,
): item is ShownItem => {
  if (item === undefined || item.removedAt !== null) return false;
  const marked = facts.markedAt(item.libraryId);
  return marked === undefined || marked < reportedAt || marked < item.addedAt;
};
