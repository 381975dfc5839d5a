import { type RawBuilder, sql } from 'kysely';
import type { Database } from '#database/database.ts';
import { DAY } from '#kernel/clock.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { overview, randomOf } from '../http/words.ts';
import {
  activityOf,
  EPISODE_MS,
  EPISODES,
  EPISODES_A_SEASON,
  FIRST_SERIES,
  firstEpisode,
  firstSeason,
  type House,
  isLeft,
  LIBRARY,
  PACE,
  ROUND,
  SEASONS,
  watchedOf,
} from './house.ts';

/** Fills a migrated, empty database with the house of this user, by a few statements that make their own rows. */
export const fill = async (database: Database, viewer: Viewer, house: House): Promise<void> => {
  const run = (statement: RawBuilder<unknown>) => statement.execute(database.schema);
  const sqlite = database.dialect.name === 'sqlite';
  if (sqlite) await run(sql.raw('PRAGMA synchronous = OFF'));
  if (sqlite) await run(sql.raw('PRAGMA cache_size = -524288'));
  for (const statement of [...numbers(house), ...catalog(house), ...history(viewer, house), ...plain(viewer, house)]) {
    await run(statement);
  }
  if (sqlite) await run(sql.raw('PRAGMA cache_size = -8192'));
  if (sqlite) await run(sql.raw('PRAGMA synchronous = FULL'));
  await run(sqlite ? sql.raw('PRAGMA wal_checkpoint(TRUNCATE)') : sql.raw('VACUUM ANALYZE'));
};

/** One row a series: how far it was watched, and when last. One row a watched episode, numbered. */
const numbers = (house: House): RawBuilder<unknown>[] => [
  sql`CREATE TABLE bench_series (n bigint PRIMARY KEY, watched bigint NOT NULL, position bigint NOT NULL, activity bigint NOT NULL)`,
  ...inBatches(house.series, (n) => {
    const { watched, left, at } = { watched: watchedOf(house, n), left: isLeft(house, n), at: activityOf(house, n) };
    return sql`(${sql.lit(n)}, ${sql.lit(watched)}, ${sql.lit(left ? 1 : 0)}, ${sql.lit(at)})`;
  }).map((rows) => sql`INSERT INTO bench_series (n, watched, position, activity) VALUES ${rows}`),
  sql`CREATE TABLE bench_watched (n bigint PRIMARY KEY, episode bigint NOT NULL, series bigint NOT NULL, at bigint NOT NULL)`,
  sql`INSERT INTO bench_watched (n, episode, series, at)
    SELECT row_number() OVER (ORDER BY s.n, e.i) - 1, ${sql.lit(firstEpisode(house))} + s.n * ${sql.lit(EPISODES)} + e.i,
      ${sql.lit(FIRST_SERIES)} + s.n, s.activity - (s.watched - 1 - e.i + s.position) * ${sql.lit(PACE)}
    FROM bench_series AS s JOIN ${upTo(EPISODES)} AS e ON e.i < s.watched`,
];

const inBatches = (count: number, row: (n: number) => RawBuilder<unknown>): RawBuilder<unknown>[] => {
  const rows = Array.from({ length: count }, (_, n) => row(n));
  return Array.from({ length: Math.ceil(count / 400) }, (_, n) => sql.join(rows.slice(n * 400, (n + 1) * 400)));
};

/** The integers from 0 to below a limit, as a subselect of one column `i`. */
const upTo = (limit: number): RawBuilder<unknown> =>
  sql`(WITH RECURSIVE counted (i) AS (SELECT CAST(0 AS bigint) UNION ALL
    SELECT i + 1 FROM counted WHERE i < ${sql.lit(limit - 1)}) SELECT i FROM counted)`;

const catalog = (house: House): RawBuilder<unknown>[] => {
  const added = sql.lit(house.now - 4000 * DAY);
  const series = sql`${sql.lit(FIRST_SERIES)} + n.i / ${sql.lit(EPISODES)}`;
  const season = sql`${sql.lit(firstSeason(house))} + n.i / ${sql.lit(EPISODES_A_SEASON)}`;
  const text = sql.lit(overview(randomOf(1)));
  const columns = sql`id, kind, library_id, parent_id, root_id, season_number, episode_number, title, sort_title,
    title_key, overview, released_at, runtime_ms, added_at, updated_at`;
  const titled = (word: string, number: RawBuilder<unknown>) =>
    sql`${sql.lit(word)} || (${number}), ${sql.lit(word.toLowerCase())} || (${number}), ${sql.lit(word.toLowerCase())} || (${number})`;
  return [
    sql`INSERT INTO media_items (${columns}) VALUES (${LIBRARY}, 'library', ${LIBRARY}, NULL, NULL, NULL, NULL,
      'Series', 'series', 'series', NULL, NULL, NULL, ${added}, ${added})`,
    sql`INSERT INTO libraries (item_id, library_kind) VALUES (${LIBRARY}, 'series')`,
    sql`INSERT INTO media_items (${columns})
      SELECT ${sql.lit(FIRST_SERIES)} + n.i, 'series', ${sql.lit(LIBRARY)}, NULL, NULL, NULL, NULL,
        ${titled('Series ', sql`10000 + n.i`)}, ${text}, NULL, NULL, ${added}, ${added}
      FROM ${upTo(house.series)} AS n`,
    sql`INSERT INTO series (item_id, status) SELECT id, 'ended' FROM media_items WHERE kind = 'series'`,
    sql`INSERT INTO media_items (${columns})
      SELECT ${sql.lit(firstSeason(house))} + n.i, 'season', ${sql.lit(LIBRARY)}, ${sql.lit(FIRST_SERIES)} + n.i / ${sql.lit(SEASONS)},
        ${sql.lit(FIRST_SERIES)} + n.i / ${sql.lit(SEASONS)}, n.i % ${sql.lit(SEASONS)} + 1, NULL,
        ${titled('Season ', sql`n.i % ${sql.lit(SEASONS)} + 1`)}, NULL, NULL, NULL, ${added}, ${added}
      FROM ${upTo(house.series * SEASONS)} AS n`,
    sql`INSERT INTO media_items (${columns})
      SELECT ${sql.lit(firstEpisode(house))} + n.i, 'episode', ${sql.lit(LIBRARY)}, ${season}, ${series},
        n.i / ${sql.lit(EPISODES_A_SEASON)} % ${sql.lit(SEASONS)} + 1, n.i % ${sql.lit(EPISODES_A_SEASON)} + 1,
        ${titled('Episode ', sql`n.i % ${sql.lit(EPISODES_A_SEASON)} + 1`)}, ${text},
        ${added}, ${sql.lit(EPISODE_MS)}, ${added}, ${added}
      FROM ${upTo(house.series * EPISODES)} AS n`,
  ];
};

