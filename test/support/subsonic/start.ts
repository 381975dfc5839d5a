import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../kodi/remote.ts';
import { freePort } from '../postgres.ts';
import { makeMusic } from './media.ts';

/** A real Supysonic with a small scanned library and two users. */
export interface RealSubsonic {
  address: string;
  admin: { name: string; password: string };
  user: { name: string; password: string };
  /** Calls a method as a user, as an app of theirs would; the answer's body. @throws what the server refused */
  call<T>(as: { name: string; password: string }, method: string, query?: Record<string, string>): Promise<T>;
  stop(): Promise<void>;
}

/** Why no real Supysonic can be started here; undefined: it can. */
export const noSubsonic = (): string | undefined =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'supysonic-cli')))
    ? undefined
    : 'Supysonic is not installed (Debian: apt-get install supysonic)';

/** Supysonic is a WSGI application; Werkzeug, on which it stands, brings a server. */
const SERVE = `
import sys
from supysonic.web import create_application
from werkzeug.serving import run_simple
run_simple("127.0.0.1", int(sys.argv[1]), create_application(), threaded=True)
`;

/** Starts a Supysonic of its own in a new folder, on a free port. Dates are in a zone of its own. */
export const startRealSubsonic = async (timeZone = 'UTC'): Promise<RealSubsonic> => {
  const home = await mkdtemp(join(tmpdir(), 'leftoff-subsonic-'));
  const port = await freePort();
  const env = { PATH: '/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8', TZ: timeZone };
  const cli = (...args: string[]) => promisify(execFile)('supysonic-cli', args, { env });
  const admin = { name: 'admin', password: 'admin pässword' };
  const user = { name: 'alice', password: 'alice-pw' };
  let server: ChildProcess | undefined;
  const stop = async () => {
    await end(server);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await writeSettings(home);
    await makeMusic(join(home, 'music'));
    for (const { name, password } of [admin, user]) await cli('user', 'add', name, '-p', password);
    await cli('user', 'setroles', '--admin', admin.name);
    await cli('folder', 'add', 'Music', join(home, 'music'));
    await cli('folder', 'scan', '--foreground');
    server = spawn('/usr/bin/python3', ['-c', SERVE, String(port)], { cwd: home, env, stdio: 'ignore' });
    const address = `http://127.0.0.1:${port}`;
    const call = callerOf(address);
    await until('Supysonic', 30, () =>
      call(admin, 'ping').then(
        () => true,
        () => false,
      ),
    );
    return { address, admin, user, call, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const writeSettings = async (home: string): Promise<void> => {
  await mkdir(join(home, 'cache'), { recursive: true });
  const lines = [
    '[base]',
    `database_uri = sqlite:///${join(home, 'supysonic.db')}`,
    '[webapp]',
    `cache_dir = ${join(home, 'cache')}`,
    'log_level = WARNING',
    '[daemon]',
    `socket = ${join(home, 'daemon.sock')}`,
    'run_watcher = no',
  ];
  await writeFile(join(home, '.supysonic'), `${lines.join('\n')}\n`);
};

const callerOf =
  (address: string): RealSubsonic['call'] =>
  async <T>(
    { name, password }: { name: string; password: string },
    method: string,
    query: Record<string, string> = {},
  ) => {
    const parameters = new URLSearchParams({ u: name, p: password, v: '1.10.2', c: 'test', f: 'json', ...query });
    const response = await fetch(`${address}/rest/${method}.view?${parameters}`);
    const answer = (await response.json()) as { 'subsonic-response': { status: string; error?: { message: string } } };
    const { status, error, ...body } = answer['subsonic-response'];
    if (status !== 'ok') throw new Error(`Supysonic refused ${method}: ${error?.message}`);
    return body as T;
  };

const end = async (server: ChildProcess | undefined): Promise<void> => {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const killer = setTimeout(() => server.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(killer);
};
