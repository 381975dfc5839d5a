import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { expectAgreement, expectQuiet, itemHere, markHere } from '../support/sync-agreement.ts';
import { type Attic, startAttic } from '../support/sync-attic.ts';
import { type Caller, callerAt, clientOf } from '../support/sync-house.ts';
import { emptyFolder, serve } from './start-program.ts';

const FILMS = 40;
const PAGE = 5;
/** A dead run is taken for dead once it was silent for a minute. */
const SILENT_MS = 120_000;

test('killed in the middle of a first import: what was read is not read again, and nothing is there twice', async () => {
  const { attic, dataDir, ada, kill, restart } = await house();
  for (const film of attic.films.slice(0, 30)) attic.watch(film, Date.UTC(2025, 1, 1));
  attic.faults.pageLimit = PAGE;
  const client = clientOf({ ada }, 1);
  const pages = () => pagesOf(attic);
  attic.faults.next('slow', { on: /includeItemTypes=Movie.*startIndex=15/i, ms: 90_000 });
  const broken = client.sync().catch(() => undefined);
  await vi.waitFor(() => expect(pages()).toContain('Movie 10'), 30_000);
  await vi.waitFor(() => expect(countOf(dataDir, 'client_items')).toBe(15), 30_000);
  await kill();
  await broken;

  attic.requests.length = 0;
  attic.faults.next('slow', { times: 0 });
  await restart();
  const run = await client.sync();
  expect(run).toMatchObject({ state: 'done', error: null, warnings: [] });
  expect(pages().filter((page) => page.startsWith('Movie'))[0]).toBe('Movie 15');
  expect(pages()).not.toContain('Movie 0');
  expect(run.counts).toMatchObject({ seen: FILMS - 15 + 5, removed: 0 });
  const history = await ada.list<{ item: { title: string } }>('/me/history?limit=200');
  expect(history.map(({ item }) => item.title).toSorted()).toEqual(
    attic.films
      .slice(0, 30)
      .map(({ title }) => title)
      .toSorted(),
  );
  await expectAgreement(ada, attic);
  attic.faults.clear();
  await expectQuiet(client, attic);
}, 120_000);

test('killed in the middle of writing: each change is written once, whoever heard of it', async () => {
  const { attic, ada, kill, restart } = await house();
  const client = clientOf({ ada }, 1);
  expect(await client.sync()).toMatchObject({ state: 'done' });
  const marked = attic.films.slice(0, 20);
  const [first] = marked;
  expect(await itemHere(ada, first!)).toBeGreaterThan(0);
  // Some arrive whole, two are on their way for ever, whoever writes first: a run, or a look at what just changed.
  attic.faults.next('slow', { on: attic.changes, after: 6, times: 2, ms: 90_000 });
  attic.requests.length = 0;
  for (const film of marked) await markHere(ada, film);
  const broken = client.sync().catch(() => undefined);
  await vi.waitFor(() => expect(attic.writes().length).toBeGreaterThan(5), 30_000);
  await kill();
  await broken;
  const arrived = attic
    .writes()
    .filter(({ fault }) => !fault)
    .map(({ path }) => path);
  expect(arrived.length).toBeLessThan(marked.length);

  await restart();
  expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [], counts: { failed: 0 } });
  const all = attic
    .writes()
    .filter(({ fault }) => !fault)
    .map(({ path }) => path);
  expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
  expect(all).toHaveLength(marked.length);
  await expectAgreement(ada, attic);
  await expectQuiet(client, attic);
}, 120_000);

/** The real program in a process of its own, with a Jellyfin connected. */
const house = async () => {
  const dataDir = await emptyFolder();
  const attic = await startAttic('jellyfin', { films: FILMS });
  let running = await serve(dataDir);
  const ada: Caller = await callerAt(() => `${running.url}/api/v1`, 'Ada');
  await ada.call('POST', '/clients', { ...attic.connection, schedule: null });
  return {
    attic,
    dataDir,
    ada,
    kill: async () => {
      running.child.kill('SIGKILL');
      await running.ended;
      aMinuteGoesBy(dataDir);
    },
    restart: async () => {
      running = await serve(dataDir);
    },
  };
};

const fileOf = (dataDir: string): DatabaseSync => new DatabaseSync(join(dataDir, 'leftoff.db'));

const aMinuteGoesBy = (dataDir: string): void => {
  const db = fileOf(dataDir);
  db.prepare("UPDATE sync_runs SET beat_at = beat_at - ? WHERE state = 'running'").run(SILENT_MS);
  db.close();
};

const countOf = (dataDir: string, table: 'client_items'): number => {
  const db = fileOf(dataDir);
  const row = db.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number };
  db.close();
  return row.count;
};

/** Pages that were asked for, by what and from where on: `Movie 10`. What only counts is none. */
const pagesOf = ({ requests, lists }: Attic): string[] =>
  requests.flatMap(({ method, url }) => {
    const query = new URL(url, 'http://fake').searchParams;
    if (!lists.test(`${method} ${url}`) || Number(query.get('limit')) < PAGE) return [];
    return [`${query.get('includeItemTypes')} ${query.get('startIndex')}`];
  });
