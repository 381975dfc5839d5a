import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { MINUTE, toIso } from '#kernel/clock.ts';
import type { Route } from '#kernel/route.ts';
import { eachDatabase } from '../support/databases.ts';
import { casesBySchema } from './bad-input-by-schema.ts';
import { fill, type House, LENGTH_MS, SPENT_KEY, send } from './bad-input-house.ts';
import { type Case, casesByMeaning } from './bad-input-rows.ts';

const statusOf: Record<Case['code'], number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
};

eachDatabase('bad input', (make) => {
  test('is refused with a clear error that names the field, and nothing is written', async () => {
    const database = await make();
    const house = await fill(database);
    const cases = [...casesBySchema(house), ...casesByMeaning(house), ...cursorsOfOthers(await cursors(house))];
    const before = await everything(database);
    const wrong: string[] = [];
    for (const [index, one] of cases.entries()) {
      const answer = await ask(house, one, `case ${index}`);
      const fault = faultOf(one, answer);
      if (fault !== undefined) wrong.push(`${fault}: ${one.method} ${one.path} with ${one.says}: ${answer.body}`);
    }
    expect(wrong).toEqual([]);
    expect(await everything(database)).toEqual(before);
    expect(house.routes.filter((route) => !cases.some((one) => isTo(route, one)))).toEqual([]);
    expect(cases.length).toBeGreaterThan(1500);
  });

  test('what is right beside it is taken', async () => {
    const database = await make();
    const { ada, movie } = await fill(database);
    const before = await everything(database);
    const right = { positionMs: LENGTH_MS / 2, durationMs: LENGTH_MS };
    expect((await ada.send('PUT', `/items/${movie}/progress`, right)).statusCode).toBe(200);
    expect(await everything(database)).not.toEqual(before);
  });

  test('a key is for one request: with another body it is refused, and what failed leaves it free', async () => {
    const house = await fill(await make());
    const { app, ada, movie } = house;
    const rate = (rating: number, key: string) => send(app, ada, 'PUT', `/items/${movie}/rating`, { rating }, key);
    expect((await rate(11, 'mine')).statusCode).toBe(400);
    expect((await rate(7, 'mine')).json()).toMatchObject({ rating: 7 });
    expect((await rate(9, 'mine')).json()).toMatchObject({ error: { code: 'conflict' } });
    const again = await rate(7, 'mine');
    expect([again.statusCode, again.headers['idempotent-replayed']]).toEqual([200, 'true']);
    expect((await rate(9, SPENT_KEY)).statusCode).toBe(409);
    // Another person's same key is another key.
    expect((await send(app, house.bea, 'PUT', `/items/${movie}/rating`, { rating: 3 }, 'mine')).statusCode).toBe(200);
    expect((await ada.get(`/items/${movie}/opinion`)).json()).toMatchObject({ rating: 7 });
  });

  test('what is retired is told of all the same, so that it comes back with its state', async () => {
    const house = await fill(await make());
    const { ada, movie, clock } = house;
    expect((await ada.send('DELETE', `/items/${movie}`)).statusCode).toBe(204);
    const at = toIso(clock.now() - MINUTE / 2);
    const right = { positionMs: LENGTH_MS / 4, durationMs: LENGTH_MS, at };
    expect((await ada.send('PUT', `/items/${movie}/progress`, right)).statusCode).toBe(200);
    expect((await ada.send('PUT', `/items/${movie}/progress`, { ...right, positionMs: -1 })).statusCode).toBe(400);
    expect((await ada.send('POST', `/items/${movie}/restore`)).statusCode).toBe(200);
    expect((await ada.get(`/items/${movie}/state`)).json()).toMatchObject({ positionMs: LENGTH_MS / 4 });
  });
});

const ask = async (house: House, { method, path, body, by = 'ada', key }: Case, usual: string) =>
  send(house.app, house[by], method, path, body, key ?? (method === 'GET' ? undefined : usual));

/** What is not as it should be; undefined: nothing. */
const faultOf = ({ code, field }: Case, answer: Awaited<ReturnType<typeof ask>>): string | undefined => {
  const { error } = answer.json<{ error?: { code: string; message: string; faults: { path: string }[] } }>();
  if (error?.code !== code || answer.statusCode !== statusOf[code]) return `${answer.statusCode} instead of ${code}`;
  const paths = error.faults.map((fault) => fault.path);
  if (field !== undefined && !paths.includes(field)) return `names ${paths.join(', ')} instead of ${field}`;
  return /^\S.*[.!]$/s.test(error.message) ? undefined : 'no sentence';
};

const isTo = ({ method, path }: Route, one: Case): boolean =>
  method === one.method && new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(one.path.split('?')[0] ?? '');

const LISTS = [
  '/me/history',
  '/me/history/days',
  '/me/continue-watching',
  '/me/next-up',
  '/me/favourites',
  '/me/watchlist',
  '/me/disliked',
  '/me/ratings',
  '/me/ratings?sort=rating',
  '/me/changes',
  '/me/choices',
  '/me/new',
  '/me/data?kind=movie',
  '/me/data?kind=movie&list=favorites',
  '/me/devices',
];

/** A real cursor of each list. */
const cursors = async ({ ada }: House): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const list of LISTS) {
    const { next } = (await ada.get(with_(list, 'limit=1'))).json<{ next: string | null }>();
    if (next !== null) found.set(list, next);
  }
  expect(LISTS.filter((list) => !found.has(list))).toEqual([]);
  return found;
};

const cursorsOfOthers = (found: Map<string, string>): Case[] =>
  [...found.keys()].flatMap((list) =>
    [...found].flatMap(([other, cursor]): Case[] =>
      list === other
        ? []
        : [
            {
              says: `a cursor of ${other}`,
              method: 'GET',
              path: with_(list, `cursor=${cursor}`),
              code: 'invalid',
              field: 'cursor',
            },
          ],
    ),
  );

const with_ = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** Tables in which being asked itself is noted. */
const NOTED = ['sessions', 'devices', 'api_tokens'];

const everything = async (database: Database): Promise<Record<string, unknown[]>> => {
  const tables = await database.schema.introspection.getTables();
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables.filter((table) => !NOTED.includes(table.name) && !table.name.includes('_fts'))) {
    const found = await sql`SELECT * FROM ${sql.table(name)}`.execute(database.read);
    rows[name] = found.rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return rows;
};
