import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createThresholds } from '#activity/playing/thresholds.ts';
import { createActivity } from '#activity/service.ts';
import { createStatistics } from '#activity/statistics/statistics.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createCleaning } from './cleaning.ts';
import { createLease } from './lease.ts';
import { createCleaningSchedule } from './schedule.ts';

const NOW = Date.UTC(2026, 10, 21, 20);
const page = { limit: 40 };
const film = { lowPercent: 5, lowSeconds: 60, highPercent: 90, highSeconds: 0 };
const settings = { movie: film, episode: film, track: film, stream: film };
const never = new AbortController().signal;

const house = async (database: Database, changed: Partial<typeof film> = {}) => {
  const clock = manualClock(NOW);
  const activity = createActivity({ database, clock });
  const changes = createChanges({ database, clock });
  const statistics = createStatistics({ database, clock });
  const thresholds = createThresholds({
    database,
    clock,
    settings: { ...settings, movie: { ...film, ...changed }, episode: { ...film, ...changed } },
  });
  const settle = () => statistics.settleSome();
  const cleaning = createCleaning({ database, clock, thresholds, holder: 'here', settle });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, NOW - 400 * DAY);
  const shelf = await tree.library('movies');
  const movie = await tree.movie(shelf);
  const report = async (share: number, item = movie, who = viewer) => {
    for (const more of [0, 1000]) {
      clock.advance(MINUTE);
      await activity.reportProgress(who, item, { positionMs: share * HOUR + more, durationMs: HOUR });
    }
  };
  return { clock, activity, changes, cleaning, thresholds, viewer, tree, shelf, movie, report };
};

eachDatabase('cleaning up', (make) => {
  test('leaves everything as it is where there is nothing to do', async () => {
    const { activity, cleaning, viewer, movie, report } = await house(await make());
    await report(0.5);
    const none = { dropped: 0, watched: 0, provisional: 0, plays: 0, changes: 0, marks: 0, keys: 0, synced: 0 };
    expect(await cleaning.run(never)).toEqual(none);
    expect(await activity.state(viewer, movie)).toMatchObject({ positionMs: HOUR / 2 + 1000, watched: false });
  });

  test('drops positions below the low threshold of today', async () => {
    const { activity, cleaning, viewer, movie, report } = await house(await make(), { lowPercent: 40 });
    await report(0.3);
    expect(await cleaning.run(never)).toMatchObject({ dropped: 1, watched: 0 });
    expect(await activity.state(viewer, movie)).toMatchObject({ positionMs: null, watched: false, playCount: 0 });
    expect((await activity.continueWatching(viewer, page)).items).toEqual([]);
  });

  test('takes those above the high one for watched, on every device, and next up goes on', async () => {
    const database = await make();
    const { activity, cleaning, viewer, tree, report, movie } = await house(database, { highPercent: 70 });
    const show = await tree.show(await tree.library('series'), [2]);
    const [one, two] = show.episodes[0]!;
    const silo = await addDevice(database, viewer, { name: 'Den', isolation: 'silo' });
    await report(0.8);
    await report(0.8, one);
    await report(0.8, movie, silo);
    expect(await cleaning.run(never)).toMatchObject({ dropped: 0, watched: 3 });
    for (const who of [viewer, silo]) {
      expect(await activity.state(who, movie)).toMatchObject({ positionMs: null, watched: true, playCount: 1 });
    }
    expect((await activity.nextUp(viewer, page)).items).toMatchObject([{ item: { id: two }, reason: 'next' }]);
    expect((await activity.history(viewer, page)).items.every((row) => row.completed)).toBe(true);
    expect(await cleaning.run(never)).toMatchObject({ watched: 0 });
  });

  test('forgets plays of one report after a day, and what can no longer come back after the window', async () => {
    const database = await make();
    const { activity, changes, cleaning, clock, viewer, movie, tree, shelf, report } = await house(database);
    await activity.reportProgress(viewer, await tree.movie(shelf), { positionMs: HOUR / 2, durationMs: HOUR });
    await report(0.95);
    const [play] = (await activity.history(viewer, page)).items;
    await changes.remove(viewer, [play!.id]);
    expect(await cleaning.run(never)).toMatchObject({ provisional: 0, plays: 0, changes: 0 });
    clock.advance(2 * DAY);
    const kept = await database.read.selectFrom('plays').select('confirmed').execute();
    expect(await cleaning.run(never)).toMatchObject({ provisional: kept.filter((row) => row.confirmed === 0).length });
    clock.advance(29 * DAY);
    await activity.setWatched(viewer, movie, { watched: true });
    expect(await cleaning.run(never)).toMatchObject({ plays: 1, changes: 1 });
    expect(await database.read.selectFrom('plays').select('id').where('id', '=', play!.id).execute()).toEqual([]);
    expect((await changes.list(viewer, page)).items).toMatchObject([{ kind: 'mark' }]);
  });

  test('one process at a time; a dead one does not keep others out', async () => {
    const database = await make();
    const { cleaning, clock } = await house(database);
    const other = createLease(database, 'cleaning', 'there', HOUR);
    expect(await other.hold(clock.now())).toBe(true);
    expect(await cleaning.run(never)).toBeNull();
    clock.advance(HOUR);
    expect(await cleaning.run(never)).not.toBeNull();
    expect(await other.hold(clock.now())).toBe(true);
    await other.release();
    expect(await cleaning.run(never)).not.toBeNull();
  });

  test('breaks off when the program stops, and the schedule waits for that', async () => {
    const database = await make();
    const { cleaning, report } = await house(database, { lowPercent: 40 });
    await report(0.3);
    expect(await cleaning.run(AbortSignal.abort())).toMatchObject({ dropped: 0 });
    let runs = 0;
    const ran = Promise.withResolvers<void>();
    const counted = {
      run: async (signal: AbortSignal) => {
        const cleaned = await cleaning.run(signal);
        if (++runs === 2) ran.resolve();
        return cleaned;
      },
    };
    const schedule = createCleaningSchedule({ cleaning: counted, logger: silentLogger, everyMs: 5 });
    schedule.start();
    await ran.promise;
    await schedule.stop();
    const then = runs;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(runs).toBe(then);
  });
});
