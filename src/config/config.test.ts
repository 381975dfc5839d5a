import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { loadConfig } from './config.ts';
import { nearest } from './nearest.ts';
import { optionOf, settings, variableOf } from './schema.ts';
import { redacted, showConfig } from './show.ts';

const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'leftoff-config-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

const fileWith = async (text: string): Promise<string> => {
  const path = join(await folder(), 'settings.yml');
  await writeFile(path, text);
  return path;
};

const faultsOf = async (load: Promise<unknown>): Promise<string[]> => {
  const error = await load.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('The configuration held.');
  expect(error.code).toBe('invalid');
  return error.faults.map((fault) => `${fault.path} ${fault.message}`);
};

test('with nothing given all defaults hold', async () => {
  const { config, origins } = await loadConfig({ environment: { LEFTOFF_DATA_DIR: await folder() } });
  expect(config.server).toEqual({ host: '127.0.0.1', port: 8778, trustProxy: false });
  expect(config.log).toEqual({ level: 'info' });
  expect(config.database.url).toBe(`sqlite:${join(config.dataDir, 'leftoff.db')}`);
  expect(origins.get('server.port')).toBe('default');
  expect(origins.get('server.publicUrl')).toBeUndefined();
});

test('a file beats defaults, a variable beats the file, the command line beats all', async () => {
  const file = await fileWith('server:\n  host: ::1\n  port: 1001\nlog:\n  level: warn\ndatabase:\n');
  const { config, origins } = await loadConfig({
    environment: {
      LEFTOFF_CONFIG: file,
      LEFTOFF_SERVER_PORT: '1002',
      LEFTOFF_LOG_LEVEL: 'error',
      LEFTOFF_LOG_PRETTY: '',
    },
    options: { 'server.port': '1003' },
  });
  expect([config.server.host, config.log.level, config.server.port]).toEqual(['::1', 'error', 1003]);
  expect(origins.get('server.host')).toBe(`${file}:2`);
  expect(origins.get('log.level')).toBe('LEFTOFF_LOG_LEVEL');
  expect(origins.get('server.port')).toBe('--server-port');
});

test('config.yml in the data folder is read without being named, and cannot move that folder', async () => {
  const dataDir = await folder();
  await writeFile(join(dataDir, 'config.yml'), 'server: { trustProxy: true }\n');
  const environment = { LEFTOFF_DATA_DIR: dataDir };
  expect((await loadConfig({ environment })).config.server.trustProxy).toBe(true);
  await writeFile(join(dataDir, 'config.yml'), 'dataDir: /elsewhere\n');
  expect(await faultsOf(loadConfig({ environment }))).toEqual([expect.stringContaining('use LEFTOFF_DATA_DIR')]);
});

test('every fault of every source is told at once, with its key and where it came from', async () => {
  const file = await fileWith(
    'server:\n  prot: 1\n  port: seventy\nlog: loud\ndatabase:\n  poolSize: 0\nserver2: {}\n',
  );
  const faults = await faultsOf(
    loadConfig({
      file,
      environment: {
        LEFTOFF_SERVER_PROT: '1',
        LEFTOFF_SERVER_TRUST_PROXY: 'maybe',
        LEFTOFF_DATABASE_URL: 'mysql://me:secret@host/db',
      },
      options: { 'server.port': '99999' },
    }),
  );
  expect(faults.toSorted()).toEqual([
    'LEFTOFF_SERVER_PROT is not a setting; did you mean LEFTOFF_SERVER_PORT?',
    `database.poolSize must be a number of connections from 1 to 200, not 0 (${file}:6)`,
    'database.url must be sqlite:<file> or postgres://… (LEFTOFF_DATABASE_URL)',
    `log is a section; its settings stand below it, indented (${file}:4)`,
    `server.port must be a port from 0 to 65535 (0: any that is free), not "seventy" (${file}:3)`,
    'server.port must be a port from 0 to 65535 (0: any that is free), not 99999 (--server-port)',
    `server.prot is not a setting; did you mean server.port? (${file}:2)`,
    'server.trustProxy must be true or false, not "maybe" (LEFTOFF_SERVER_TRUST_PROXY)',
    expect.stringMatching(/^server2 is not a setting; (did you mean|known are)/),
  ]);
});

test.each([
  ['a: [1\n', /is not YAML/],
  ['server: {}\nserver: {}\n', /is not YAML: Map keys must be unique .*:2\)/],
  ['- a\n- b\n', /"key: value"/],
  ['just words', /"key: value"/],
])('a file that is no mapping is one fault: %j', async (text, expected) => {
  const file = await fileWith(text);
  expect((await faultsOf(loadConfig({ file, environment: {} })))[0]).toMatch(expected);
});

