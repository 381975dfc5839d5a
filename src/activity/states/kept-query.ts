import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Count } from './count-query.ts';

/**
 * What is kept of series: counts that hold, rows to be derived anew first, and those that only looking at each leaf tells.
 */
export interface KeptCounts {
  counts: Count[];
  stale: MediaItemId[];
  unknown: MediaItemId[];
}

/** The counts of series in one scope from what is kept of them, in one statement. For those who may see everything. */
export const keptCounts = async (db: Reader, scope: ScopeId, ids: readonly MediaItemId[]): Promise<KeptCounts> => {
  const kept: KeptCounts = { counts: [], stale: [], unknown: [] };
  if (ids.length === 0) return kept;
  for (const row of await ofSeries(db, { scope, ids: idList(dialectOf(db), ids) })) sortIn(kept, row);
  return kept;
};

const ofSeries = prepare<{ scope: ScopeId; ids: string }>()((db, value, dialect) =>
  db
    .selectFrom('media_items as i')
    .innerJoin('leaf_counts as c', 'c.item_id', 'i.id')
    .leftJoin('series_states as st', (join) =>
      join.on('st.scope_id', '=', value('scope')).onRef('st.series_id', '=', 'i.id'),
    )
    .leftJoin('marks as shelf', (join) =>
      join.on('shelf.scope_id', '=', value('scope')).onRef('shelf.item_id', '=', 'i.library_id'),
    )
    .select(['i.id', 'c.leaves', 'c.added_until', 'st.activity_at', 'st.unwatched', 'st.stale'])
    .select(['shelf.watched as shelf_watched', 'shelf.at as shelf_at'])
    .where(idIn(dialect, 'i.id', value('ids'))),
);

type Row = Awaited<ReturnType<typeof ofSeries>>[number];

/**
 * A mark on the library newer than all that is known of a series decides it alone: all or none is watched, where every
 * leaf was added before it.
 */
const sortIn = (kept: KeptCounts, { id, leaves, ...row }: Row): void => {
  if (row.activity_at !== null && (row.shelf_at === null || row.shelf_at <= row.activity_at)) {
    if (row.stale === 1 || row.unwatched === null) kept.stale.push(id);
    else kept.counts.push({ id, leaves, unwatched: row.unwatched });
  } else if (row.shelf_at === null) kept.counts.push({ id, leaves, unwatched: leaves });
  else if (row.added_until > row.shelf_at) kept.unknown.push(id);
  else kept.counts.push({ id, leaves, unwatched: row.shelf_watched === 1 ? 0 : leaves });
};

/** A library of series, with what is kept of the series that no newer mark on it overrules. */
export interface ShelfCount {
  id: MediaItemId;
  leaves: number;
  /** Of the series that something is known of. */
  knownLeaves: number;
  knownUnwatched: number;
  /** Series among them that are to be derived first. */
  stale: number;
  mark: { watched: boolean; at: Instant } | null;
  addedUntil: Instant;
  /** The newest activity in one of them; 0: none. */
  activeUntil: Instant;
}

/** The libraries of series among these, in one scope, in one statement. For those who may see everything. */
export const shelfCounts = async (db: Reader, scope: ScopeId, ids: readonly MediaItemId[]): Promise<ShelfCount[]> => {
  const rows = await ofShelves(db, { scope, ids: idList(dialectOf(db), ids) });
  return rows.map((row) => ({
    id: row.id,
    leaves: row.leaves,
    knownLeaves: row.known_leaves ?? 0,
    knownUnwatched: row.known_unwatched ?? 0,
    stale: row.stale ?? 0,
    mark: row.shelf_at === null ? null : { watched: row.shelf_watched === 1, at: row.shelf_at },
    addedUntil: row.added_until,
    activeUntil: row.active_until ?? 0,
  }));
};

