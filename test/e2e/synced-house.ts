import { until } from '../support/kodi/remote.ts';
import { startHouse } from './web-house.ts';

export interface SyncedItem {
  id: number;
  kind: string;
  title: string;
}

export interface SyncRun {
  id: number;
  kind: string;
  state: string;
  counts: Record<string, number>;
  warnings: string[];
  error: string | null;
}

export interface SyncDecision {
  phase: string;
  decision: string;
  why: string;
  title: string | null;
  before: unknown;
  after: unknown;
  receipt: string | null;
}

export interface ConnectedClient {
  id: number;
  accounts: { id: number; deviceUserId: number; isolation: string }[];
}

/** A started server whose only person has media servers. */
export interface SyncedHouse {
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T>;
  list<T>(path: string): Promise<T[]>;
  connect(server: object): Promise<ConnectedClient>;
  /** One whole run, from its beginning to its end. @throws Error when it failed */
  sync(client: ConnectedClient): Promise<SyncRun>;
  decisions(client: ConnectedClient, run: SyncRun): Promise<SyncDecision[]>;
  /** The one item of a kind that has this title. */
  itemOf(kind: string, title: string): Promise<SyncedItem>;
  stop(): Promise<void>;
}

const NAME = 'Ada';
const PASSWORD = 'correct horse battery';

export const startSyncedHouse = async (settings: Record<string, string> = {}): Promise<SyncedHouse> => {
  const house = await startHouse({}, settings);
  await house.setUp(NAME, PASSWORD);
  const token = await house.tokenFor(NAME, PASSWORD, 'Phone');
  const call: SyncedHouse['call'] = (method, path, body) => house.api(token, method, path, body);
  const list = async <T>(path: string) => (await call<{ items: T[] }>('GET', path)).items;
  const runOf = async (client: ConnectedClient, id: number) =>
    (await list<SyncRun>(`/clients/${client.id}/runs`)).find((run) => run.id === id);
  return {
    call,
    list,
    connect: async (server) => {
      const added = await call<{ client: ConnectedClient; warnings: string[] }>('POST', '/clients', {
        schedule: null,
        ...server,
      });
      return added.client;
    },
    sync: async (client) => {
      const { id } = await begun(() => call<SyncRun>('POST', `/clients/${client.id}/sync`, {}));
      await until('the sync', 30, async () => (await runOf(client, id))?.state !== 'running');
      const run = (await runOf(client, id))!;
      if (run.state === 'failed') throw new Error(`The sync failed: ${run.error}`);
      return run;
    },
    decisions: (client, { id }) => list(`/clients/${client.id}/runs/${id}/decisions?limit=200`),
    itemOf: async (kind, title) => {
      const items = await list<SyncedItem>(`/items?kind=${kind}&limit=200`);
      const found = items.filter((item) => item.title === title);
      if (found.length !== 1) throw new Error(`${found.length} of ${kind} are called ${title}.`);
      return found[0]!;
    },
    stop: () => house.stop(),
  };
};

/** A look that is being taken by itself is waited for. */
const begun = async <T>(begin: () => Promise<T>): Promise<T> => {
  let run: T | undefined;
  let refusal: unknown;
  await until('the beginning of a run', 20, async () => {
    try {
      run = await begin();
    } catch (error) {
      if (!String(error).includes('409')) refusal = error;
    }
    return run !== undefined || refusal !== undefined;
  });
  if (run === undefined) throw refusal;
  return run;
};
