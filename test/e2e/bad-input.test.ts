import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { changeRoutes } from '#activity/changes/routes.ts';
import { createChoices } from '#activity/choices/choices.ts';
import { choiceRoutes } from '#activity/choices/routes.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { opinionRoutes } from '#activity/opinions/routes.ts';
import { playbackRoutes } from '#activity/playing/routes.ts';
import { createRewatches } from '#activity/rewatch/rewatch.ts';
import { rewatchRoutes } from '#activity/rewatch/routes.ts';
import { activityRoutes } from '#activity/routes.ts';
import { createActivity } from '#activity/service.ts';
import { createStates } from '#activity/states/states.ts';
import { statisticsRoutes } from '#activity/statistics/routes.ts';
import { createStatistics } from '#activity/statistics/statistics.ts';
import { userDataRoutes } from '#activity/user-data/routes.ts';
import { createUserData } from '#activity/user-data/user-data.ts';
import type { Database } from '#database/database.ts';
import { DAY, MINUTE, manualClock, systemClock, toIso } from '#kernel/clock.ts';
import { ADMIN, type Caller, startApi } from '../support/api.ts';
import { eachDatabase } from '../support/databases.ts';
import { treeIn } from '../support/tree.ts';

const LENGTH_MS = 40 * MINUTE;

type Body = Record<string, unknown> | string;

interface Case {
  says: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: Body;
  code: 'invalid' | 'not_found' | 'conflict' | 'forbidden';
  /** The field that the answer names; absent: it is about no field. */
  field?: string;
}

eachDatabase('bad input', (make) => {
  test('is refused with a clear error that names the field, and nothing is written', async () => {
    const database = await make();
    const house = await fill(database);
    const wrong: string[] = [];
    const before = await everything(database);
    for (const one of casesOf(house)) {
      const answer = await ask(house, one);
      const { error } = answer.json<{ error?: { code: string; message: string; faults: { path: string }[] } }>();
      const paths = error?.faults.map((fault) => fault.path) ?? [];
      const told = `${one.method} ${one.path} with ${one.says}: ${answer.statusCode} ${answer.body.slice(0, 300)}`;
      if (error?.code !== one.code || (one.field !== undefined && !paths.includes(one.field))) wrong.push(told);
      else if (!/^\S.*[.!]$/s.test(error.message)) wrong.push(`no sentence: ${told}`);
    }
    expect(wrong).toEqual([]);
    expect(await everything(database)).toEqual(before);
  });

  test('what is right beside it is taken', async () => {
    const database = await make();
    const { ada, movie } = await fill(database);
    const before = await everything(database);
    const answer = await ada.send('PUT', `/items/${movie}/progress`, {
      positionMs: LENGTH_MS / 2,
      durationMs: LENGTH_MS,
    });
    expect(answer.statusCode).toBe(200);
    expect(await everything(database)).not.toEqual(before);
  });
});

type House = Awaited<ReturnType<typeof fill>>;

