import type { Insertable } from 'kysely';
import type { Database } from '#database/database.ts';
import type { Tables } from '#database/tables.ts';
import { DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { addDevice, addUser, openGrants } from '../support/people.ts';
import { treeIn } from '../support/tree.ts';

export const NOW = Date.UTC(2026, 10, 1);

const SERIES = 300;
const EPISODES = 5;
const MOVIES = 1000;

/** Enough rows that a planner has a choice: 1,500 episodes, 1,000 movies; of each a play, a mark and an opinion of two people. */
export const fill = async (database: Database) => {
  const tree = treeIn(database, NOW - 400 * DAY);
  const films = await tree.library('movies');
  const shows = await tree.library('series');
  const { viewer } = await addUser(database, { name: 'Ada' });
  const quiet = await addDevice(database, viewer, { name: 'Tablet', isolation: 'quiet' });
  const show = await tree.show(shows, [2, 2]);
  const movie = await tree.movie(films);
  const collection = await tree.collection(films, [movie]);
  const music = await tree.library('music');
  const album = await tree.album(await tree.artist(music));
  await tree.track(album, 1);
  const leaves = await addLeaves(database, films, shows);
  await live(database, viewer, leaves);
  await live(database, (await addUser(database, { name: 'Bob' })).viewer, leaves);
  const restricted: Viewer = { ...viewer, grants: { ...openGrants, ...restrictedTo(films, shows) } };
  return { viewers: [viewer, quiet, restricted], films, shows, music, show, movie, collection, album, leaves };
};

export type House = Awaited<ReturnType<typeof fill>>;

const addLeaves = async (database: Database, films: MediaItemId, shows: MediaItemId): Promise<MediaItemId[]> => {
  const numbered = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
  const movies = numbered(MOVIES, (n) => ({ ...row('movie', n), library_id: films }));
  const series = await addMany(
    database,
    'media_items',
    numbered(SERIES, (n) => ({ ...row('series', n), library_id: shows })),
  );
  const above = (id: MediaItemId) => ({ library_id: shows, parent_id: id, root_id: id, season_number: 1 });
  const episodes = series.flatMap((id) =>
    numbered(EPISODES, (n) => ({ ...row('episode', n), ...above(id), episode_number: n + 1 })),
  );
  return addMany(database, 'media_items', [...movies, ...episodes]);
};

const restrictedTo = (...libraries: MediaItemId[]): Partial<Grants> => ({
  libraries,
  maxRatingLevel: 12,
  blockedTags: [asId(1)],
});

const row = (kind: 'movie' | 'series' | 'episode', n: number): Insertable<Tables['media_items']> => ({
  library_id: null,
  parent_id: null,
  root_id: null,
  season_number: null,
  episode_number: null,
  episode_number_end: null,
  absolute_number: null,
  disc_number: null,
  track_number: null,
  original_title: null,
  overview: null,
  year: 1970 + (n % 50),
  released_at: NOW - n * DAY,
  runtime_ms: HOUR,
  content_rating: null,
  rating_level: n % 18,
  added_at: NOW - (n % 300) * DAY,
  updated_at: NOW,
  removed_at: null,
  kind,
  title: `${kind} ${n}`,
  sort_title: `${kind} ${n}`,
  title_key: `${kind} ${n}`,
});

const live = async (database: Database, viewer: Viewer, leaves: MediaItemId[]): Promise<void> => {
  const { userId: user_id, deviceUserId: device_user_id, groupScope, ownScope } = viewer;
  await addMany(
    database,
    'plays',
    leaves.map((item_id, n) => ({
      user_id,
      device_user_id,
      item_id,
      started_at: NOW - n * HOUR,
      last_at: NOW - n * HOUR + MINUTE,
      ended_at: null,
      position_ms: null,
      duration_ms: null,
      completed: 1 as const,
      confirmed: 1 as const,
      watched_ms: HOUR,
      method: null,
      client_name: null,
      source_key: null,
      unsettled: 1 as const,
    })),
  );
  for (const scope_id of [groupScope, ownScope]) {
    await addMany(
      database,
      'play_states',
      leaves.map((item_id, n) => ({
        scope_id,
        item_id,
        series_id: null,
        position_ms: n % 9 === 0 ? HOUR / 2 : null,
        duration_ms: HOUR,
        reported_at: NOW - n * MINUTE,
        play_count: 1,
        first_played_at: NOW - n * MINUTE,
        last_played_at: NOW - n * MINUTE,
      })),
    );
    await addMany(
      database,
      'marks',
      leaves.map((item_id, n) => ({ scope_id, item_id, watched: 1 as const, at: NOW - n * MINUTE })),
    );
  }
  await addMany(
    database,
    'opinions',
    leaves.map((item_id, n) => ({
      user_id,
      item_id,
      favourite: n % 2 === 0 ? (1 as const) : (0 as const),
      favourite_at: n,
      disliked: n % 2 === 0 ? (0 as const) : (1 as const),
      disliked_at: n,
      watchlist: 1 as const,
      watchlist_at: n,
      rating: 1 + (n % 20),
      rated_at: n,
      review: null,
      reviewed_at: null,
    })),
  );
  await addMany(
    database,
    'list_choices',
    leaves.slice(0, 1000).map((item_id, n) => ({
      user_id,
      item_id,
      dropped_at: NOW - n * MINUTE,
      drop_said_at: NOW - n * MINUTE,
      snoozed_at: null,
      snoozed_until: null,
      specials: null,
      said_at: NOW - n * MINUTE,
    })),
  );
};

/** @returns their ids, of items */
const addMany = async <T extends 'media_items' | 'plays' | 'play_states' | 'marks' | 'opinions' | 'list_choices'>(
  database: Database,
  table: T,
  rows: Insertable<Tables[T]>[],
): Promise<MediaItemId[]> => {
  const ids: MediaItemId[] = [];
  await database.transaction(async (tx) => {
    for (let start = 0; start < rows.length; start += 500) {
      const insert = tx.insertInto(table).values(rows.slice(start, start + 500) as never);
      if (table !== 'media_items') await insert.execute();
      else ids.push(...(await insert.returning('id' as never).execute()).map((one) => (one as { id: MediaItemId }).id));
    }
  });
  return ids;
};
