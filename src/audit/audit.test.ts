import { expect, test } from 'vitest';
import { manualClock } from '#kernel/clock.ts';
import { asId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addUser } from '../../test/support/people.ts';
import { createAudit, HIDDEN } from './audit.ts';
import { listAudit } from './audit-query.ts';

eachDatabase('the audit', (make) => {
  test('tells who changed what, newest first, page by page', async () => {
    const database = await make();
    const clock = manualClock(1000);
    const audit = createAudit({ clock });
    const { viewer } = await addUser(database, { name: 'Ada' });
    await database.transaction(async (tx) => {
      for (let entityId = 1; entityId <= 5; entityId++) {
        clock.advance(1);
        const changes = { title: ['a', 'b'] as [string, string], secret: [HIDDEN, HIDDEN] as [string, string] };
        const actor = entityId % 2 ? viewer : null;
        await audit.record(tx, { actor, entityType: 'item', entityId, action: 'update', changes });
      }
    });
    const first = await listAudit(database.read, { entityType: 'item' }, { limit: 3 });
    expect(first.items.map((entry) => entry.entityId)).toEqual([5, 4, 3]);
    expect(first.items[0]).toMatchObject({ at: 1005, userName: 'Ada', changes: { title: ['a', 'b'] } });
    expect(first.items[1]).toMatchObject({ userId: null, userName: null, deviceName: null });
    const rest = await listAudit(database.read, {}, { limit: 3, cursor: first.next ?? '' });
    expect(rest.items.map((entry) => entry.entityId)).toEqual([2, 1]);
    expect(rest.next).toBeNull();
    const ofAda = await listAudit(database.read, { userId: viewer.userId, entityId: 3 }, { limit: 9 });
    expect(ofAda.items).toHaveLength(1);
    expect((await listAudit(database.read, { userId: asId(999) }, { limit: 9 })).items).toEqual([]);
  });

  test('is undone with the change', async () => {
    const database = await make();
    const audit = createAudit({ clock: manualClock(1) });
    const failed = database.transaction(async (tx) => {
      await audit.record(tx, { actor: null, entityType: 'item', entityId: 1, action: 'delete', changes: {} });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect((await listAudit(database.read, {}, { limit: 9 })).items).toEqual([]);
  });
});