const fill = async (database: Database) => {
  const clock = manualClock(systemClock.now());
  const activity = createActivity({ database, clock });
  const states = createStates({ database, clock });
  const {
    app,
    caller,
    clock: signInClock,
    signIn,
  } = await startApi(database, {
    routes: () => [
      ...activityRoutes(activity),
      ...playbackRoutes(activity),
      ...rewatchRoutes(createRewatches({ database, clock })),
      ...changeRoutes(createChanges({ database, clock })),
      ...opinionRoutes(createOpinions({ database, clock })),
      ...choiceRoutes(createChoices({ database, clock })),
      ...statisticsRoutes(createStatistics({ database, clock })),
      ...userDataRoutes(createUserData({ database, states: states.of })),
    ],
  });
  signInClock.set(clock.now());
  const ada = caller();
  await ada.send('POST', '/setup', ADMIN);
  const password = 'another horse battery';
  await ada.send('POST', '/users', { name: 'Bea', role: 'user', password });
  const bea = await signIn('Bea', password);
  const tree = treeIn(database);
  const films = await tree.library('movies');
  const movie = await tree.movie(films, { runtime_ms: LENGTH_MS });
  const gone = await tree.movie(films, { runtime_ms: LENGTH_MS });
  const collection = await tree.collection(films, [movie]);
  const show = await tree.show(await tree.library('series'), [2]);
  const album = await tree.album(await tree.artist(await tree.library('music')));
  const stream = await tree.stream(await tree.library('streams'), true);
  // Something is there that could be harmed.
  const seen = { positionMs: LENGTH_MS / 2, durationMs: LENGTH_MS };
  await ada.send('PUT', `/items/${movie}/progress`, { ...seen, event: 'start' });
  await ada.send('PUT', `/items/${movie}/progress`, { ...seen, at: toIso(clock.now() - MINUTE) });
  await ada.send('PUT', `/items/${show.episodes[0]![0]}/watched`, { watched: true });
  await ada.send('PUT', `/items/${movie}/rating`, { rating: 8 });
  await bea.send('PUT', `/items/${movie}/progress`, { ...seen, event: 'start' });
  await bea.send('PUT', `/items/${movie}/progress`, { positionMs: LENGTH_MS, durationMs: LENGTH_MS, event: 'stop' });
  const id = async (of: Caller) => {
    const [play] = (await of.get('/me/history')).json<{ items: { id: number; device: { deviceUserId: number } }[] }>()
      .items;
    return { play: play?.id ?? 0, device: play?.device.deviceUserId ?? 0 };
  };
  const own = await id(ada);
  const others = await id(bea);
  expect(others.play, 'somebody else has a play').toBeGreaterThan(0);
  await database.transaction((tx) => tx.deleteFrom('media_items').where('id', '=', gone).execute());
  return { app, ada, clock, movie, gone, collection, show, album, stream, films, own, others };
};

const casesOf = (house: House): Case[] => [
  ...progressCases(house),
  ...playbackCases(house),
  ...markCases(house),
  ...opinionCases(house),
  ...choiceCases(house),
  ...changeCases(house),
  ...listCases(house),
];

const badNumbers: [says: string, value: unknown][] = [
  ['a negative number', -1],
  ['a number as text', '5'],
  ['NaN as text', 'NaN'],
  ['nothing (what NaN becomes in JSON)', null],
  ['half a number', 1.5],
  ['a huge number', 1e300],
  ['more than 64 bits', 1e19],
  ['a truth value', true],
  ['a list', [1]],
  ['an object', { ms: 1 }],
];

const badInstants = ({ clock }: House): [says: string, value: unknown][] => [
  ['tomorrow', toIso(clock.now() + DAY)],
  ['six minutes ahead', toIso(clock.now() + 6 * MINUTE)],
  ['the year 1970', '1970-01-01T00:00:00Z'],
  ['the year 9999', '9999-12-31T23:59:59Z'],
  ['no date', 'yesterday'],
  ['a day that is not', '2025-02-30T10:00:00Z'],
  ['a number', clock.now()],
  ['nothing', null],
  ['no text', ''],
];

