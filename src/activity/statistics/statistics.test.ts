import { expect, test } from 'vitest';
import { createAudit } from '#audit/audit.ts';
import { createCatalog } from '#catalog/service.ts';
import type { Database } from '#database/database.ts';
import { HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createStatistics } from './statistics.ts';

const NOW = Date.UTC(2026, 5, 15, 12);

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const tree = treeIn(database);
  const [shows, films] = [
    await tree.library('series', { title: 'Shows' }),
    await tree.library('movies', { title: 'Films' }),
  ];
  const lost = await tree.show(shows, [3], { title: 'Lost' });
  const dark = await tree.show(shows, [2], { title: 'Dark' });
  const heat = await tree.movie(films, { title: 'Heat', runtime_ms: 3 * HOUR });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const phone = await addDevice(database, viewer, { name: 'phone' });
  const hidden = await addDevice(database, viewer, { name: 'den', isolation: 'silo' });
  const statistics = createStatistics({ database, clock });
  const catalog = createCatalog({
    database,
    clock,
    audit: createAudit({ clock }),
    observer: { leavesChanged: async () => {} },
  });
  const watch = (who: Viewer, item: MediaItemId, at: string, minutes: number, more: object = {}) =>
    database.transaction((tx) =>
      tx
        .insertInto('plays')
        .values({
          user_id: who.userId,
          device_user_id: who.deviceUserId,
          item_id: item,
          started_at: Date.parse(at),
          last_at: Date.parse(at),
          completed: 1,
          confirmed: 1,
          watched_ms: minutes * MINUTE,
          ...more,
        })
        .execute(),
    );
  return { clock, shows, films, lost, dark, heat, viewer, phone, hidden, statistics, catalog, watch };
};

type House = Awaited<ReturnType<typeof house>>;

/** Ada's June, and a little before. */
const june = async ({ lost, dark, heat, viewer, phone, hidden, watch }: House) => {
  const [first, second, third] = lost.episodes[0] as [MediaItemId, MediaItemId, MediaItemId];
  await watch(viewer, heat, '2025-03-01T20:00:00Z', 170);
  await watch(viewer, first, '2026-06-12T22:30:00Z', 40);
  await watch(viewer, second, '2026-06-13T21:00:00Z', 40);
  await watch(phone, third, '2026-06-14T07:00:00Z', 20, { completed: 0 });
  await watch(viewer, heat, '2026-06-14T20:00:00Z', 0);
  await watch(hidden, dark.episodes[0]![0]!, '2026-06-15T01:00:00Z', 50);
};

const keyed = (rows: { key: string; ms: number }[]) =>
  Object.fromEntries(rows.filter(({ ms }) => ms > 0).map(({ key, ms }) => [key, ms / MINUTE]));

