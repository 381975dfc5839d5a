import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { opinionRoutes } from '#activity/opinions/routes.ts';
import { playbackRoutes } from '#activity/playing/routes.ts';
import { activityRoutes } from '#activity/routes.ts';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type UserId } from '#kernel/ids.ts';
import { route } from '#kernel/route.ts';
import { ADMIN, startApi } from '../../test/support/api.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addUser } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { createIdempotency } from './idempotency.ts';

const START = Date.UTC(2026, 0, 1);

/** The API with a movie, an admin who is signed in, and two routes of which the work can be made to fail. */
const house = async (database: Database) => {
  const clock = manualClock(START);
  const work = { fails: false, runs: 0, waits: Promise.resolve() };
  const act = (once?: 'unit') =>
    route({
      method: 'POST',
      path: once ? '/tests/unit' : '/tests/around',
      permission: 'user',
      tag: 'tests',
      summary: 'Makes a tag, and may fail after it',
      operationId: once ? 'testUnit' : 'testAround',
      ...(once && { once }),
      body: Type.Object({ name: Type.String() }),
      response: Type.Object({ run: Type.Integer() }),
      status: 201,
      handle: async ({ body: { name } }) => {
        if (!once) await work.waits;
        const run = ++work.runs;
        await database.transaction((tx) =>
          tx
            .insertInto('tags')
            .values({ name: `${name} ${run}`, name_key: `${name} ${run}` })
            .execute(),
        );
        if (work.fails) throw new Error('Broken off after the work.');
        return { run };
      },
    });
  const api = await startApi(database, {
    routes: () => {
      const activity = createActivity({ database, clock });
      const opinions = createOpinions({ database, clock });
      return [...activityRoutes(activity), ...playbackRoutes(activity), ...opinionRoutes(opinions), act('unit'), act()];
    },
  });
  await api.caller().send('POST', '/setup', ADMIN);
  const admin = await api.signIn(ADMIN.name, ADMIN.password);
  const tree = treeIn(database, START - DAY);
  const movies = await tree.library('movies');
  const movie = await tree.movie(movies);
  const send = (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: object | undefined,
    key?: string,
    cookie = admin.cookie,
  ) =>
    api.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { cookie: cookie ?? '', ...(key !== undefined && { 'idempotency-key': key }) },
      ...(body && { payload: body }),
    });
  const count = async (table: 'plays' | 'marks' | 'opinions' | 'idempotency_keys' | 'tags') =>
    (await database.read.selectFrom(table).selectAll().execute()).length;
  return { database, clock, api, admin, tree, movies, movie, send, count, work };
};

