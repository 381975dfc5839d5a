import type { Database } from '#database/database.ts';
import { identityRoutes } from '#identity/routes.ts';
import { DAY, MINUTE, manualClock, systemClock, toIso } from '#kernel/clock.ts';
import type { Route } from '#kernel/route.ts';
import { activityApi } from '../support/activity-api.ts';
import { ADMIN, type Caller, startApi } from '../support/api.ts';
import { treeIn } from '../support/tree.ts';

export const LENGTH_MS = 40 * MINUTE;

/** An Idempotency-Key that Ada spent on making the movie a favourite. */
export const SPENT_KEY = 'spent already';

/** Of the routes that are not activity's: what people may set of items and of themselves. */
const BESIDE = ['setGenres', 'listPeople', 'setPeople', 'updateMe', 'updateMyDevice', 'deleteMyToken'];

/**
 * A house in which something could be harmed. Ada runs it, Bea sees its films alone, Gus is a guest. In every list stand
 * two things of Ada's at least.
 */
export const fill = async (database: Database) => {
  const clock = manualClock(systemClock.now());
  const { ofActivity, ofCatalog } = activityApi(database, clock);
  const api = await startApi(database, { routes: () => [...ofActivity, ...ofCatalog] });
  api.clock.set(clock.now());
  const ada = api.caller();
  await done(ada.send('POST', '/setup', ADMIN));
  const items = await grow(database);
  const password = 'another horse battery';
  await done(ada.send('POST', '/users', { name: 'Bea', role: 'user', password, grants: { libraries: [items.films] } }));
  await done(ada.send('POST', '/users', { name: 'Gus', role: 'guest', password }));
  const bea = await api.signIn('Bea', password);
  const gus = await api.signIn('Gus', password);
  await watch(ada, [items.movie, items.second], clock.now());
  await watch(bea, [items.movie, items.second], clock.now());
  await think(ada, items);
  const own = await belongings(ada, items.movie);
  const others = await belongings(bea, items.movie);
  const [kept, taken] = own.plays;
  await done(ada.send('DELETE', `/me/history/${taken}`));
  await done(ada.send('POST', `/me/changes/${own.change}/undo`));
  await done(send(api.app, ada, 'PUT', `/items/${items.movie}/favourite`, undefined, SPENT_KEY));
  await database.transaction((tx) => tx.deleteFrom('media_items').where('id', '=', items.gone).execute());
  const named = [...identityRoutes(api.identity), ...ofCatalog].filter((one) => BESIDE.includes(one.operationId));
  const routes = [...ofActivity.filter((one) => !one.stream), ...named];
  return {
    ...items,
    app: api.app,
    ada,
    bea,
    gus,
    nobody: api.caller(),
    clock,
    own: { ...own, kept, taken },
    others,
    routes,
  };
};

export type House = Awaited<ReturnType<typeof fill>>;

type App = Awaited<ReturnType<typeof startApi>>['app'];

/** Asks with a body that may be no JSON at all. */
export const send = (
  app: App,
  { cookie }: Caller,
  method: Route['method'],
  path: string,
  body?: object | string,
  key?: string,
) => {
  const headers = {
    ...(cookie !== null && { cookie }),
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  return app.inject({ method, url: `/api/v1${path}`, headers, ...(body !== undefined && { payload: body }) });
};

const done = async (asked: ReturnType<Caller['get']>) => {
  const answer = await asked;
  if (answer.statusCode >= 300) throw new Error(`The house cannot be furnished: ${answer.body}`);
  return answer;
};

const grow = async (database: Database) => {
  const tree = treeIn(database, systemClock.now() - 5 * DAY);
  const films = await tree.library('movies');
  const movie = await tree.movie(films, { runtime_ms: LENGTH_MS });
  const second = await tree.movie(films, { runtime_ms: LENGTH_MS });
  const gone = await tree.movie(films, { runtime_ms: LENGTH_MS });
  const collection = await tree.collection(films, [movie]);
  const shows = await tree.library('series');
  const show = await tree.show(shows, [2, 1], { runtime_ms: LENGTH_MS });
  const other = await tree.show(shows, [2], { runtime_ms: LENGTH_MS });
  const music = await tree.library('music');
  const artist = await tree.artist(music);
  const album = await tree.album(artist);
  await tree.track(album, 1);
  const stream = await tree.stream(await tree.library('streams'), true);
  return { films, movie, second, gone, collection, shows, show, other, music, artist, album, stream };
};

type Items = Awaited<ReturnType<typeof grow>>;

const watch = async (who: Caller, items: number[], now: number): Promise<void> => {
  for (const item of items) {
    const half = { positionMs: LENGTH_MS / 2, durationMs: LENGTH_MS };
    await done(who.send('PUT', `/items/${item}/progress`, { ...half, event: 'start', at: toIso(now - 2 * MINUTE) }));
    await done(who.send('PUT', `/items/${item}/progress`, { ...half, at: toIso(now - MINUTE) }));
  }
};

const think = async (ada: Caller, { films, movie, second, show, other, artist, album, stream }: Items) => {
  for (const series of [show, other]) {
    await done(ada.send('PUT', `/items/${series.episodes[0]![0]}/watched`, { watched: true }));
  }
  for (const item of [movie, second]) {
    await done(ada.send('POST', '/me/history', { itemId: item, date: '2023' }));
    await done(ada.send('PUT', `/items/${item}/favourite`));
    await done(ada.send('PUT', `/items/${item}/watchlist`));
    await done(ada.send('PUT', `/items/${item}/rating`, { rating: 8 }));
  }
  for (const item of [artist, album]) await done(ada.send('PUT', `/items/${item}/disliked`));
  for (const item of [stream, show.episodes[1]![0]]) await done(ada.send('PUT', `/items/${item}/hidden`));
  await done(ada.send('PUT', `/libraries/${films}/thresholds`, { lowPercent: 4 }));
};

/** Ids of what is somebody's own: plays, a device, a token, a change set of a play added by hand. */
const belongings = async (who: Caller, item: number) => {
  const added = await done(who.send('POST', '/me/history', { itemId: item, date: '2024' }));
  const token = await done(who.send('POST', '/me/tokens', { name: 'player' }));
  const { items } = (await who.get('/me/history')).json<{
    items: { id: number; device: { deviceUserId: number } }[];
  }>();
  return {
    plays: items.map((play) => play.id),
    device: items[0]!.device.deviceUserId,
    token: token.json<{ id: number }>().id,
    change: added.json<{ changeSetId: number }>().changeSetId,
  };
};