test('a named file that is missing, or a folder, is a fault', async () => {
  const path = await folder();
  expect(await faultsOf(loadConfig({ file: join(path, 'none.yml'), environment: {} }))).toEqual([
    `config there is no such file (${join(path, 'none.yml')})`,
  ]);
  await mkdir(join(path, 'sub.yml'));
  expect((await faultsOf(loadConfig({ file: join(path, 'sub.yml'), environment: {} })))[0]).toMatch(/cannot be read/);
});

test('variables that are not ours, though named so, are left alone', async () => {
  await loadConfig({
    environment: {
      LEFTOFF_DATA_DIR: await folder(),
      LEFTOFF_TEST_POSTGRES_URL: 'x',
      LEFTOFF_SERVICE_HOST: '10.0.0.1',
      LEFTOFF_PORT: 'tcp://10.0.0.1:8778',
      LEFTOFF_PORT_8778_TCP_ADDR: '10.0.0.1',
      LEFTOFF_SECRET_KEY: 'x',
    },
  });
  expect(await faultsOf(loadConfig({ environment: { LEFTOFF_PORT: '80' } }))).toEqual([
    'LEFTOFF_PORT is not a setting; did you mean LEFTOFF_SERVER_PORT?',
  ]);
});

test('settings may stand in sections of sections', async () => {
  const file = await fileWith('thresholds:\n  movie:\n    highPercent: 85\n  episode:\n  track: 5\n');
  expect(await faultsOf(loadConfig({ file, environment: {} }))).toEqual([
    `thresholds.track is a section; its settings stand below it, indented (${file}:5)`,
  ]);
  const loaded = await loadConfig({
    file: await fileWith('thresholds:\n  movie:\n    highPercent: 85\n  episode:\n'),
    environment: { LEFTOFF_DATA_DIR: await folder(), LEFTOFF_THRESHOLDS_TRACK_HIGH_SECONDS: '0' },
  });
  const film = { lowPercent: 5, lowSeconds: 60, highPercent: 90, highSeconds: 0 };
  expect(loaded.config.thresholds).toEqual({
    movie: { ...film, highPercent: 85 },
    episode: film,
    track: { ...film, highPercent: 50 },
    stream: film,
  });
  expect(showConfig(loaded)).toContain('thresholds:\n  movie:\n    lowPercent: 5 # default\n');
  expect(showConfig(loaded)).toContain('    highSeconds: 0 # LEFTOFF_THRESHOLDS_TRACK_HIGH_SECONDS\n  stream:\n');
  await expect(loadConfig({ environment: { LEFTOFF_THRESHOLDS_MOVIE_LOW_PERCENT: '60' } })).rejects.toMatchObject({
    faults: [{ path: 'thresholds.movie.lowPercent' }],
  });
});

test('relative paths are of the working directory', async () => {
  const { config } = await loadConfig({ environment: { LEFTOFF_DATA_DIR: 'no/such/folder' } });
  expect(config.dataDir).toBe(resolve('no/such/folder'));
});

test('each key has one variable and one option of its own', () => {
  expect(variableOf('server.trustProxy')).toBe('LEFTOFF_SERVER_TRUST_PROXY');
  expect(variableOf('dataDir')).toBe('LEFTOFF_DATA_DIR');
  expect(optionOf('database.poolSize')).toBe('database-pool-size');
  expect(new Set(settings.map((setting) => variableOf(setting.key))).size).toBe(settings.length);
});

test('the settings are shown with where they came from and without passwords', async () => {
  const shown = showConfig(
    await loadConfig({
      environment: { LEFTOFF_DATA_DIR: await folder(), LEFTOFF_DATABASE_URL: 'postgres://left:p@ss:w@db/left?x=1' },
    }),
  );
  expect(shown).toContain('  port: 8778 # default\n');
  expect(shown).toContain('  # publicUrl: not set\n');
  expect(shown).toContain('url: postgres://left:•••@db/left?x=1 # LEFTOFF_DATABASE_URL\n');
  expect(shown).not.toContain('p@ss');
  expect(redacted('postgres://db/left?user=a&password=b&ssl=1')).toBe('postgres://db/left?user=a&password=•••&ssl=1');
  expect(redacted('sqlite:/a/b.db')).toBe('sqlite:/a/b.db');
});

test('the nearest word is found, and none where nothing is near', () => {
  expect(nearest('LOGLEVEL', ['log.level', 'log.pretty'])).toBe('log.level');
  expect(nearest('databse.url', ['dataDir', 'database.url'])).toBe('database.url');
  expect(nearest('port', ['log.level', 'server.port'])).toBe('server.port');
  expect(nearest('colour', ['log.level', 'server.port'])).toBeUndefined();
});