/** All that the product keeps of it: in the device's own scope and the group's. */
const history = (viewer: Viewer, house: House): RawBuilder<unknown>[] => {
  const scopes = sql`(SELECT id FROM scopes WHERE id IN (${sql.lit(viewer.ownScope)}, ${sql.lit(viewer.groupScope)})) AS sc`;
  const next = sql`${sql.lit(firstEpisode(house))} + s.n * ${sql.lit(EPISODES)} + s.watched`;
  const count = sql.lit(2 * house.inProgress * EPISODES);
  return [
    sql`INSERT INTO marks (scope_id, item_id, watched, at)
      SELECT sc.id, w.episode, 1, w.at FROM ${scopes} CROSS JOIN bench_watched AS w WHERE w.n < ${count} ORDER BY sc.id, w.episode`,
    sql`INSERT INTO play_states (scope_id, item_id, series_id, position_ms, duration_ms, reported_at, play_count, first_played_at, last_played_at)
      SELECT sc.id, w.episode, w.series, NULL, ${sql.lit(EPISODE_MS)}, w.at, 1, w.at, w.at
      FROM ${scopes} CROSS JOIN bench_watched AS w ORDER BY sc.id, w.episode`,
    sql`INSERT INTO play_states (scope_id, item_id, series_id, position_ms, duration_ms, reported_at, play_count, first_played_at, last_played_at)
      SELECT sc.id, ${next}, ${sql.lit(FIRST_SERIES)} + s.n, ${sql.lit(EPISODE_MS / 3)}, ${sql.lit(EPISODE_MS)}, s.activity, 0, s.activity, s.activity
      FROM ${scopes} CROSS JOIN bench_series AS s WHERE s.position = 1`,
    sql`INSERT INTO series_states (scope_id, series_id, library_id, activity_at, last_item_id, last_at, last_on, next_item_id, next_at, unwatched, open, stale, unmarked)
      SELECT sc.id, ${sql.lit(FIRST_SERIES)} + s.n, ${sql.lit(LIBRARY)}, s.activity, ${next} - 1, s.activity - s.position * ${sql.lit(PACE)},
        ${sql.lit(viewer.deviceUserId)}, CASE WHEN s.watched < ${sql.lit(EPISODES)} THEN ${next} END, NULL, ${sql.lit(EPISODES)} - s.watched,
        CASE WHEN s.watched < ${sql.lit(EPISODES)} THEN 1 ELSE 0 END, 0, 0
      FROM ${scopes} CROSS JOIN bench_series AS s WHERE s.watched > 0`,
    sql`INSERT INTO plays (user_id, device_user_id, item_id, started_at, last_at, ended_at, position_ms, duration_ms, completed, confirmed, watched_ms, unsettled)
      SELECT ${sql.lit(viewer.userId)}, ${sql.lit(viewer.deviceUserId)}, w.episode, w.at - round.i * ${sql.lit(ROUND)} - ${sql.lit(EPISODE_MS)},
        w.at - round.i * ${sql.lit(ROUND)}, w.at - round.i * ${sql.lit(ROUND)}, ${sql.lit(EPISODE_MS)}, ${sql.lit(EPISODE_MS)}, 1, 1, ${sql.lit(EPISODE_MS)}, 0
      FROM ${upTo(20)} AS round CROSS JOIN bench_watched AS w ORDER BY round.i, w.n LIMIT ${sql.lit(house.plays)}`,
  ];
};

/** The same as one row an episode, as the obvious schema has it. */
const plain = (viewer: Viewer, house: House): RawBuilder<unknown>[] => [
  sql`CREATE TABLE user_episode (user_id bigint NOT NULL, episode_id bigint NOT NULL, watched bigint NOT NULL,
    position bigint, at bigint NOT NULL, PRIMARY KEY (user_id, episode_id))`,
  sql`INSERT INTO user_episode (user_id, episode_id, watched, position, at)
    SELECT ${sql.lit(viewer.userId)}, w.episode, 1, NULL, w.at FROM bench_watched AS w`,
  sql`INSERT INTO user_episode (user_id, episode_id, watched, position, at)
    SELECT ${sql.lit(viewer.userId)}, ${sql.lit(firstEpisode(house))} + s.n * ${sql.lit(EPISODES)} + s.watched, 0,
      ${sql.lit(EPISODE_MS / 3)}, s.activity FROM bench_series AS s WHERE s.position = 1`,
  sql`CREATE INDEX user_episode_left ON user_episode (user_id, at) WHERE position IS NOT NULL`,
  sql`CREATE INDEX user_episode_watched ON user_episode (user_id, at) WHERE watched = 1`,
  sql`DROP TABLE bench_watched`,
  sql`DROP TABLE bench_series`,
];
