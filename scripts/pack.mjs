// Called by npm once it has installed: puts each package that a start loads into a file or a few, which bin/packed.mjs has
// loaded in its place. Nothing needs them: what goes wrong here costs a quick start, nothing else.
// Run as: node scripts/pack.mjs [FOLDER]
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installed, LIST, PACKED } from '../bin/packed.mjs';

/** `pg` is loaded where PostgreSQL is used, `cli-progress` by a scan; the other is files for the browser. */
const NOT_PACKED = ['pg', 'cli-progress', 'swagger-ui-dist'];
/** What is imported of packages besides the packages themselves. */
const PARTS = ['typebox/value', 'typebox/compile'];

const pack = async (folder) => {
  const names = packages();
  const making = new URL(`../packed-${process.pid}/`, folder);
  mkdirSync(making, { recursive: true });
  try {
    await bundle(names, fileURLToPath(making));
    await compare(names, making);
    writeFileSync(new URL(LIST, making), JSON.stringify({ installed: installed(), files: filesOf(names) }));
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
};

const packages = () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return [...Object.keys(dependencies).filter((name) => !NOT_PACKED.includes(name)), ...PARTS];
};

const bundle = async (names, folder) => {
  // Not there where only what runs the product was installed.
  const { rolldown } = await import('rolldown');
  const entries = new Map();
  for (const name of names) {
    entries.set(entryOf(name), `export { ${namesOf(await import(name)).join(', ')} } from '${name}';`);
  }
  const packed = await rolldown({
    input: Object.fromEntries(names.map((name) => [fileOf(name), entryOf(name)])),
    platform: 'node',
    logLevel: 'silent',
    plugins: [
      { name: 'entries', resolveId: (id) => (entries.has(id) ? id : null), load: (id) => entries.get(id) ?? null },
    ],
  });
  // Without comments and blanks, for Node keeps the text of all that it runs.
  const minify = { compress: false, mangle: false, codegen: { removeWhitespace: true } };
  const { output } = await packed.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', minify });
  for (const { fileName, code } of output) if (code !== undefined) writeFileSync(join(folder, fileName), inLatin(code));
};

/** One letter that is not Latin makes a text twice as large in memory. Only texts and patterns hold such, and take escapes. */
const inLatin = (code) =>
  code.replace(/[\u0100-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A module that gives on all of a package. It ends in mjs, so that CommonJS is taken as Node takes it. */
const entryOf = (name) => `\0${name}.mjs`;
const fileOf = (name) => name.replaceAll('/', '-');
const filesOf = (names) => Object.fromEntries(names.map((name) => [name, `${fileOf(name)}.js`]));
const namesOf = (given) => Object.keys(given).filter((name) => name !== 'module.exports');

/** @throws Error where a packed package does not give what the plain one gives */
const compare = async (names, folder) => {
  for (const name of names) {
    const plain = await import(name);
    const packed = await import(new URL(filesOf([name])[name], folder).href);
    const lacking = namesOf(plain).filter((each) => typeof packed[each] !== typeof plain[each]);
    if (lacking.length > 0) throw new Error(`${name} came out without ${lacking.join(', ')}`);
  }
};

const [given] = process.argv.slice(2);
try {
  await pack(given === undefined ? PACKED : pathToFileURL(`${given}/`));
} catch (error) {
  console.log(`The packages were not put together; starts take longer: ${error.message}`);
}
