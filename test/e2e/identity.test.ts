import { expect, test } from 'vitest';
import { createLoginLimit } from '#identity/login-limit.ts';
import { DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import { ADMIN, startApi } from '../support/api.ts';
import { eachDatabase, type MakeDatabase } from '../support/databases.ts';

const PASSWORD = 'a good password';

/** A house with an admin, a user and a guest, all signed in. */
const house = async (make: MakeDatabase) => {
  const database = await make();
  const api = await startApi(database);
  await api.identity.createAdmin(ADMIN.name, ADMIN.password);
  const admin = await api.signIn(ADMIN.name, ADMIN.password);
  const add = async (name: string, role: string): Promise<number> => {
    const answer = await admin.send('POST', '/users', { name, role, password: PASSWORD });
    expect(answer.statusCode).toBe(201);
    return answer.json().id;
  };
  const bobId = await add('Bob', 'user');
  const guestId = await add('Gus', 'guest');
  const bob = await api.signIn('bob', PASSWORD);
  const guest = await api.signIn('Gus', PASSWORD);
  return { ...api, database, admin, bob, guest, bobId, guestId };
};

eachDatabase('setup', (make) => {
  test('of ten at once, one becomes the admin', async () => {
    const api = await startApi(await make());
    expect((await api.caller().get('/setup')).json()).toEqual({ needed: true });
    const callers = Array.from({ length: 10 }, () => api.caller());
    const answers = await Promise.all(
      callers.map((caller, index) => caller.send('POST', '/setup', { name: `Admin ${index}`, password: PASSWORD })),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, ...Array(9).fill(409)]);
    const winner = callers[answers.findIndex((answer) => answer.statusCode === 201)]!;
    expect((await winner.get('/me')).json()).toMatchObject({ role: 'admin', profiles: [] });
    expect((await winner.get('/users')).json().items).toHaveLength(1);
    expect((await api.caller().get('/setup')).json()).toEqual({ needed: false });
  });

  test('a short password is refused with its fault', async () => {
    const api = await startApi(await make());
    const answer = await api.caller().send('POST', '/setup', { name: '  ', password: 'short', admin: true });
    expect(answer.statusCode).toBe(400);
    expect(
      answer
        .json()
        .error.faults.map((fault: { path: string }) => fault.path)
        .sort(),
    ).toEqual(['admin', 'name', 'password']);
    expect(answer.body).not.toContain('short"');
  });
});

