import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeSocket, startFakeSocket } from './fake-socket.ts';
import { FakeLibrary } from './library.ts';
import { loadKodiSchema } from './schema.ts';

/** What goes wrong with the next answers. */
export type Fault =
  | 'garbage'
  | 'html'
  | 'not-rpc'
  | 'error-500'
  | 'slow'
  | 'cut'
  | 'huge'
  | 'wrong-shape'
  | 'redirect'
  | 'rpc-error';

/**
 * A Kodi that keeps its library and state by the rules measured on a real one, over real HTTP. Every call and every
 * answer is held against Kodi's own schema where that is at hand; `violations` must stay empty.
 */
export interface FakeKodi {
  readonly address: string;
  readonly library: FakeLibrary;
  readonly calls: { method: string; params: Record<string, unknown> }[];
  readonly violations: string[];
  /** Wall clock: UTC plus the offset of its zone, as Kodi would show it. */
  wallClock: string;
  /** What `locale.timezone` holds. */
  timeZone: string;
  password: string;
  version: number;
  /** When it begins, on which method; undefined: never. */
  fault: { kind: Fault; method?: string } | undefined;
  /** What is on screen. */
  playing: { kind: 'movie' | 'episode' | 'song' | 'file'; id: number; seconds: number } | undefined;
  /** Its notifications over TCP. */
  readonly socket: FakeSocket;
  close(): Promise<void>;
}

export const startFakeKodi = async (): Promise<FakeKodi> => {
  const schema = loadKodiSchema();
  const library = new FakeLibrary();
  const server = createServer((request, response) => {
    answer(kodi, request, response).catch(() => response.destroy());
  });
  const port = await listen(server);
  const socket = await startFakeSocket();
  const kodi: FakeKodi & { schema: ReturnType<typeof loadKodiSchema> } = {
    schema,
    address: `http://127.0.0.1:${port}`,
    library,
    calls: [],
    violations: [],
    wallClock: '2026-11-21 05:00:00',
    timeZone: 'America/New_York',
    password: 'kodi',
    version: 13,
    fault: undefined,
    playing: undefined,
    socket,
    close: async () => {
      await socket.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  library.clock = () => kodi.wallClock;
  library.updated = ({ method, data }) => socket.tell(method, data);
  return kodi;
};

type Inner = FakeKodi & { schema: ReturnType<typeof loadKodiSchema> };

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

const answer = async (kodi: Inner, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await bodyOf(request);
  if (!authorized(kodi, request)) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="Kodi"' }).end();
    return;
  }
  if (request.url !== '/jsonrpc') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Kodi</title>');
    return;
  }
  const call = JSON.parse(body) as { id: number; method: string; params: Record<string, unknown> };
  kodi.calls.push({ method: call.method, params: call.params });
  const broken = kodi.fault && (kodi.fault.method ?? call.method) === call.method ? kodi.fault.kind : undefined;
  const text = JSON.stringify({ id: call.id, jsonrpc: '2.0', ...perform(kodi, call.method, call.params) });
  if (broken) breakAnswer(broken, text, response);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(text);
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const authorized = ({ password }: FakeKodi, request: IncomingMessage): boolean =>
  password === '' || request.headers.authorization === `Basic ${Buffer.from(`kodi:${password}`).toString('base64')}`;

const perform = (kodi: Inner, method: string, params: Record<string, unknown>): object => {
  const wrong = kodi.schema?.faultsOfCall(method, params) ?? [];
  kodi.violations.push(...wrong);
  const result = resultOf(kodi, method, params);
  if (result === undefined) return { error: { code: -32601, message: 'Method not found.' } };
  if (result === null) return { error: { code: -32602, message: 'Invalid params.' } };
  kodi.violations.push(...(kodi.schema?.faultsOfResult(method, result) ?? []));
  return { result };
};

/** As a region of twelve hours shows it, whichever form is asked for. */
const twelveHours = (time: string): string => {
  const [hour = '', minute = '', second = ''] = time.split(':');
  const hours = Number(hour);
  if (second === '') return time;
  return `${String(hours % 12 || 12).padStart(2, '0')}:${minute}:${second} ${hours < 12 ? 'AM' : 'PM'}`;
};

const resultOf = (kodi: FakeKodi, method: string, params: Record<string, unknown>): unknown => {
  const [date = '', time = ''] = kodi.wallClock.split(' ');
  switch (method) {
    case 'JSONRPC.Ping':
      return 'pong';
    case 'JSONRPC.Version':
      return { version: { major: kodi.version, minor: 0, patch: 0 } };
    case 'Application.GetProperties':
      return { name: 'Kodi', version: { major: 20, minor: 1, revision: '20230312', tag: 'stable' } };
    case 'XBMC.GetInfoLabels': {
      const known: Record<string, string> = {
        'System.Date(yyyy-mm-dd)': date,
        'System.Time(hh:mm:ss xx)': twelveHours(time),
        'System.FriendlyName': 'Living room',
      };
      return Object.fromEntries((params.labels as string[]).map((label) => [label, known[label] ?? '']));
    }
    case 'Settings.GetSettingValue':
      return params.setting === 'locale.timezone' ? { value: kodi.timeZone } : null;
    case 'Player.GetActivePlayers':
      return kodi.playing ? [{ playerid: 1, playertype: 'internal', type: 'video' }] : [];
    case 'Player.GetItem': {
      const { kind, id } = kodi.playing ?? { kind: 'file', id: 0 };
      return { item: kind === 'file' ? { label: '', type: 'unknown' } : { id, label: '', type: kind } };
    }
    case 'Player.GetProperties':
      return { time: clockOf(kodi.playing?.seconds ?? 0) };
    default:
      return kodi.library.call(method, params);
  }
};

const clockOf = (at: number) => ({
  hours: Math.floor(at / 3600),
  minutes: Math.floor((at % 3600) / 60),
  seconds: at % 60,
  milliseconds: 0,
});

const breakAnswer = (kind: Fault, text: string, response: ServerResponse): void => {
  const json = { 'content-type': 'application/json' };
  switch (kind) {
    case 'garbage':
      return void response.writeHead(200, json).end(`${text.slice(0, 30)}\u0000}{`);
    case 'html':
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><body>Router login</body></html>');
    case 'not-rpc':
      return void response.writeHead(200, json).end('{"status":"ok"}');
    case 'error-500':
      return void response.writeHead(500, json).end('{}');
    case 'slow':
      return void response.writeHead(200, json).write(text.slice(0, 5));
    case 'cut':
      response.writeHead(200, { ...json, 'content-length': text.length + 10 }).write(text.slice(0, text.length / 2));
      return void setTimeout(() => response.destroy(), 20);
    case 'huge':
      return void response.writeHead(200, json).end(`{"jsonrpc":"2.0","result":"${'x'.repeat(300_000)}"}`);
    case 'wrong-shape':
      return void response.writeHead(200, json).end('{"jsonrpc":"2.0","id":1,"result":{"limits":"none","movies":7}}');
    case 'redirect':
      return void response.writeHead(302, { location: 'http://192.0.2.1/jsonrpc' }).end();
    case 'rpc-error':
      return void response
        .writeHead(200, json)
        .end('{"jsonrpc":"2.0","id":1,"error":{"code":-32100,"message":"Failed to execute method."}}');
  }
};
