import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { createActivity } from '#activity/service.ts';
import { createStates } from '#activity/states/states.ts';
import type { KindDetails, MediaItem } from '#catalog/types.ts';
import type { Database } from '#database/database.ts';
import { SqliteConnection } from '#database/sqlite/connection.ts';
import { linkDeviceUser } from '#identity/device-users.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { IsolationMode, Viewer } from '#kernel/viewer.ts';
import { createClientItems } from '#sync/user-data.ts';
import { eachDatabase, type MakeDatabase, makeSqlite } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import type { UserMediaItemDataFacade } from './layers.ts';
import { listQuery } from './list-query.ts';
import type { UserMediaItemData } from './types.ts';
import { createUserData } from './user-data.ts';
import { createUserMediaItemData } from './user-media-item-data.ts';

const NOW = Date.UTC(2026, 5, 1);
const LENGTH = 6000;

const house = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(NOW);
  const tree = treeIn(database);
  const { viewer } = await addUser(database, { name: 'Ada' });
  const parts = {
    database,
    clock,
    activity: createActivity({ database, clock }),
    opinions: createOpinions({ database, clock }),
    changes: createChanges({ database, clock }),
    states: createStates({ database, clock }).of,
    clientItems: createClientItems({ database }),
  };
  const films = await tree.library('movies');
  const shows = await tree.library('series');
  const movie = await tree.movie(films, { title: 'Alien', runtime_ms: LENGTH * 1000 });
  const other = await tree.movie(films, { title: 'Brazil', runtime_ms: LENGTH * 1000 });
  const show = await tree.show(shows, [3]);
  const of = <K extends MediaKind>(kind: K) => createUserMediaItemData(parts, kind);
  return { ...parts, tree, viewer, films, movie, other, show, of, movies: of('movie'), data: createUserData(parts) };
};

/** A media server on which the viewer has an account, with some of our items. */
const addClient = async (
  database: Database,
  viewer: Viewer,
  items: Record<string, { kind: MediaKind; id: MediaItemId | null }>,
  isolation: IsolationMode = 'loud',
): Promise<ClientId> =>
  database.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('clients')
      .values({
        kind: 'plex',
        name: 'Plex',
        address: 'http://plex',
        user_name: null,
        secret: null,
        time_zone: null,
        server_version: null,
        created_at: NOW,
        imported_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const device = { kind: 'plex' as const, key: `plex-${id}`, name: 'Plex' };
    const actor = await linkDeviceUser(tx, { now: () => NOW }, { userId: viewer.userId, device, isolation });
    await tx
      .insertInto('client_accounts')
      .values({
        client_id: id,
        remote_user_id: '1',
        remote_name: 'ada',
        device_user_id: actor.deviceUserId,
        state_read_at: null,
      })
      .execute();
    for (const [name, item] of Object.entries(items)) {
      await tx
        .insertInto('client_items')
        .values({
          client_id: id,
          client_item_id: name,
          kind: item.kind,
          item_id: item.id,
          match: 'title',
          title: name,
          year: null,
          path: null,
          digest: '',
          doubt: null,
          first_seen_at: NOW,
          seen_at: NOW,
          removed_at: null,
        })
        .execute();
    }
    return id;
  });

const titles = (page: { items: { item: { title: string } }[] }) => page.items.map((entry) => entry.item.title);

