import type { Fault } from '#kernel/errors.ts';
import { type Environment, otherVariables } from './environment.ts';
import { nearest } from './nearest.ts';
import { optionOf, settings, variableOf } from './schema.ts';

/** A value that some source gives for a key, before it is checked. */
export interface GivenValue {
  key: string;
  value: unknown;
  /** For people: a variable's name, `--option`, or file:line. */
  origin: string;
}

export interface Source {
  given: GivenValue[];
  faults: Fault[];
}

const keys = settings.map((setting) => setting.key);
const keyOfVariable = new Map(keys.map((key) => [variableOf(key), key]));
const variables = [...keyOfVariable.keys(), ...otherVariables];

/** Not ours though named so: of tests and benchmarks, and what Kubernetes sets for a service called "leftoff". */
const FOREIGN = /^LEFTOFF_(TEST|BENCH)_|^LEFTOFF_SERVICE_(HOST|PORT)|^LEFTOFF_PORT_\d+_/;

/** The fault of a name that is none of the candidates, with the one that was probably meant. */
export const unknownName = (name: string, candidates: readonly string[], origin: string): Fault => {
  const meant = nearest(name, candidates);
  const hint = meant ? `; did you mean ${meant}?` : `; known are ${candidates.join(', ')}`;
  return { path: name, message: `is not a setting${hint}${origin === name ? '' : ` (${origin})`}` };
};

/** Settings given by `LEFTOFF_*` variables. An empty variable is the same as none. */
export const fromEnvironment = (environment: Environment): Source => {
  const source: Source = { given: [], faults: [] };
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('LEFTOFF_') || !value || FOREIGN.test(name) || otherVariables.includes(name)) continue;
    const key = keyOfVariable.get(name);
    if (key) source.given.push({ key, value: fromText(key, value), origin: name });
    else if (!(name === 'LEFTOFF_PORT' && value.includes('://')))
      source.faults.push(unknownName(name, variables, name));
  }
  return source;
};

/** Settings given on the command line, by key. */
export const fromOptions = (options: Readonly<Record<string, string>>): Source => ({
  given: Object.entries(options).map(([key, value]) => ({
    key,
    value: fromText(key, value),
    origin: `--${optionOf(key)}`,
  })),
  faults: [],
});

/** Reads a text as the type of its setting; what does not read stays a text, and its check says so. */
const fromText = (key: string, text: string): unknown => {
  const type = settings.find((setting) => setting.key === key)?.schema.type;
  if (type === 'integer' && /^-?\d+$/.test(text.trim())) return Number(text);
  if (type === 'boolean' && /^(true|yes|on|1)$/i.test(text.trim())) return true;
  if (type === 'boolean' && /^(false|no|off|0)$/i.test(text.trim())) return false;
  return text;
};
