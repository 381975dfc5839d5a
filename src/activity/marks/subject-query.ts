import { sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Reader } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Actor, Grants } from '#kernel/viewer.ts';
import { pairOf } from './covering-sql.ts';
import type { Mark } from './watched.ts';

/** An item somebody watches or marks, and all that a decision about it needs to know. */
export interface Subject {
  item: SubjectItem;
  /** What its actor's own and group scope hold of it; without the group's for a silo. */
  scopes: ScopeState[];
}

export interface SubjectItem {
  id: MediaItemId;
  kind: MediaKind;
  libraryId: MediaItemId;
  parentId: MediaItemId | null;
  /** The series of an episode or season, and a series itself; null for what belongs to none. */
  seriesId: MediaItemId | null;
  addedAt: Instant;
  /** Not retired. */
  here: boolean;
  runtimeMs: Millis | null;
  /** Whether it is a movie of a collection. */
  collected: boolean;
  /** False for a stream whose source cannot say where one is. */
  tracksProgress: boolean;
}

export interface ScopeState {
  scopeId: ScopeId;
  /** The marks on the item itself and on each level above it, the library's last. */
  own: Mark | undefined;
  above: (Mark | undefined)[];
  library: Mark | undefined;
  play: PlayState | undefined;
  series: SeriesStanding | undefined;
}

export interface PlayState {
  positionMs: Millis | null;
  durationMs: Millis | null;
  reportedAt: Instant;
  playCount: number;
  lastPlayedAt: Instant | null;
}

export interface SeriesStanding {
  activityAt: Instant;
  stale: boolean;
}

/** Scopes that an actor reads or writes: its own, and the group's unless it is a silo. */
export const touchedScopes = (actor: Actor): ScopeId[] =>
  actor.isolation === 'silo' ? [actor.ownScope] : [actor.ownScope, actor.groupScope];

/**
 * Reads an item with everything that decisions about it need, in one statement.
 * @param grants what may be seen; null for a media server's account, which tells of what it has itself
 * @throws AppError `not_found` also for what may not be seen
 */
export const loadSubject = async (
  db: Reader,
  actor: Actor,
  grants: Grants | null,
  itemId: MediaItemId,
): Promise<Subject> => {
  const values = { ...pairOf(touchedScopes(actor)), item: itemId };
  const rows = await (grants === null ? anySubject : visibleSubject(grants))(db, values);
  const [row] = rows;
  if (!row) throw notFound('This item');
  return { item: itemOf(row), scopes: rows.map(scopeOf) };
};

interface Values {
  first: ScopeId;
  second: ScopeId;
  item: MediaItemId;
}

const select = (db: Reader, value: Value<Values>) =>
  db
    .selectFrom('media_items as i')
    .innerJoin('scopes as s', (join) => join.on('s.id', 'in', sql`(${value('first')}, ${value('second')})`))
    .leftJoin('marks as own', (join) => join.onRef('own.scope_id', '=', 's.id').onRef('own.item_id', '=', 'i.id'))
    .leftJoin('marks as up', (join) => join.onRef('up.scope_id', '=', 's.id').onRef('up.item_id', '=', 'i.parent_id'))
    .leftJoin('marks as top', (join) => join.onRef('top.scope_id', '=', 's.id').onRef('top.item_id', '=', 'i.root_id'))
    .leftJoin('marks as shelf', (join) =>
      join.onRef('shelf.scope_id', '=', 's.id').onRef('shelf.item_id', '=', 'i.library_id'),
    )
    .leftJoin('play_states as played', (join) =>
      join.onRef('played.scope_id', '=', 's.id').onRef('played.item_id', '=', 'i.id'),
    )
    .leftJoin('series_states as standing', (join) =>
      join
        .onRef('standing.scope_id', '=', 's.id')
        .on('standing.series_id', '=', sql<MediaItemId>`coalesce(i.root_id, i.id)`),
    )
    .leftJoin('streams as st', 'st.item_id', 'i.id')
    .leftJoin('stream_sources as src', 'src.id', 'st.stream_source_id')
    .select([
      'i.id',
      'i.kind',
      'i.library_id',
      'i.parent_id',
      'i.root_id',
      'i.added_at',
      'i.removed_at',
      'i.runtime_ms',
    ])
    .select(['src.tracks_progress', 's.id as scope_id', 'own.watched as own_watched', 'own.at as own_at'])
    .select(['up.watched as up_watched', 'up.at as up_at', 'top.watched as top_watched', 'top.at as top_at'])
    .select(['shelf.watched as shelf_watched', 'shelf.at as shelf_at'])
    .select(['played.position_ms', 'played.duration_ms', 'played.reported_at', 'played.play_count'])
    .select(['played.last_played_at', 'standing.activity_at', 'standing.stale'])
    .select(
      sql<Flag>`CASE WHEN i.kind = 'movie' AND EXISTS (SELECT 1 FROM collection_items AS held WHERE held.item_id = i.id)
        THEN 1 ELSE 0 END`.as('collected'),
    )
    .where('i.id', '=', value('item'));

const anySubject = prepare<Values>()(select);
const visibleSubject = byGrants((grants) =>
  prepare<Values>()((db, value) => select(db, value).where(visibleTo(grants, 'i'))),
);

type Row = Awaited<ReturnType<typeof anySubject>>[number];

const itemOf = (row: Row): SubjectItem => ({
  id: row.id,
  kind: row.kind,
  // A library is its own.
  libraryId: row.library_id ?? row.id,
  parentId: row.parent_id,
  seriesId: row.kind === 'series' ? row.id : row.kind === 'season' || row.kind === 'episode' ? row.root_id : null,
  addedAt: row.added_at,
  here: row.removed_at === null,
  runtimeMs: row.runtime_ms,
  collected: row.collected === 1,
  tracksProgress: row.tracks_progress !== 0,
});

const scopeOf = (row: Row): ScopeState => {
  const library = markOf(row.shelf_watched, row.shelf_at);
  return {
    scopeId: row.scope_id,
    own: markOf(row.own_watched, row.own_at),
    above: [markOf(row.up_watched, row.up_at), markOf(row.top_watched, row.top_at), library],
    library,
    play: playOf(row),
    series: row.activity_at === null ? undefined : { activityAt: row.activity_at, stale: row.stale === 1 },
  };
};

const markOf = (watched: Flag | null, at: Instant | null): Mark | undefined =>
  watched === null || at === null ? undefined : { watched: watched === 1, at };

const playOf = (row: Row): PlayState | undefined =>
  row.reported_at === null
    ? undefined
    : {
        positionMs: row.position_ms,
        durationMs: row.duration_ms,
        reportedAt: row.reported_at,
        playCount: row.play_count ?? 0,
        lastPlayedAt: row.last_played_at,
      };
