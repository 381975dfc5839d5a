import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeKodi } from '../support/kodi/fake.ts';
import { emptyFolder, launch, leftoff, serve } from './start-program.ts';

const PASSWORD = 'correct horse';

const addUser = (dataDir: string, name: string, ...more: string[]) =>
  leftoff(['user', 'add', name, '--password-stdin', '--data-dir', dataDir, ...more], { input: `${PASSWORD}\n` });

test('wrong use ends with 2 and says what there is', async () => {
  expect(await leftoff(['bogus'])).toMatchObject({ code: 2, stderr: expect.stringContaining('bogus') });
  expect(await leftoff(['serve', '--server-prot', '1'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--server-port'),
  });
  expect(await leftoff(['user', 'add'])).toMatchObject({ code: 2, stderr: expect.stringContaining('name') });
  expect(await leftoff(['client', 'add', 'kodi', 'http://x', '--mode', 'noisy'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('silo'),
  });
  expect(await leftoff([])).toMatchObject({ code: 2 });
});

test('help and version end with 0', async () => {
  const help = await leftoff(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/Exit codes: 0 done/);
  expect((await leftoff(['version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('who reads what it prints may stop reading', async () => {
  const { child, ended } = launch(['--help']);
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('the configuration is shown without its password', async () => {
  const { code, stdout } = await leftoff(['config', '--data-dir', await emptyFolder()], {
    environment: { LEFTOFF_DATABASE_URL: 'postgres://me:hunter2@db/left' },
  });
  expect(code).toBe(0);
  expect(stdout).toContain('port: 8778 # default');
  expect(stdout).toContain('postgres://me:•••@db/left # LEFTOFF_DATABASE_URL');
  expect(stdout).not.toContain('hunter2');
});

test('users are made and listed, and may sign in', async () => {
  const dataDir = await emptyFolder();
  expect(await addUser(dataDir, 'Ada', '--admin')).toMatchObject({ code: 0, stderr: '' });
  expect(await addUser(dataDir, 'Bob')).toMatchObject({ code: 0, stdout: expect.stringContaining('user "Bob"') });
  expect(await addUser(dataDir, 'ADA')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^leftoff: .*name.*\n$/),
  });
  const { stdout } = await leftoff(['user', 'list', '--data-dir', dataDir]);
  expect(stdout).toMatch(/Ada +admin/);
  expect(stdout).toMatch(/Bob +user/);
  const { url } = await serve(dataDir);
  for (const name of ['Ada', 'Bob']) {
    const answer = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password: PASSWORD }),
    });
    expect(answer.ok).toBe(true);
  }
});

test('a user without a fit password is not made', async () => {
  const dataDir = await emptyFolder();
  const command = ['user', 'add', 'Ada', '--admin', '--data-dir', dataDir];
  expect(await leftoff([...command, '--password-stdin'], { input: 'short' })).toMatchObject({ code: 2 });
  expect(await leftoff([...command, '--password-stdin'])).toMatchObject({ code: 2 });
  expect(await leftoff(command)).toMatchObject({ code: 2, stderr: expect.stringContaining('--password-stdin') });
  expect((await leftoff(['user', 'list', '--data-dir', dataDir])).stdout).toContain('no user yet');
});

test('a folder is scanned beside a running server; the second time nothing is new', async () => {
  const dataDir = await emptyFolder();
  const films = await emptyFolder();
  for (const name of ['The Matrix (1999)', 'Amélie (2001)']) {
    await mkdir(join(films, name));
    await writeFile(join(films, name, `${name}.mkv`), name);
  }
  const { child, ended } = await serve(dataDir);
  const scan = () => leftoff(['library', 'scan', films, '--kind', 'movies', '--data-dir', dataDir]);
  expect(await scan()).toMatchObject({ code: 0, stdout: expect.stringMatching(/files 2.* added 2/) });
  expect(await scan()).toMatchObject({ code: 0, stdout: expect.stringMatching(/files 2.*unchanged 2.* added 0/) });
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('a folder that is not there is one clear error', async () => {
  const dataDir = await emptyFolder();
  const { code, stderr } = await leftoff(['library', 'scan', join(dataDir, 'none'), '--data-dir', dataDir]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^leftoff: [^\n]*none[^\n]*\n/);
});

test('the database can be brought up to date by hand', async () => {
  const command = ['database', 'migrate', '--data-dir', await emptyFolder()];
  expect(await leftoff(command)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Done: 0001-/) });
  expect(await leftoff(command)).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
});

const listen = async (answer: Parameters<typeof createServer>[1]): Promise<string> => {
  const server: Server = createServer(answer as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test('a Kodi that is not there, or is none, is one clear error and is not kept', async () => {
  const dataDir = await emptyFolder();
  expect(await leftoff(['client', 'add', 'kodi', 'http://127.0.0.1:1', '--data-dir', dataDir])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('leftoff user add'),
  });
  await addUser(dataDir, 'Ada', '--admin');
  const garbage = await listen(((_request: unknown, response: { end(text: string): void }) => {
    response.end('<html>not a Kodi</html>');
  }) as never);
  for (const url of ['http://127.0.0.1:1', garbage, 'gopher://x', 'not a url']) {
    const { code, stderr } = await leftoff(['client', 'add', 'kodi', url, '--data-dir', dataDir]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(/^leftoff: [^\n]+\n(?: {2}[^\n]+\n)*$/);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  expect((await leftoff(['client', 'add', 'winamp', garbage, '--data-dir', dataDir])).stderr).toContain(
    'there are: jell',
  );
  expect((await leftoff(['client', 'list', '--data-dir', dataDir])).stdout).toBe('No media server is connected.\n');
  expect(await leftoff(['client', 'import', '7', '--data-dir', dataDir])).toMatchObject({
    code: 1,
    stderr: 'leftoff: There is no media server "7"; see: leftoff client list.\n',
  });
});

const startKodi = async () => {
  const kodi = await startFakeKodi();
  onTestFinished(() => kodi.close());
  kodi.wallClock = new Date(Date.now() - 5 * 60 * 60 * 1000).toISOString().replace('T', ' ').slice(0, 19);
  return kodi;
};

test('a Kodi is connected, imported and moved; each failure is one sentence', async () => {
  const dataDir = await emptyFolder();
  await addUser(dataDir, 'Ada', '--admin');
  const kodi = await startKodi();
  kodi.library.addMovie({ title: 'Alien', year: 1979 });
  const client = (...args: string[]) =>
    leftoff(['client', ...args, '--data-dir', dataDir], { environment: { LEFTOFF_CLIENT_PASSWORD: 'kodi' } });
  const added = await client('add', 'kodi', kodi.address, '--user', 'kodi', '--name', 'Den', '--mode', 'shout');
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(await client('import', 'den')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('seen 1, created 1,'),
    stderr: 'reading movies of kodi: 1 of 1\n',
  });
  const other = Object.assign(await startKodi(), { library: kodi.library });
  await kodi.close();
  expect(await client('import', 'Den')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^leftoff: [^\n]+\n$/),
  });
  expect(await client('change', 'Den')).toMatchObject({ code: 2, stderr: expect.stringContaining('--address') });
  expect(await client('change', 'Den', '--address', 'http://127.0.0.1:1')).toMatchObject({ code: 1 });
  expect(await client('change', 'Den', '--address', other.address, '--name', 'Attic')).toMatchObject({
    code: 0,
    stdout: `Changed "Attic" (${other.address}).\n`,
    stderr: '',
  });
  expect((await client('import', 'Attic')).stdout).toContain('created 0');
  expect((await client('list')).stdout).toMatch(/Attic .*shout/);
}, 30_000);

test('Kodi’s password comes from a variable and is never shown', async () => {
  const dataDir = await emptyFolder();
  await addUser(dataDir, 'Ada', '--admin');
  const seen: (string | undefined)[] = [];
  const url = await listen(((
    request: { headers: { authorization?: string } },
    response: { writeHead(code: number): { end(): void } },
  ) => {
    seen.push(request.headers.authorization);
    response.writeHead(401).end();
  }) as never);
  const { code, stdout, stderr } = await leftoff(
    ['client', 'add', 'kodi', url, '--user', 'kodi', '--data-dir', dataDir, '--debug'],
    {
      environment: { LEFTOFF_CLIENT_PASSWORD: 'hunter2' },
    },
  );
  expect(code).toBeGreaterThan(0);
  expect(seen[0]).toBe(`Basic ${Buffer.from('kodi:hunter2').toString('base64')}`);
  expect(stdout + stderr).not.toContain('hunter2');
});

test('Ctrl-C ends a command that waits for a silent server with 130', async () => {
  const dataDir = await emptyFolder();
  await addUser(dataDir, 'Ada', '--admin');
  const asked = Promise.withResolvers<void>();
  const url = await listen((() => asked.resolve()) as never);
  const { launch } = await import('./start-program.ts');
  const { child, ended } = launch(['client', 'add', 'kodi', url, '--data-dir', dataDir]);
  await asked.promise;
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130 });
});