eachDatabase('a request with a key', (make) => {
  test('sent twice is done once and answered alike', async () => {
    const { send, movie, movies, tree, count, clock } = await house(await make());
    const end = { event: 'stop', itemId: movie, positionMs: HOUR, durationMs: HOUR };
    const first = await send('POST', '/me/playback', end, 'one');
    expect(first.json()).toMatchObject({ playCount: 1, completed: true });
    // A day later it would be another play.
    clock.advance(12 * HOUR);
    const again = await send('POST', '/me/playback', end, 'one');
    expect([again.statusCode, again.body]).toEqual([first.statusCode, first.body]);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(await count('plays')).toBe(1);
    await send('POST', '/me/playback', end, 'two');
    expect(await count('plays')).toBe(2);
    const film = await tree.movie(movies);
    const marked = await send('PUT', `/items/${film}/watched`, { watched: true }, 'mark');
    await send('PUT', `/items/${film}/watched`, { watched: false });
    expect((await send('PUT', `/items/${film}/watched`, { watched: true }, 'mark')).body).toBe(marked.body);
    expect((await send('PUT', `/items/${film}/watched`, { watched: false })).json()).toMatchObject({ watched: false });
  });

  test('without one nothing is spent; of a reading one is not looked at', async () => {
    const { send, movie, count, api, admin } = await house(await make());
    await send('PUT', `/items/${movie}/watched`, { watched: true });
    const headers = { cookie: admin.cookie ?? '', 'idempotency-key': 'x' };
    const state = await api.app.inject({ method: 'GET', url: `/api/v1/items/${movie}/state`, headers });
    expect(state.statusCode).toBe(200);
    expect(await count('idempotency_keys')).toBe(0);
  });

  test('of another body or address is a conflict; another user’s same key is another', async () => {
    const { send, movie, database, api, count } = await house(await make());
    await send('PUT', `/items/${movie}/watched`, { watched: true }, 'k');
    for (const [path, body] of [
      [`/items/${movie}/watched`, { watched: false }],
      [`/items/${movie}/progress`, { positionMs: HOUR }],
    ] as const) {
      const answer = await send('PUT', path, body, 'k');
      expect([answer.statusCode, answer.json().error.code]).toEqual([409, 'conflict']);
      expect(answer.json().error.message).toContain('another request');
    }
    await api.identity.createUser('Ben', 'another long password', 'user');
    const ben = await api.signIn('Ben', 'another long password');
    const answer = await send('PUT', `/items/${movie}/watched`, { watched: false }, 'k', ben.cookie);
    expect([answer.statusCode, answer.json().watched]).toEqual([200, false]);
    expect(await count('idempotency_keys')).toBe(2);
    expect(await database.read.selectFrom('marks').select('watched').execute()).toHaveLength(4);
  });

  test.each(['unit', 'around'])('twenty at once: the work is done once (%s)', async (kind) => {
    const { send, count, work } = await house(await make());
    let go = () => {};
    work.waits = new Promise((resolve) => {
      go = resolve;
    });
    const sent = Array.from({ length: 20 }, () => send('POST', `/tests/${kind}`, { name: 'a' }, 'same'));
    setTimeout(go, 200);
    const answers = await Promise.all(sent);
    const done = answers.filter((answer) => answer.statusCode === 201);
    expect(done.every((answer) => answer.body === '{"run":1}')).toBe(true);
    expect(await count('tags')).toBe(1);
    const refused = answers.filter((answer) => answer.statusCode !== 201);
    expect(refused.every((answer) => answer.statusCode === 409 && answer.headers['retry-after'] === '1')).toBe(true);
    expect(kind === 'unit' ? refused.length : done.length).toBe(kind === 'unit' ? 0 : 1);
    expect((await send('POST', `/tests/${kind}`, { name: 'a' }, 'same')).body).toBe('{"run":1}');
  });

  test('broken off after the work: a unit leaves nothing behind, and can be sent again', async () => {
    const { send, count, work } = await house(await make());
    work.fails = true;
    expect((await send('POST', '/tests/unit', { name: 'a' }, 'k')).statusCode).toBe(500);
    expect([await count('tags'), await count('idempotency_keys')]).toEqual([0, 0]);
    work.fails = false;
    expect((await send('POST', '/tests/unit', { name: 'a' }, 'k')).statusCode).toBe(201);
    expect([await count('tags'), await count('idempotency_keys')]).toEqual([1, 1]);
    // What is refused did nothing: the key is free again.
    const missing = await send('PUT', '/items/999999/watched', { watched: true }, 'm');
    expect(missing.statusCode).toBe(404);
    expect(await count('idempotency_keys')).toBe(1);
  });

  test('work that failed beside its key gives the key back; one killed before its answer is never done again', async () => {
    const { send, count, work, database, clock, api } = await house(await make());
    work.fails = true;
    expect((await send('POST', '/tests/around', { name: 'a' }, 'k')).statusCode).toBe(500);
    expect(await count('idempotency_keys')).toBe(0);
    work.fails = false;
    await send('POST', '/tests/around', { name: 'a' }, 'k');
    // As a kill between the work and the note of its answer leaves it.
    await database.transaction((tx) =>
      tx.updateTable('idempotency_keys').set({ status: null, answer: null }).execute(),
    );
    const at = await send('POST', '/tests/around', { name: 'a' }, 'k');
    expect([at.statusCode, at.headers['retry-after']]).toEqual([409, '1']);
    api.clock.advance(11 * MINUTE);
    clock.advance(11 * MINUTE);
    const later = await send('POST', '/tests/around', { name: 'a' }, 'k');
    expect([later.statusCode, later.json().error.message]).toEqual([409, expect.stringContaining('broken off')]);
    expect(work.runs).toBe(2);
  });

  test('an answer without a body is given again; a secret is not kept', async () => {
    const { send, database, movie } = await house(await make());
    const token = { name: 'script', role: 'user' };
    const made = await send('POST', '/me/tokens', token, 'token');
    expect(made.statusCode).toBe(201);
    const again = await send('POST', '/me/tokens', token, 'token');
    expect([again.statusCode, again.json().error.message]).toEqual([409, expect.stringContaining('secret')]);
    const kept = await database.read.selectFrom('idempotency_keys').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(made.json().token);
    const gone = await send('DELETE', `/me/tokens/${made.json().id}`, undefined, 'gone');
    const twice = await send('DELETE', `/me/tokens/${made.json().id}`, undefined, 'gone');
    expect([gone.statusCode, twice.statusCode, twice.body]).toEqual([204, 204, '']);
    await send('PUT', `/items/${movie}/favourite`, undefined, 'fav');
    expect((await send('PUT', `/items/${movie}/favourite`, undefined, 'fav')).json()).toMatchObject({
      favourite: true,
    });
  });

  test('keys that are none are refused, and nothing is done', async () => {
    const { send, movie, count } = await house(await make());
    for (const key of ['', 'x'.repeat(201), 'tür']) {
      const answer = await send('PUT', `/items/${movie}/watched`, { watched: true }, key);
      expect([answer.statusCode, answer.json().error.faults[0].path]).toEqual([400, 'idempotency-key']);
    }
    expect(await count('marks')).toBe(0);
    expect((await send('PUT', `/items/${movie}/watched`, { watched: true }, 'x'.repeat(200))).statusCode).toBe(200);
  });

  test('bad reports are refused over HTTP with where they are wrong', async () => {
    const { send, movie, movies, count } = await house(await make());
    const report = { event: 'progress', itemId: movie, positionMs: HOUR, durationMs: HOUR };
    const wrong: [object, string][] = [
      [{ ...report, positionMs: -1 }, 'positionMs'],
      [{ ...report, positionMs: null }, 'positionMs'],
      [{ ...report, positionMs: 3 * HOUR }, 'positionMs'],
      [{ ...report, event: 'seek' }, 'event'],
      [{ ...report, at: '2999-01-01T00:00:00Z' }, 'at'],
      [{ ...report, at: '1970-01-01T00:00:00Z' }, 'at'],
      [{ ...report, device: { key: 'a b', name: 'x', kind: 'tv' } }, 'device.key'],
      [{ ...report, deviceUserId: 1 }, 'deviceUserId'],
    ];
    for (const [body, path] of wrong) {
      const answer = await send('POST', '/me/playback', body);
      expect([answer.statusCode, answer.json().error.faults[0].path], path).toEqual([400, path]);
    }
    expect((await send('POST', '/me/playback', { ...report, itemId: movies })).statusCode).toBe(400);
    expect((await send('POST', '/me/playback', { ...report, itemId: 999_999 })).statusCode).toBe(404);
    expect(await count('plays')).toBe(0);
  });
});

