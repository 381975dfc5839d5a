import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { livesIn } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { byGrants } from './by-grants.ts';
import type { ListKey } from './list-key.ts';

/** A series with something to watch next, and what. */
export interface NextUpRow {
  seriesId: MediaItemId;
  activityAt: Instant;
  itemId: MediaItemId;
  /** Set when the episode is in progress. */
  positionMs: Millis | null;
  durationMs: Millis | null;
  /** The episode watched last, and when. */
  lastItemId: MediaItemId | null;
  lastAt: Instant | null;
}

/** Rows of one scope after a key, newest activity first, from the pointers kept. Stale ones are left out. */
export const nextUpInScope = async (
  db: Reader,
  scope: ScopeId,
  grants: Grants,
  after: ListKey,
  now: Instant,
  limit: number,
): Promise<NextUpRow[]> => {
  const rows = await inScope(grants)(db, { scope, ...after, now, limit });
  return rows.map((row) => ({
    seriesId: row.series_id,
    activityAt: row.activity_at,
    itemId: row.item_id,
    positionMs: row.position_ms,
    durationMs: row.duration_ms,
    lastItemId: row.last_item_id,
    lastAt: row.last_at,
  }));
};

const inScope = byGrants((grants) =>
  prepare<{ scope: ScopeId; at: Instant; id: number; now: Instant; limit: number }>()((db, value) =>
    db
      .selectFrom('series_states as st')
      .leftJoin('marks as shelf', (join) =>
        join.onRef('shelf.scope_id', '=', 'st.scope_id').onRef('shelf.item_id', '=', 'st.library_id'),
      )
      // A join on what the subquery gives, so that it is looked for once.
      .leftJoin('play_states as played', (join) =>
        join.onRef('played.scope_id', '=', 'st.scope_id').on('played.item_id', '=', inProgress(grants)),
      )
      .innerJoin('media_items as i', (join) =>
        join.on(
          'i.id',
          '=',
          sql<MediaItemId>`coalesce(played.item_id,
            CASE WHEN st.next_at IS NULL OR st.next_at <= ${value('now')} THEN st.next_item_id END)`,
        ),
      )
      .select(['st.series_id', 'st.activity_at', 'st.last_item_id', 'st.last_at', 'i.id as item_id'])
      .select(['played.position_ms', 'played.duration_ms'])
      .where('st.scope_id', '=', value('scope'))
      .where('st.stale', '=', 0)
      .where('st.open', '=', 1)
      .where('st.activity_at', '<=', value('at'))
      .where(sql<SqlBool>`(st.activity_at < ${value('at')} OR st.series_id < ${value('id')})`)
      // A newer mark on the whole library overrules what was in the series.
      .where(sql<SqlBool>`(shelf.at IS NULL OR shelf.at <= st.activity_at)`)
      .where('i.removed_at', 'is', null)
      .where(visibleTo(grants, 'i'))
      .orderBy('st.activity_at', 'desc')
      .orderBy('st.series_id', 'desc')
      .limit(value('limit')),
  ),
);

/** The newest episode of the series `st` that is in progress, may be seen and is here. */
const inProgress = (grants: Grants): RawBuilder<MediaItemId | null> =>
  sql<MediaItemId | null>`(SELECT p.item_id FROM play_states AS p JOIN media_items AS pi ON pi.id = p.item_id
    WHERE p.scope_id = st.scope_id AND p.series_id = st.series_id AND ${livesIn(sql`st.scope_id`, 'p', 'pi')}
      AND pi.removed_at IS NULL AND ${visibleTo(grants, 'pi')}
    ORDER BY p.reported_at DESC, p.item_id DESC LIMIT 1)`;

/** The newest stale series of a scope after a key, with activity not below `floor`. */
export const staleSeries = async (
  db: Reader,
  scope: ScopeId,
  after: ListKey,
  floor: Instant,
  limit: number,
): Promise<MediaItemId[]> => {
  const rows = await stale(db, { scope, at: after.at, floor, limit });
  return rows.map((row) => row.series_id);
};

const stale = prepare<{ scope: ScopeId; at: Instant; floor: Instant; limit: number }>()((db, value) =>
  db
    .selectFrom('series_states')
    .select('series_id')
    .where('scope_id', '=', value('scope'))
    .where('stale', '=', 1)
    .where('open', '=', 1)
    .where('activity_at', '<=', value('at'))
    .where('activity_at', '>=', value('floor'))
    .orderBy('activity_at', 'desc')
    .limit(value('limit')),
);

/** A series in which two merged scopes may have something to show, with its newest activity in either. */
export interface Candidate {
  seriesId: MediaItemId;
  activityAt: Instant;
}

/**
 * Candidates for two scopes read as one, after a key, newest activity first. Where neither scope has anything open, the
 * merge has neither: both hold only watched marks then, and their union leaves no gap that one of them does not.
 */
export const candidatesInBoth = async (
  db: Reader,
  scopes: { first: ScopeId; second: ScopeId },
  after: ListKey,
  limit: number,
): Promise<Candidate[]> => {
  const rows = await inBoth(db, { ...scopes, ...after, limit });
  return rows.map((row) => ({ seriesId: row.series_id, activityAt: row.activity_at }));
};

const inBoth = prepare<{ first: ScopeId; second: ScopeId; at: Instant; id: number; limit: number }>()((db, value) => {
  const scopes = sql`(${value('first')}, ${value('second')})`;
  const newest = sql<Instant>`max(st.activity_at)`;
  return db
    .selectFrom('series_states as st')
    .select(['st.series_id', newest.as('activity_at')])
    .where('st.scope_id', 'in', sql<ScopeId>`${scopes}`)
    .groupBy('st.series_id')
    .having(sql<SqlBool>`max(CASE WHEN st.open = 1 OR EXISTS (SELECT 1 FROM marks AS shelf
      WHERE shelf.scope_id IN ${scopes} AND shelf.item_id = st.library_id AND shelf.watched = 0) THEN 1 ELSE 0 END) = 1`)
    .having(newest, '<=', value('at'))
    .having(sql<SqlBool>`(max(st.activity_at) < ${value('at')} OR st.series_id < ${value('id')})`)
    .orderBy('activity_at', 'desc')
    .orderBy('st.series_id', 'desc')
    .limit(value('limit'));
});