eachDatabase('statistics', (make) => {
  test('tell the time by each dimension, of the devices whose plays are in the history', async () => {
    const database = await make();
    const place = await house(database);
    const { viewer, hidden, statistics, shows, films, lost, heat } = place;
    await june(place);
    const by = async (dimension: Parameters<typeof statistics.figures>[1]['by'], more: object = {}, who = viewer) => {
      const answer = await statistics.figures(who, { by: dimension, limit: 100, ...more });
      expect(answer.settled).toBe(true);
      return keyed(answer.rows);
    };
    expect(await by('day')).toEqual({ '2025-03-01': 170, '2026-06-12': 40, '2026-06-13': 40, '2026-06-14': 200 });
    expect(await by('week')).toEqual({ '2025-W09': 170, '2026-W24': 280 });
    expect(await by('week', { limit: 1 })).toEqual({ '2026-W24': 280 });
    expect(await by('month', { kind: 'episode' })).toEqual({ '2026-06': 100 });
    expect(await by('year', { libraryId: films })).toEqual({ '2025': 170, '2026': 180 });
    expect(await by('weekday', { from: '2026-06-13' })).toEqual({ '6': 40, '7': 200 });
    expect(await by('hour', { from: '2026-06-20' })).toEqual({ '7': 20, '20': 180, '21': 40, '22': 40 });
    expect(await by('kind')).toEqual({ movie: 350, episode: 100 });
    expect(await by('library', { to: '2026-06-13' })).toEqual({ [films]: 170, [shows]: 80 });
    expect(await by('series')).toEqual({ [lost.series]: 100 });
    expect(await by('movie', { from: '2026-01-01' })).toEqual({ [heat]: 180 });
    expect(await by('movie', { kind: 'episode' })).toEqual({});
    expect(await by('device')).toEqual({ [viewer.deviceUserId]: 430, [place.phone.deviceUserId]: 20 });
    expect(await by('kind', {}, hidden)).toEqual({ episode: 50 });
    const { rows, period } = await statistics.figures(viewer, { by: 'series', from: '2026-06-14', limit: 9 });
    expect(rows).toEqual([
      { key: String(lost.series), label: 'Lost', itemId: lost.series, ms: 100 * MINUTE, plays: 3, completed: 2 },
    ]);
    expect(period).toEqual({ from: 20_260_601, to: null });
  });

  test('genres and people follow the catalog at once, without a recount', async () => {
    const database = await make();
    const place = await house(database);
    const { viewer, statistics, catalog, lost, heat } = place;
    await june(place);
    const by = async (dimension: 'genre' | 'person', from?: string) =>
      Object.fromEntries(
        (await statistics.figures(viewer, { by: dimension, from, limit: 10 })).rows.map((row) => [
          row.label,
          row.ms / MINUTE,
        ]),
      );
    expect(await by('genre')).toEqual({});
    await catalog.setGenres(viewer, lost.series, ['Drama', 'Mystery', 'drama']);
    await catalog.setGenres(viewer, heat, ['Crime', 'Drama']);
    await catalog.setPeople(viewer, heat, [
      { name: 'Al Pacino', role: 'actor', character: 'Hanna' },
      { name: 'Michael Mann', role: 'director' },
      { name: 'Michael Mann', role: 'writer' },
    ]);
    expect(await by('genre', '2026-01-01')).toEqual({ Drama: 280, Crime: 180, Mystery: 100 });
    expect(await by('person')).toEqual({ 'Al Pacino': 350, 'Michael Mann': 350 });
    await catalog.setGenres(viewer, heat, []);
    expect(await by('genre')).toEqual({ Drama: 100, Mystery: 100 });
  });

  test('name nothing that may not be seen, and still count one’s own time', async () => {
    const database = await make();
    const place = await house(database);
    const { viewer, statistics, catalog, films, shows, heat } = place;
    await june(place);
    await catalog.setGenres(viewer, heat, ['Crime']);
    await catalog.setPeople(viewer, heat, [{ name: 'Al Pacino', role: 'actor' }]);
    const child: Viewer = { ...viewer, grants: { ...openGrants, libraries: [shows] } };
    const year = await statistics.year(child, 2026);
    expect(JSON.stringify(year)).not.toMatch(/Heat|Crime|Pacino|Films/);
    expect(year.ms).toBe(280 * MINUTE);
    expect(year.series.map((row) => row.label)).toEqual(['Lost']);
    expect(year.last?.item.kind).toBe('episode');
    for (const by of ['library', 'movie', 'genre', 'person'] as const) {
      const { rows } = await statistics.figures(child, { by, limit: 10 });
      expect(JSON.stringify(rows)).not.toMatch(/Heat|Crime|Pacino|Films/);
    }
    await expect(statistics.figures(child, { by: 'day', libraryId: films, limit: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a year in review', async () => {
    const database = await make();
    const place = await house(database);
    const { viewer, statistics, heat, lost, watch } = place;
    await june(place);
    await watch(viewer, heat, '2026-01-01T00:00:00Z', 60, { date_precision: 'year', completed: 0 });
    const year = await statistics.year(viewer, 2026);
    expect(year).toMatchObject({
      ms: 340 * MINUTE,
      plays: 5,
      completed: 3,
      titles: { movie: 1, series: 1 },
      seriesBegun: 1,
      rewatches: { movies: 1, series: 0 },
      longestDay: { day: 20_260_614, ms: 200 * MINUTE },
      daysWatched: 3,
      streak: { days: 3, from: 20_260_612, to: 20_260_614 },
      first: { item: { id: lost.episodes[0]![0] }, startedAt: Date.parse('2026-06-12T22:30:00Z') },
      last: { item: { id: heat } },
      settled: true,
    });
    expect(year.months).toHaveLength(12);
    expect(keyed(year.months)).toEqual({ '2026-06': 280 });
    expect(year.hoursOfWeek.flatMap((ms, hour) => (ms > 0 ? [[hour, ms / MINUTE]] : []))).toEqual([
      [4 * 24 + 22, 40],
      [5 * 24 + 21, 40],
      [6 * 24 + 7, 20],
      [6 * 24 + 20, 180],
    ]);
    expect(keyed(year.devices)).toEqual({ [viewer.deviceUserId]: 320, [place.phone.deviceUserId]: 20 });
    expect(await statistics.year(viewer, 1999)).toMatchObject({ ms: 0, first: null, streak: null, longestDay: null });
    expect((await statistics.year(viewer, 2025)).rewatches.movies).toBe(0);
  });

  test('streaks and days move with the time zone', async () => {
    const database = await make();
    const place = await house(database);
    const { viewer, statistics } = place;
    await june(place);
    expect(await statistics.streaks(viewer)).toMatchObject({
      current: { days: 3, from: 20_260_612, to: 20_260_614 },
      longest: { days: 3 },
    });
    await database.transaction((tx) =>
      tx.updateTable('users').set({ time_zone: 'Asia/Tokyo' }).where('id', '=', viewer.userId).execute(),
    );
    const moved = { ...viewer, timeZone: 'Asia/Tokyo' };
    expect(keyed((await statistics.figures(moved, { by: 'day', from: '2026-01-01', limit: 9 })).rows)).toEqual({
      '2026-06-13': 40,
      '2026-06-14': 60,
      '2026-06-15': 180,
    });
    expect(await statistics.streaks(moved)).toMatchObject({ current: { days: 3, to: 20_260_615 } });
  });
});