const progressCases = (house: House): Case[] => {
  const { movie, gone, collection, show, album, films } = house;
  const path = `/items/${movie}/progress`;
  const right = { positionMs: 600_000, durationMs: LENGTH_MS };
  const put = (says: string, body: Body, field?: string): Case => ({
    says,
    method: 'PUT',
    path,
    body,
    code: 'invalid',
    ...(field ? { field } : {}),
  });
  const at = (item: number, says: string, code: Case['code']): Case => ({
    says,
    method: 'PUT',
    path: `/items/${item}/progress`,
    body: right,
    code,
  });
  return [
    ...badNumbers.map(([says, value]) => put(`positionMs ${says}`, { ...right, positionMs: value }, 'positionMs')),
    ...badNumbers.map(([says, value]) => put(`durationMs ${says}`, { ...right, durationMs: value }, 'durationMs')),
    ...badInstants(house).map(([says, value]) => put(`at ${says}`, { ...right, at: value }, 'at')),
    put('no position', { durationMs: LENGTH_MS }, 'positionMs'),
    put('a length of nothing', { ...right, durationMs: 0 }, 'durationMs'),
    put('a position beyond the end', { ...right, positionMs: LENGTH_MS * 2 }, 'positionMs'),
    put('a position far beyond the length in the catalog', { positionMs: LENGTH_MS * 3 }, 'positionMs'),
    put('a hundred days and more', { positionMs: 8_640_000_001 }, 'positionMs'),
    put('another event', { ...right, event: 'finish' }, 'event'),
    put('an event of another type', { ...right, event: 1 }, 'event'),
    put('an unknown field', { ...right, position: 5 }, 'position'),
    put('an empty method', { ...right, method: '' }, 'method'),
    put('a long client name', { ...right, clientName: 'x'.repeat(101) }, 'clientName'),
    put('bare NaN', '{"positionMs": NaN}'),
    put('more than any number', '{"positionMs": 1e400}', 'positionMs'),
    put('a list for a body', '[1]'),
    put('nothing for a body', 'null'),
    put('half a body', '{"positionMs": 5'),
    at(show.series, 'a series', 'invalid'),
    at(show.seasons[0]!, 'a season', 'invalid'),
    at(collection, 'a collection', 'invalid'),
    at(album, 'an album', 'invalid'),
    at(films, 'a library', 'invalid'),
    at(gone, 'an item that is gone', 'not_found'),
    at(999_999, 'an item that never was', 'not_found'),
    ...['0', '-1', '1.5', 'abc', '9007199254740993', '1e400'].map(
      (item): Case => ({
        says: 'an id that is none',
        method: 'PUT',
        path: `/items/${item}/progress`,
        body: right,
        code: 'invalid',
        field: 'id',
      }),
    ),
  ];
};

const playbackCases = (house: House): Case[] => {
  const { movie, gone, show } = house;
  const right = { event: 'progress', itemId: movie, positionMs: 600_000, durationMs: LENGTH_MS };
  const post = (says: string, body: Body, field?: string, code: Case['code'] = 'invalid'): Case => ({
    says,
    method: 'POST',
    path: '/me/playback',
    body,
    code,
    ...(field ? { field } : {}),
  });
  return [
    ...badNumbers.map(([says, value]) => post(`positionMs ${says}`, { ...right, positionMs: value }, 'positionMs')),
    ...badNumbers.map(([says, value]) => post(`durationMs ${says}`, { ...right, durationMs: value }, 'durationMs')),
    ...badNumbers.map(([says, value]) => post(`itemId ${says}`, { ...right, itemId: value }, 'itemId')),
    ...badInstants(house).map(([says, value]) => post(`at ${says}`, { ...right, at: value }, 'at')),
    post('a position beyond the end', { ...right, positionMs: LENGTH_MS * 2 }, 'positionMs'),
    post('credits beyond the end', { ...right, creditsStartMs: LENGTH_MS * 2 }, 'creditsStartMs'),
    post('no event', { ...right, event: undefined }, 'event'),
    post('an unknown field', { ...right, userId: 1 }, 'userId'),
    post('no item at all', { ...right, itemId: undefined }),
    post('a series', { ...right, itemId: show.series }),
    post('an item that is gone', { ...right, itemId: gone }, undefined, 'not_found'),
    post(
      'an external id nobody knows',
      { ...right, itemId: undefined, kind: 'movie', externalIds: [{ provider: 'imdb', value: 'tt9999999' }] },
      undefined,
      'not_found',
    ),
    post(
      'external ids without a kind',
      { ...right, itemId: undefined, externalIds: [{ provider: 'imdb', value: 'tt0133093' }] },
      'kind',
    ),
    post('an empty list of external ids', { ...right, itemId: undefined, externalIds: [] }, 'externalIds'),
    post('a device without a key', { ...right, device: { name: 'TV' } }, 'device.key'),
  ];
};

const markCases = (house: House): Case[] => {
  const { movie, gone, album, others } = house;
  const put = (says: string, body: Body, field?: string): Case => ({
    says,
    method: 'PUT',
    path: `/items/${movie}/watched`,
    body,
    code: 'invalid',
    ...(field ? { field } : {}),
  });
  return [
    ...badInstants(house).map(([says, value]) => put(`at ${says}`, { watched: true, at: value }, 'at')),
    put('no flag', {}, 'watched'),
    put('a flag as text', { watched: 'true' }, 'watched'),
    put('a flag as a number', { watched: 1 }, 'watched'),
    put('null', { watched: null }, 'watched'),
    put('an unknown field', { watched: true, deviceUserId: others.device }, 'deviceUserId'),
    {
      says: 'an item that is gone',
      method: 'PUT',
      path: `/items/${gone}/watched`,
      body: { watched: true },
      code: 'not_found',
    },
    {
      says: 'an item that never was',
      method: 'PUT',
      path: '/items/999999/watched',
      body: { watched: true },
      code: 'not_found',
    },
    { says: 'an item that is gone', method: 'POST', path: `/items/${gone}/start-over`, code: 'not_found' },
    { says: 'an album', method: 'POST', path: `/items/${album}/start-over`, code: 'invalid' },
  ];
};

