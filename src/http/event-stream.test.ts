import { connect } from 'node:net';
import { Type } from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { forbidden, tooMany } from '#kernel/errors.ts';
import { asId } from '#kernel/ids.ts';
import { type Logger, silentLogger } from '#kernel/logger.ts';
import { type Call, type Route, type Streaming, streamRoute } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { readEvents } from '../../test/support/event-reader.ts';
import { openGrants } from '../../test/support/people.ts';
import type { HttpOptions } from './ports.ts';
import { createServer } from './server.ts';

const ada: Viewer = {
  userId: asId(1),
  userName: 'Ada',
  role: 'user',
  timeZone: 'UTC',
  deviceUserId: asId(1),
  isolation: 'loud',
  ownScope: asId(1),
  groupScope: asId(2),
  sessionId: null,
  grants: openGrants,
};

const Data = Type.Object({ text: Type.String() });
type Handle = (
  call: Pick<Call<undefined, undefined, undefined>, 'signal'> & Streaming<{ text: string }> & { viewer: Viewer },
) => Promise<void>;

const routeOf = (handle: Handle): Route =>
  streamRoute({
    path: '/stream',
    permission: 'guest',
    tag: 'things',
    summary: 'Streams things',
    operationId: 'stream',
    response: Data,
    handle,
  });

const start = async (handle: Handle, options: Partial<HttpOptions> = {}) => {
  const people: Record<string, Viewer> = { A: ada };
  const app = await createServer({
    routes: [routeOf(handle)],
    resolveViewer: async (token) => people[token],
    setupNeeded: async () => false,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger: silentLogger,
    ...options,
  });
  onTestFinished(() => app.close());
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, people, address, url: `${address}/api/v1/stream` };
};

const bearer = { headers: { authorization: 'Bearer A' } };
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

