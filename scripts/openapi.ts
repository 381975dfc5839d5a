// `npm run openapi`: writes the API document and the web client's types from the routes. With `--check` it writes
// nothing and ends with 1 when they are not what the routes say.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { loadConfig } from '#config/config.ts';
import { silentLogger } from '#kernel/logger.ts';
import { createApp } from '../src/app.ts';
import { version } from '../src/cli/version.ts';

const DOCUMENT = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
const TYPES = fileURLToPath(new URL('../web/openapi.d.ts', import.meta.url));
const NOTICE = '// Made by `npm run openapi` from docs/openapi.json. Do not edit.\n\n';

const generate = async (): Promise<Record<string, string>> => {
  const document = sorted(await documentOfRoutes());
  const types = await openapiTypescript(document as Parameters<typeof openapiTypescript>[0], { alphabetize: true });
  return {
    [DOCUMENT]: `${JSON.stringify(document, null, 2)}\n`,
    [TYPES]: `${NOTICE}${astToString(types)}`,
  };
};

/** The document as a server tells it that was never used. */
const documentOfRoutes = async (): Promise<unknown> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'leftoff-openapi-'));
  try {
    const { config } = await loadConfig({ environment: {}, options: { dataDir } });
    const app = await createApp(config, { logger: silentLogger, version: version() });
    const answer = await app.http.inject('/api/v1/openapi.json');
    await app.stop();
    return answer.json();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** Keys in one order, so that a route which only moved changes nothing. Lists keep theirs. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

const check = async (files: Record<string, string>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    const present = await readFile(path, 'utf8').catch(() => '');
    if (present === text) continue;
    console.error(`${path} is not what the routes say: run "npm run openapi" and look at what changed.`);
    process.exitCode = 1;
  }
};

const write = async (files: Record<string, string>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
};

const files = await generate();
await (process.argv.includes('--check') ? check(files) : write(files));
