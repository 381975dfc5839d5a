import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { createServer } from './server.ts';

const start = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leftoff-web-'));
  const web = join(folder, 'web');
  await mkdir(join(web, 'assets'), { recursive: true });
  await writeFile(join(web, 'index.html'), '<!doctype html><title>Leftoff</title>');
  await writeFile(join(web, 'assets', 'app.js'), 'start();');
  await writeFile(join(folder, 'secret'), 'secret');
  const app = await createServer({
    routes: [],
    resolveViewer: async () => undefined,
    setupNeeded: async () => false,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger: silentLogger,
    webFolder: web,
  });
  onTestFinished(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  return app;
};

test('the page and its files are served under a policy that allows only our own', async () => {
  const app = await start();
  const page = await app.inject('/');
  expect(page.body).toContain('<title>Leftoff</title>');
  expect(page.headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
  expect(page.headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
  const script = await app.inject('/assets/app.js');
  expect(script.headers['content-type']).toContain('javascript');
  const again = await app.inject({ url: '/assets/app.js', headers: { 'if-none-match': String(script.headers.etag) } });
  expect(again.statusCode).toBe(304);
});

test('nothing outside the folder is served, and the API keeps its errors', async () => {
  const app = await start();
  for (const path of ['/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/assets/', '/missing.js']) {
    const answer = await app.inject(path);
    expect(answer.statusCode, path).toBeGreaterThanOrEqual(400);
    expect(answer.json().error.code, path).toBeDefined();
    expect(answer.body).not.toContain('secret"');
  }
  const api = await app.inject('/api/v1/nothing');
  expect(api.statusCode).toBe(404);
  expect(api.headers['cache-control']).toBe('no-store');
});
