import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import type { DatePrecision } from '#database/tables/activity.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { groupsQuery, type HistoryDaysRequest, historyDays } from './history-days.ts';
import { heardDevices } from './history-devices.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

interface Play {
  item: MediaItemId;
  at: Instant;
  ms?: number;
  precision?: DatePrecision;
}

const addPlays = (database: Database, by: Viewer, plays: Play[]) =>
  database.schema
    .insertInto('plays')
    .values(
      plays.map(({ item, at, ms = 40 * MINUTE, precision = 'exact' }) => ({
        user_id: by.userId,
        device_user_id: by.deviceUserId,
        item_id: item,
        started_at: at,
        last_at: at,
        ended_at: null,
        position_ms: null,
        duration_ms: null,
        completed: 1 as const,
        confirmed: 1 as const,
        watched_ms: ms,
        date_precision: precision,
        method: null,
        client_name: null,
        source_key: null,
      })),
    )
    .execute();

const readAll = async (database: Database, viewer: Viewer, request: Partial<HistoryDaysRequest> = {}) => {
  const rows: [string | null, number, number][] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await historyDays(database.read, viewer, { limit: 40, ...request, cursor });
    rows.push(...page.items.map((row): (typeof rows)[number] => [row.date, row.plays, row.watchedMs]));
    cursor = page.next ?? undefined;
    pages++;
  } while (cursor !== undefined);
  return { rows, pages };
};

eachDatabase('the days of a history', (make) => {
  test('have what was played on them, in the zone of who looks, whatever the page', async () => {
    const database = await make();
    const tree = treeIn(database);
    const item = await tree.movie(await tree.library('movies'));
    const { viewer } = await addUser(database, { name: 'Ada' });
    // Every seven hours for some weeks, over the end of summer time, then years of nothing in between.
    const plays: Play[] = Array.from({ length: 120 }, (_, n) => ({ item, at: NOON - n * 7 * HOUR, ms: n }));
    for (let n = 1; n <= 30; n++) plays.push({ item, at: NOON - 50 * DAY - n * 400 * DAY });
    await addPlays(database, viewer, plays);
    for (const timeZone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati']) {
      for (const period of [{}, { from: NOON - 20 * DAY, to: NOON - 3 * DAY }]) {
        const expected = new Map<string, [number, number]>();
        for (const { at, ms = 40 * MINUTE } of plays) {
          if ('to' in period && (at < period.from! || at >= period.to!)) continue;
          const day = new Date(at).toLocaleDateString('sv-SE', { timeZone });
          const [count, sum] = expected.get(day) ?? [0, 0];
          expected.set(day, [count + 1, sum + ms]);
        }
        const days = [...expected].map(([day, known]) => [day, ...known]).sort((a, b) => (a[0]! < b[0]! ? 1 : -1));
        for (const limit of [1, 7, 40]) {
          const { rows, pages } = await readAll(database, { ...viewer, timeZone }, { ...period, limit });
          expect(rows, `${timeZone} ${limit}`).toEqual(days);
          expect(pages).toBeGreaterThanOrEqual(Math.ceil(days.length / limit));
        }
      }
    }
  });

  test('stand before what is only known by its month or year, or not at all', async () => {
    const database = await make();
    const tree = treeIn(database);
    const item = await tree.movie(await tree.library('movies'));
    const { viewer } = await addUser(database, { name: 'Ada' });
    const november = Date.UTC(2026, 10, 1);
    const january = Date.UTC(2026, 0, 1);
    await addPlays(database, viewer, [
      { item, at: november + 3 * DAY },
      { item, at: november + HOUR },
      { item, at: november, precision: 'day' },
      { item, at: november, precision: 'month' },
      { item, at: november, precision: 'month' },
      { item, at: january, precision: 'year' },
      { item, at: january, precision: 'month' },
      { item, at: january },
      { item, at: 0, precision: 'unknown' },
    ]);
    const expected = [
      ['2026-11-04', 1],
      ['2026-11-01', 2],
      ['2026-11', 2],
      ['2026-01-01', 1],
      ['2026-01', 1],
      ['2026', 1],
      [null, 1],
    ];
    for (const limit of [1, 2, 3, 40]) {
      const { rows } = await readAll(database, viewer, { limit });
      expect(rows.map(([date, plays]) => [date, plays])).toEqual(expected);
    }
    expect((await historyDays(database.read, viewer, { limit: 9 })).items.map((row) => row.day)).toEqual([
      '2026-11-04',
      '2026-11-01',
      null,
      '2026-01-01',
      null,
      null,
      null,
    ]);
  });

  test('count only what the viewer may know of and see', async () => {
    const database = await make();
    const tree = treeIn(database);
    const films = await tree.library('movies');
    const item = await tree.movie(films);
    const hidden = await tree.movie(await tree.library('movies'));
    const { viewer } = await addUser(database, { name: 'Ada' });
    const silo = await addDevice(database, viewer, { name: 'Cellar', isolation: 'silo' });
    const phone = await addDevice(database, viewer, { name: 'Phone' });
    for (const [n, one] of [viewer, silo, phone].entries()) {
      await addPlays(database, one, [
        { item, at: NOON - n * DAY },
        { item: hidden, at: NOON - n * DAY },
      ]);
    }
    const days = async (one: Viewer) => (await readAll(database, one)).rows.map(([date, plays]) => [date, plays]);
    expect(await days(viewer)).toEqual([
      ['2026-11-20', 2],
      ['2026-11-18', 2],
    ]);
    expect(await days(silo)).toEqual([['2026-11-19', 2]]);
    expect(await days({ ...viewer, grants: { ...openGrants, libraries: [films] } })).toEqual([
      ['2026-11-20', 1],
      ['2026-11-18', 1],
    ]);
  });

  test('are each one walk along an index', async () => {
    const database = await make();
    const { viewer } = await addUser(database, { name: 'Ada' });
    const silo = await addDevice(database, viewer, { name: 'Cellar', isolation: 'silo' });
    await addDevice(database, viewer, { name: 'Phone' });
    await sql`ANALYZE`.execute(database.schema);
    const days = [{ day: 'x', from: 5, to: 9, since: 5, until: 9 }];
    for (const [one, index] of [
      [viewer, /plays_history/],
      [silo, /plays_of_device/],
    ] as const) {
      const heard = await heardDevices(database.read, one);
      const plan = await planOf(database, groupsQuery(database.schema, one, heard, days).compile(database.schema));
      if (database.dialect.name === 'sqlite') expect(plan).toMatch(index);
      expect(plan).not.toMatch(/SCAN p\b/);
    }
  });

  test('refuse the cursor of another list', async () => {
    const database = await make();
    const { viewer } = await addUser(database, { name: 'Ada' });
    const forged = (key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
    const days = (cursor: string) => historyDays(database.read, viewer, { limit: 5, cursor });
    await expect(days(forged(['history', 5, 5]))).rejects.toMatchObject({ code: 'invalid' });
    expect(await days(forged(['history-days', 2 ** 53 - 1, 1]))).toEqual({ items: [], next: null });
    expect(await days(forged(['history-days', -(2 ** 53) + 1, 1]))).toEqual({ items: [], next: null });
  });
});
