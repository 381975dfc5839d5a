import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import pg from 'pg';
import { afterAll, describe, inject, onTestFinished } from 'vitest';
import { createApp, type Outside } from '#app.ts';
import { loadConfig } from '#config/config.ts';
import { createPatienceBook } from '#connectors/patience.ts';
import type { Database } from '#database/database.ts';
import { systemClock } from '#kernel/clock.ts';
import type { Logger } from '#kernel/logger.ts';
import type { ClientView, HeldView, RunView } from '#sync/views.ts';

/** The program on a database of its own, spoken to over HTTP. */
export interface SyncHouse {
  readonly url: string;
  readonly database: Database;
  /** The admin, who is made with it. */
  readonly ada: Caller;
  /** How long connectors would have waited; they do not. */
  readonly waits: number[];
  /** Everything that was logged, as text. */
  logged(): string;
  /** Makes a further user and signs them in. */
  addUser(name: string): Promise<Caller>;
  /** Stops the program and starts it again on the same data. */
  restart(): Promise<void>;
}

/** Someone with a token, which is a device of theirs. */
export interface Caller {
  readonly userId: number;
  /** @throws Error with what the person is told when it is refused */
  call<T>(method: string, path: string, body?: object): Promise<T>;
  get<T>(path: string): Promise<T>;
  /** All of a short list. */
  list<T>(path: string): Promise<T[]>;
}

export interface HouseOptions extends Outside {
  /** Whether it does anything by itself: schedules, sockets, looking at what was just changed. */
  follows?: boolean;
}

export type StartHouse = (options?: HouseOptions) => Promise<SyncHouse>;

const PASSWORD = 'correct horse battery';

/** Runs a suite with the program on SQLite, and once more on PostgreSQL. */
export const eachHouse = (name: string, suite: (start: StartHouse) => void): void => {
  describe(`${name} on SQLite`, () => suite((options) => startHouse(sqliteUrl, options)));
  describe(`${name} on PostgreSQL`, () => suite((options) => startHouse(postgresUrl, options)));
};

export const startHouse = async (
  place: (folder: string) => Promise<string>,
  { follows = false, ...outside }: HouseOptions = {},
): Promise<SyncHouse> => {
  const folder = await mkdtemp(join(tmpdir(), 'leftoff-sync-'));
  const environment = {
    LEFTOFF_DATA_DIR: folder,
    LEFTOFF_SERVER_PORT: '0',
    LEFTOFF_LOG_LEVEL: 'silent',
    LEFTOFF_DATABASE_URL: await place(folder),
  };
  const { config } = await loadConfig({ environment });
  const waits: number[] = [];
  const { logger, logged } = keptLog();
  const patience = createPatienceBook({
    clock: systemClock,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
    },
  });
  const open = async () => {
    const app = await createApp(config, { logger, version: '0.0.0' }, { patience, ...outside });
    if (follows) return { app, url: (await app.start()).url };
    await app.services.sync.recover();
    return { app, url: await app.http.listen({ host: '127.0.0.1', port: 0 }) };
  };
  let running = await open();
  atEnd(async () => {
    await running.app.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const base = () => `${running.url}/api/v1`;
  const ada = await callerAt(base, 'Ada');
  return {
    get url() {
      return running.url;
    },
    get database() {
      return running.app.services.database;
    },
    ada,
    waits,
    logged,
    addUser: async (name) => {
      await ada.call('POST', '/users', { name, password: PASSWORD, role: 'user' });
      return signIn(base, name);
    },
    restart: async () => {
      await running.app.stop();
      running = await open();
    },
  };
};

/** Makes the first user of a program and signs them in. */
export const callerAt = async (base: () => string, name: string): Promise<Caller> => {
  await ask(base(), 'POST', '/setup', { name, password: PASSWORD, timeZone: 'UTC' });
  return signIn(base, name);
};

const signIn = async (base: () => string, name: string): Promise<Caller> => {
  const session = await ask(base(), 'POST', '/session', { name, password: PASSWORD });
  const cookies = session.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
  const made = await ask(base(), 'POST', '/me/tokens', { name: 'page' }, { cookie: cookies.join('; ') });
  const { token } = (await made.json()) as { token: string };
  return callerOf(base, token);
};

/** At the end of the test; in a hook of a suite: at the suite's. */
export const atEnd = (work: () => Promise<void>): void => {
  try {
    onTestFinished(work);
  } catch {
    afterAll(work);
  }
};

const callerOf = async (base: () => string, token: string): Promise<Caller> => {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await ask(base(), method, path, body, { authorization: `Bearer ${token}` });
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  };
  const { user } = await call<{ user: { id: number } }>('GET', '/me');
  return {
    userId: user.id,
    call,
    get: (path) => call('GET', path),
    list: async (path) => (await call<{ items: never[] }>('GET', path)).items,
  };
};

const ask = async (
  base: string,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: body ? JSON.stringify(body) : null,
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};

/** A client as its admin sees it. */
export const clientOf = ({ ada }: Pick<SyncHouse, 'ada'>, id: number) => {
  const at = `/clients/${id}`;
  const ended = async (run: number): Promise<RunView> => {
    for (;;) {
      const found = (await ada.list<RunView>(`${at}/runs`)).find((one) => one.id === run);
      if (found && found.state !== 'running') return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const begin = async (path: string, body?: object): Promise<RunView> =>
    ended((await ada.call<RunView>('POST', `${at}${path}`, body)).id);
  return {
    id,
    view: () => ada.get<ClientView>(at),
    /** Waits for its end, whatever that is. */
    sync: () => begin('/sync', {}),
    preview: () => begin('/sync', { preview: true }),
    import: () => begin('/import'),
    approve: () => begin('/held/approve'),
    reject: () => ada.call<void>('POST', `${at}/held/reject`),
    held: () => ada.list<HeldView>(`${at}/held`),
    runs: () => ada.list<RunView>(`${at}/runs`),
    list: <T>(path: string) => ada.list<T>(at + path),
    change: (changes: object) => ada.call<ClientView>('PATCH', at, changes),
  };
};

export type Client = ReturnType<typeof clientOf>;

/** Connects a media server; it is synced only when asked. */
export const connect = async (house: SyncHouse, input: object): Promise<Client & { warnings: string[] }> => {
  const body = { schedule: null, ...input };
  const { client, warnings } = await house.ada.call<{ client: ClientView; warnings: string[] }>(
    'POST',
    '/clients',
    body,
  );
  return { ...clientOf(house, client.id), warnings };
};

const keptLog = (): { logger: Logger; logged: () => string } => {
  const lines: string[] = [];
  const keep = (details: object, message: string) => {
    lines.push(`${message} ${inspect(details, { depth: 10 })}`);
  };
  return { logger: { debug: keep, info: keep, warn: keep, error: keep }, logged: () => lines.join('\n') };
};

export const sqliteUrl = async (folder: string): Promise<string> => {
  const file = join(folder, 'leftoff.db');
  await copyFile(inject('sqliteTemplate'), file);
  return `sqlite:${file}`;
};

let counter = 0;

export const postgresUrl = async (): Promise<string> => {
  const server = inject('postgres');
  if (!server) throw new Error('There is no PostgreSQL in this run.');
  const name = `leftoff_house_${process.pid}_${counter++}_${Math.random().toString(36).slice(2, 8)}`;
  await admin(server.url, `CREATE DATABASE ${name} TEMPLATE ${server.template}`);
  atEnd(() => admin(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
};

const admin = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
};
