import { connect } from 'node:net';
import type { InjectOptions } from 'fastify';
import { Type } from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { AppError, conflict, notFound, tooMany } from '#kernel/errors.ts';
import { asId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type Call, type Route, route } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { HealthReport, HttpOptions } from './ports.ts';
import { createServer } from './server.ts';

const viewer = (role: Viewer['role']): Viewer => ({
  userId: asId(1),
  userName: role,
  role,
  timeZone: 'UTC',
  deviceUserId: asId(1),
  isolation: 'loud',
  ownScope: asId(1),
  groupScope: asId(2),
  sessionId: null,
  grants: {
    libraries: null,
    streamSources: null,
    maxRatingLevel: null,
    allowUnrated: true,
    allowedTags: null,
    blockedTags: [],
  },
});

const people: Record<string, Viewer> = { A: viewer('admin'), U: viewer('user'), G: viewer('guest') };

const start = async (routes: Route[], options: Partial<HttpOptions> = {}) => {
  const app = await createServer({
    routes,
    resolveViewer: async (token) => people[token],
    setupNeeded: async () => false,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger: silentLogger,
    ...options,
  });
  onTestFinished(() => app.close());
  return app;
};

const base = { tag: 'things', summary: 'Does a thing' };
const as = (token: string) => ({ authorization: `Bearer ${token}` });

const thing = route({
  ...base,
  method: 'PUT',
  path: '/things/:id',
  permission: 'user',
  operationId: 'putThing',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 40 }) }),
  body: Type.Object(
    {
      name: Type.String({ maxLength: 10 }),
      size: Type.Optional(Type.Integer()),
      kind: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Null()])),
    },
    { additionalProperties: false },
  ),
  response: Type.Object({ id: Type.Integer(), name: Type.String(), limit: Type.Integer() }),
  handle: ({ params, query, body }) => ({ id: params.id, name: body.name, limit: query.limit, secret: 'hidden' }),
});

const put = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  ({
    method: 'PUT',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { ...as('U'), 'content-type': 'application/json', ...headers },
  }) as const;

const failing = (error: unknown): Route =>
  route({
    ...base,
    method: 'GET',
    path: '/fail',
    permission: 'public',
    operationId: 'fail',
    handle: () => {
      throw error;
    },
  });

test('the character NUL is refused wherever it stands', async () => {
  const app = await start([thing]);
  for (const request of [
    put('/api/v1/things/7', '{"name":"a\\u0000b"}'),
    put('/api/v1/things/7?limit=%00', { name: 'a' }),
  ]) {
    const answer = await app.inject(request as InjectOptions);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatchObject({ code: 'invalid', message: expect.stringContaining('NUL') });
  }
});

test('a route gets its checked parts and answers only what its schema names', async () => {
  const app = await start([thing]);
  const answer = await app.inject(put('/api/v1/things/7', { name: 'x' }));
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ id: 7, name: 'x', limit: 40 });
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

test('every fault is told with its path, and nothing is quietly changed', async () => {
  const app = await start([thing]);
  const faults = async (url: string, body: unknown) => {
    const answer = await app.inject(put(url, body));
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.code).toBe('invalid');
    return answer.json().error.faults;
  };
  expect(await faults('/api/v1/things/x?limit=100000', { size: '1', colour: 'red', kind: 'c' })).toEqual([
    { path: 'id', message: 'must be integer' },
    { path: 'limit', message: 'must be <= 200' },
    { path: 'name', message: 'is missing' },
    { path: 'colour', message: 'is not known here' },
    { path: 'size', message: 'must be integer' },
    { path: 'kind', message: 'must be "a" or "b" or null' },
  ]);
  expect(await faults('/api/v1/things/1', [1])).toEqual([{ path: '', message: 'must be a JSON object' }]);
  expect(await faults('/api/v1/things/1?limit=1&limit=2', { name: 'x' })).toEqual([
    { path: 'limit', message: 'must be integer' },
  ]);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1]));
  expect(await faults('/api/v1/things/1', many)).toHaveLength(20);
});

