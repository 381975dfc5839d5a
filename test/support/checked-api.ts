import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Database } from '#database/database.ts';
import { manualClock } from '#kernel/clock.ts';
import type { Route } from '#kernel/route.ts';
import { activityApi } from './activity-api.ts';
import { ADMIN, startApi } from './api.ts';

/** Asks the API and gives the JSON of the answer, which has succeeded and holds what the API document says and no more. */
export type Ask = <T = unknown>(method: Route['method'], path: string, body?: object) => Promise<T>;

/** The API of activity and of the catalog, as its first admin asks it. */
export const checkedApi = async (database: Database, now: number) => {
  const clock = manualClock(now);
  const { ofActivity, ofCatalog } = activityApi(database, clock);
  const routes = [...ofActivity, ...ofCatalog];
  const api = await startApi(database, { routes: () => routes });
  api.clock.set(now);
  const caller = api.caller();
  const set = await caller.send('POST', '/setup', ADMIN);
  if (set.statusCode !== 201) throw new Error(set.body);
  const checks = new Map<Route, ValidateFunction>();
  const ask: Ask = async (method, path, body) => {
    const answer = method === 'GET' ? await caller.get(path) : await caller.send(method, path, body);
    const route = routes.find((one) => one.method === method && patternOf(one).test(path.split('?')[0] ?? ''));
    const told = `${method} ${path}: ${answer.statusCode} ${answer.body}`;
    if (!route || answer.statusCode !== (route.status ?? (route.response ? 200 : 204))) throw new Error(told);
    if (!route.response) return undefined as never;
    const check = checks.get(route) ?? ajv.compile(closed(route.response) as object);
    checks.set(route, check);
    if (!check(answer.json())) throw new Error(`${ajv.errorsText(check.errors)}: ${told}`);
    return answer.json();
  };
  return { ask, clock };
};

const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));

const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);

/** The same schema, which takes only what it names. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
  return 'properties' in parts ? { additionalProperties: false, ...parts } : parts;
};
