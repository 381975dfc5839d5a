import type { SQLInputValue } from 'node:sqlite';

/**
 * Checks values before they reach node:sqlite, which would turn a Date in first place and any `undefined` into NULL
 * without a word.
 * @throws TypeError for anything that is not null, a finite number, a bigint, a boolean, a text or bytes
 */
export const bind = (parameters: readonly unknown[]): SQLInputValue[] => parameters.map(one);

const one = (value: unknown): SQLInputValue => {
  switch (typeof value) {
    case 'string':
    case 'bigint':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      break;
    case 'boolean':
      return value ? 1 : 0;
    case 'object':
      if (value === null || value instanceof Uint8Array) return value;
  }
  throw new TypeError(`A database parameter must not be ${value instanceof Date ? 'a Date' : String(value)}.`);
};
