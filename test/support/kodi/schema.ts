import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kodi's own description of its API (`JSONRPC.Introspect`, version 13), as far as requests and answers need it. */
interface Rule {
  type?: string | (string | Rule)[];
  $ref?: string;
  extends?: string | string[];
  properties?: Record<string, Rule>;
  additionalProperties?: boolean | Rule;
  required?: boolean;
  items?: Rule;
  enums?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
}

interface Method {
  params: (Rule & { name: string })[];
  returns?: string | Rule;
}

const FOLDER = join(import.meta.dirname, '../../../../shared/fixtures/kodi');

/** Recorded answers and the API's description; null where they are not on this machine. */
export const kodiFixtures = existsSync(FOLDER) ? FOLDER : null;

/** Holds calls and answers against Kodi's own schema. */
export interface KodiSchema {
  /** @returns what is wrong with a call's parameters; nothing: they are right */
  faultsOfCall(method: string, params: Record<string, unknown>): string[];
  faultsOfResult(method: string, result: unknown): string[];
}

export const loadKodiSchema = (): KodiSchema | null => {
  if (!kodiFixtures) return null;
  const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, `schema-jsonrpc-13.0.0/${name}.json`), 'utf8'));
  const methods: Record<string, Method> = read('methods');
  const types: Record<string, Rule> = read('types');
  return {
    faultsOfCall: (name, params) => {
      const method = methods[name];
      if (!method) return [`${name} is no method`];
      const known = Object.fromEntries(method.params.map((param) => [param.name, param]));
      return check(types, { type: 'object', properties: known, additionalProperties: false }, params, name);
    },
    faultsOfResult: (name, result) => {
      const returns = methods[name]?.returns;
      if (returns === undefined) return [];
      return check(types, typeof returns === 'string' ? { type: returns } : returns, result, `${name} result`);
    },
  };
};

type Types = Record<string, Rule>;

const check = (types: Types, rule: Rule, value: unknown, at: string): string[] => {
  if (rule.$ref) return check(types, { ...types[rule.$ref], ...withoutRef(rule) }, value, at);
  if (Array.isArray(rule.type)) {
    const ways = rule.type.map((type) => check(types, typeof type === 'string' ? { type } : type, value, at));
    return ways.some((faults) => faults.length === 0) ? [] : (ways[0] ?? []);
  }
  const full = inherit(types, rule);
  if (full.enums && !Array.isArray(value) && !full.enums.includes(value))
    return [`${at}: ${JSON.stringify(value)} is not one of the allowed`];
  return [...checkType(full, value, at), ...checkBounds(full, value, at), ...checkInside(types, full, value, at)];
};

const withoutRef = ({ $ref: _, ...rule }: Rule): Rule => rule;

const inherit = (types: Types, rule: Rule): Rule => {
  const parents = [rule.extends ?? []].flat().map((name) => inherit(types, types[name] ?? {}));
  const properties = Object.assign({}, ...parents.map((parent) => parent.properties), rule.properties);
  const merged: Rule = Object.assign({}, ...parents, rule);
  return Object.keys(properties).length > 0 ? { type: 'object', ...merged, properties } : merged;
};

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

const checkType = ({ type }: Rule, value: unknown, at: string): string[] => {
  const actual = typeOf(value);
  const fits = type === undefined || type === 'any' || type === actual || (type === 'number' && actual === 'integer');
  return fits ? [] : [`${at}: is ${actual}, must be ${String(type)}`];
};

const checkBounds = (rule: Rule, value: unknown, at: string): string[] => {
  if (typeof value === 'number' && value < (rule.minimum ?? value)) return [`${at}: ${value} is too low`];
  if (typeof value === 'number' && value > (rule.maximum ?? value)) return [`${at}: ${value} is too high`];
  if (typeof value === 'string' && value.length < (rule.minLength ?? 0)) return [`${at}: is too short`];
  return Array.isArray(value) && value.length < (rule.minItems ?? 0) ? [`${at}: has too few`] : [];
};

const checkInside = (types: Types, rule: Rule, value: unknown, at: string): string[] => {
  if (Array.isArray(value)) {
    const { items } = rule;
    return items ? value.flatMap((one, index) => check(types, items, one, `${at}[${index}]`)) : [];
  }
  if (typeof value !== 'object' || value === null || rule.type !== 'object') return [];
  const properties = rule.properties ?? {};
  const missing = Object.entries(properties).filter(([key, one]) => one.required === true && !(key in value));
  const inside = Object.entries(value).flatMap(([key, one]) => {
    const own =
      properties[key] ?? (typeof rule.additionalProperties === 'object' ? rule.additionalProperties : undefined);
    if (own) return check(types, own, one, `${at}.${key}`);
    return rule.additionalProperties === false ? [`${at}.${key}: is not known`] : [];
  });
  return [...missing.map(([key]) => `${at}.${key}: is missing`), ...inside];
};