const opinionCases = (house: House): Case[] => {
  const { movie, gone } = house;
  const path = `/items/${movie}/rating`;
  const put = (says: string, body: Body, field?: string): Case => ({
    says,
    method: 'PUT',
    path,
    body,
    code: 'invalid',
    ...(field ? { field } : {}),
  });
  return [
    ...[0, -1, 10.5, 7.25, 1e300, '8', true, [8]].map((rating) => put(`the rating ${rating}`, { rating }, 'rating')),
    put('nothing', {}),
    put('a long review', { review: 'x'.repeat(10_001) }, 'review'),
    put('a review of another type', { review: 5 }, 'review'),
    put('an unknown field', { rating: 8, stars: 5 }, 'stars'),
    ...['tomorrow', '1970-01-01T00:00:00Z', toIso(house.clock.now() + DAY)].map(
      (at): Case => ({
        says: at,
        method: 'PUT',
        path: `/items/${movie}/favourite?at=${at}`,
        code: 'invalid',
        field: 'at',
      }),
    ),
    ...['favourite', 'disliked', 'watchlist'].map(
      (flag): Case => ({
        says: 'an item that is gone',
        method: 'PUT',
        path: `/items/${gone}/${flag}`,
        code: 'not_found',
      }),
    ),
    { says: 'an item that is gone', method: 'DELETE', path: `/items/${gone}/rating`, code: 'not_found' },
  ];
};

const choiceCases = ({ movie, gone, show, clock }: House): Case[] => {
  const put = (says: string, path: string, body: Body, field?: string, code: Case['code'] = 'invalid'): Case => ({
    says,
    method: 'PUT',
    path,
    body,
    code,
    ...(field ? { field } : {}),
  });
  const snoozed = `/items/${show.series}/snoozed`;
  const specials = `/items/${show.series}/specials`;
  return [
    put('yesterday', snoozed, { until: toIso(clock.now() - DAY) }, 'until'),
    put('no date', snoozed, { until: 'soon' }, 'until'),
    put('a number', snoozed, { until: 5 }, 'until'),
    put('neither a date nor a new episode', snoozed, {}),
    put('a flag as text', snoozed, { untilNew: 'yes' }, 'untilNew'),
    put('an unknown field', snoozed, { untilNew: true, hours: 5 }, 'hours'),
    put('another place', specials, { place: 'before' }, 'place'),
    put('no place', specials, {}, 'place'),
    put('specials of a movie', `/items/${movie}/specials`, { place: 'never' }),
    { says: 'an item that is gone', method: 'PUT', path: `/items/${gone}/dropped`, code: 'not_found' },
    { says: 'an item that is gone', method: 'PUT', path: `/items/${gone}/hidden`, code: 'not_found' },
    {
      says: 'tomorrow',
      method: 'PUT',
      path: `/items/${show.series}/dropped?at=${toIso(clock.now() + DAY)}`,
      code: 'invalid',
      field: 'at',
    },
  ];
};

