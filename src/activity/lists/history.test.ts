import { type Insertable, sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { idList } from '#database/json.ts';
import type { PlaysTable } from '#database/tables/activity.ts';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import { asId, type DeviceUserId, type MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { type HistoryRequest, historyPage } from './history.ts';
import { historyQuery, type Shape } from './history-query.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

const addPlays = async (database: Database, plays: Partial<Insertable<PlaysTable>>[], by: Viewer) => {
  const rows = plays.map((play) => ({
    user_id: by.userId,
    device_user_id: by.deviceUserId,
    started_at: NOON,
    last_at: play.started_at ?? NOON,
    ended_at: null,
    position_ms: null,
    duration_ms: null,
    completed: 1 as const,
    confirmed: 1 as const,
    watched_ms: 40 * MINUTE,
    method: null,
    client_name: null,
    source_key: null,
    date_precision: 'exact' as const,
    item_id: asId<MediaItemId>(0),
    ...play,
  }));
  for (let start = 0; start < rows.length; start += 500) {
    await database.schema
      .insertInto('plays')
      .values(rows.slice(start, start + 500))
      .execute();
  }
};

/** All rows of a list, by pages; and how many rows each page had. */
const readAll = async (database: Database, viewer: Viewer, request: Partial<HistoryRequest> = {}) => {
  const rows: Awaited<ReturnType<typeof historyPage>>['items'] = [];
  const pages: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await historyPage(database.read, viewer, { limit: 40, ...request, cursor });
    rows.push(...page.items);
    pages.push(page.items.length);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { rows, pages };
};

/** Titles are put into the search index by whoever writes items, which the tree does not. */
const indexTitles = async ({ dialect, schema }: Database) => {
  if (dialect.name !== 'sqlite') return;
  await sql`INSERT INTO item_search (rowid, title_key) SELECT id, title_key FROM media_items`.execute(schema);
};

const houseIn = async (make: MakeDatabase) => {
  const database = await make();
  const tree = treeIn(database);
  const shows = await tree.library('series', { title: 'Shows' });
  const films = await tree.library('movies', { title: 'Films' });
  const songs = await tree.library('music', { title: 'Songs' });
  const { viewer } = await addUser(database, { name: 'Ada' });
  return { database, tree, shows, films, songs, viewer };
};

eachDatabase('history', (make) => {
  test('by kind, library, device, period, text, item and end, together and page by page, is what a plain look finds', async () => {
    const { database, tree, shows, films, songs, viewer } = await houseIn(make);
    const phone = await addDevice(database, viewer, { name: 'Phone' });
    const movie = await tree.movie(films, { title: 'The Long Night' });
    const other = await tree.movie(films, { title: 'Amélie' });
    const show = await tree.show(shows, [2, 2], { title: 'Long Way Home' });
    const artist = await tree.artist(songs, { title: 'Nightingale' });
    const album = await tree.album(artist, { title: 'Long Songs' });
    const track = await tree.track(album, 1, { title: 'First' });
    const collection = await tree.collection(films, [movie]);
    const leaves: { id: MediaItemId; kind: string; library: MediaItemId; above: MediaItemId[]; titles: string }[] = [
      { id: movie, kind: 'movie', library: films, above: [collection], titles: 'the long night' },
      { id: other, kind: 'movie', library: films, above: [], titles: 'amelie' },
      ...show.episodes.flatMap((episodes, season) =>
        episodes.map((id) => ({
          id,
          kind: 'episode',
          library: shows,
          above: [show.series, show.seasons[season]!],
          titles: 'long way home',
        })),
      ),
      { id: track, kind: 'track', library: songs, above: [artist, album], titles: 'first|nightingale|long songs' },
    ];
    const plays = Array.from({ length: 90 }, (_, n) => {
      const leaf = leaves[(n * 7) % leaves.length]!;
      // Some at one instant.
      return { leaf, at: NOON - Math.floor(n / 2) * HOUR, on: n % 3 === 0 ? phone : viewer, completed: n % 4 !== 0 };
    });
    for (const one of [viewer, phone]) {
      await addPlays(
        database,
        plays
          .filter((play) => play.on === one)
          .map((play) => ({
            item_id: play.leaf.id,
            started_at: play.at,
            completed: play.completed ? 1 : 0,
          })),
        one,
      );
    }
    await indexTitles(database);
    const has = (titles: string, words: string[]) =>
      titles.split('|').some((title) => words.every((word) => ` ${title}`.includes(` ${word}`)));
    const filters: Partial<HistoryRequest>[] = [
      {},
      { kind: 'movie' },
      { libraryId: shows },
      { deviceUserId: phone.deviceUserId },
      { completed: false },
      { from: NOON - 9 * HOUR, to: NOON - 2 * HOUR },
      { text: 'LONG' },
      { text: 'long ho' },
      { text: 'amelie' },
      { text: 'night home' },
      { text: 'nobody' },
      ...[movie, show.series, show.seasons[1]!, artist, album, collection, shows, show.episodes[0]![0]!].map(
        (itemId) => ({ itemId }),
      ),
    ];
    let found = 0;
    for (const one of filters) {
      for (const second of filters) {
        const request = { ...one, ...second };
        const expected = plays
          .filter(({ leaf, on, at, completed }) => {
            const { kind, libraryId, deviceUserId, itemId, text, from = 0, to = NOON + 1 } = request;
            if (kind !== undefined && leaf.kind !== kind) return false;
            if (libraryId !== undefined && leaf.library !== libraryId) return false;
            if (deviceUserId !== undefined && on.deviceUserId !== deviceUserId) return false;
            if (request.completed !== undefined && completed !== request.completed) return false;
            if (itemId !== undefined && ![leaf.id, leaf.library, ...leaf.above].includes(itemId)) return false;
            if (text !== undefined && !has(leaf.titles, text.toLowerCase().split(' '))) return false;
            return at >= from && at < to;
          })
          .map(({ leaf, at }) => `${at} ${leaf.id}`)
          .sort();
        const { rows } = await readAll(database, viewer, { ...request, limit: 7 });
        expect(rows.map((row) => `${row.startedAt} ${row.item.id}`).sort(), JSON.stringify(request)).toEqual(expected);
        expect(rows.map((row) => row.startedAt)).toEqual(rows.map((row) => row.startedAt).sort((a, b) => b - a));
        found += rows.length;
      }
    }
    expect(found).toBeGreaterThan(1000);
  });

  test('of devices is what the viewer’s device may know of', async () => {
    const { database, tree, films, viewer } = await houseIn(make);
    const movie = await tree.movie(films);
    const silo = await addDevice(database, viewer, { name: 'Cellar', isolation: 'silo' });
    const quiet = await addDevice(database, viewer, { name: 'Bed', isolation: 'quiet' });
    const shout = await addDevice(database, viewer, { name: 'Kodi', isolation: 'shout' });
    const stranger = (await addUser(database, { name: 'Ben' })).viewer;
    for (const one of [viewer, silo, quiet, shout, stranger]) await addPlays(database, [{ item_id: movie }], one);
    const devices = async (one: Viewer, deviceUserId?: DeviceUserId) =>
      (await readAll(database, one, { deviceUserId })).rows.map((row) => row.device.deviceUserId).sort((a, b) => a - b);
    const [a, b, c, d] = [viewer, silo, quiet, shout].map((one) => one.deviceUserId);
    expect(await devices(viewer)).toEqual([a, d]);
    expect(await devices(silo)).toEqual([b]);
    expect(await devices(quiet)).toEqual([a, c, d]);
    expect(await devices(shout)).toEqual([d]);
    expect(await devices(viewer, d)).toEqual([d]);
    expect(await devices(viewer, b)).toEqual([]);
    expect(await devices(silo, a)).toEqual([]);
    await expect(devices(viewer, stranger.deviceUserId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await readAll(database, viewer, { deviceUserId: d! })).rows[0]?.device.name).toBe('Kodi');
  });

  test('shows neither what may not be seen nor what is deleted or not confirmed; what is retired stays', async () => {
    const { database, tree, shows, films, viewer } = await houseIn(make);
    const movie = await tree.movie(films, { title: 'Seen' });
    const retired = await tree.movie(films, { title: 'Seen too', removed_at: NOON });
    const { series, episodes } = await tree.show(shows, [1], { title: 'Seen not' });
    await addPlays(
      database,
      [
        { item_id: movie },
        { item_id: retired, started_at: NOON - HOUR },
        { item_id: episodes[0]![0]! },
        { item_id: movie, confirmed: 0 },
        { item_id: movie, deleted_at: NOON },
      ],
      viewer,
    );
    await indexTitles(database);
    const narrow = { ...viewer, grants: { ...openGrants, libraries: [films] } };
    for (const request of [{}, { text: 'seen' }]) {
      const { rows } = await readAll(database, narrow, request);
      expect(rows.map((row) => row.item.id)).toEqual([movie, retired]);
      expect((await readAll(database, viewer, request)).rows).toHaveLength(3);
    }
    await expect(readAll(database, narrow, { itemId: series })).rejects.toMatchObject({ code: 'not_found' });
    expect((await readAll(database, viewer, { text: '…' })).rows).toEqual([]);
  });

  test('a rare filter looks at some thousand plays a page, and goes on honestly', async () => {
    const { database, tree, films, viewer } = await houseIn(make);
    const movie = await tree.movie(films);
    const rare = await tree.movie(films, { removed_at: null });
    const away = await tree.library('movies');
    await tree.change(rare, { library_id: away });
    await addPlays(
      database,
      Array.from({ length: 12_003 }, (_, n) => ({
        item_id: n % 6000 === 5999 ? rare : movie,
        started_at: NOON - n * MINUTE,
      })),
      viewer,
    );
    const { rows, pages } = await readAll(database, viewer, { libraryId: away });
    expect(rows.map((row) => row.startedAt)).toEqual([NOON - 5999 * MINUTE, NOON - 11_999 * MINUTE]);
    expect(pages).toEqual([0, 1, 1]);
    // So many plays of one item are not sorted for each page, but looked for along the history.
    await tree.change(movie, { title_key: 'common' });
    await indexTitles(database);
    for (const request of [{ text: 'Com' }, { itemId: movie }]) {
      expect((await readAll(database, viewer, { ...request, limit: 200 })).rows).toHaveLength(12_001);
    }
    const period = { libraryId: away, from: NOON - 6500 * MINUTE };
    expect((await readAll(database, viewer, period)).pages).toEqual([0, 1]);
    expect((await readAll(database, viewer, { limit: 200, from: NOON - 399 * MINUTE })).pages).toEqual([200, 200]);
  });

  test('tells the day in the viewer’s zone, and of other dates what is known', async () => {
    const { database, tree, films, viewer } = await houseIn(make);
    const movie = await tree.movie(films);
    const late = Date.UTC(2026, 10, 20, 23, 30);
    await addPlays(
      database,
      [
        { item_id: movie, started_at: late },
        { item_id: movie, started_at: Date.UTC(2026, 10, 3), date_precision: 'day' },
        { item_id: movie, started_at: Date.UTC(2026, 10, 1), date_precision: 'month' },
        { item_id: movie, started_at: Date.UTC(2025, 0, 1), date_precision: 'year' },
        { item_id: movie, started_at: 0, date_precision: 'unknown' },
      ],
      viewer,
    );
    const dates = async (timeZone: string) =>
      (await readAll(database, { ...viewer, timeZone })).rows.map((row) => [row.datePrecision, row.date, row.day]);
    expect(await dates('UTC')).toEqual([
      ['exact', '2026-11-20', '2026-11-20'],
      ['day', '2026-11-03', '2026-11-03'],
      ['month', '2026-11', null],
      ['year', '2025', null],
      ['unknown', null, null],
    ]);
    expect((await dates('Europe/Berlin'))[0]).toEqual(['exact', '2026-11-21', '2026-11-21']);
  });

  test('is read along an index, without a sort but of few items, whoever looks', async () => {
    const { database, tree, films, viewer } = await houseIn(make);
    const movies: MediaItemId[] = [];
    for (let n = 0; n < 20; n++) movies.push(await tree.movie(films));
    const devices = [viewer];
    for (let n = 0; n < 3; n++) devices.push(await addDevice(database, viewer, { name: `D${n}` }));
    for (const [d, one] of devices.entries()) {
      const plays = Array.from({ length: 1500 }, (_, n) => ({
        item_id: movies[n % 20]!,
        started_at: NOON - n * HOUR - d,
      }));
      await addPlays(database, plays, one);
    }
    await sql`ANALYZE`.execute(database.schema);
    const restricted = { ...openGrants, libraries: [films], maxRatingLevel: 12, blockedTags: [asId<never>(1)] };
    const values: Record<string, unknown> = {
      user: viewer.userId,
      device: viewer.deviceUserId,
      devices: idList(database.dialect, [viewer.deviceUserId]),
      items: idList(database.dialect, movies.slice(0, 2)),
      at: NOON,
      id: 5,
      floorAt: 0,
      floorId: 0,
      limit: 41,
      kind: 'movie',
      library: films,
      completed: 1,
      below: films,
      collection: films,
      word0: 'movie',
      word1: 'long',
    };
    const every = ['devices', 'kind', 'library', 'completed', 'below', 'collection'] as const;
    const shapes: Shape[] = (['user', 'device', 'items'] as const).flatMap((way) => [
      { way, filters: [], words: 0 },
      ...every.map((filter) => ({ way, filters: [filter], words: 0 })),
      { way, filters: every, words: 2 },
    ]);
    const index = { user: /plays_history/, device: /plays_of_device/, items: /plays_of_item/ };
    for (const grants of [openGrants, restricted]) {
      for (const shape of shapes) {
        const query = historyQuery(
          database.schema,
          database.dialect,
          grants,
          shape,
          (name) => sql.val(values[name]) as never,
        );
        const plan = await planOf(database, query.compile());
        const what = `${JSON.stringify(shape)}\n${plan}`;
        expect(what).not.toMatch(/SCAN (p|i)\b|Seq Scan on plays/);
        // PostgreSQL weighs what it knows of so small a table.
        if (database.dialect.name === 'postgres') continue;
        expect(what).toMatch(index[shape.way]);
        if (shape.way !== 'items') expect(what).not.toMatch(/TEMP B-TREE/);
      }
    }
  });
});