eachDatabase('signing in', (make) => {
  test('an unknown name and a wrong password get the same answer; a right one a closed cookie', async () => {
    const { caller, identity } = await startApi(await make());
    await identity.createAdmin(ADMIN.name, ADMIN.password);
    const answerTo = async (body: object) => {
      const answer = await caller().send('POST', '/session', body);
      const { requestId: _, ...error } = answer.json().error;
      return { status: answer.statusCode, error };
    };
    const unknown = await answerTo({ name: 'Nobody', password: ADMIN.password });
    expect(unknown.status).toBe(401);
    expect(await answerTo({ name: ADMIN.name, password: 'wrong password' })).toEqual(unknown);
    const right = await caller().send('POST', '/session', { name: ' aDA ', password: ADMIN.password });
    expect(right.statusCode).toBe(201);
    expect(right.headers['set-cookie']).toMatch(/^leftoff_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    expect(right.json()).toMatchObject({ user: { name: 'Ada', role: 'admin' }, role: 'admin' });
    expect(right.body).not.toMatch(/argon2|hash|password/);
  });

  test('what is stored does not let anyone in', async () => {
    const { database, admin } = await house(make);
    await admin.send('POST', '/me/tokens', { name: 'plugin' });
    const user = await database.read
      .selectFrom('users')
      .selectAll()
      .where('name', '=', 'Ada')
      .executeTakeFirstOrThrow();
    expect(user.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    const stored = await database.read.selectFrom('sessions').select('token_hash').execute();
    expect(stored.some((row) => admin.cookie?.includes(row.token_hash))).toBe(false);
    expect(stored.every((row) => /^[0-9a-f]{64}$/.test(row.token_hash))).toBe(true);
  });

  test('too many tries wait, whoever asks and whatever the password', async () => {
    const api = await startApi(await make(), { loginTries: 3 });
    await api.identity.createAdmin(ADMIN.name, ADMIN.password);
    const tries = async (password: string) => api.caller().send('POST', '/session', { name: ADMIN.name, password });
    for (let index = 0; index < 3; index++) expect((await tries('wrong wrong')).statusCode).toBe(401);
    const refused = await tries(ADMIN.password);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json().error.code).toBe('unavailable');
  });

  test('a session ends by signing out, by time, and by a new password', async () => {
    const { clock, bob, signIn, caller } = await house(make);
    const me = async (cookie: string | null) => {
      const again = caller();
      again.cookie = cookie;
      return (await again.get('/me')).statusCode;
    };
    const { cookie } = bob;
    expect(await me(cookie)).toBe(200);
    await bob.send('DELETE', '/session');
    expect(bob.cookie).toBeNull();
    expect(await me(cookie)).toBe(401);
    expect((await bob.send('DELETE', '/session')).statusCode).toBe(204);

    const first = await signIn('Bob', PASSWORD);
    const second = await signIn('Bob', PASSWORD);
    const id = (await first.get('/me')).json().user.id;
    const change = (oldPassword?: string) =>
      first.send('PATCH', `/users/${id}`, { password: 'another password', ...(oldPassword && { oldPassword }) });
    expect((await change()).statusCode).toBe(400);
    expect((await change('not the old one')).statusCode).toBe(403);
    expect((await change(PASSWORD)).statusCode).toBe(200);
    expect(await me(first.cookie)).toBe(200);
    expect(await me(second.cookie)).toBe(401);
    await expect(signIn('Bob', PASSWORD)).rejects.toThrow('not right');

    clock.advance(30 * DAY - 1);
    expect(await me(first.cookie)).toBe(200);
    clock.advance(1);
    expect(await me(first.cookie)).toBe(401);
  });

  test('signing in again on the same browser makes no new device; a device with a key is known by it', async () => {
    const { signIn, caller } = await house(make);
    const devices = async () => (await (await signIn('Bob', PASSWORD)).get('/me/devices')).json().items;
    expect(await devices()).toHaveLength(1);
    const device = { key: 'k'.repeat(32), name: 'Den TV', kind: 'tv' };
    await caller().send('POST', '/session', { name: 'Bob', password: PASSWORD, device });
    await caller().send('POST', '/session', { name: 'Bob', password: PASSWORD, device });
    expect(await devices()).toMatchObject([{ current: true }, { kind: 'tv', name: 'Den TV', current: false }]);
  });
});

eachDatabase('users', (make) => {
  test('who sees whom', async () => {
    const { admin, bob, guest, bobId, guestId } = await house(make);
    const names = async (caller: typeof bob) =>
      (await caller.get('/users')).json().items.map((user: { name: string }) => user.name);
    expect(await names(admin)).toEqual(['Ada', 'Bob', 'Gus']);
    expect(await names(bob)).toEqual(['Bob']);
    const first = (await admin.get('/users?limit=2')).json();
    expect((await admin.get(`/users?limit=2&cursor=${first.next}`)).json()).toMatchObject({
      items: [{ name: 'Gus' }],
      next: null,
    });
    expect((await bob.get(`/users/${guestId}`)).statusCode).toBe(404);
    expect((await bob.send('PATCH', `/users/${guestId}`, { name: 'X' })).statusCode).toBe(404);
    expect((await bob.send('DELETE', `/users/${guestId}?confirm=Gus`)).statusCode).toBe(404);
    expect((await guest.send('PATCH', `/users/${guestId}`, { name: 'Gustav' })).json().name).toBe('Gustav');
    expect((await bob.send('PATCH', `/users/${bobId}`, { role: 'admin' })).statusCode).toBe(403);
    expect((await bob.send('PATCH', `/users/${bobId}`, { grants: { maxRatingLevel: null } })).statusCode).toBe(403);
    expect((await bob.send('POST', '/users', { name: 'Eve', password: PASSWORD })).statusCode).toBe(403);
    expect((await bob.send('DELETE', `/users/${bobId}?confirm=Bob`)).statusCode).toBe(403);
    expect((await bob.get('/audit')).statusCode).toBe(403);
    expect((await admin.get('/users/99999')).statusCode).toBe(404);
    expect((await admin.get('/users?limit=100000')).statusCode).toBe(400);
    expect((await admin.get('/users?cursor=rubbish')).statusCode).toBe(400);
  });

  test('names are unique however they are written', async () => {
    const { admin, bob, bobId } = await house(make);
    const taken = await admin.send('POST', '/users', { name: '  BÓB ', password: PASSWORD });
    expect(taken.statusCode).toBe(409);
    expect((await bob.send('PATCH', `/users/${bobId}`, { name: 'ada' })).statusCode).toBe(409);
    expect((await bob.send('PATCH', `/users/${bobId}`, { name: 'BOB' })).json().name).toBe('BOB');
  });

  test('have a time zone of their own, which is felt by the next request', async () => {
    const { admin, bob, guest, bobId } = await house(make);
    expect((await bob.get('/me')).json().user.timeZone).toBe('UTC');
    const moved = await bob.send('PATCH', '/me', { timeZone: 'Europe/Berlin' });
    expect(moved.json().user).toMatchObject({ id: bobId, timeZone: 'Europe/Berlin' });
    expect((await guest.send('PATCH', '/me', { timeZone: 'Asia/Tokyo' })).json().user.timeZone).toBe('Asia/Tokyo');
    for (const timeZone of ['Mars/Base', '+02:00', '', 'Europe/']) {
      const refused = await bob.send('PATCH', '/me', { timeZone });
      expect([refused.statusCode, JSON.stringify(refused.json())]).toEqual([400, expect.stringContaining('timeZone')]);
    }
    expect((await admin.send('PATCH', `/users/${bobId}`, { timeZone: 'America/Lima' })).statusCode).toBe(200);
    const child = await bob.send('POST', '/users', { name: 'Kim', managed: true });
    expect(child.json().timeZone).toBe('America/Lima');
    expect((await admin.send('POST', '/users', { name: 'Eve', password: PASSWORD, timeZone: 'Nope' })).statusCode).toBe(
      400,
    );
    const eve = await admin.send('POST', '/users', { name: 'Eve', password: PASSWORD, timeZone: 'Asia/Kathmandu' });
    expect(eve.json().timeZone).toBe('Asia/Kathmandu');
  });

  test('a change is felt by the next request, also of others', async () => {
    const { admin, bob, bobId } = await house(make);
    expect((await bob.get('/me')).json().role).toBe('user');
    await admin.send('PATCH', `/users/${bobId}`, { role: 'guest', grants: { maxRatingLevel: 12 } });
    expect((await bob.get('/me')).json()).toMatchObject({ role: 'guest', user: { grants: { maxRatingLevel: 12 } } });
    await admin.send('DELETE', `/users/${bobId}?confirm=Bob`);
    expect((await bob.get('/me')).statusCode).toBe(401);
  });

  test('grants: tags by name, unknown libraries refused, nothing half done', async () => {
    const { admin, bobId } = await house(make);
    const patch = (grants: object) => admin.send('PATCH', `/users/${bobId}`, { grants });
    const shown = (await patch({ blockedTags: ['Horror', 'horror', 'Gore'], allowedTags: [], libraries: [] })).json();
    expect(shown.grants).toEqual({
      libraries: [],
      streamSources: null,
      maxRatingLevel: null,
      allowUnrated: false,
      allowedTags: [],
      blockedTags: ['Gore', expect.stringMatching(/^horror$/i)],
    });
    const unknown = await patch({ libraries: [12345], streamSources: [7], maxRatingLevel: 3 });
    expect(unknown.statusCode).toBe(400);
    expect(unknown.json().error.faults).toEqual([
      { path: 'grants.libraries.0', message: 'does not exist' },
      { path: 'grants.streamSources.0', message: 'does not exist' },
    ]);
    expect((await patch({ allowedTags: ['gore'] })).statusCode).toBe(400);
    expect((await admin.get(`/users/${bobId}`)).json().grants).toEqual(shown.grants);
  });

  test('deleting says first what is lost; the last admin stays', async () => {
    const { admin, database, bobId } = await house(make);
    const asked = await admin.send('DELETE', `/users/${bobId}`);
    expect(asked.statusCode).toBe(409);
    expect(asked.json().error.message).toContain('0 plays');
    expect(asked.json().error.message).toContain('?confirm=Bob');
    expect((await admin.send('DELETE', `/users/${bobId}?confirm=Bill`)).statusCode).toBe(409);
    expect((await admin.send('DELETE', `/users/${bobId}?confirm=Bob`)).statusCode).toBe(204);
    const left = await database.read.selectFrom('devices').select('device_key').execute();
    expect(left).toHaveLength(2);
    const adminId = (await admin.get('/me')).json().user.id;
    expect((await admin.send('DELETE', `/users/${adminId}?confirm=Ada`)).statusCode).toBe(409);
    expect((await admin.send('PATCH', `/users/${adminId}`, { role: 'user' })).statusCode).toBe(409);
  });

  test('two admins who demote each other at once leave one', async () => {
    const { admin, signIn, bobId } = await house(make);
    await admin.send('PATCH', `/users/${bobId}`, { role: 'admin' });
    const bob = await signIn('Bob', PASSWORD);
    const adminId = (await admin.get('/me')).json().user.id;
    const answers = await Promise.all([
      admin.send('PATCH', `/users/${bobId}`, { role: 'user' }),
      bob.send('PATCH', `/users/${adminId}`, { role: 'user' }),
    ]);
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
  });

  test('an admin gives a new password without the old one; the sessions end', async () => {
    const { admin, bob, bobId, signIn } = await house(make);
    expect((await admin.send('PATCH', `/users/${bobId}`, { password: 'given by admin' })).statusCode).toBe(200);
    expect((await bob.get('/me')).statusCode).toBe(401);
    await signIn('Bob', 'given by admin');
  });
});

eachDatabase('managed users', (make) => {
  test('are made by their owner, have no password, and are switched to', async () => {
    const { bob, bobId, guest, admin, caller } = await house(make);
    const make_ = (body: object) => bob.send('POST', '/users', { name: 'Kid', managed: true, ...body });
    expect((await make_({ role: 'admin' })).statusCode).toBe(400);
    expect((await make_({ password: PASSWORD })).statusCode).toBe(400);
    const kid = (await make_({ grants: { maxRatingLevel: 6, allowUnrated: false } })).json();
    expect(kid).toMatchObject({ ownerId: bobId, role: 'user', grants: { maxRatingLevel: 6 } });
    expect((await guest.send('POST', '/users', { name: 'X', managed: true })).statusCode).toBe(403);
    expect((await bob.get('/me')).json().profiles).toEqual([{ id: kid.id, name: 'Kid', role: 'user' }]);
    expect((await caller().send('POST', '/session', { name: 'Kid', password: 'anything' })).statusCode).toBe(401);
    expect((await admin.send('PATCH', `/users/${kid.id}`, { role: 'admin' })).statusCode).toBe(400);
    expect((await admin.send('POST', '/session/profile', { userId: kid.id })).statusCode).toBe(404);

    const before = bob.cookie;
    expect((await bob.send('POST', '/session/profile', { userId: kid.id })).statusCode).toBe(201);
    expect((await bob.get('/me')).json()).toMatchObject({ user: { name: 'Kid' }, profiles: [] });
    expect((await bob.send('POST', '/users', { name: 'Kid 2', managed: true })).statusCode).toBe(403);
    expect((await bob.send('PATCH', `/users/${kid.id}`, { grants: { maxRatingLevel: 21 } })).statusCode).toBe(403);
    expect((await bob.send('PATCH', `/users/${bobId}`, { name: 'Mine' })).statusCode).toBe(404);
    expect((await bob.send('POST', '/session/profile', { userId: bobId })).statusCode).toBe(404);
    bob.cookie = before;
    expect((await bob.get('/me')).statusCode).toBe(401);
  });

  test('see no more than their owner, also when the owner comes to see less', async () => {
    const { admin, bob, bobId, identity, database } = await house(make);
    await admin.send('PATCH', `/users/${bobId}`, { grants: { maxRatingLevel: 12, blockedTags: ['gore'] } });
    const patch = (grants: object) => bob.send('POST', '/users', { name: 'Kid', managed: true, grants });
    const beyond = await patch({ maxRatingLevel: 18 });
    expect(beyond.statusCode).toBe(400);
    expect(beyond.json().error.faults).toEqual([
      { path: 'grants.maxRatingLevel', message: 'must be at most your own, 12' },
    ]);
    const kid = (await patch({ maxRatingLevel: 10 })).json();
    await bob.send('POST', '/session/profile', { userId: kid.id });
    const seen = async () => (await identity.resolveViewer(bob.cookie!.split('=')[1]!))?.grants;
    expect(await seen()).toMatchObject({ maxRatingLevel: 10, blockedTags: [expect.any(Number)] });
    await admin.send('PATCH', `/users/${bobId}`, { grants: { maxRatingLevel: 3, libraries: [] } });
    expect(await seen()).toMatchObject({ maxRatingLevel: 3, libraries: [] });
    await admin.send('DELETE', `/users/${bobId}?confirm=Bob`);
    expect(await database.read.selectFrom('users').select('name').orderBy('name').execute()).toEqual([
      expect.objectContaining({ name: 'Ada' }),
      expect.objectContaining({ name: 'Gus' }),
    ]);
  });
});

eachDatabase('API tokens', (make) => {
  test('are shown once, do no more than their ceiling, and end', async () => {
    const { admin, caller, clock, identity } = await house(make);
    const expiresAt = new Date(clock.now() + HOUR).toISOString();
    const made = (await admin.send('POST', '/me/tokens', { name: 'viewer', role: 'guest', expiresAt })).json();
    expect(made).toMatchObject({ name: 'viewer', role: 'guest', expiresAt, lastUsedAt: null });
    expect(made.token).toMatch(/^lo_[\w-]{43}$/);
    expect((await admin.get('/me/tokens')).body).not.toContain(made.token);
    const holder = caller({ authorization: `Bearer ${made.token}` });
    expect((await holder.get('/me')).json()).toMatchObject({ role: 'guest', device: { kind: 'api', current: true } });
    expect((await holder.get('/audit')).statusCode).toBe(403);
    expect((await holder.send('POST', '/me/tokens', { name: 'more' })).statusCode).toBe(403);
    const id = (await holder.get('/me')).json().user.id;
    expect((await holder.send('PATCH', `/users/${id}`, { name: 'Eve' })).statusCode).toBe(403);
    await identity.idle();
    expect((await admin.get('/me/tokens')).json().items).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    clock.advance(HOUR - 1);
    expect((await holder.get('/me')).statusCode).toBe(200);
    clock.advance(1);
    expect((await holder.get('/me')).statusCode).toBe(401);
    expect((await admin.send('POST', '/me/tokens', { name: 'x', expiresAt })).statusCode).toBe(400);
  });

  test('a user cannot make one above themselves, nor touch those of others', async () => {
    const { admin, bob, caller } = await house(make);
    expect((await bob.send('POST', '/me/tokens', { name: 'x', role: 'admin' })).statusCode).toBe(403);
    const made = (await admin.send('POST', '/me/tokens', { name: 'mine' })).json();
    expect((await bob.send('DELETE', `/me/tokens/${made.id}`)).statusCode).toBe(404);
    const holder = caller({ authorization: `Bearer ${made.token}` });
    expect((await holder.get('/audit')).statusCode).toBe(200);
    expect((await admin.send('DELETE', `/me/tokens/${made.id}`)).statusCode).toBe(204);
    expect((await holder.get('/audit')).statusCode).toBe(401);
    for (const token of ['lo_', `lo_${'x'.repeat(43)}`, 'x'.repeat(43), "' OR 1=1", 'x'.repeat(5000)]) {
      expect((await caller({ authorization: `Bearer ${token}` }).get('/me')).statusCode).toBe(401);
    }
  });

  test('the use is noted once an hour at the most', async () => {
    const { admin, clock, identity } = await house(make);
    const { token } = (await admin.send('POST', '/me/tokens', { name: 'x' })).json();
    const usedAt = async () => {
      await identity.resolveViewer(token);
      await identity.idle();
      return (await admin.get('/me/tokens')).json().items[0].lastUsedAt;
    };
    const first = await usedAt();
    clock.advance(30 * MINUTE);
    expect(await usedAt()).toBe(first);
    clock.advance(31 * MINUTE);
    expect(await usedAt()).not.toBe(first);
  });
});

eachDatabase('devices', (make) => {
  test('another isolation mode is felt at once and has the group made anew', async () => {
    const { bob, bobId, guest, admin, rebuilt } = await house(make);
    const [device] = (await bob.get('/me/devices')).json().items;
    const patch = (body: object, caller = bob) => caller.send('PATCH', `/me/devices/${device.deviceUserId}`, body);
    expect(device.isolation).toBe('loud');
    expect((await patch({ isolation: 'loud', displayName: 'Desk' })).json()).toMatchObject({ name: 'Desk' });
    expect(rebuilt).toEqual([]);
    expect((await patch({ isolation: 'silo' })).json().isolation).toBe('silo');
    expect(rebuilt).toEqual([bobId]);
    expect((await bob.get('/me')).json().device).toMatchObject({ isolation: 'silo', name: 'Desk' });
    expect((await patch({ displayName: null })).json().displayName).toBeNull();
    expect((await patch({ isolation: 'quiet' }, admin)).json().isolation).toBe('quiet');
    expect(rebuilt).toEqual([bobId, bobId]);
    const mine = (await admin.get('/me/devices')).json().items[0].deviceUserId;
    expect((await bob.send('PATCH', `/me/devices/${mine}`, { isolation: 'silo' })).statusCode).toBe(404);
    expect((await patch({ isolation: 'loud' }, guest)).statusCode).toBe(403);
    expect((await patch({ isolation: 'noisy' })).statusCode).toBe(400);
  });
});

eachDatabase('the audit log', (make) => {
  test('tells who changed what, newest first, in pages, without secrets', async () => {
    const { admin, bobId, bob } = await house(make);
    await admin.send('PATCH', `/users/${bobId}`, { name: 'Robert', role: 'guest', password: 'another password' });
    await bob.get('/me');
    const all = (await admin.get('/audit')).json().items;
    expect(all).toHaveLength(4);
    expect(all[0]).toMatchObject({
      action: 'update',
      entityType: 'user',
      entityId: bobId,
      userName: 'Ada',
      changes: { name: ['Bob', 'Robert'], role: ['user', 'guest'], password: ['•••', '•••'] },
    });
    expect(all[3]).toMatchObject({ userId: null, userName: null, action: 'create' });
    const first = (await admin.get('/audit?limit=3')).json();
    const rest = (await admin.get(`/audit?limit=3&cursor=${first.next}`)).json();
    expect([...first.items, ...rest.items]).toEqual(all);
    expect(rest.next).toBeNull();
    const of = async (query: string) => (await admin.get(`/audit?${query}`)).json().items.length;
    expect(await of(`entityType=user&entityId=${bobId}`)).toBe(2);
    expect(await of('entityType=film')).toBe(0);
    expect(await of(`userId=${bobId}`)).toBe(0);
    expect((await admin.get('/audit?entityId=0')).statusCode).toBe(400);
    expect(JSON.stringify(all)).not.toContain('argon2');
  });
});

test('a right password clears the count of its name', async () => {
  const limit = createLoginLimit(2);
  for (let index = 0; index < 10; index++) {
    await limit.take('address', 'ada');
    await limit.clear('address', 'ada');
  }
  await limit.take('other', 'ada');
});
