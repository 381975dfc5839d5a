import type { AddressInfo } from 'node:net';
import Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { type RawBody, rawRoute, route } from '#kernel/route.ts';
import { createServer } from './server.ts';

const started = async () => {
  const taken: RawBody[] = [];
  const Done = Type.Object({ done: Type.Boolean() });
  const app = await createServer({
    routes: [
      rawRoute({
        path: '/raw/:name',
        permission: 'public',
        tag: 'Test',
        summary: 'Takes anything',
        operationId: 'takeAnything',
        params: Type.Object({ name: Type.String({ maxLength: 5 }) }),
        response: Done,
        status: 202,
        handle: async ({ body }) => ({ done: taken.push(body) > 0 }),
      }),
      route({
        method: 'POST',
        path: '/plain',
        permission: 'public',
        tag: 'Test',
        summary: 'Takes JSON',
        operationId: 'takeJson',
        body: Type.Object({ a: Type.Integer() }),
        response: Done,
        handle: () => ({ done: true }),
      }),
    ],
    resolveViewer: async () => undefined,
    setupNeeded: async () => false,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger: silentLogger,
    bodyLimit: 1000,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1`;
  const post = (path: string, body: Uint8Array | string | undefined, type?: string) =>
    fetch(base + path, {
      method: 'POST',
      ...(body !== undefined && { body: Buffer.from(body) }),
      ...(type !== undefined && { headers: { 'content-type': type } }),
    });
  return { taken, base, post };
};

test('a raw body comes as it was sent, whatever it is said to be', async () => {
  const { taken, post } = await started();
  const bytes = Buffer.from([0, 1, 255, 13, 10]);
  const types = ['application/json', 'text/plain; charset=utf-8', 'multipart/form-data; boundary=x', 'no type; at=all'];
  for (const type of types) expect((await post('/raw/a', bytes, type)).status).toBe(202);
  expect((await post('/raw/a', bytes)).status).toBe(202);
  expect((await post('/raw/a', undefined)).status).toBe(202);
  expect(taken.map(({ contentType, bytes }) => [contentType, bytes.length])).toEqual([
    ...types.map((type) => [type, 5]),
    ['', 5],
    ['', 0],
  ]);
  expect(taken.slice(0, 5).every((body) => bytes.equals(body.bytes))).toBe(true);
});

test('it is as long as any body may be, and its address is checked', async () => {
  const { taken, post } = await started();
  expect((await post('/raw/a', 'x'.repeat(1001), 'text/plain')).status).toBe(413);
  expect((await post('/raw/abcdef', 'x')).status).toBe(400);
  expect(taken).toEqual([]);
});

test('other routes take JSON as before, and the document tells them apart', async () => {
  const { base, post } = await started();
  expect((await post('/plain', '{"a":1}', 'application/json')).status).toBe(200);
  expect((await post('/plain', '{"a":1}', 'text/plain')).status).toBe(415);
  expect((await post('/plain', '{"a":"1"}', 'application/json')).status).toBe(400);
  const { paths } = (await (await fetch(`${base}/openapi.json`)).json()) as {
    paths: Record<string, { post: { requestBody: { content: object } } }>;
  };
  expect(Object.keys(paths['/api/v1/raw/{name}']!.post.requestBody.content)).toEqual(['*/*']);
  expect(Object.keys(paths['/api/v1/plain']!.post.requestBody.content)).toEqual(['application/json']);
});
