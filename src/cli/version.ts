import { readFileSync } from 'node:fs';
import Type from 'typebox';
import { Parse } from 'typebox/value';

const Package = Type.Object({ version: Type.String() });

/** This program's version, as its package says. */
export const version = (): string =>
  Parse(Package, JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version;
