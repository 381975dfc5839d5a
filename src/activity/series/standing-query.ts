import { type Selectable, sql } from 'kysely';
import { newestReportIn, positionsInSeries, scopeList } from '#activity/marks/covering-sql.ts';
import { decidingMark, isWatched, type Mark, positionLives } from '#activity/marks/watched.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import type { PlayStatesTable } from '#database/tables/activity.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Episode } from './episode.ts';
import { playedOn, type WatchedLast } from './played-on-query.ts';
import { type Pointer, pointerOf, usualWay, type Way } from './pointer.ts';
import { waysThrough } from './way-query.ts';

/** Where someone stands in a series, derived from the marks and positions of one scope, or two merged. */
export interface Standing extends Pick<Pointer, 'next'> {
  seriesId: MediaItemId;
  /** The episode watched last; `on`: by which device user it was played to its end, null: marked by hand, or not known. */
  last: (WatchedLast & { on: DeviceUserId | null }) | null;
  /** Episodes in progress, newest first; retired ones too. */
  inProgress: InProgress[];
  /** Episodes that are here and not watched. */
  unwatched: number;
  /** Whether anything there was set unwatched. */
  unmarked: boolean;
  /** Whether it was begun anew and still goes on. */
  rewatching: boolean;
}

export interface InProgress {
  itemId: MediaItemId;
  positionMs: Millis;
  durationMs: Millis | null;
  reportedAt: Instant;
}

/** Derives the standings in these series (a few dozen at a time) by the pure rule, in five statements. */
export const deriveStandings = async (
  db: Reader,
  scopes: readonly ScopeId[],
  series: readonly MediaItemId[],
  now: Instant,
): Promise<Standing[]> => {
  if (series.length === 0) return [];
  const episodes = Map.groupBy(await episodesOf(db, series), (episode) => episode.seriesId);
  const marks = await marksIn(db, scopes, series);
  const positions = Map.groupBy(await positionsIn(db, scopes, series), (position) => position.seriesId);
  const ways = await waysThrough(db, scopes, series);
  const standings = series.map((id) => {
    const way = ways.get(id) ?? usualWay;
    return standingOf(id, episodes.get(id) ?? [], marks, positions.get(id) ?? [], way, now);
  });
  const devices = await playedOn(
    db,
    scopes,
    standings.flatMap(({ last }) => last ?? []),
  );
  return standings.map((standing) => {
    const { last } = standing;
    return { ...standing, last: last && { ...last, on: devices.get(last.id) ?? null } };
  });
};

type EpisodeRow = Awaited<ReturnType<typeof episodesOf>>[number];
type PositionRow = Awaited<ReturnType<typeof positionsIn>>[number];

const standingOf = (
  seriesId: MediaItemId,
  episodes: EpisodeRow[],
  marks: Map<MediaItemId, Mark[]>,
  positions: PositionRow[],
  way: Way,
  now: Instant,
): Omit<Standing, 'last'> & Pointer => {
  const of = (id: MediaItemId | null) => (id === null ? [] : (marks.get(id) ?? []));
  const deciding = new Map(
    episodes.map((episode) => {
      const above = [...of(episode.seasonId), ...of(seriesId), ...of(episode.libraryId)];
      return [episode.id, decidingMark(episode.addedAt, of(episode.id), above)];
    }),
  );
  const within = [seriesId, ...episodes.flatMap((episode) => [episode.id, episode.seasonId])];
  const whole = [...of(seriesId), ...of(episodes[0]?.libraryId ?? null)];
  const since = rewatchOf(way, whole);
  return {
    seriesId,
    ...pointerOf(episodes, (episode) => deciding.get(episode.id), now, { ...way, since }),
    inProgress: positions.filter((position) => positionLives(position.reportedAt, deciding.get(position.itemId))),
    unwatched: episodes.filter((episode) => episode.here && !isWatched(deciding.get(episode.id))).length,
    rewatching: since !== null,
    unmarked: within.some((id) => of(id).some((mark) => !mark.watched)),
  };
};

/** A series begun anew goes on until it is marked as a whole, itself or with its library. */
const rewatchOf = ({ since }: Way, whole: readonly Mark[]): Instant | null =>
  since !== null && whole.every((mark) => mark.at <= since) ? since : null;

const episodesOf = async (db: Reader, series: readonly MediaItemId[]) => {
  const rows = await db
    .selectFrom('media_items')
    .select(['id', 'root_id', 'parent_id', 'library_id', 'season_number', 'play_order', 'added_at', 'released_at'])
    .select('removed_at')
    .where('root_id', 'in', series)
    .where('play_order', 'is not', null)
    .execute();
  return rows.map((row): Episode & EpisodePlace => ({
    id: row.id,
    seriesId: row.root_id as MediaItemId,
    seasonId: row.parent_id as MediaItemId,
    libraryId: row.library_id as MediaItemId,
    special: row.season_number === 0,
    playOrder: row.play_order ?? 0,
    addedAt: row.added_at,
    releasedAt: row.released_at,
    here: row.removed_at === null,
  }));
};

interface EpisodePlace {
  seriesId: MediaItemId;
  seasonId: MediaItemId;
  libraryId: MediaItemId;
  addedAt: Instant;
}

const marksIn = async (db: Reader, scopes: readonly ScopeId[], series: readonly MediaItemId[]) => {
  const list = sql.join(series);
  const rows = await db
    .selectFrom('marks')
    .select(['item_id', 'watched', 'at'])
    .where('scope_id', 'in', scopes)
    .where(
      'item_id',
      'in',
      sql<MediaItemId>`(SELECT i.id FROM media_items AS i WHERE i.root_id IN (${list})
        UNION SELECT i.id FROM media_items AS i WHERE i.id IN (${list})
        UNION SELECT i.library_id FROM media_items AS i WHERE i.id IN (${list}))`,
    )
    .execute();
  const marks = new Map<MediaItemId, Mark[]>();
  for (const row of rows) {
    const mark = { watched: row.watched === 1, at: row.at };
    const known = marks.get(row.item_id);
    if (known) known.push(mark);
    else marks.set(row.item_id, [mark]);
  }
  return marks;
};

type PositionColumns = Pick<
  Selectable<PlayStatesTable>,
  'item_id' | 'series_id' | 'position_ms' | 'duration_ms' | 'reported_at'
>;

const positionsIn = async (db: Reader, scopes: readonly ScopeId[], series: readonly MediaItemId[]) => {
  const { rows } = await sql<PositionColumns>`
    SELECT p.item_id, p.series_id, p.position_ms, p.duration_ms, p.reported_at
    FROM play_states AS p ${positionsInSeries(dialectOf(db))}
    WHERE p.scope_id IN (${scopeList(scopes)}) AND p.series_id IN (${sql.join(series)}) AND p.position_ms IS NOT NULL
      AND ${newestReportIn(scopeList(scopes), 'p')}
    ORDER BY p.reported_at DESC, p.item_id DESC`.execute(db);
  return rows.map((row): InProgress & { seriesId: MediaItemId } => ({
    itemId: row.item_id,
    seriesId: row.series_id as MediaItemId,
    positionMs: row.position_ms ?? 0,
    durationMs: row.duration_ms,
    reportedAt: row.reported_at,
  }));
};
