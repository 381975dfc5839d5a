import { expect, test } from 'vitest';
import { systemClock } from '#kernel/clock.ts';
import { ADMIN, startApi } from '../../../test/support/api.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { statisticsRoutes } from './routes.ts';
import { createStatistics } from './statistics.ts';

eachDatabase('statistics over HTTP', (make) => {
  test('are told in the days of the zone that was set up', async () => {
    const database = await make();
    const routes = () => statisticsRoutes(createStatistics({ database, clock: systemClock }));
    const api = await startApi(database, { routes });
    const caller = api.caller();
    const set = await caller.send('POST', '/setup', { ...ADMIN, timeZone: 'Asia/Tokyo' });
    const { user, device } = set.json();
    expect(user.timeZone).toBe('Asia/Tokyo');
    const tree = treeIn(database);
    const heat = await tree.movie(await tree.library('movies', { title: 'Films' }), { title: 'Heat' });
    await database.transaction((tx) =>
      tx
        .insertInto('plays')
        .values({
          user_id: user.id,
          device_user_id: device.deviceUserId,
          item_id: heat,
          started_at: Date.parse('2026-05-03T15:30:00Z'),
          last_at: 0,
          completed: 1,
          confirmed: 1,
          watched_ms: 60_000,
        })
        .execute(),
    );
    const day = await caller.get('/me/statistics?by=day&from=2026-05-01&to=2026-05-31');
    expect(day.json()).toEqual({
      items: [{ key: '2026-05-04', label: '2026-05-04', itemId: null, ms: 60_000, plays: 1, completed: 1 }],
      from: '2026-05-01',
      to: '2026-05-31',
      settled: true,
    });
    const movie = (await caller.get('/me/statistics?by=movie&from=2026-05-20')).json();
    expect(movie).toMatchObject({ items: [{ itemId: heat, label: 'Heat' }], from: '2026-05-01', to: null });
    expect((await caller.get('/me/statistics/streaks')).json()).toEqual({
      current: null,
      longest: { days: 1, from: '2026-05-04', to: '2026-05-04' },
      settled: true,
    });
    const year = (await caller.get('/me/statistics/years/2026')).json();
    expect(year).toMatchObject({
      year: 2026,
      titles: { movie: 1 },
      longestDay: { day: '2026-05-04' },
      first: { item: { title: 'Heat' }, startedAt: '2026-05-03T15:30:00.000Z' },
    });
    expect(year.hoursOfWeek).toHaveLength(168);
  });
});
