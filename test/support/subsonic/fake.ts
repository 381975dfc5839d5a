import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, bookmarkMethods, type Inside, methods, type Traits } from './methods.ts';
import { type Shelf, smallShelf } from './shelf.ts';

/** What a Subsonic server can answer that no client wants to see. */
export type Fault =
  | 'html'
  | 'garbage'
  | 'not-subsonic'
  | 'error-500'
  | 'busy'
  | 'slow'
  | 'cut'
  | 'redirect'
  | 'wrong-shape';

/** A server of the Subsonic API that keeps the state of its users. */
export interface FakeSubsonic extends Inside {
  address: string;
  /** What was called, in order, with its parameters. */
  calls: { method: string; query: URLSearchParams }[];
  fault: Fault | null;
  /** Calls a method as a user, past HTTP. */
  as(user: string, method: string, query: Record<string, string>): object;
  close(): Promise<void>;
}

/** With OpenSubsonic like Navidrome, unless traits say otherwise. */
export const startFakeSubsonic = async (
  traits: Partial<Traits> = {},
  shelf: Shelf = smallShelf(),
): Promise<FakeSubsonic> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const url = new URL(request.url ?? '/', 'http://fake');
        for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString()))
          url.searchParams.append(name, value);
        answer(fake, url, response);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeSubsonic = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shelf,
    users: new Map([
      ['admin', { password: 'admin-pw', admin: true, apiKey: 'key-of-admin' }],
      ['alice', { password: 'sesam älice', admin: false }],
    ]),
    states: new Map(),
    user: '',
    traits: { openSubsonic: true, tokens: true, bookmarks: true, emptySearch: true, counts: true, ...traits },
    now: Date.now,
    calls: [],
    fault: null,
    as: (user, method, query) => {
      const run = methods[method] ?? bookmarkMethods[method];
      if (!run) throw new Error(`The fake has no ${method}.`);
      return run({ ...fake, user }, new URLSearchParams(query));
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
  return fake;
};

const answer = (fake: FakeSubsonic, url: URL, response: ServerResponse): void => {
  const method = /^\/rest\/(\w+?)(?:\.view)?$/.exec(url.pathname)?.[1] ?? '';
  fake.calls.push({ method, query: url.searchParams });
  if (fake.fault) faults[fake.fault](response);
  else call(fake, method, url.searchParams, response);
};

const call = (fake: FakeSubsonic, method: string, query: URLSearchParams, response: ServerResponse): void => {
  try {
    const run = methods[method] ?? (fake.traits.bookmarks ? bookmarkMethods[method] : undefined);
    const user = method === 'getOpenSubsonicExtensions' ? '' : authenticate(fake, query);
    if (run) send(fake, response, run({ ...fake, user }, query));
    else send(fake, response, { error: { code: 0, message: 'Unknown method' } }, 404);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    send(fake, response, { error: { code: error.code, message: error.message } });
  }
};

const send = ({ traits }: FakeSubsonic, response: ServerResponse, body: object, status = 200): void => {
  const more = traits.openSubsonic ? { type: 'fake', serverVersion: '0.58.0', openSubsonic: true } : {};
  const answer = {
    status: 'error' in body ? 'failed' : 'ok',
    version: traits.openSubsonic ? '1.16.1' : '1.10.2',
    ...more,
    ...body,
  };
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ 'subsonic-response': answer }));
};

/** @returns the user */
const authenticate = ({ users, traits }: FakeSubsonic, query: URLSearchParams): string => {
  const apiKey = query.get('apiKey');
  if (apiKey !== null) {
    if (!traits.openSubsonic) throw new ApiError(42, 'API keys are not supported');
    if (query.has('u')) throw new ApiError(43, 'Several ways at once');
    const owner = [...users].find(([, user]) => user.apiKey === apiKey)?.[0];
    if (owner === undefined) throw new ApiError(44, 'Invalid API key');
    return owner;
  }
  const [name, token, salt, password] = ['u', 't', 's', 'p'].map((one) => query.get(one));
  if (!name || (traits.tokens ? !token && !password : !password))
    throw new ApiError(10, 'Required parameter is missing');
  const known = users.get(name)?.password;
  const given = password?.startsWith('enc:') ? Buffer.from(password.slice(4), 'hex').toString() : password;
  const right =
    given !== null && given !== undefined
      ? given === known
      : token === createHash('md5').update(`${known}${salt}`).digest('hex');
  if (known === undefined || !right) throw new ApiError(40, 'Wrong username or password');
  return name;
};

const faults: Record<Fault, (response: ServerResponse) => void> = {
  html: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Router'),
  garbage: (response) => void response.end('{"subsonic-resp'),
  'not-subsonic': (response) => void response.end('{"hello":"world"}'),
  'error-500': (response) => void response.writeHead(500).end('oops'),
  busy: (response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
  slow: () => {},
  cut: (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{');
    setTimeout(() => response.destroy(), 10);
  },
  redirect: (response) => void response.writeHead(302, { location: 'http://192.0.2.1/rest/ping?t=secret' }).end(),
  'wrong-shape': (response) =>
    void response.end(
      JSON.stringify({ 'subsonic-response': { status: 'ok', version: '1.16.1', song: { id: 1, title: 7 } } }),
    ),
};
