import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { compileRoute } from '#http/mount.ts';
import type { Route } from '#kernel/route.ts';

/** Stands for any service: routes are only declared here, never called. */
const anything: unknown = new Proxy(() => {}, { get: () => anything, apply: () => anything });

const declared = async (files: string[]): Promise<Route[]> => {
  const routes: Route[] = [];
  for await (const file of glob(files)) {
    const module: Record<string, unknown> = await import(pathToFileURL(resolve(file)).href);
    for (const [name, make] of Object.entries(module)) {
      if (name.endsWith('Routes') && typeof make === 'function') routes.push(...make(anything));
    }
  }
  return routes;
};

const ofActivity = await declared(['src/activity/routes.ts', 'src/activity/*/routes.ts']);
const routes = [...ofActivity, ...(await declared(['src/!(activity)/routes.ts']))];

test('there are routes to guard', () => {
  expect(routes.length).toBeGreaterThan(15);
});

test('every route says who may call it, what it is for, and what it answers', () => {
  const permissions = ['public', 'setup', 'guest', 'user', 'admin'];
  const wrong = routes.filter(
    (route) =>
      !permissions.includes(route.permission) ||
      route.summary.trim() === '' ||
      route.tag.trim() === '' ||
      !/^[a-z][A-Za-z0-9]+$/.test(route.operationId) ||
      (route.response === undefined && route.status !== undefined && route.status !== 204) ||
      (route.response !== undefined && route.status === 204),
  );
  expect(wrong.map((route) => `${route.method} ${route.path}`)).toEqual([]);
});

test('operations and addresses are unique', () => {
  const names = routes.map((route) => route.operationId);
  const addresses = routes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});

test('every body refuses what it does not know, and has bounds', () => {
  const open = routes.filter((route) => route.body && !isClosed(route.body as Schema));
  expect(open.map((route) => `${route.method} ${route.path}`)).toEqual([]);
  const unbounded = routes.filter((route) => route.body && !isBounded(route.body as Schema));
  expect(unbounded.map((route) => `${route.method} ${route.path}`)).toEqual([]);
});

test('every schema compiles', async () => {
  for (const route of routes) {
    await expect(compileRoute(route), `${route.method} ${route.path}`).resolves.toBeDefined();
  }
});

test('what a person does is one unit of work, so that a key that names it is saved with it', () => {
  const writes = ofActivity.filter((route) => route.method !== 'GET');
  expect(writes.length).toBeGreaterThan(20);
  expect(writes.filter((route) => route.once !== 'unit').map((route) => `${route.method} ${route.path}`)).toEqual([]);
});

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  items?: Schema;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  maxLength?: number;
  maximum?: number;
  maxItems?: number;
}

const partsOf = (schema: Schema): Schema[] => [
  ...Object.values(schema.properties ?? {}),
  ...(schema.anyOf ?? []),
  ...(schema.items ? [schema.items] : []),
];

const isClosed = (schema: Schema): boolean =>
  (schema.type !== 'object' || schema.additionalProperties === false || schema.patternProperties !== undefined) &&
  partsOf(schema).every(isClosed);

const isBounded = (schema: Schema): boolean => {
  if (schema.type === 'array' && schema.maxItems === undefined) return false;
  if (schema.type === 'string' && !schema.enum && !schema.format && !schema.pattern && schema.maxLength === undefined) {
    return false;
  }
  if ((schema.type === 'integer' || schema.type === 'number') && !schema.enum && schema.maximum === undefined) {
    return false;
  }
  return partsOf(schema).every(isBounded);
};