test('events are written as such, only what their schema names, and the stream ends with its handler', async () => {
  const { url } = await start(async ({ send, viewer, lastEventId }) => {
    const secret = { text: `line\nof ${viewer.userName} after ${lastEventId}`, secret: 'hidden' };
    await send([{ id: '7', event: 'thing', data: secret }]);
    await send([
      { event: 'other', data: { text: 'a' } },
      { event: 'other', data: { text: 'b' } },
    ]);
  });
  const reader = await readEvents(url, { ...bearer, lastEventId: '6' });
  await reader.ended;
  expect(reader.status).toBe(200);
  expect(reader.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(reader.headers.get('cache-control')).toBe('no-store');
  expect(reader.headers.get('x-accel-buffering')).toBe('no');
  expect(reader.headers.get('x-request-id')).toBeTruthy();
  expect(reader.text).toBe(
    'retry: 3000\n\n' +
      'id: 7\nevent: thing\ndata: {"text":"line\\nof Ada after 6"}\n\n' +
      'event: other\ndata: {"text":"a"}\n\nevent: other\ndata: {"text":"b"}\n\n',
  );
});

test('session cookies work as tokens do; who is nobody is refused; refusals before the first event are errors', async () => {
  const { url } = await start(async ({ lastEventId, send }) => {
    if (lastEventId === 'many') throw tooMany('Too many.', 30);
    if (lastEventId === 'no') throw forbidden('No.');
    await send([{ event: 'thing', data: { text: '' } }]);
  });
  const answers = [
    [{ headers: { cookie: 'leftoff_session=A' } }, 200],
    [{ headers: { cookie: 'leftoff_session=B' } }, 401],
    [{}, 401],
    [{ ...bearer, lastEventId: 'many' }, 429],
    [{ ...bearer, lastEventId: 'no' }, 403],
  ] as const;
  for (const [options, status] of answers) {
    const reader = await readEvents(url, options);
    await reader.ended;
    expect(reader.status).toBe(status);
    if (status !== 200) expect(JSON.parse(reader.text).error.message).toBeTruthy();
    if (status === 429) expect(reader.headers.get('retry-after')).toBe('30');
  }
});

test('a handler that fails in the middle ends the stream and is logged', async () => {
  const errors: unknown[] = [];
  const logger: Logger = { ...silentLogger, error: ({ err }: { err?: unknown }) => void errors.push(err) };
  const fault = new Error('broken');
  const { url } = await start(
    async ({ send }) => {
      await send([{ event: 'thing', data: { text: 'x' } }]);
      throw fault;
    },
    { logger },
  );
  const reader = await readEvents(url, bearer);
  await reader.ended;
  expect(reader.events).toHaveLength(1);
  expect(errors).toEqual([fault]);
});

test('a comment is written now and then; the handler hears when its reader hangs up', async () => {
  const over = Promise.withResolvers<void>();
  const { url } = await start(
    async ({ send, signal }) => {
      await send([{ event: 'thing', data: { text: 'x' } }]);
      await aborted(signal);
      await send([{ event: 'thing', data: { text: 'to nobody' } }]);
      over.resolve();
    },
    { streams: { heartbeatMs: 20, retryMs: 1234 } },
  );
  const reader = await readEvents(url, bearer);
  await expect.poll(() => reader.text).toMatch(/^retry: 1234\n\nevent: thing\n.*\n\n:\n\n:\n\n/s);
  await reader.cut();
  await over.promise;
});

test('who hung up before the stream began leaves nothing running', async () => {
  const [asked, answer, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers()];
  const { url } = await start(
    async ({ send, signal }) => {
      await send([{ event: 'thing', data: { text: 'to nobody' } }]);
      await aborted(signal);
      over.resolve(true);
    },
    {
      resolveViewer: async () => {
        asked.resolve();
        await answer.promise;
        return ada;
      },
    },
  );
  const leave = new AbortController();
  const left = fetch(url, { ...bearer, signal: leave.signal }).catch(() => {});
  await asked.promise;
  leave.abort();
  await left;
  await new Promise((resolve) => setTimeout(resolve, 50));
  answer.resolve();
  expect(await over.promise).toBe(true);
});

test('the handler can ask who its caller is by now', async () => {
  const go = Promise.withResolvers<void>();
  const { url, people } = await start(async ({ send, viewerNow }) => {
    const name = async () => (await viewerNow())?.userName ?? 'nobody';
    await send([{ event: 'thing', data: { text: await name() } }]);
    await go.promise;
    await send([{ event: 'thing', data: { text: await name() } }]);
    delete people.A;
    await send([{ event: 'thing', data: { text: await name() } }]);
  });
  const reader = await readEvents(url, bearer);
  await reader.until(1);
  people.A = { ...ada, userName: 'Grace' };
  go.resolve();
  await reader.ended;
  expect(reader.events.map(({ data }) => data)).toEqual([{ text: 'Ada' }, { text: 'Grace' }, { text: 'nobody' }]);
});

test('a reader that takes nothing is waited for, then cut off; others go on', async () => {
  const over = Promise.withResolvers<number>();
  const text = 'x'.repeat(200_000);
  const { address, url } = await start(
    async ({ send, signal, lastEventId }) => {
      let sent = 0;
      for (; !signal.aborted && (lastEventId === null || sent < 200); sent++) {
        await send([{ event: 'thing', data: { text } }]);
      }
      if (lastEventId === null) over.resolve(sent);
    },
    { streams: { patienceMs: 100 } },
  );
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write('GET /api/v1/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer A\r\n\r\n');
  const quick = await readEvents(url, { ...bearer, lastEventId: 'quick' });
  await quick.ended;
  expect(quick.events).toHaveLength(200);
  // What the connection itself holds, some megabytes, and no more.
  expect(await over.promise).toBeLessThan(200);
});

test('streams end at once when the server stops, and others that come then as well', async () => {
  const { app, url } = await start(async ({ send, signal }) => {
    await send([{ event: 'thing', data: { text: 'x' } }]);
    await aborted(signal);
  });
  const readers = await Promise.all(Array.from({ length: 5 }, () => readEvents(url, bearer)));
  await Promise.all(readers.map((reader) => reader.until(1)));
  const begun = performance.now();
  await app.close();
  await Promise.all(readers.map((reader) => reader.ended));
  expect(performance.now() - begun).toBeLessThan(2000);
  for (const reader of readers) expect(reader.events).toHaveLength(1);
});

test('the API document tells of a stream and how to go on with it', async () => {
  const { app } = await start(async () => {});
  const document = (await app.inject('/api/v1/openapi.json')).json();
  const operation = document.paths['/api/v1/stream'].get;
  expect(operation.responses['200'].content['text/event-stream'].schema.properties).toHaveProperty('text');
  expect(operation.parameters).toMatchObject([{ in: 'header', name: 'last-event-id' }]);
  expect(operation.responses.default).toBeDefined();
});
