import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Type from 'typebox';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { manualClock } from '#kernel/clock.ts';
import { shape } from './exchange.ts';
import { createHttp, type HttpOptions } from './http.ts';
import { createPatience, createPatienceBook, type PatienceOptions } from './patience.ts';

const signal = new AbortController().signal;
const Word = shape(Type.Object({ word: Type.String() }));
const clock = manualClock(Date.UTC(2026, 10, 21, 10));
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): RequestListener => {
  return (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const fine = json({ word: 'yes' });
const error = (status: number, headers: Record<string, string> = {}): RequestListener => json({}, status, headers);

const servers: Server[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that answers by turns; the last answer stays. */
const serve = async (...turns: RequestListener[]) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const turn = turns[Math.min(asked.length, turns.length - 1)]!;
    asked.push(`${request.method} ${request.url}`);
    turn(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { asked, server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** A client whose waits take no time but are written down. */
const clientOf = (base: string, rules: PatienceOptions = {}, more: Partial<HttpOptions> = {}) => {
  const waits: number[] = [];
  const wait = async (length: number) => {
    waits.push(length);
    clock.advance(length);
  };
  const patience = createPatience({ clock, wait, random: () => 0, ...rules });
  const limits = { timeLimitMs: 10_000, bodyLimit: 10_000 };
  return { waits, http: createHttp({ who: 'Box at home', hint: 'is it on?', base, clock, limits, patience, ...more }) };
};

describe('what is sent', () => {
  test('path under the base, parameters, headers, JSON and forms', async () => {
    const bodies: string[] = [];
    const { base, asked } = await serve((request, response) => {
      const { accept, 'content-type': type = '-', 'x-key': key = '-' } = request.headers;
      request
        .on('data', (data) => bodies.push(`${accept} ${type} ${key} ${data}`))
        .on('end', () => fine(request, response));
    });
    const { http } = clientOf(`${base}/under`, {}, { headers: () => ({ 'x-key': 'k' }), query: () => ({ always: 1 }) });
    await http.get('/a b', { shape: Word, signal, query: { n: [1, 2], not: null, q: 'ä&b', yes: true } });
    await http.send('POST', '/j', { json: { a: 1 }, signal, shape: Word });
    await http.send('PUT', '/f', { form: { a: ['1', '2'] }, signal, headers: { accept: 'text/xml' } });
    expect(asked).toEqual([
      'GET /under/a%20b?always=1&n=1&n=2&q=%C3%A4%26b&yes=true',
      'POST /under/j?always=1',
      'PUT /under/f?always=1',
    ]);
    expect(bodies).toEqual([
      'application/json application/json k {"a":1}',
      'text/xml application/x-www-form-urlencoded k a=1&a=2',
    ]);
  });

  test('a path that a server told never leads to another host', async () => {
    const { base, asked } = await serve(fine);
    const { http } = clientOf(base);
    for (const path of ['http://192.0.2.1/x', '//192.0.2.1/x', '@192.0.2.1/x', '\\\\192.0.2.1/x', '.192.0.2.1/x']) {
      await http.get(path, { shape: Word, signal });
    }
    expect(asked).toHaveLength(5);
  });
});

describe('what is answered', () => {
  const page: RequestListener = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><p>Router');
  const cut: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"wo');
    setTimeout(() => response.destroy(), 10);
  };
  test.each<[string, RequestListener, string, string]>([
    ['401', error(401), 'unauthorized', 'refused the credentials. Make a new key.'],
    ['403', error(403), 'forbidden', 'GET /x'],
    ['404', error(404), 'refused', 'status 404'],
    ['400', error(400), 'refused', 'status 400'],
    ['500', error(500), 'refused', 'error 500'],
    ['a page', page, 'not_this_kind', 'web page'],
    ['no JSON', (_, response) => response.end('{"word'), 'bad_answer', 'not JSON'],
    ['another shape', json({ word: 1 }), 'bad_answer', '/word must be string'],
    ['a redirect', error(302, { location: 'http://192.0.2.1/?api_key=sesame' }), 'redirected', 'api_key=…'],
    ['too much', json({ word: 'x'.repeat(10_001) }), 'too_large', '10000 bytes'],
    ['nothing in time', () => {}, 'timeout', 'did not answer'],
    ['a cut body', cut, 'cut_off', 'broke off'],
  ])('%s', async (_, turn, fault, message) => {
    const { base } = await serve(turn);
    const { http } = clientOf(base, {}, { query: () => ({ api_key: 'sesame' }), signInHint: 'Make a new key.' });
    const failed = http.get('/x', { shape: Word, signal, ...(fault === 'timeout' ? { timeLimitMs: 100 } : {}) });
    await expect(failed).rejects.toMatchObject({
      name: 'ConnectorError',
      fault,
      message: expect.stringContaining(message),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('sesame') });
  });

  test('404 where that is an answer, other statuses where they are, and empty answers called HTML', async () => {
    const { base } = await serve(error(404), error(409), (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(),
    );
    const { http } = clientOf(base);
    expect(await http.find('/x', { shape: Word, signal })).toBeNull();
    expect(await http.send('POST', '/x', { signal, accept: [409] })).toMatchObject({ status: 409 });
    expect(await http.send('POST', '/x', { signal })).toMatchObject({ status: 200, body: '' });
  });
});

describe('again', () => {
  test('what was read, after faults that pass, waiting longer each time', async () => {
    const { base, asked } = await serve(error(503), error(502), error(504), fine);
    const { http, waits } = clientOf(base);
    expect(await http.get('/x', { shape: Word, signal })).toEqual({ word: 'yes' });
    expect([asked.length, waits]).toEqual([4, [300, 600, 1200]]);
  });

  test('up to an end', async () => {
    const { base, asked } = await serve(error(503));
    const { http } = clientOf(base, { retries: 2 });
    await expect(http.get('/x', { shape: Word, signal })).rejects.toMatchObject({ fault: 'refused' });
    expect(asked).toHaveLength(3);
  });

  test('what changes something only when it may be sent twice', async () => {
    const { base, asked } = await serve(error(503));
    const { http } = clientOf(base, { retries: 1 });
    await expect(http.send('POST', '/x', { signal })).rejects.toMatchObject({ fault: 'refused' });
    await expect(http.send('GET', '/x', { signal, changes: true })).rejects.toMatchObject({ fault: 'refused' });
    expect(asked).toHaveLength(2);
    await expect(http.send('POST', '/x', { signal, safe: true })).rejects.toMatchObject({ fault: 'refused' });
    expect(asked).toHaveLength(4);
  });

  test('after as long as it asks for, in seconds or until a time; not for hours', async () => {
    clock.set(Date.UTC(2026, 10, 21, 12));
    const until = new Date(clock.now() + 60_000).toUTCString();
    const { base, asked } = await serve(
      error(429, { 'retry-after': '7' }),
      error(429, { 'retry-after': until }),
      fine,
      error(429, { 'retry-after': '3600' }),
    );
    const { http, waits } = clientOf(base);
    await http.send('POST', '/x', { signal });
    expect(waits).toEqual([7000, 53_000]);
    await expect(http.get('/x', { shape: Word, signal })).rejects.toMatchObject({
      fault: 'busy',
      message: expect.stringContaining('3600 seconds'),
    });
    expect(asked).toHaveLength(4);
  });

  test('when it went away in the middle, not when it never answered', async () => {
    const first = await serve(fine, (request) => request.destroy(), fine);
    const { http } = clientOf(first.base);
    await http.get('/x', { shape: Word, signal });
    expect(await http.get('/x', { shape: Word, signal })).toEqual({ word: 'yes' });
    const never = clientOf('http://127.0.0.1:1');
    await expect(never.http.get('/x', { shape: Word, signal })).rejects.toMatchObject({ fault: 'unreachable' });
    expect(never.waits).toEqual([]);
  });

  test('no longer than the caller wants', async () => {
    const { base } = await serve(error(503));
    const give = new AbortController();
    const http = clientOf(base, { wait: undefined as never, firstDelayMs: 60_000, longestDelayMs: 60_000 }).http;
    setTimeout(() => give.abort(new Error('enough')), 30);
    await expect(http.get('/x', { shape: Word, signal: give.signal })).rejects.toThrow('enough');
    await expect(http.get('/x', { shape: Word, signal: give.signal })).rejects.toThrow('enough');
  });
});

describe('a server that keeps failing', () => {
  test('is left alone, then tried once, and asked again when it answers', async () => {
    const { base, asked } = await serve(error(500), error(500), error(500), error(500), fine);
    const { http } = clientOf(base, { faults: 3, restMs: 30_000 });
    const ask = () => http.get('/x', { shape: Word, signal });
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let turn = 0; turn < 3; turn++) await expect(ask()).rejects.toMatchObject({ fault: 'refused' });
    vi.setSystemTime(Date.now() + 29_000);
    await expect(ask()).rejects.toMatchObject({ fault: 'busy', message: expect.stringContaining('left alone') });
    expect(asked).toHaveLength(3);
    vi.setSystemTime(Date.now() + 2000);
    await expect(ask()).rejects.toMatchObject({ fault: 'refused' });
    vi.setSystemTime(Date.now() + 31_000);
    await expect(ask(), 'rests twice as long').rejects.toMatchObject({ fault: 'busy' });
    vi.setSystemTime(Date.now() + 30_000);
    expect(await ask()).toEqual({ word: 'yes' });
    expect(await ask()).toEqual({ word: 'yes' });
    expect(asked).toHaveLength(6);
  });

  test('is not one that refuses', async () => {
    const { base, asked } = await serve(error(401), error(404), error(400), error(403));
    const { http } = clientOf(base, { faults: 2 });
    for (let turn = 0; turn < 5; turn++) {
      await expect(http.get('/x', { shape: Word, signal })).rejects.not.toMatchObject({ fault: 'busy' });
    }
    expect(asked).toHaveLength(5);
  });
});

describe('pace', () => {
  test('so many at once, shared by all connections to a server', async () => {
    let now = 0;
    let most = 0;
    const { base } = await serve((request, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        fine(request, response);
      }, 5);
    });
    const book = createPatienceBook({ clock, atOnce: 2 });
    expect(book(`${base}/other`)).toBe(book(base));
    const https = [base, `${base}/`].map((address) => clientOf(base, {}, { patience: book(address) }).http);
    await Promise.all(Array.from({ length: 12 }, (_, index) => https[index % 2]!.get('/x', { shape: Word, signal })));
    expect(most).toBe(2);
  });

  test('changes are spaced, reads are not', async () => {
    const { base } = await serve(fine);
    const { http, waits } = clientOf(base, { writeGapMs: 500 });
    await Promise.all([1, 2, 3].map(() => http.get('/x', { shape: Word, signal })));
    expect(waits).toEqual([]);
    for (let turn = 0; turn < 3; turn++) await http.send('POST', '/x', { signal });
    expect(waits).toEqual([500, 500]);
  });
});