eachDatabase('keys', (make) => {
  test('are kept a day, then free again, and deleted in batches', async () => {
    const database = await make();
    const clock = manualClock(START);
    const { viewer } = await addUser(database, { name: 'Ada' });
    const { once, clean } = createIdempotency({ database, clock });
    let runs = 0;
    const work = async () => ({ status: 200, body: String(++runs) });
    const write = (key: string, userId: UserId = viewer.userId) =>
      once({ userId, key, target: 'PUT /x', body: { a: 1 }, mode: 'unit' }, work);
    expect([await write('k'), await write('k')]).toEqual([
      { status: 200, body: '1', repeated: false },
      { status: 200, body: '1', repeated: true },
    ]);
    clock.advance(DAY);
    expect(await write('k')).toMatchObject({ body: '2', repeated: false });
    await database.transaction(async (tx) => {
      const old = Array.from({ length: 1201 }, (_, index) => ({
        user_id: viewer.userId,
        key: `old ${index}`,
        target: 'PUT /x',
        digest: 'd',
        status: 200,
        answer: null,
        created_at: START,
      }));
      for (let from = 0; from < old.length; from += 100) {
        await tx
          .insertInto('idempotency_keys')
          .values(old.slice(from, from + 100))
          .execute();
      }
    });
    expect(await clean(clock.now())).toBe(1201);
    expect(await clean(clock.now())).toBe(0);
    expect(await database.read.selectFrom('idempotency_keys').select('key').execute()).toEqual([{ key: 'k' }]);
    await expect(write('k', asId(999_999))).rejects.toThrow();
  });
});
