import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createActivity, type RemoteEvent } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock, SECOND } from '#kernel/clock.ts';
import type { ChangeSetId, MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { sittingAt } from './logged-play.ts';

const NOW = 1_700_000_000_000;
const at = (minute: number) => NOW - DAY + minute * MINUTE;
const page = { limit: 40 };

let people = 0;

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const activity = createActivity({ database, clock });
  const changes = createChanges({ database, clock });
  const { viewer } = await addUser(database, { name: `Ada ${++people}` });
  const account = await addDevice(database, viewer, { name: 'Plex', isolation: 'loud' });
  const tree = treeIn(database, NOW - 10 * DAY);
  const film = await tree.movie(await tree.library('movies'), { runtime_ms: 2 * HOUR });
  const unknown = await tree.movie(await tree.library('movies'));
  let runs = 0;
  const run = (event: RemoteEvent, item: MediaItemId = film, set: ChangeSetId | null = null) =>
    database.transaction((tx) => activity.recordRun(tx, account, { runId: ++runs, set }, [{ itemId: item, event }]));
  const history = async () =>
    (await activity.history(viewer, page)).items.map((row) => [row.startedAt, row.completed] as const);
  const count = async (item = film) => (await activity.state(viewer, item)).playCount;
  return { database, clock, activity, changes, viewer, account, tree, film, unknown, run, history, count };
};

const logged = (minute: number, key: string, completed = true) => ({ at: at(minute), sourceKey: key, completed });

eachDatabase('plays that a server wrote down', (make) => {
  test('a last date and an entry of a play log are one sitting; the second evening is another', async () => {
    const { run, history, count } = await house(await make());
    await run({ watched: { value: true, at: at(0) }, plays: [logged(0, 'item:0')], playCount: 1 });
    await run({ plays: [logged(12, '1:77')] });
    expect(await history()).toEqual([[at(0), true]]);
    expect(await count()).toBe(1);
    await run({ plays: [logged(12, '1:77'), logged(180, '1:78')], playCount: 2 });
    expect(await history()).toEqual([
      [at(180), true],
      [at(0), true],
    ]);
    expect(await count()).toBe(2);
  });

  test('where nobody knows how long it is, ten minutes make the difference', async () => {
    const { run, unknown, history } = await house(await make());
    await run({ plays: [logged(0, 'a'), logged(10, 'b'), logged(21, 'c')] }, unknown);
    expect(await history()).toEqual([
      [at(21), true],
      [at(0), true],
    ]);
  });

  test('a song that is heard three times in a row was heard three times', async () => {
    const { run, tree, history } = await house(await make());
    const artist = await tree.artist(await tree.library('music'));
    const song = await tree.track(await tree.album(artist), 1, { runtime_ms: 3 * MINUTE });
    await run({ plays: [logged(0, 'a'), logged(3, 'b'), logged(6, 'c')], playCount: 3 }, song);
    expect(await history()).toHaveLength(3);
  });

  test('an entry completes a sitting that broke off before its end, and the run can be taken back', async () => {
    const { database, activity, changes, viewer, account, clock, film, run, count } = await house(await make());
    const told = { durationMs: 2 * HOUR, method: 'direct' };
    await activity.reportProgress(account, film, { ...told, positionMs: HOUR, at: at(60) });
    await activity.reportProgress(account, film, { ...told, positionMs: HOUR + 20 * MINUTE, at: at(80) });
    const plays = () =>
      database.read
        .selectFrom('plays')
        .selectAll()
        .where('item_id', '=', film)
        .where('deleted_at', 'is', null)
        .execute();
    const before = await plays();
    expect(before).toMatchObject([{ completed: 0, last_at: at(80) }]);
    clock.advance(MINUTE);
    const set = await run({ plays: [logged(110, '1:77')], morePlays: 1 });
    expect(await plays()).toMatchObject([{ completed: 1, started_at: at(60), last_at: at(110), method: 'direct' }]);
    expect(await count()).toBe(1);
    const undone = await changes.undo(viewer, set!);
    expect(undone.kept).toBe(0);
    expect(await plays()).toMatchObject([{ completed: 0, last_at: at(80) }]);
    expect(await count()).toBe(0);
    await changes.undo(viewer, undone.undoneBy);
    expect(await plays()).toMatchObject([{ completed: 1, last_at: at(110) }]);
    expect(await count()).toBe(1);
  });

  test('what its owner took out of the history does not come back under another name', async () => {
    const { activity, changes, viewer, run, history } = await house(await make());
    await run({ plays: [logged(0, 'item:0')] });
    const [row] = (await activity.history(viewer, page)).items;
    await changes.remove(viewer, [row!.id]);
    await run({ plays: [logged(0, 'item:0'), logged(1, '1:77')] });
    expect(await history()).toEqual([]);
  });

  test('plays that are only counted add up; those that have a name are not counted twice', async () => {
    const { run, count } = await house(await make());
    await run({ playCount: 2 });
    await run({ morePlays: 3 });
    expect(await count()).toBe(5);
    await run({ morePlays: 2, plays: [logged(0, 'a')] });
    expect(await count()).toBe(7);
    await run({ plays: [logged(5, '1:77')] });
    expect(await count()).toBe(7);
  });

  const entry = fc
    .record({ minute: fc.integer({ min: 0, max: 40 }), key: fc.nat({ max: 30 }), completed: fc.boolean() })
    .map(({ minute, key, completed }) => logged(minute, `${key}`, completed));
  const told = fc
    .uniqueArray(entry, { maxLength: 8, selector: (play) => play.sourceKey })
    .chain((plays) => fc.tuple(fc.constant(plays), fc.shuffledSubarray(plays, { minLength: plays.length })));

  test('told again, in whatever order, they add nothing', async () => {
    const database = await make();
    const everything = async (user: number) => {
      const plays = await database.read.selectFrom('plays').selectAll().orderBy('id').execute();
      const counts = await database.read
        .selectFrom('play_states')
        .select(['item_id', 'scope_id', 'play_count'])
        .execute();
      return [plays.filter((play) => play.user_id === user), counts.toSorted((a, b) => a.scope_id - b.scope_id)];
    };
    await fc.assert(
      fc.asyncProperty(told, async ([plays, shuffled]) => {
        const { run, unknown, viewer } = await house(database);
        for (const play of plays) await run({ plays: [play] }, unknown);
        const once = await everything(viewer.userId);
        await run({ plays: shuffled }, unknown);
        for (const play of shuffled) await run({ plays: [play] }, unknown);
        expect(await everything(viewer.userId)).toEqual(once);
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 100 : 10 },
    );
  }, 60_000);
});

test('of sittings around, a completed one comes first, then the nearest; what was taken away comes last', () => {
  const sitting = (from: number, to: number, how: { completed?: boolean; deleted?: boolean } = {}) => ({
    startedAt: from * SECOND,
    lastAt: to * SECOND,
    completed: how.completed ?? false,
    deleted: how.deleted ?? false,
  });
  const [near, far, done] = [sitting(0, 8), sitting(30, 40), sitting(50, 60, { completed: true })];
  const away = sitting(10, 20, { completed: true, deleted: true });
  expect(sittingAt([away, far, near], 15 * SECOND)).toBe(near);
  expect(sittingAt([away, far, near, done], 15 * SECOND)).toBe(done);
  expect(sittingAt([far, away], 15 * SECOND)).toBe(far);
  expect(sittingAt([away], 15 * SECOND)).toBe(away);
  expect(sittingAt([], 15 * SECOND)).toBeUndefined();
});