test('what is not JSON, too large, of another type, or without a body is refused in the one shape', async () => {
  const app = await start([thing]);
  const url = '/api/v1/things/1';
  const expectRefusal = async (request: InjectOptions, status: number) => {
    const answer = await app.inject(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({
      error: {
        code: 'invalid',
        message: expect.any(String),
        faults: expect.any(Array),
        requestId: answer.headers['x-request-id'],
      },
    });
  };
  await expectRefusal(put(url, '{"name":'), 400);
  await expectRefusal(put(url, '{"__proto__":{"x":1},"name":"a"}'), 400);
  await expectRefusal(put(url, ''), 400);
  await expectRefusal({ method: 'PUT', url, headers: as('U') }, 400);
  await expectRefusal(put(url, 'name=x', { 'content-type': 'text/plain' }), 415);
  await expectRefusal(put(url, JSON.stringify({ name: 'x'.repeat(10_000_000) })), 413);
  await expectRefusal(put('/api/v1/things/%zz', {}), 400);
});

test('unknown addresses and methods', async () => {
  const app = await start([thing]);
  const missing = await app.inject('/api/v1/nothing?token=secret');
  expect(missing.statusCode).toBe(404);
  expect(missing.json().error).toMatchObject({ code: 'not_found', message: 'There is nothing at /api/v1/nothing.' });
  const method = await app.inject({ method: 'POST', url: '/api/v1/things/1' });
  expect(method.statusCode).toBe(405);
  expect(method.headers.allow).toBe('PUT');
  expect((await app.inject({ method: 'PUT', url: '/api/v1/nothing' })).statusCode).toBe(404);
});

test('each code has its status; what is not ours to tell is not told', async () => {
  const logged: object[] = [];
  const logger = { ...silentLogger, error: (details: object) => logged.push(details) };
  const status = async (error: unknown, options: Partial<HttpOptions> = {}) => {
    const app = await start([failing(error)], { logger, ...options });
    const answer = await app.inject('/api/v1/fail');
    return { status: answer.statusCode, retry: answer.headers['retry-after'], ...answer.json().error };
  };
  expect(await status(notFound('It'))).toMatchObject({ status: 404, code: 'not_found', message: 'It was not found.' });
  expect(await status(conflict('No'))).toMatchObject({ status: 409, code: 'conflict' });
  expect(await status(tooMany('Wait', 30))).toMatchObject({ status: 429, code: 'unavailable', retry: '30' });
  expect(logged).toEqual([]);
  expect(await status(new AppError('unavailable', 'Later', { retryAfterSeconds: 3 }))).toMatchObject({
    status: 503,
    retry: '3',
  });
  const leak = await status(new Error('password=hunter2'));
  expect(leak).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(leak)).not.toContain('hunter2');
  expect(logged.at(-1)).toMatchObject({ requestId: leak.requestId, method: 'GET', route: '/api/v1/fail' });
  const fault = { explainFault: () => 'The disk is full.' };
  expect(await status(new Error('SQLITE_FULL'), fault)).toMatchObject({ status: 503, message: 'The disk is full.' });
  expect(await status('just a text')).toMatchObject({ status: 500 });
});

test('permissions', async () => {
  const at = (permission: Route['permission'], path: string) =>
    route({ ...base, method: 'GET', path, permission, operationId: path, handle: () => undefined });
  const app = await start([
    at('public', '/public'),
    at('setup', '/setup'),
    at('guest', '/guest'),
    at('user', '/user'),
    at('admin', '/admin'),
  ]);
  const row = async (headers: Record<string, string>) => {
    const statuses: number[] = [];
    for (const path of ['public', 'setup', 'guest', 'user', 'admin']) {
      statuses.push((await app.inject({ url: `/api/v1/${path}`, headers })).statusCode);
    }
    return statuses;
  };
  expect(await row({})).toEqual([204, 409, 401, 401, 401]);
  expect(await row(as('wrong'))).toEqual([204, 409, 401, 401, 401]);
  expect(await row(as('G'))).toEqual([204, 409, 204, 403, 403]);
  expect(await row(as('U'))).toEqual([204, 409, 204, 204, 403]);
  expect(await row(as('A'))).toEqual([204, 409, 204, 204, 204]);
  expect(await row({ cookie: 'a=b; leftoff_session=U' })).toEqual([204, 409, 204, 204, 403]);
  expect(await row({ authorization: 'Basic abc' })).toEqual([401, 401, 401, 401, 401]);
  const before = await start([at('setup', '/setup')], { setupNeeded: async () => true });
  expect((await before.inject('/api/v1/setup')).statusCode).toBe(204);
});

