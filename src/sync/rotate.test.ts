import { expect, test } from 'vitest';
import { createAudit } from '#audit/audit.ts';
import type { Database } from '#database/database.ts';
import { manualClock } from '#kernel/clock.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addUser } from '../../test/support/people.ts';
import { insertAccount, insertClient } from './client-repository.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import { sealAnew } from './rotate.ts';

const clock = manualClock(Date.UTC(2026, 4, 1));
const first = Buffer.alloc(32, 1);
const second = Buffer.alloc(32, 2);
const old = createCredentials(first);
const both = createCredentials(second, first);
const next = createCredentials(second);

const rotate = (database: Database, credentials: Credentials = both) =>
  sealAnew({ database, credentials, audit: createAudit({ clock }) });

/** A server with everything that can be sealed, of which one thing was sealed with the new key already, and a bare one. */
const furnish = async (database: Database): Promise<void> => {
  const { viewer } = await addUser(database, { name: 'Ada' });
  const bare = {
    kind: 'jellyfin' as const,
    name: 'Den',
    address: 'http://den',
    user_name: null,
    secret: null,
    token: null,
    server_id: null,
    time_zone: null,
    server_version: null,
    schedule: null,
    webhook_digest: null,
    webhook_secret: null,
    created_at: 0,
    imported_at: null,
  };
  await database.transaction(async (tx) => {
    const full = { secret: old.seal('password'), token: next.seal('token'), webhook_secret: old.seal('hook') };
    const client_id = await insertClient(tx, { ...bare, ...full });
    await insertClient(tx, { ...bare, name: 'Attic', address: 'http://attic' });
    await insertAccount(tx, {
      client_id,
      remote_user_id: '1',
      remote_name: 'ada',
      device_user_id: viewer.deviceUserId,
      secret: old.seal('account'),
      state_read_at: null,
    });
  });
};

const kept = async ({ read }: Database) => {
  const clients = await read.selectFrom('clients').selectAll().orderBy('id').execute();
  const accounts = await read.selectFrom('client_accounts').select('secret').execute();
  return [
    ...clients.flatMap((row) => [row.secret, row.token, row.webhook_secret]),
    ...accounts.map((row) => row.secret),
  ];
};

const openedWith = (credentials: Credentials, texts: readonly (string | null)[]) =>
  texts.map((text) => text && credentials.open(text));

eachDatabase('a change of the secret key', (make) => {
  test('seals anew all that the former key sealed, and only that; twice is the same as once', async () => {
    const database = await make();
    await furnish(database);
    const before = await kept(database);
    expect(await rotate(database)).toEqual({ sealed: 3, lost: [] });
    const after = await kept(database);
    expect(openedWith(next, after)).toEqual(['password', 'token', 'hook', null, null, null, 'account']);
    expect(after[1]).toBe(before[1]);
    expect(await rotate(database)).toEqual({ sealed: 0, lost: [] });
    expect(await kept(database)).toEqual(after);
    const audited = await database.read.selectFrom('audit_log').select(['entity_type', 'changes']).execute();
    expect(audited).toEqual([{ entity_type: 'client', changes: '{"secretKey":["•••","•••"]}' }]);
  });

  test('broken off in the middle it did nothing, and all can be opened', async () => {
    const database = await make();
    await furnish(database);
    const before = await kept(database);
    let left = 2;
    const dying: Credentials = {
      ...both,
      seal: (secret) => {
        if (left-- === 0) throw new Error('The program was killed.');
        return both.seal(secret);
      },
    };
    await expect(rotate(database, dying)).rejects.toThrow('killed');
    expect(await kept(database)).toEqual(before);
    expect(openedWith(both, before)).toEqual(['password', 'token', 'hook', null, null, null, 'account']);
    expect(await rotate(database)).toEqual({ sealed: 3, lost: [] });
  });

  test('what no key opens is named and left as it is; the rest is sealed anew', async () => {
    const database = await make();
    await furnish(database);
    const foreign = createCredentials(Buffer.alloc(32, 9)).seal('password');
    await database.transaction((tx) =>
      tx.updateTable('clients').set({ secret: foreign }).where('name', '=', 'Den').execute(),
    );
    expect(await rotate(database)).toEqual({ sealed: 2, lost: ['The password of Den'] });
    expect((await kept(database))[0]).toBe(foreign);
  });
});
