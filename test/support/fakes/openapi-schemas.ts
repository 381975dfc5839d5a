import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Parameter } from './openapi-routes.ts';

export type Json = { [key: string]: unknown };

/** The schemas of one OpenAPI document, as validators that are compiled when they are first asked. */
export interface Schemas {
  /** Follows a `$ref`, however often it leads on. */
  resolve<T>(value: T): T;
  /** @returns what is wrong with a body, three things at the most */
  faults(schema: Json, value: unknown, direction: 'request' | 'response'): string[];
  /** @param values as they stand in the query, in which everything is text */
  ofParameter(parameter: Parameter, values: string[], commaLists: boolean): string[];
}

const REST = 'document';

export const createSchemas = (document: Json, { closed }: { closed: boolean }): Schemas => {
  const old = String(document.openapi).startsWith('3.0');
  const components = document.components as Json;
  const create = (coerce: boolean, close: boolean): Ajv => {
    const settings = {
      strict: false,
      validateFormats: true,
      logger: false,
      coerceTypes: coerce,
      allErrors: false,
    } as const;
    const ajv = old ? new Ajv(settings) : (new Ajv2020(settings) as unknown as Ajv);
    addFormats.default(ajv);
    // Both forms are read and written: with hyphens and without.
    ajv.addFormat('uuid', /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i);
    ajv.addFormat('date-span', true);
    ajv.addSchema({ $id: REST, components: translate(components, old, close) as object });
    return ajv;
  };
  const kinds = {
    request: lazy(() => create(false, false)),
    response: lazy(() => create(false, closed)),
    parameter: lazy(() => create(true, false)),
  };
  const compiled = { request: new Map(), response: new Map(), parameter: new Map() } as Record<
    keyof typeof kinds,
    Map<Json, ValidateFunction>
  >;
  const validator = (kind: keyof typeof kinds, schema: Json): ValidateFunction => {
    const known = compiled[kind].get(schema);
    if (known) return known;
    const made = kinds[kind]().compile(translate(schema, old, kind === 'response' && closed) as object);
    compiled[kind].set(schema, made);
    return made;
  };
  return {
    resolve: (value) => follow(document, value),
    faults: (schema, value, direction) => {
      const check = validator(direction, schema);
      return check(value) ? [] : told(check.errors, value);
    },
    ofParameter: ({ name, schema }, values, commaLists) => {
      if (!schema) return [];
      const list = follow(document, schema).type === 'array';
      const parts = commaLists ? values.flatMap((value) => value.split(',')) : values;
      const check = validator('parameter', schema);
      // Held inside an object: what is coerced is replaced where it lies.
      const held = list ? parts.filter((part) => part !== '') : values.at(-1);
      return check(held) ? [] : told(check.errors, held).map((fault) => `parameter ${name} ${fault}`);
    },
  };
};

const lazy = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const follow = <T>(document: Json, value: T): T => {
  let at: unknown = value;
  while (typeof at === 'object' && at !== null && '$ref' in at) {
    const names = String(at.$ref).replace(/^#\//, '').split('/');
    at = names.reduce<unknown>((inside, name) => (inside as Json)[unescaped(name)], document);
  }
  return at as T;
};

const unescaped = (name: string): string => decodeURIComponent(name).replace(/~1/g, '/').replace(/~0/g, '~');

/**
 * An OpenAPI schema as JSON Schema: references lead into the one document, and what 3.0 says with `nullable` becomes a
 * choice. `example`s and such are left out: some of them hold keys that mean something to a validator.
 */
const translate = (schema: unknown, old: boolean, closed: boolean): unknown => {
  if (Array.isArray(schema)) return schema.map((one) => translate(one, old, closed));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example, examples, description, discriminator, default: _, ...rest } = schema as Json;
  const made: Json = {};
  for (const [key, value] of Object.entries(rest)) made[key] = part(key, value, old, closed);
  if (closed && made.properties && made.additionalProperties === undefined) made.additionalProperties = false;
  if (!(old && nullable === true)) return made;
  return { anyOf: [made, { type: 'null' }] };
};

const part = (key: string, value: unknown, old: boolean, closed: boolean): unknown => {
  if (key === '$ref') return `${REST}${String(value)}`;
  if (key === 'enum' || key === 'required' || key === 'const') return value;
  // Names in these are of fields, not of the schema language: a field may well be called "example".
  if (key === 'properties' || key === 'schemas' || key === 'patternProperties') {
    return Object.fromEntries(Object.entries(value as Json).map(([name, one]) => [name, translate(one, old, closed)]));
  }
  return translate(value, old, closed);
};

const told = (errors: ErrorObject[] | null | undefined, value: unknown): string[] =>
  (errors ?? []).slice(0, 3).map((error) => {
    const at = error.instancePath.split('/').slice(1);
    const found = at.reduce<unknown>((inside, name) => (inside as Json | undefined)?.[name], value);
    const extra = error.keyword === 'additionalProperties' ? ` (${error.params.additionalProperty})` : '';
    return `${error.instancePath || '/'} ${error.message}${extra}, is ${(JSON.stringify(found) ?? 'undefined').slice(0, 80)}`;
  });
