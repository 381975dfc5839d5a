import { expect, test } from 'vitest';
import { manualClock } from '#kernel/clock.ts';
import { asId, type DeviceUserId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addDevice, addUser } from '../../test/support/people.ts';
import { linkDeviceUser, loadActor } from './device-users.ts';

const television = { kind: 'tv', key: 'tv-1', name: 'Living room' } as const;

eachDatabase('device users', (make) => {
  test('linking twice gives the same device user, which keeps its isolation', async () => {
    const database = await make();
    const { viewer } = await addUser(database, { name: 'Ada' });
    const clock = manualClock(1000);
    const link = (name: string, isolation: 'quiet' | 'silo') =>
      database.transaction((tx) =>
        linkDeviceUser(tx, clock, { userId: viewer.userId, device: { ...television, name }, isolation }),
      );
    const first = await link('Living room', 'quiet');
    clock.advance(5);
    const second = await link('Den', 'silo');
    expect(second).toEqual(first);
    expect(second.isolation).toBe('quiet');
    const device = await database.read
      .selectFrom('devices')
      .selectAll()
      .where('device_key', '=', 'tv-1')
      .executeTakeFirst();
    expect(device).toMatchObject({ reported_name: 'Den', last_connected_at: 1005, created_at: 1000 });
  });

  test('two users share a device, not a scope; two devices of one user share the group scope', async () => {
    const database = await make();
    const { viewer: ada } = await addUser(database, { name: 'Ada' });
    const { viewer: bob } = await addUser(database, { name: 'Bob' });
    const phone = await addDevice(database, ada, { name: 'phone', isolation: 'silo' });
    expect(phone.groupScope).toBe(ada.groupScope);
    expect(phone.isolation).toBe('silo');
    expect(new Set([ada.ownScope, ada.groupScope, bob.ownScope, bob.groupScope, phone.ownScope]).size).toBe(5);
    expect(await loadActor(database.read, phone.deviceUserId)).toEqual({
      userId: ada.userId,
      deviceUserId: phone.deviceUserId,
      isolation: 'silo',
      ownScope: phone.ownScope,
      groupScope: ada.groupScope,
    });
  });

  test('linking at the same time makes one of each', async () => {
    const database = await make();
    const { viewer } = await addUser(database, { name: 'Ada' });
    const clock = manualClock(1);
    const linked = await Promise.all(
      Array.from({ length: 8 }, () =>
        database.transaction((tx) =>
          linkDeviceUser(tx, clock, { userId: viewer.userId, device: television, isolation: 'loud' }),
        ),
      ),
    );
    expect(new Set(linked.map((actor) => actor.deviceUserId)).size).toBe(1);
  });

  test('an unknown device user is not found', async () => {
    const database = await make();
    await expect(loadActor(database.read, asId<DeviceUserId>(99))).rejects.toThrow('not found');
  });
});
