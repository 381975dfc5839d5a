import type { Instant } from '#kernel/clock.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { openRaw } from './raw.ts';

/** The same lists and marks as the obvious schema has them: one row an episode and user. */
export interface Plain {
  mark(where: 'episode' | 'season' | 'series' | 'library', id: number, watched: boolean, at: Instant): Promise<unknown>;
  progress(episode: number, positionMs: number, at: Instant): Promise<unknown>;
  season(season: number): Promise<unknown>;
  counts(series: readonly number[]): Promise<unknown>;
  continueWatching(limit: number): Promise<unknown>;
  nextUp(limit: number): Promise<unknown>;
  history(limit: number): Promise<unknown>;
  close(): Promise<void>;
}

export const openPlain = async (url: string, viewer: Viewer): Promise<Plain> => {
  const raw = await openRaw(url);
  const user = viewer.userId;
  return {
    mark: (where, id, watched, at) => raw.run(marks[where], [user, watched ? 1 : 0, at, id]),
    progress: (episode, positionMs, at) => raw.run(PROGRESS, [user, episode, positionMs, at]),
    season: (season) => raw.rows(SEASON, [user, season]),
    counts: (series) => raw.rows(COUNTS.replace('…', series.map((_, n) => `$${n + 2}`).join(', ')), [user, ...series]),
    continueWatching: (limit) => raw.rows(CONTINUE, [user, limit]),
    nextUp: (limit) => raw.rows(NEXT_UP, [user, limit]),
    history: (limit) => raw.rows(HISTORY, [user, limit]),
    close: () => raw.close(),
  };
};

const marking = (below: string): string => `INSERT INTO user_episode (user_id, episode_id, watched, position, at)
  SELECT CAST($1 AS bigint), e.id, CAST($2 AS bigint), NULL, CAST($3 AS bigint) FROM media_items AS e
  WHERE ${below} AND e.kind = 'episode' AND e.removed_at IS NULL
  ON CONFLICT (user_id, episode_id) DO UPDATE SET watched = excluded.watched, position = NULL, at = excluded.at`;

const marks = {
  episode: marking('e.id = $4'),
  season: marking('e.parent_id = $4'),
  series: marking('e.root_id = $4'),
  library: marking('e.library_id = $4'),
} as const;

const PROGRESS = `INSERT INTO user_episode (user_id, episode_id, watched, position, at) VALUES ($1, $2, 0, $3, $4)
  ON CONFLICT (user_id, episode_id) DO UPDATE SET position = excluded.position, at = excluded.at`;

const SEASON = `SELECT e.id, coalesce(u.watched, 0) AS watched, u.position, u.at FROM media_items AS e
  LEFT JOIN user_episode AS u ON u.user_id = $1 AND u.episode_id = e.id
  WHERE e.parent_id = $2 AND e.removed_at IS NULL ORDER BY e.episode_number`;

const COUNTS = `SELECT e.root_id, count(*) AS unwatched FROM media_items AS e
  LEFT JOIN user_episode AS u ON u.user_id = $1 AND u.episode_id = e.id
  WHERE e.root_id IN (…) AND e.kind = 'episode' AND e.removed_at IS NULL AND coalesce(u.watched, 0) = 0
  GROUP BY e.root_id`;

const TITLES =
  'e.id, e.title, e.season_number, e.episode_number, e.overview, s.id AS series_id, s.title AS series_title';

const CONTINUE = `SELECT ${TITLES}, u.position, u.at FROM (
    SELECT episode_id, position, at, row_number() OVER (PARTITION BY i.root_id ORDER BY at DESC) AS place
    FROM user_episode JOIN media_items AS i ON i.id = episode_id
    WHERE user_id = $1 AND position IS NOT NULL) AS u
  JOIN media_items AS e ON e.id = u.episode_id JOIN media_items AS s ON s.id = e.root_id
  WHERE u.place = 1 ORDER BY u.at DESC LIMIT $2`;

const NEXT_UP = `SELECT ${TITLES}, l.at FROM (
    SELECT i.root_id, max(u.at) AS at, max(i.season_number * 1000 + i.episode_number) AS seen
    FROM user_episode AS u JOIN media_items AS i ON i.id = u.episode_id
    WHERE u.user_id = $1 AND u.watched = 1 GROUP BY i.root_id) AS l
  JOIN media_items AS e ON e.id = (SELECT n.id FROM media_items AS n
    LEFT JOIN user_episode AS un ON un.user_id = $1 AND un.episode_id = n.id
    WHERE n.root_id = l.root_id AND n.kind = 'episode' AND n.removed_at IS NULL AND coalesce(un.watched, 0) = 0
      AND n.season_number * 1000 + n.episode_number > l.seen
    ORDER BY n.season_number, n.episode_number LIMIT 1)
  JOIN media_items AS s ON s.id = e.root_id ORDER BY l.at DESC LIMIT $2`;

const HISTORY = `SELECT ${TITLES}, u.at FROM user_episode AS u
  JOIN media_items AS e ON e.id = u.episode_id JOIN media_items AS s ON s.id = e.root_id
  WHERE u.user_id = $1 AND u.watched = 1 ORDER BY u.at DESC LIMIT $2`;
