import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LOCK = '{"packages":{}}';
const PACKED = 'node_modules/.cache/packed';
let folder = '';

/** A small program behind the launcher: one package, one source that imports another. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leftoff-packed-'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  write('package.json', '{"type":"module","imports":{"#*":"./src/*"}}');
  write(
    'src/main.ts',
    "import { how } from 'one';\nimport { part } from '#a/b.ts';\nconsole.log(how, part as string);",
  );
  write('src/a/b.ts', "export { part } from './c.ts';");
  write('src/a/c.ts', "export const part: string = 'part';");
  write('node_modules/.package-lock.json', LOCK);
  write('node_modules/one/package.json', '{"name":"one","type":"module","exports":"./index.js"}');
  write('node_modules/one/index.js', "export const how = 'plain';");
  write(`${PACKED}/one.js`, "export const how = 'packed';");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const run = (): string =>
  execFileSync(process.execPath, [join(folder, 'bin/leftoff.mjs')], { encoding: 'utf8' }).trim();

const listFor = (lock: string): string =>
  JSON.stringify({ installed: createHash('sha1').update(lock).digest('hex'), files: { one: 'one.js' } });

test('packages that were put together for what is installed are loaded', () => {
  write(`${PACKED}/packed.json`, listFor(LOCK));
  expect(run()).toBe('packed part');
});

test('without them, or with those of another installation or half a list, the plain ones are', () => {
  expect(run()).toBe('plain part');
  write(`${PACKED}/packed.json`, listFor('{"packages":{"one":{}}}'));
  expect(run()).toBe('plain part');
  write(`${PACKED}/packed.json`, '{"installed":');
  expect(run()).toBe('plain part');
});

test('the packages of a start can be put together', () => {
  const said = execFileSync(process.execPath, [join(root, 'scripts/pack.mjs'), join(folder, 'out')], {
    encoding: 'utf8',
  });
  expect(said).toBe('');
  const { files } = JSON.parse(readFileSync(join(folder, 'out/packed.json'), 'utf8')) as { files: object };
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['kysely', 'typebox', 'fastify']));
  expect(readdirSync(join(folder, 'out'))).toEqual(expect.arrayContaining(Object.values(files)));
});
