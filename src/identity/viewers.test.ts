import { expect, test } from 'vitest';
import { MINUTE, manualClock } from '#kernel/clock.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eachDatabase, type MakeDatabase } from '../../test/support/databases.ts';
import { addUser } from '../../test/support/people.ts';
import { hashToken, newSessionToken } from './secret.ts';
import { createViewers } from './viewers.ts';

const signedIn = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(1000);
  const { viewer } = await addUser(database, { name: 'Ada', role: 'admin', grants: { maxRatingLevel: 12 } });
  const token = newSessionToken();
  await database.transaction(async (tx) => {
    await tx
      .insertInto('sessions')
      .values({ device_user_id: viewer.deviceUserId, token_hash: hashToken(token), created_at: 1000, expires_at: 1e9 })
      .execute();
  });
  const rename = (name: string) =>
    database.transaction(async (tx) => {
      await tx.updateTable('users').set({ name }).where('id', '=', viewer.userId).execute();
      viewers.forgetAfterCommit((known) => known.userId === viewer.userId);
    });
  const viewers = createViewers({ database, clock, logger: silentLogger });
  return { database, clock, viewer, token, viewers, rename };
};

eachDatabase('knowing who a token belongs to', (make) => {
  test('costs no SQL a second time, for a minute', async () => {
    const { database, clock, viewer, token, viewers } = await signedIn(make);
    const first = await viewers.resolve(token);
    expect(first).toMatchObject({ ...viewer, sessionId: expect.any(Number) });
    await database.transaction(async (tx) => {
      await tx.deleteFrom('sessions').execute();
    });
    expect(await viewers.resolve(token)).toBe(first);
    clock.advance(MINUTE);
    expect(await viewers.resolve(token)).toBeUndefined();
  });

  test('is forgotten once a change is committed, not when it is undone', async () => {
    const { database, token, viewers, rename } = await signedIn(make);
    const first = await viewers.resolve(token);
    await database
      .transaction(async () => {
        viewers.forgetAfterCommit(() => true);
        throw new Error('no');
      })
      .catch(() => {});
    expect(await viewers.resolve(token)).toBe(first);
    await rename('Grace');
    expect((await viewers.resolve(token))?.userName).toBe('Grace');
  });

  test('what was looked up while it changed is not kept', async () => {
    const { token, viewers, rename } = await signedIn(make);
    for (let round = 0; round < 20; round++) {
      const lookUps = Array.from({ length: 5 }, () => viewers.resolve(token));
      await rename(`Ada ${round}`);
      await Promise.all(lookUps);
      expect((await viewers.resolve(token))?.userName).toBe(`Ada ${round}`);
    }
  });
});