const changeCases = (house: House): Case[] => {
  const { movie, gone, show, own, others, clock } = house;
  const patch = (says: string, body: Body, field?: string, play = own.play, code: Case['code'] = 'invalid'): Case => ({
    says,
    method: 'PATCH',
    path: `/me/history/${play}`,
    body,
    code,
    ...(field ? { field } : {}),
  });
  const post = (says: string, body: Body, field?: string, code: Case['code'] = 'invalid'): Case => ({
    says,
    method: 'POST',
    path: '/me/history',
    body,
    code,
    ...(field ? { field } : {}),
  });
  return [
    patch("another user's play", { completed: true }, undefined, others.play, 'not_found'),
    patch('a play that never was', { completed: true }, undefined, 999_999, 'not_found'),
    patch('tomorrow', { startedAt: toIso(clock.now() + DAY) }, 'startedAt'),
    patch('no date', { startedAt: 'x' }, 'startedAt'),
    patch('a day that is not', { date: '2025-02-30', precision: 'day' }, 'date'),
    patch('another precision', { precision: 'week' }, 'precision'),
    patch('a negative time', { watchedMs: -1 }, 'watchedMs'),
    patch('a huge time', { watchedMs: 1e300 }, 'watchedMs'),
    patch('an unknown field', { itemId: movie }, 'itemId'),
    post('a series', { itemId: show.series }),
    post('an item that is gone', { itemId: gone }, undefined, 'not_found'),
    post('no item', {}, 'itemId'),
    post('tomorrow', { itemId: movie, startedAt: toIso(clock.now() + DAY) }, 'startedAt'),
    { says: "another user's play", method: 'DELETE', path: `/me/history/${others.play}`, code: 'not_found' },
    {
      says: "another user's play",
      method: 'POST',
      path: '/me/history/delete',
      body: { playIds: [own.play, others.play] },
      code: 'not_found',
    },
    {
      says: 'no plays',
      method: 'POST',
      path: '/me/history/delete',
      body: { playIds: [] },
      code: 'invalid',
      field: 'playIds',
    },
    {
      says: 'too many plays',
      method: 'POST',
      path: '/me/history/delete',
      body: { playIds: Array.from({ length: 201 }, (_, n) => n + 1) },
      code: 'invalid',
      field: 'playIds',
    },
    { says: 'a change that never was', method: 'POST', path: '/me/changes/999999/undo', code: 'not_found' },
    { says: 'another kind', method: 'DELETE', path: '/me/history?kind=season', code: 'invalid', field: 'kind' },
    { says: 'no date', method: 'DELETE', path: '/me/history?from=x', code: 'invalid', field: 'from' },
    { says: 'an unknown filter', method: 'DELETE', path: '/me/history?userId=2', code: 'invalid', field: 'userId' },
  ];
};

const listCases = ({ gone, others }: House): Case[] => {
  const get = (path: string, field?: string, code: Case['code'] = 'invalid'): Case => ({
    says: 'a reader',
    method: 'GET',
    path,
    code,
    ...(field ? { field } : {}),
  });
  return [
    ...[
      '/me/history',
      '/me/continue-watching',
      '/me/next-up',
      '/me/favourites',
      '/me/changes',
      '/me/data?kind=movie',
    ].flatMap((path) => {
      const with_ = (query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;
      return [
        get(with_('limit=0'), 'limit'),
        get(with_('limit=201'), 'limit'),
        get(with_('limit=NaN'), 'limit'),
        get(with_('limit=1e400'), 'limit'),
        get(with_('cursor=nonsense'), 'cursor'),
        get(with_('userId=2'), 'userId'),
      ];
    }),
    get('/me/history?from=x', 'from'),
    get(`/me/history?deviceUserId=${others.device}`, undefined, 'not_found'),
    get('/me/history?kind=channel', 'kind'),
    get('/me/data', 'kind'),
    get('/me/data?kind=movie&list=all', 'list'),
    get('/me/data?kind=season', 'kind'),
    get('/me/data?kind=movie&offset=-1', 'offset'),
    get(`/items/${gone}/data`, undefined, 'not_found'),
    get(`/items/${gone}/state`, undefined, 'not_found'),
    get('/items/x/data', 'id'),
    get('/me/statistics?by=decade', 'by'),
    get('/me/statistics?from=x', 'from'),
    get('/me/statistics/years/20260', 'year'),
    get('/me/statistics/years/x', 'year'),
  ];
};

/** Asks with a body that may be no JSON at all. */
const ask = ({ ada: caller, app }: House, { method, path, body }: Case) => {
  if (method === 'GET') return caller.get(path);
  if (typeof body !== 'string') return caller.send(method, path, body);
  const headers = { cookie: caller.cookie ?? '', 'content-type': 'application/json' };
  return app.inject({ method, url: `/api/v1${path}`, headers, payload: body });
};

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