eachDatabase('the records of seed 000', (make) => {
  test('an entry has every field of the seed, each from where it is kept', async () => {
    const { movies, viewer, movie, clock } = await house(make);
    expect(await movies.getByUserIdAndMediaItemId(viewer, movie)).toBeUndefined();
    expect(await movies.hasUserMediaItemData(viewer, movie)).toBe(false);
    const made = await movies.create(viewer, movie, { isFavorite: true, userRating: 8.5, watchlist: true });
    expect(made).toMatchObject({
      id: movie,
      userId: viewer.userId,
      mediaItemId: movie,
      item: { id: movie, kind: 'movie', title: 'Alien', details: { tagline: null, budget: null, revenue: null } },
      type: 'movie',
      playedAt: null,
      lastPlayedAt: null,
      isFavorite: true,
      isDisliked: false,
      userRating: 8.5,
      watchlist: true,
      playedPercentage: 0,
      playCount: 0,
      positionSeconds: 0,
      durationSeconds: LENGTH,
      completed: false,
      createdAt: NOW,
      updatedAt: NOW,
    });
    clock.advance(HOUR);
    const moved = await movies.update(viewer, movie, { positionSeconds: 1500, durationSeconds: LENGTH });
    expect(moved).toMatchObject({
      positionSeconds: 1500,
      playedPercentage: 25,
      completed: false,
      updatedAt: NOW + HOUR,
    });
    clock.advance(HOUR);
    const played = await movies.recordPlay(viewer, movie, { at: NOW + 2 * HOUR });
    expect(played).toMatchObject({
      playCount: 1,
      completed: true,
      playedPercentage: 100,
      positionSeconds: 0,
      lastPlayedAt: NOW + 2 * HOUR,
      createdAt: NOW,
    });
    expect(await movies.hasUserMediaItemData(viewer, movie)).toBe(true);
    expect(await movies.getById(viewer, movie)).toEqual(played);
  });

  test('what is there is not created again, and what is not is neither got, changed nor deleted', async () => {
    const { movies, viewer, movie, other } = await house(make);
    await movies.create(viewer, movie, { completed: true });
    await expect(movies.create(viewer, movie, { watchlist: true })).rejects.toMatchObject({ code: 'conflict' });
    await expect(movies.getById(viewer, other)).rejects.toMatchObject({ code: 'not_found' });
    await expect(movies.update(viewer, other, { watchlist: true })).rejects.toMatchObject({ code: 'not_found' });
    await expect(movies.delete(viewer, other)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('an entry is written as a whole or not at all', async () => {
    const { movies, viewer, movie } = await house(make);
    await expect(movies.create(viewer, movie, { completed: true, userRating: 99 })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(movies.create(viewer, movie, { positionSeconds: Number.NaN })).rejects.toMatchObject({
      code: 'invalid',
      faults: [{ path: 'positionSeconds' }],
    });
    expect(await movies.hasUserMediaItemData(viewer, movie)).toBe(false);
  });

  test('a deleted entry is gone from every list, and can be made anew', async () => {
    const { movies, viewer, movie } = await house(make);
    await movies.recordPlay(viewer, movie, { at: NOW - DAY });
    await movies.toggleFavorite(viewer, movie, true);
    await movies.delete(viewer, movie);
    expect(await movies.hasUserMediaItemData(viewer, movie)).toBe(false);
    expect(titles(await movies.getUserHistory(viewer, { limit: 10 }))).toEqual([]);
    expect(titles(await movies.getFavorites(viewer, { limit: 10 }))).toEqual([]);
    expect((await movies.getUserPlayHistory(viewer, { limit: 10 })).items).toEqual([]);
    expect(await movies.create(viewer, movie, { completed: true })).toMatchObject({ completed: true, playCount: 0 });
  });

  test('an item of another kind, or that may not be seen, is not found', async () => {
    const { movies, of, database, viewer, movie, show, films } = await house(make);
    await expect(of('series').getById(viewer, movie)).rejects.toMatchObject({ code: 'not_found' });
    await expect(movies.create(viewer, show.series, { completed: true })).rejects.toMatchObject({ code: 'not_found' });
    await expect(movies.toggleFavorite(viewer, show.series, true)).rejects.toMatchObject({ code: 'not_found' });
    const blind = (await addUser(database, { name: 'Bea', grants: { libraries: [] } })).viewer;
    await expect(movies.recordPlay(blind, movie)).rejects.toMatchObject({ code: 'not_found' });
    await expect(movies.getByUserIdAndMediaItemId(blind, movie)).rejects.toMatchObject({ code: 'not_found' });
    const guest = (await addUser(database, { name: 'Gil', role: 'guest' })).viewer;
    for (const write of [
      () => movies.create(guest, movie, { watchlist: true }),
      () => movies.recordPlay(guest, movie),
      () => movies.toggleFavorite(guest, movie, true),
      () => movies.clearUserHistory(guest),
    ]) {
      await expect(write()).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(films).toBeGreaterThan(0);
  });

  test('history has one entry an item, the last played first, by limit and offset or by cursor', async () => {
    const { movies, tree, films, viewer } = await house(make);
    const made: MediaItemId[] = [];
    for (let n = 0; n < 5; n += 1) {
      made.push(await tree.movie(films, { title: `M${n}` }));
      await movies.recordPlay(viewer, made[n]!, { at: NOW - DAY + n * HOUR });
    }
    await movies.recordPlay(viewer, made[0]!, { at: NOW - HOUR });
    expect(titles(await movies.getUserHistory(viewer, { limit: 10 }))).toEqual(['M0', 'M4', 'M3', 'M2', 'M1']);
    expect(titles(await movies.getUserHistory(viewer, { limit: 2, offset: 1 }))).toEqual(['M4', 'M3']);
    const first = await movies.getUserHistory(viewer, { limit: 2 });
    const second = await movies.getUserHistory(viewer, { limit: 9, cursor: first.next! });
    expect([...titles(first), ...titles(second)]).toEqual(['M0', 'M4', 'M3', 'M2', 'M1']);
    expect(second.next).toBeNull();
    expect((await movies.getRecentHistory(viewer, 3)).map((entry) => entry.item.title)).toEqual(['M0', 'M4', 'M3']);
    expect(first.items[0]).toMatchObject({ playCount: 2, playedAt: NOW - DAY, lastPlayedAt: NOW - HOUR });
    await expect(movies.getUserHistory(viewer, { limit: 2, offset: -1 })).rejects.toMatchObject({
      faults: [{ path: 'offset' }],
    });
  });

  test('the history of series has those with the newest activity first', async () => {
    const { of, tree, viewer, show, clock } = await house(make);
    const later = await tree.show((await tree.library('series')) as MediaItemId, [2], { title: 'Later' });
    const episodes = of('episode');
    await episodes.recordPlay(viewer, later.episodes[0]![0]!, { at: NOW - 2 * HOUR });
    await episodes.recordPlay(viewer, show.episodes[0]![0]!, { at: NOW - HOUR });
    clock.advance(HOUR);
    const series = of('series');
    const page = await series.getUserHistory(viewer, { limit: 10 });
    expect(page.items.map((entry) => entry.id)).toEqual([show.series, later.series]);
    expect(page.items[1]).toMatchObject({ type: 'series', playedPercentage: 50, completed: false, playCount: 0 });
    expect(await series.update(viewer, show.series, { completed: true })).toMatchObject({
      completed: true,
      playedPercentage: 100,
    });
  });

  test('play history is every play, by the filters of the history', async () => {
    const { movies, of, viewer, movie, other, show } = await house(make);
    await movies.recordPlay(viewer, movie, { at: NOW - 3 * HOUR });
    await movies.recordPlay(viewer, movie, { at: NOW - 3 * HOUR });
    await movies.recordPlay(viewer, other, { at: NOW - 2 * HOUR, completed: false });
    await of('episode').recordPlay(viewer, show.episodes[0]![0]!, { at: NOW - HOUR });
    expect(titles(await movies.getUserPlayHistory(viewer, { limit: 10 }))).toEqual(['Brazil', 'Alien']);
    expect(titles(await movies.getUserPlayHistory(viewer, { limit: 10, to: NOW - 2 * HOUR }))).toEqual(['Alien']);
    expect(titles(await movies.getUserPlayHistory(viewer, { limit: 10, completed: false }))).toEqual(['Brazil']);
  });

  test('continue watching has what was started and not completed, of its kind', async () => {
    const { movies, of, viewer, movie, other, show, clock } = await house(make);
    await movies.create(viewer, movie, { positionSeconds: 1000, durationSeconds: LENGTH });
    clock.advance(HOUR);
    await movies.create(viewer, other, { positionSeconds: 2000, durationSeconds: LENGTH });
    await of('episode').create(viewer, show.episodes[0]![0]!, { positionSeconds: 600, durationSeconds: 3000 });
    expect(titles(await movies.getContinueWatching(viewer, { limit: 10 }))).toEqual(['Brazil', 'Alien']);
    expect((await of('episode').getContinueWatching(viewer, { limit: 10 })).items).toHaveLength(1);
    clock.advance(HOUR);
    await movies.update(viewer, other, { completed: true });
    expect(titles(await movies.getContinueWatching(viewer, { limit: 10 }))).toEqual(['Alien']);
  });

  test('favourites and ratings are of any kind', async () => {
    const { movies, of, viewer, movie, show, clock } = await house(make);
    expect(await movies.toggleFavorite(viewer, movie, true)).toMatchObject({ isFavorite: true });
    clock.advance(1);
    expect(await of('season').updateRating(viewer, show.seasons[0]!, 7)).toMatchObject({
      userRating: 7,
      type: 'season',
    });
    expect(await of('series').toggleFavorite(viewer, show.series, true)).toMatchObject({ isFavorite: true });
    expect(titles(await movies.getFavorites(viewer, { limit: 5 }))).toEqual(['Alien']);
    expect(await movies.toggleFavorite(viewer, movie, false)).toMatchObject({ isFavorite: false });
    expect(titles(await movies.getFavorites(viewer, { limit: 5 }))).toEqual([]);
    await expect(movies.updateRating(viewer, movie, 7.25)).rejects.toMatchObject({ faults: [{ path: 'rating' }] });
  });

  test('clearing takes the history of one kind and person, keeps opinions, and can be undone', async () => {
    const { movies, of, database, viewer, movie, other, show, clock } = await house(make);
    const stranger = (await addUser(database, { name: 'Bea' })).viewer;
    await movies.recordPlay(viewer, movie, { at: NOW - HOUR });
    await movies.create(viewer, other, { positionSeconds: 1000, durationSeconds: LENGTH });
    await movies.toggleFavorite(viewer, movie, true);
    await of('episode').recordPlay(viewer, show.episodes[0]![0]!, { at: NOW - HOUR });
    await movies.recordPlay(stranger, movie, { at: NOW - HOUR });
    const before = await movies.getById(viewer, movie);
    clock.advance(HOUR);
    const cleared = await movies.clearUserHistory(viewer);
    expect(cleared.plays).toBeGreaterThanOrEqual(1);
    expect(await movies.getById(viewer, movie)).toMatchObject({ isFavorite: true, playCount: 0, completed: false });
    expect(titles(await movies.getUserHistory(viewer, { limit: 9 }))).toEqual([]);
    expect(titles(await movies.getContinueWatching(viewer, { limit: 9 }))).toEqual([]);
    expect((await of('episode').getUserHistory(viewer, { limit: 9 })).items).toHaveLength(1);
    expect((await movies.getUserHistory(stranger, { limit: 9 })).items).toHaveLength(1);
    await movies.undoClear(viewer, cleared.id!);
    expect(await movies.getById(viewer, movie)).toMatchObject({
      playCount: before.playCount,
      completed: true,
      lastPlayedAt: before.lastPlayedAt,
    });
    expect(titles(await movies.getContinueWatching(viewer, { limit: 9 }))).toEqual(['Brazil']);
  });

  test('a silo reads and writes only its own', async () => {
    const { movies, database, viewer, movie } = await house(make);
    const silo = await addDevice(database, viewer, { name: 'cellar', isolation: 'silo' });
    await movies.recordPlay(silo, movie, { at: NOW - HOUR });
    expect(titles(await movies.getUserHistory(viewer, { limit: 9 }))).toEqual([]);
    expect(titles(await movies.getUserHistory(silo, { limit: 9 }))).toEqual(['Alien']);
    expect(await movies.hasUserMediaItemData(viewer, movie)).toBe(false);
    expect(await movies.hasUserMediaItemData(silo, movie)).toBe(true);
  });

  test('a media server tells of items by its own ids', async () => {
    const { movies, of, database, viewer, movie, other, show } = await house(make);
    const client = await addClient(database, viewer, {
      m1: { kind: 'movie', id: movie },
      m2: { kind: 'movie', id: other },
      m3: { kind: 'movie', id: null },
      s1: { kind: 'series', id: show.series },
    });
    const told = await movies.syncClientItemData(viewer, client, [
      { clientItemId: 'm1', completed: true, playCount: 3, lastPlayedAt: NOW - DAY, isFavorite: true, userRating: 9 },
      { clientItemId: 'm2', positionSeconds: 1500, durationSeconds: LENGTH, lastPlayedAt: NOW - HOUR },
      { clientItemId: 'm3', completed: true },
      { clientItemId: 's1', completed: true },
      { clientItemId: 'nothing', completed: true },
    ]);
    expect(told).toEqual({ synced: 2, unmatched: ['m3', 's1', 'nothing'] });
    const alien = await movies.getByClientId(viewer, client, 'm1');
    expect(alien).toMatchObject({
      completed: true,
      playCount: 3,
      isFavorite: true,
      userRating: 9,
      lastPlayedAt: NOW - DAY,
    });
    const again = await movies.syncClientItemData(viewer, client, [
      { clientItemId: 'm1', completed: true, playCount: 3, lastPlayedAt: NOW - DAY },
    ]);
    expect(again.synced).toBe(1);
    expect(await movies.getByClientId(viewer, client, 'm1')).toEqual(alien);
    const page = await movies.getClientItemData(viewer, client, { limit: 1 });
    const rest = await movies.getClientItemData(viewer, client, { limit: 9, cursor: page.next! });
    expect([...page.items, ...rest.items].map((entry) => entry.clientItemId)).toEqual(['m1', 'm2']);
    expect(await movies.mapClientMediaItemToInternal(viewer, client, 'm2')).toMatchObject({ id: other, kind: 'movie' });
    expect(await movies.mapClientMediaItemToInternal(viewer, client, 's1')).toBeUndefined();
    expect(await of('series').mapClientMediaItemToInternal(viewer, client, 's1')).toMatchObject({ kind: 'series' });
    expect(await movies.getPlaybackState(viewer, client, 'm2')).toMatchObject({
      positionSeconds: 1500,
      playedPercentage: 25,
    });
    const moved = await movies.updatePlaybackState(viewer, client, 'm2', {
      positionSeconds: 3000,
      durationSeconds: LENGTH,
    });
    expect(moved).toMatchObject({ positionSeconds: 3000, playedPercentage: 50, completed: false });
    expect(await movies.recordClientPlay(viewer, client, 'm2', { at: NOW })).toMatchObject({
      playCount: 1,
      completed: true,
    });
    expect(await movies.recordClientPlay(viewer, client, 'm2', { at: NOW })).toMatchObject({ playCount: 1 });
    await expect(movies.getPlaybackState(viewer, client, 'm3')).rejects.toMatchObject({ code: 'not_found' });
  });

  test("a media server's account is heard as its isolation mode says, and only by its own user", async () => {
    const { movies, database, viewer, movie } = await house(make);
    const client = await addClient(database, viewer, { m1: { kind: 'movie', id: movie } }, 'silo');
    await movies.syncClientItemData(viewer, client, [{ clientItemId: 'm1', completed: true }]);
    expect(await movies.hasUserMediaItemData(viewer, movie)).toBe(false);
    const stranger = (await addUser(database, { name: 'Bea' })).viewer;
    const refused = { code: 'not_found' };
    await expect(movies.getByClientId(stranger, client, 'm1')).rejects.toMatchObject(refused);
    await expect(movies.getClientItemData(stranger, client, { limit: 1 })).rejects.toMatchObject(refused);
    await expect(movies.syncClientItemData(stranger, client, [])).rejects.toMatchObject(refused);
    await expect(movies.recordClientPlay(viewer, asId(99), 'm1')).rejects.toMatchObject(refused);
  });

  test('callers who learn the kind late get the same, and an empty record where there is nothing', async () => {
    const { data, movies, viewer, movie, other, show } = await house(make);
    await movies.recordPlay(viewer, movie, { at: NOW - HOUR });
    expect(await data.of(viewer, movie)).toEqual(await movies.getById(viewer, movie));
    expect(await data.of(viewer, other)).toMatchObject({ playCount: 0, completed: false, createdAt: null });
    expect(await data.of(viewer, show.series)).toMatchObject({ type: 'series', completed: false });
    expect(titles(await data.list(viewer, 'history', 'movie', { limit: 5 }))).toEqual(['Alien']);
    await expect(data.list(viewer, 'continue', 'series', { limit: 5 })).rejects.toMatchObject({
      faults: [{ path: 'kind' }],
    });
    await expect(data.list(viewer, 'history', 'season', { limit: 5 })).rejects.toMatchObject({
      faults: [{ path: 'kind' }],
    });
  });

  test('history is the newest play of each item, whatever was played', async () => {
    const { movies, tree, films, viewer } = await house(make);
    const items: MediaItemId[] = [];
    for (let n = 0; n < 4; n += 1) items.push(await tree.movie(films));
    const played = new Map<MediaItemId, number>();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 200 }), async (n, minutes) => {
        const at = NOW - minutes * MINUTE;
        await movies.recordPlay(viewer, items[n]!, { at });
        played.set(items[n]!, Math.max(at, played.get(items[n]!) ?? 0));
        const page = await movies.getUserHistory(viewer, { limit: 10 });
        expect(new Map(page.items.map((entry) => [entry.id, entry.lastPlayedAt]))).toEqual(played);
        const instants = page.items.map((entry) => entry.lastPlayedAt ?? 0);
        expect(instants).toEqual(instants.toSorted((one, other) => other - one));
      }),
      { numRuns: 25 },
    );
  });
});

test('a page of entries takes as many statements however long it is', async () => {
  const { movies, tree, films, viewer, data } = await house(makeSqlite);
  for (let n = 0; n < 30; n += 1) {
    await movies.recordPlay(viewer, await tree.movie(films), { at: NOW - n * MINUTE });
  }
  const statements = vi.spyOn(SqliteConnection.prototype, 'rows');
  onTestFinished(() => statements.mockRestore());
  const count = async (limit: number) => {
    statements.mockClear();
    expect((await data.list(viewer, 'history', 'movie', { limit })).items).toHaveLength(limit);
    return statements.mock.calls.length;
  };
  await count(30);
  expect(await count(30)).toBe(await count(2));
  expect(await count(30)).toBeLessThanOrEqual(6);
});

test('every list is walked by its index', async () => {
  const database = await makeSqlite();
  const values = {
    first: 1,
    second: 1,
    user: 1,
    device: 1,
    group: 1,
    kind: 'movie',
    at: NOW,
    id: 1,
    limit: 41,
    offset: 0,
  };
  const indexes = {
    history: ['plays_history', 'plays_of_item'],
    series: ['series_states'],
    continue: ['play_states_in_progress'],
    favorites: ['opinions_favourites'],
  };
  for (const analyzed of [false, true]) {
    if (analyzed) await sql`ANALYZE`.execute(database.schema);
    for (const list of ['history', 'series', 'continue', 'favorites'] as const) {
      const query = listQuery(list, openGrants, (name) => sql.val(values[name]) as never);
      const plan = await planOf(database, query.compile(database.schema));
      for (const index of indexes[list]) expect(plan, list).toContain(index);
      expect(plan, list).not.toMatch(/SCAN (p|i|o|later|s|opinions|plays|play_states|series_states|media_items)\b/);
    }
  }
});

describe('the compiler', () => {
  test('knows what an entry of each kind holds', () => {
    expectTypeOf<UserMediaItemData<'movie'>['item']>().toEqualTypeOf<MediaItem<'movie'>>();
    expectTypeOf<UserMediaItemData<'movie'>['item']['details']>().toEqualTypeOf<KindDetails['movie']>();
    expectTypeOf<UserMediaItemData<'series'>['type']>().toEqualTypeOf<'series'>();
    expectTypeOf<UserMediaItemData<'track'>['item']['kind']>().toEqualTypeOf<'track'>();
    expectTypeOf<UserMediaItemData<'movie'>>().not.toExtend<UserMediaItemData<'series'>>();
    // @ts-expect-error a channel is no kind of item
    expectTypeOf<UserMediaItemData<'channel'>>().toBeObject();
  });

  test('refuses what makes no sense for a kind', () => {
    type Movies = UserMediaItemDataFacade<'movie'>;
    type Series = UserMediaItemDataFacade<'series'>;
    type Seasons = UserMediaItemDataFacade<'season'>;
    for (const name of [
      'recordPlay',
      'getContinueWatching',
      'clearUserHistory',
      'recordClientPlay',
      'updatePlaybackState',
    ] as const) {
      expectTypeOf<Movies>().toHaveProperty(name);
      expectTypeOf<Series>().not.toHaveProperty(name);
      expectTypeOf<Seasons>().not.toHaveProperty(name);
    }
    expectTypeOf<Series>().toHaveProperty('getUserHistory');
    expectTypeOf<Seasons>().not.toHaveProperty('getUserHistory');
    expectTypeOf<Seasons>().toHaveProperty('updateRating');
    const calls = (series: Series, movies: Movies, viewer: Viewer, id: MediaItemId) => [
      () => movies.create(viewer, id, { positionSeconds: 1 }),
      // @ts-expect-error a series has no position
      () => series.create(viewer, id, { positionSeconds: 1 }),
      // @ts-expect-error a series is not played itself
      () => series.recordPlay(viewer, id),
      // @ts-expect-error an episode's client id is not a number
      () => movies.getByClientId(viewer, asId<ClientId>(1), 5),
    ];
    expect(calls).toBeTypeOf('function');
  });

  test('and at run time they are not there either', () => {
    const series = createUserMediaItemData({} as never, 'series');
    expect(series).not.toHaveProperty('recordPlay');
    expect(series).toHaveProperty('getUserHistory');
    expect(createUserMediaItemData({} as never, 'album')).not.toHaveProperty('getUserHistory');
  });
});