test('another web site cannot act with a cookie; a token needs no such check', async () => {
  const app = await start([thing]);
  const send = async (headers: Record<string, string>) => {
    const cookie = { cookie: 'leftoff_session=U', host: 'leftoff.home:8778' };
    const request = { method: 'PUT', url: '/api/v1/things/1', payload: { name: 'x' } } as const;
    return (await app.inject({ ...request, headers: { ...cookie, ...headers } })).statusCode;
  };
  expect(await send({})).toBe(200);
  expect(await send({ 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await send({ origin: 'http://leftoff.home:8778' })).toBe(200);
  expect(await send({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await send({ 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await send({ origin: 'http://evil.example' })).toBe(403);
  expect(await send({ origin: 'null' })).toBe(403);
  const byToken = put('/api/v1/things/1', { name: 'x' }, { origin: 'http://evil.example' });
  expect((await app.inject(byToken)).statusCode).toBe(200);
});

test('request ids: a harmless one is kept, another replaced', async () => {
  const app = await start([thing]);
  const idFor = async (given: string) =>
    (await app.inject({ url: '/health/live', headers: { 'x-request-id': given } })).headers['x-request-id'];
  expect(await idFor('abc-123')).toBe('abc-123');
  const made = [await idFor('a b'), await idFor('x'.repeat(65))];
  for (const id of made) expect(id).toMatch(/^[\da-f-]{13}-\d+$/);
  expect(new Set(made).size).toBe(2);
});

test('the session cookie: closed to scripts, and Secure behind https', async () => {
  const sign = (token: string | null) =>
    route({
      ...base,
      method: 'POST',
      path: token ? '/in' : '/out',
      permission: 'public',
      operationId: token ?? 'out',
      handle: ({ setSession }) => setSession(token, token ? Date.UTC(2030, 0, 1) : undefined),
    });
  const app = await start([sign('tok'), sign(null)], { trustProxy: true });
  const cookie = async (url: string, headers = {}) =>
    (await app.inject({ method: 'POST', url, headers })).headers['set-cookie'];
  expect(await cookie('/api/v1/in')).toBe(
    'leftoff_session=tok; Path=/; Expires=Tue, 01 Jan 2030 00:00:00 GMT; HttpOnly; SameSite=Lax',
  );
  expect(await cookie('/api/v1/in', { 'x-forwarded-proto': 'https' })).toContain('; Secure');
  expect(await cookie('/api/v1/out')).toMatch(/^leftoff_session=; .*Max-Age=0/);
});

test('health: details only for admins, 503 when something needed is missing', async () => {
  let report: HealthReport = {
    state: 'degraded',
    checks: [{ name: 'kodi', state: 'degraded', reason: 'does not answer', tookMs: 3 }],
  };
  const app = await start([], { health: { report: async () => report } });
  expect((await app.inject('/health/live')).json()).toEqual({ state: 'healthy' });
  expect((await app.inject('/health/ready')).json()).toEqual({ state: 'degraded' });
  expect((await app.inject({ url: '/health/ready', headers: as('A') })).json()).toEqual(report);
  expect((await app.inject({ url: '/health/ready', headers: as('U') })).json()).toEqual({ state: 'degraded' });
  report = { ...report, state: 'unhealthy' };
  expect((await app.inject('/health/ready')).statusCode).toBe(503);
});

test('the API document names every route, who may call it and how it fails', async () => {
  const app = await start([thing]);
  const document = (await app.inject('/api/v1/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  const operation = document.paths['/api/v1/things/{id}'].put;
  expect(operation).toMatchObject({ operationId: 'putThing', tags: ['things'], 'x-permission': 'user' });
  expect(operation.security).toEqual([{ token: [] }, { session: [] }]);
  expect(operation.responses['200'].content['application/json'].schema.properties.name).toEqual({ type: 'string' });
  expect(operation.responses.default.content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/Error',
  });
  expect(document.components.schemas.Error.properties.error).toBeDefined();
  expect(document.paths['/health/ready']).toBeDefined();
  expect(Object.keys(document.components.securitySchemes)).toEqual(['token', 'session']);
});

test('the reference is a page of our own files', async () => {
  const app = await start([]);
  const page = await app.inject('/api/reference');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  for (const [, file] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect((await app.inject(file!)).statusCode).toBe(200);
  }
});

test('stopping finishes requests in flight and closes idle connections', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrived = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const slow = route({
    ...base,
    method: 'GET',
    path: '/slow',
    permission: 'public',
    operationId: 'slow',
    response: Type.Object({ done: Type.Boolean() }),
    handle: async () => {
      arrived();
      await held;
      return { done: true };
    },
  });
  const app = await start([slow]);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const idle = await fetch(`${address}/health/live`);
  await idle.arrayBuffer();
  const flight = fetch(`${address}/api/v1/slow`);
  await arrival;
  const closed = app.close();
  release();
  expect(await (await flight).json()).toEqual({ done: true });
  const began = performance.now();
  await closed;
  expect(performance.now() - began).toBeLessThan(2000);
  await expect(fetch(`${address}/health/live`)).rejects.toThrow();
});

test('a caller who hangs up ends the signal', async () => {
  let ended = (_: boolean) => {};
  const outcome = new Promise<boolean>((resolve) => {
    ended = resolve;
  });
  const wait = route({
    ...base,
    method: 'GET',
    path: '/wait',
    permission: 'public',
    operationId: 'wait',
    handle: (call: Pick<Call<undefined, undefined, undefined>, 'signal'>) =>
      new Promise<void>((resolve) => {
        call.signal.addEventListener('abort', () => {
          ended(true);
          resolve();
        });
        leave.abort();
      }),
  });
  const leave = new AbortController();
  const app = await start([wait]);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  await expect(fetch(`${address}/api/v1/wait`, { signal: leave.signal })).rejects.toThrow();
  expect(await outcome).toBe(true);
});

test('what is not HTTP is refused in the one shape as well', async () => {
  const app = await start([]);
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const text = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect(Number(address.port), '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
    socket.on('data', (data) => {
      received += data;
    });
    socket.on('close', () => resolve(received));
  });
  expect(text).toMatch(/^HTTP\/1.1 400 /);
  expect(JSON.parse(text.split('\r\n\r\n')[1]!).error.code).toBe('invalid');
});
