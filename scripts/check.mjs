// `npm run check`: every check of the sources, side by side; prints what failed and ends with 1 when anything did.
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The import rules have checked nothing when they saw fewer modules: see the parser's own notes on TypeScript versions. */
const FEWEST_MODULES = 100;

const checks = [
  { name: 'types', command: ['tsc', '-p', '.'], fix: 'npx tsc -p .' },
  { name: 'types of the web page', command: ['tsc', '-p', 'web'], fix: 'npx tsc -p web' },
  { name: 'lint and format', command: ['biome', 'ci', '--colors=off', '--error-on-warnings'], fix: 'npm run format' },
  {
    name: 'import rules',
    command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'test', 'bench', 'scripts'],
    fix: 'ARCHITECTURE.md has the table of floors',
    accept: (output) => modulesIn(output) >= FEWEST_MODULES || `saw only ${modulesIn(output)} modules`,
  },
  { name: 'unused code', command: ['knip', '--no-progress'], fix: 'remove it, or the export before it' },
  { name: 'API drift', command: ['node', 'scripts/openapi.ts', '--check'], fix: 'npm run openapi' },
];

const modulesIn = (output) => Number(/(\d+) modules/.exec(output)?.[1] ?? 0);

const run = ({ name, command: [program, ...args], fix, accept }) =>
  new Promise((resolve) => {
    const started = performance.now();
    const path = `${ROOT}node_modules/.bin:${process.env.PATH}`;
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, PATH: path, NO_COLOR: '1' } });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.on('error', (error) => resolve({ name, fix, seconds: 0, problem: error.message, output }));
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      const accepted = code === 0 && accept ? accept(output) : true;
      const problem = code !== 0 ? `ended with ${code}` : accepted === true ? undefined : accepted;
      resolve({ name, fix, seconds, problem, output });
    });
  });

const results = [];
const waiting = [...checks];
const worker = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const result = await run(next);
    results.push(result);
    console.log(`${result.problem ? 'FAILED' : 'ok    '} ${result.name} (${result.seconds.toFixed(1)} s)`);
  }
};
await Promise.all(Array.from({ length: Math.min(cpus().length, checks.length) }, worker));

const failed = results.filter((result) => result.problem);
for (const { name, problem, output, fix } of failed)
  console.log(`\n== ${name}: ${problem}\n${output.trim()}\n(${fix})`);
console.log(
  failed.length === 0
    ? `\nAll ${results.length} checks hold.`
    : `\n${failed.length} of ${results.length} checks failed: ${failed.map((result) => result.name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
