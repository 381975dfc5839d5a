import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { createActivity, type RemoteEvent } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';

const NOW = 1_700_000_000_000;
const at = (minute: number) => NOW - DAY + minute * MINUTE;

let people = 0;

const house = async (database: Database) => {
  const activity = createActivity({ database, clock: manualClock(NOW) });
  const { viewer } = await addUser(database, { name: `Ada ${++people}` });
  const account = await addDevice(database, viewer, { name: 'Kodi', isolation: 'loud' });
  const tree = treeIn(database, at(0));
  const show = await tree.show(await tree.library('series'), [3]);
  const tell = (item: MediaItemId, event: RemoteEvent, actor: Actor = account) =>
    database.transaction((tx) => activity.recordRemote(tx, actor, item, event));
  return { database, activity, viewer, account, show, episode: show.episodes[0]![0]!, tell };
};

const everything = async (database: Database, actor: Actor) => {
  const scopes = [actor.ownScope, actor.groupScope];
  const marks = await database.read
    .selectFrom('marks')
    .selectAll()
    .where('scope_id', 'in', scopes)
    .orderBy('scope_id')
    .orderBy('item_id')
    .execute();
  const states = await database.read
    .selectFrom('play_states')
    .selectAll()
    .where('scope_id', 'in', scopes)
    .orderBy('scope_id')
    .orderBy('item_id')
    .execute();
  const plays = await database.read
    .selectFrom('plays')
    .select(['item_id', 'source_key', 'last_at'])
    .where('user_id', '=', actor.userId)
    .execute();
  return [marks, states, plays.toSorted((a, b) => a.last_at - b.last_at)];
};

eachDatabase('what a media server tells', (make) => {
  test('is seen by the person, in every list', async () => {
    const { activity, viewer, show, episode, tell } = await house(await make());
    await tell(episode, {
      watched: { value: true, at: at(5) },
      plays: [{ at: at(5), sourceKey: 'a', completed: true }],
      playCount: 3,
    });
    expect(await activity.state(viewer, episode)).toMatchObject({
      watched: true,
      markedAt: at(5),
      playCount: 3,
      lastPlayedAt: at(5),
    });
    const [row] = (await activity.nextUp(viewer, { limit: 9 })).items;
    expect(row).toMatchObject({ item: { id: show.episodes[0]![1] }, after: { watchedAt: at(5), device: 'Kodi' } });
    await tell(show.episodes[0]![1]!, { position: { positionMs: HOUR / 2, durationMs: HOUR, at: at(6) } });
    expect((await activity.continueWatching(viewer, { limit: 9 })).items).toMatchObject([{ positionMs: HOUR / 2 }]);
    await tell(show.episodes[0]![1]!, { position: { positionMs: 0, at: at(7) } });
    expect((await activity.continueWatching(viewer, { limit: 9 })).items).toEqual([]);
    expect((await activity.nextUp(viewer, { limit: 9 })).items).toMatchObject([{ reason: 'next' }]);
  });

  test('instants ahead are taken for now; what is unknown is refused', async () => {
    const { activity, viewer, episode, tell } = await house(await make());
    await tell(episode, { watched: { value: true, at: NOW + DAY } });
    expect(await activity.state(viewer, episode)).toMatchObject({ markedAt: NOW });
    await expect(tell(asId(999_999), {})).rejects.toMatchObject({ code: 'not_found' });
  });

  const minute = fc.integer({ min: 1, max: 20 }).map(at);
  const event = fc.record(
    {
      watched: fc.record({ value: fc.boolean(), at: minute }),
      position: fc.record({
        positionMs: fc.constantFrom(0, HOUR / 2, HOUR),
        durationMs: fc.constant(HOUR),
        at: minute,
      }),
      plays: fc.array(
        fc.nat({ max: 20 }).map((key) => ({ at: at(key), sourceKey: `play ${key}`, completed: key % 3 > 0 })),
        { maxLength: 3 },
      ),
      playCount: fc.nat({ max: 5 }),
    },
    { requiredKeys: [] },
  );

  test('told twice is told once', async () => {
    const database = await make();
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 4 }), async (events) => {
        const { account, episode, tell } = await house(database);
        for (const one of events) await tell(episode, one);
        const once = await everything(database, account);
        for (const one of events) await tell(episode, one);
        expect(await everything(database, account)).toEqual(once);
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 40 : 10 },
    );
  }, 60_000);
});

eachDatabase('the group made anew', (make) => {
  test('holds what its loud and shouting devices did, and nothing of the others; trying a mode loses nothing', async () => {
    const database = await make();
    const { activity, viewer, account, show, episode, tell } = await house(database);
    const [, second, third] = show.episodes[0]! as [MediaItemId, MediaItemId, MediaItemId];
    await tell(episode, { watched: { value: true, at: at(5) }, playCount: 2 });
    await activity.reportProgress(viewer, episode, { positionMs: HOUR, durationMs: HOUR, at: at(3) });
    await activity.reportProgress(viewer, second, { positionMs: HOUR / 2, durationMs: HOUR, at: at(8) });
    const before = await everything(database, viewer);
    const set = async (isolation: 'silo' | 'loud') => {
      await database.transaction(async (tx) => {
        await tx.updateTable('device_users').set({ isolation }).where('id', '=', account.deviceUserId).execute();
        await createScopeRebuilder().rebuildGroup(tx, viewer.userId);
      });
    };
    await set('silo');
    expect(await activity.state(viewer, episode)).toMatchObject({ markedAt: at(3), playCount: 1 });
    expect((await activity.nextUp(viewer, { limit: 9 })).items).toMatchObject([{ item: { id: second } }]);
    await tell(third, { watched: { value: true, at: at(9) } }, { ...account, isolation: 'silo' });
    expect(await activity.state(viewer, third)).toMatchObject({ watched: false });
    await set('loud');
    expect(await activity.state(viewer, episode)).toMatchObject({ markedAt: at(5), playCount: 3 });
    expect(await activity.state(viewer, third)).toMatchObject({ watched: true });
    const [marks, states, plays] = await everything(database, viewer);
    expect(marks).toHaveLength(before[0]!.length + 1);
    expect([states, plays]).toEqual([before[1], before[2]]);
  });
});
