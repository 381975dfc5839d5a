import { DAY, MINUTE, toIso } from '#kernel/clock.ts';
import type { Route } from '#kernel/route.ts';
import { type House, SPENT_KEY } from './bad-input-house.ts';
import { addressOf, type Case, rightBodies } from './bad-input-rows.ts';

/** Faults that every route of its kind must refuse, made from what the routes say that they take. */
export const casesBySchema = (house: House): Case[] =>
  house.routes.flatMap((route) => [
    ...strangers(house, route),
    ...badIds(house, route),
    ...badQueries(house, route),
    ...badBodies(house, route),
    ...badKeys(house, route),
  ]);

interface Schema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  maxLength?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
}

const partOf = (route: Route, part: 'params' | 'query' | 'body'): Record<string, Schema> =>
  (route[part] as Schema | undefined)?.properties ?? {};

/** The right request to a route, but for what a case makes wrong of it. */
const request = (house: House, route: Route) => {
  const body = rightBodies(house)[route.operationId];
  return { method: route.method, path: addressOf(house, route), ...(body && { body }) };
};

const strangers = (house: House, route: Route): Case[] => {
  const right = request(house, route);
  const asked: Case[] = [{ ...right, says: 'nobody', by: 'nobody', code: 'unauthenticated' }];
  if (route.permission !== 'guest') asked.push({ ...right, says: 'a guest', by: 'gus', code: 'forbidden' });
  if (route.permission === 'admin') asked.push({ ...right, says: 'no admin', by: 'bea', code: 'forbidden' });
  return asked;
};

const badIds = (house: House, route: Route): Case[] => {
  const [name] = Object.keys(partOf(route, 'params'));
  if (name === undefined || name === 'year') return [];
  const right = request(house, route);
  const at = (id: string | number, says: string, more: Partial<Case>): Case => ({
    ...right,
    says,
    path: addressOf(house, route, id),
    code: 'not_found',
    ...more,
  });
  const ofItem = route.path.startsWith('/items/');
  return [
    ...['0', '-1', '1.5', 'abc', 'NaN', '9007199254740993', '1e400'].map((id) =>
      at(id, `the id ${id}`, { code: 'invalid', field: name }),
    ),
    at(999_999_999, 'an id that never was', {}),
    ...(ofItem ? [at(house.gone, 'an item that is gone', {})] : []),
    ...(ofItem && route.permission !== 'admin'
      ? [at(house.show.series, 'an item she may not see', { by: 'bea' })]
      : []),
  ];
};

const badQueries = (house: House, route: Route): Case[] => {
  const right = request(house, route);
  const get = (name: string, value: string): Case => ({
    ...right,
    says: `${name}=${value.slice(0, 30)}`,
    path: `${right.path}${right.path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`,
    code: 'invalid',
    field: name,
  });
  const known = partOf(route, 'query');
  const cases = Object.entries(known).flatMap(([name, schema]) => {
    if (name === 'at') return badInstants(house).map((value) => get(name, String(value)));
    return wrongTexts(schema, name).map((value) => get(name, value));
  });
  return cases.length === 0 ? [] : [...cases, get('userId', '2')];
};

const wrongTexts = ({ type, format, enum: words, maxLength }: Schema, name: string): string[] => {
  if (words) return ['nonsense', ''];
  if (type === 'boolean') return ['maybe', '2'];
  if (format) return ['x', '2025-02-30T10:00:00Z', '2025-02-30', '5', ''];
  if (type === 'integer')
    return ['-1', '1.5', 'x', 'NaN', '1e400', '9007199254740993', ...(name === 'offset' ? [] : ['0'])];
  return [
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
    ...(name === 'cursor' ? ['nonsense', 'W10'] : []),
  ];
};

const badBodies = (house: House, route: Route): Case[] => {
  const { body: right, ...rest } = request(house, route);
  if (!route.body) return [];
  const send = (says: string, body: object | string, field?: string): Case => ({
    ...rest,
    says,
    body,
    code: 'invalid',
    ...(field !== undefined && { field }),
  });
  const { required = [] } = route.body as Schema;
  return [
    send('no JSON object', '[1]'),
    send('nothing', 'null'),
    send('half a body', '{"'),
    send('bare NaN', '{"a": NaN}'),
    send('an unknown field', { ...right, userId: 2 }, 'userId'),
    ...required.map((name) => send(`no ${name}`, { ...right, [name]: undefined }, name)),
    ...Object.entries(partOf(route, 'body')).flatMap(([name, schema]) =>
      wrongValues(house, schema, name).map((value) =>
        send(`${name} ${JSON.stringify(value).slice(0, 40)}`, { ...right, [name]: value }, fieldOf(name, value)),
      ),
    ),
  ];
};

const IN_LIST = [[[]], [null]].map((value) => JSON.stringify(value));
/** In a list it is the entry that is wrong. */
const fieldOf = (name: string, value: unknown): string =>
  IN_LIST.includes(JSON.stringify(value)) ? `${name}.0` : name;

const wrongValues = (house: House, schema: Schema, name: string): unknown[] => {
  const [type, ...others] = typesOf(schema);
  const none = others.includes('null') || schema.enum?.includes(null) ? [] : [null];
  if (schema.enum) return ['nonsense', 1, '', ...none];
  if (type === 'boolean') return ['true', 1, ...none];
  if (type === 'array') return [{}, 'x', [[]], [null], ...none];
  if (schema.format === 'date-time') return badInstants(house, name === 'until');
  if (type === 'string') return [5, ['x'], 'x'.repeat((schema.maxLength ?? 250) + 1), ...none];
  if (type === 'object') return ['x', 5, [], ...none];
  const half = type === 'integer' ? 1.5 : 7.25;
  return [-1, half, '5', 'NaN', 1e300, 1e19, true, [1], { ms: 1 }, ...none];
};

const typesOf = ({ type, anyOf = [] }: Schema): string[] =>
  [type ?? anyOf.map((form) => form.type)].flat(2) as string[];

/** @param ahead whether an instant is to lie ahead */
const badInstants = ({ clock }: House, ahead = false): unknown[] => [
  ...(ahead ? [toIso(clock.now() - DAY)] : [toIso(clock.now() + DAY), toIso(clock.now() + 6 * MINUTE)]),
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  'yesterday',
  '2025-02-30T10:00:00Z',
  clock.now(),
  null,
  '',
];

const badKeys = (house: House, route: Route): Case[] => {
  if (route.method === 'GET') return [];
  const right = request(house, route);
  const field = 'idempotency-key';
  const spent: Case = { ...right, says: 'a key that another request has', key: SPENT_KEY, code: 'conflict' };
  return [
    { ...right, says: 'a long key', key: 'x'.repeat(201), code: 'invalid', field },
    { ...right, says: 'a key that is no text', key: 'naïve', code: 'invalid', field },
    { ...right, says: 'an empty key', key: '', code: 'invalid', field },
    // The request that spent it gets its answer again.
    ...(route.operationId === 'setFavourite' ? [] : [spent]),
  ];
};