interface ShelfRow {
  id: MediaItemId;
  leaves: number;
  added_until: Instant;
  shelf_watched: Flag | null;
  shelf_at: Instant | null;
  active_until: Instant | null;
  known_leaves: number | null;
  known_unwatched: number | null;
  stale: number | null;
}

const ofShelves = prepare<{ scope: ScopeId; ids: string }>()<ShelfRow>((db, value, dialect) => ({
  compile: () =>
    sql<ShelfRow>`SELECT l.item_id AS id, c.leaves, c.added_until, shelf.watched AS shelf_watched, shelf.at AS shelf_at,
        known.leaves AS known_leaves, known.unwatched AS known_unwatched, known.stale, known.active_until
      FROM libraries AS l JOIN leaf_counts AS c ON c.item_id = l.item_id
      LEFT JOIN marks AS shelf ON shelf.scope_id = ${value('scope')} AND shelf.item_id = l.item_id
      LEFT JOIN (SELECT st.library_id, CAST(sum(own.leaves) AS bigint) AS leaves, CAST(sum(st.unwatched) AS bigint) AS unwatched,
          CAST(sum(CASE WHEN st.stale = 1 OR st.unwatched IS NULL THEN 1 ELSE 0 END) AS bigint) AS stale
          , max(st.activity_at) AS active_until
        FROM series_states AS st JOIN leaf_counts AS own ON own.item_id = st.series_id
        LEFT JOIN marks AS newer ON newer.scope_id = st.scope_id AND newer.item_id = st.library_id AND newer.at > st.activity_at
        WHERE st.scope_id = ${value('scope')} AND newer.at IS NULL GROUP BY st.library_id) AS known
        ON known.library_id = l.item_id
      WHERE l.library_kind = 'series' AND ${idIn(dialect, 'l.item_id', value('ids'))}`.compile(db),
}));

/** Series of these libraries that are to be derived before their libraries can be counted. */
export const staleOnShelves = async (
  db: Reader,
  scope: ScopeId,
  ids: readonly MediaItemId[],
  limit: number,
): Promise<MediaItemId[]> => {
  const rows = await stale(db, { scope, ids: idList(dialectOf(db), ids), limit });
  return rows.map((row) => row.series_id);
};

const stale = prepare<{ scope: ScopeId; ids: string; limit: number }>()((db, value, dialect) =>
  db
    .selectFrom('series_states as st')
    .leftJoin('marks as newer', (join) =>
      join
        .onRef('newer.scope_id', '=', 'st.scope_id')
        .onRef('newer.item_id', '=', 'st.library_id')
        .onRef('newer.at', '>', 'st.activity_at'),
    )
    .select('st.series_id')
    .where('st.scope_id', '=', value('scope'))
    .where(idIn(dialect, 'st.library_id', value('ids')))
    .where(sql<boolean>`(st.stale = 1 OR st.unwatched IS NULL)`)
    .where('newer.at', 'is', null)
    .limit(value('limit')),
);

/**
 * Episodes that a watched mark on their library does not cover, in series of which nothing newer than it is known. The
 * scope keeps a row of those that were added while it was there, so these are few.
 */
export const uncovered = async (
  db: Reader,
  scope: ScopeId,
  library: MediaItemId,
  markedAt: Instant,
): Promise<number> => {
  const rows = await afterMark(db, { scope, library, at: markedAt });
  return rows[0]?.leaves ?? 0;
};

const afterMark = prepare<{ scope: ScopeId; library: MediaItemId; at: Instant }>()((db, value) =>
  db
    .selectFrom('media_items as e')
    .select(sql<number>`CAST(count(*) AS bigint)`.as('leaves'))
    .where('e.library_id', '=', value('library'))
    .where('e.kind', '=', sql.lit('episode'))
    .where('e.added_at', '>', value('at'))
    .where('e.removed_at', 'is', null)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM series_states AS st WHERE st.scope_id = ${value('scope')}
      AND st.series_id = e.root_id AND st.activity_at >= ${value('at')})`),
);
