import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Faults } from './faults.ts';
import type { OpenApi } from './openapi.ts';

/** A request as a fake reads it. */
export interface Ask {
  method: string;
  /** Without the query. */
  path: string;
  /** Path and query. */
  url: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Parsed where it is JSON, else its text; undefined: none was sent. */
  body: unknown;
}

export interface Reply {
  status: number;
  /** Ready JSON or text; absent: an empty body. */
  body?: string;
  /** `application/json` unless told. */
  type?: string;
  headers?: Record<string, string>;
}

/** What was asked of a fake and how it answered. */
export interface Recorded extends Ask {
  status: number;
  /** What was made to go wrong with it. */
  fault?: Fault['kind'];
}

export interface FakeServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly faults: Faults;
  /** Everything that was asked, in order. */
  readonly requests: Recorded[];
  /** Requests and answers that are not as the vendor published; tests hold that there are none. */
  readonly violations: string[];
  /** Why nothing is held against the vendor's document; null: it is. */
  readonly unchecked: string | null;
  close(): Promise<void>;
}

export interface Serving {
  answer(ask: Ask): Reply;
  /** How the vendor says that it does not know the token. */
  unauthorized: Reply;
  /** null: what is spoken is held against nothing, which a bench wants. */
  openApi: OpenApi | null;
  faults: Faults;
  /** A socket is asked for. */
  upgrade?(request: IncomingMessage, socket: Duplex): void;
}

/** Of what was asked, all that was to change something; signing in and out is not. */
export const writesAmong = (requests: readonly Recorded[]): Recorded[] =>
  requests.filter(({ method, path }) => method !== 'GET' && !/\/(AuthenticateByName|Logout)$/i.test(path));

/** Serves a fake on a free port of this machine. */
export const serve = async (serving: Serving): Promise<FakeServer> => {
  const { faults } = serving;
  const requests: Recorded[] = [];
  const violations: string[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`${request.method} ${request.url}: the fake itself broke: ${String((error as Error).stack)}`);
      response.destroy();
    });
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const ask = await read(request);
    const fault = faults.take(`${ask.method} ${ask.url}`);
    if (fault?.kind === 'slow') await sleep(fault.ms);
    const spoiled = fault && spoiledReply(fault, serving);
    const reply = fault?.kind === 'hang-up' ? { status: 0 } : (spoiled ?? serving.answer(ask));
    requests.push({ ...ask, status: reply.status, ...(fault && { fault: fault.kind }) });
    if (serving.openApi && !spoiled && fault?.kind !== 'hang-up') hold(serving.openApi, ask, reply, violations);
    send(response, reply, fault);
  };
  server.on('upgrade', (request, socket) => (serving.upgrade ? serving.upgrade(request, socket) : socket.destroy()));
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    requests,
    violations,
    unchecked: serving.openApi ? serving.openApi.skipped : 'Not held against any document: it was not asked for.',
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

const read = async (request: IncomingMessage): Promise<Ask> => {
  const { method = 'GET', url = '/', headers } = request;
  const at = url.indexOf('?');
  const path = decodeURIComponent(at < 0 ? url : url.slice(0, at));
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  const text = method === 'GET' ? '' : await textOf(request);
  return { method, path, url, query, headers, body: text === '' ? undefined : parsed(text) };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const hold = (openApi: OpenApi, ask: Ask, reply: Reply, violations: string[]): void => {
  const type = reply.body === undefined ? '' : (reply.type ?? 'application/json');
  const { method, url, body: requestBody } = ask;
  const responseBody = type.includes('json') ? JSON.parse(reply.body ?? 'null') : reply.body;
  const spoken = { method, url, requestBody, status: reply.status, contentType: type, responseBody };
  for (const one of openApi.departures(spoken)) if (!violations.includes(one)) violations.push(one);
};

/** The answer that stands in for the true one; undefined: the true one is given, if spoiled on its way. */
const spoiledReply = (fault: Fault, { unauthorized }: Serving): Reply | undefined => {
  const later = fault.retryAfter === null ? undefined : { 'retry-after': String(fault.retryAfter) };
  const headers = later && { headers: later };
  switch (fault.kind) {
    case 'unavailable':
      return { status: 503, body: 'The server is starting up.', type: 'text/html', ...headers };
    case 'broken':
      return { status: 500, body: 'Error processing request.', type: 'text/plain' };
    case 'busy':
      return { status: 429, body: 'Too many requests', type: 'text/plain', ...headers };
    case 'html':
      return { status: 200, body: '<!doctype html><title>Sign in</title><p>Sign in to go on.', type: 'text/html' };
    case 'redirect':
      return { status: 302, headers: { location: fault.to } };
    case 'unauthorized':
      return unauthorized;
    default:
      return undefined;
  }
};

const send = (response: ServerResponse, reply: Reply, fault: Fault | undefined): void => {
  if (fault?.kind === 'hang-up' || fault?.kind === 'lost-answer') return void response.destroy();
  const body = reply.body === undefined ? undefined : Buffer.from(reply.body);
  const type = body ? { 'content-type': reply.type ?? 'application/json; charset=utf-8' } : {};
  response.writeHead(reply.status, {
    ...type,
    ...(reply.status !== 204 && { 'content-length': body?.length ?? 0 }),
    ...reply.headers,
  });
  if (fault?.kind !== 'cut' || !body) return void response.end(body);
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};
