import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type Outside } from '#app.ts';
import { loadConfig } from '#config/config.ts';
import { silentLogger } from '#kernel/logger.ts';

/** A started server with an empty database of its own, and its API. */
export interface WebHouse {
  url: string;
  /** Calls the API with a token. @throws Error when it refuses */
  api<T>(token: string, method: string, path: string, body?: unknown): Promise<T>;
  /** Makes the first admin, who lives in UTC unless told otherwise. */
  setUp(name: string, password: string, timeZone?: string): Promise<void>;
  /** Signs in and makes a token, which is a device of its own. */
  tokenFor(name: string, password: string, device: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param settings as variables, beyond those that each house has */
export const startHouse = async (outside: Outside = {}, settings: Record<string, string> = {}): Promise<WebHouse> => {
  const folder = await mkdtemp(join(tmpdir(), 'leftoff-web-'));
  const environment = { LEFTOFF_DATA_DIR: folder, LEFTOFF_SERVER_PORT: '0', LEFTOFF_LOG_LEVEL: 'silent', ...settings };
  const { config } = await loadConfig({ environment });
  const app = await createApp(config, { logger: silentLogger, version: '0.0.0' }, outside);
  const { url } = await app.start();
  return {
    url,
    api: async (token, method, path, body) =>
      json(await call(url, method, path, body, { authorization: `Bearer ${token}` })),
    setUp: async (name, password, timeZone = 'UTC') => {
      await call(url, 'POST', '/setup', { name, password, timeZone });
    },
    tokenFor: async (name, password, device) => {
      const session = await call(url, 'POST', '/session', { name, password });
      const cookie = session.headers
        .getSetCookie()
        .map((one) => one.split(';', 1)[0])
        .join('; ');
      const made = await json<{ token: string }>(await call(url, 'POST', '/me/tokens', { name: device }, { cookie }));
      return made.token;
    },
    stop: async () => {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const call = async (
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${await answer.text()}`);
  return answer;
};

const json = async <T>(answer: Response): Promise<T> => (answer.status === 204 ? undefined : await answer.json()) as T;
