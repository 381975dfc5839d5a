import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../postgres.ts';
import { declineQuestions, type Hands, type Rpc, rpcTo } from './remote.ts';

/** A real Kodi with a small scanned library. */
export interface RealKodi extends Hands {
  address: string;
  userName: string;
  password: string;
  /** Where it tells its notifications. */
  socketPort: number;
  rpc: Rpc;
  /** Ends it, as a box that is switched off; its library stays. */
  sleep(): Promise<void>;
  /** Starts it again on the same ports. */
  wake(): Promise<void>;
  stop(): Promise<void>;
}

export interface KodiChoices {
  /** Where it tells its notifications; by default a free port. */
  socketPort?: number;
  /** Starts it without the scripts even where they are; then it answers on all addresses of this machine. */
  own?: boolean;
}

const SCRIPTS = join(import.meta.dirname, '../../../../shared/tools/real-kodi');
/** `LEFTOFF_TEST_KODI=own` has Kodi started without the scripts even where they are. */
const hasScripts = process.env.LEFTOFF_TEST_KODI !== 'own' && existsSync(join(SCRIPTS, 'up.sh'));
export const KODI_BINARY =
  [
    '/usr/lib/x86_64-linux-gnu/kodi/kodi.bin',
    '/usr/lib/aarch64-linux-gnu/kodi/kodi.bin',
    '/usr/lib/kodi/kodi.bin',
  ].find((path) => existsSync(path)) ?? null;

const onPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** Why no real Kodi can be started here; undefined: it can. */
export const noKodi = (): string | undefined => {
  if (!KODI_BINARY) return 'Kodi is not installed (Debian: apt-get install kodi)';
  const missing = ['Xvfb', 'ffmpeg', ...(hasScripts ? ['curl', 'jq', 'sqlite3'] : [])].filter((name) => !onPath(name));
  return missing.length === 0 ? undefined : `${missing.join(', ')} missing`;
};

/**
 * Starts a Kodi of its own in a new folder, on free ports, in a time zone of its own, and waits until its library is
 * scanned.
 */
export const startRealKodi = async (
  timeZone: string,
  { socketPort, own = false }: KodiChoices = {},
): Promise<RealKodi> => {
  const home = await mkdtemp(join(tmpdir(), 'leftoff-kodi-'));
  const ports = { http: await freePort(), tcp: socketPort ?? (await freePort()), event: await freePort() };
  if (hasScripts && !own) return startByScripts(home, ports, timeZone);
  const { startByHand } = await import('./start-by-hand.ts');
  return startByHand(home, ports, timeZone);
};

export interface Ports {
  http: number;
  tcp: number;
  event: number;
}

/** With the scripts that lie beside the project, where they do. */
const startByScripts = async (home: string, ports: Ports, timeZone: string): Promise<RealKodi> => {
  const env = {
    ...process.env,
    KODI_HOME_DIR: home,
    KODI_HTTP_PORT: String(ports.http),
    KODI_TCP_PORT: String(ports.tcp),
    KODI_EVENT_PORT: String(ports.event),
    KODI_TZ: timeZone,
  };
  const run = (script: string, ...args: string[]) => promisify(execFile)(join(SCRIPTS, script), args, { env });
  const stop = async () => {
    await run('down.sh');
    await rm(home, { recursive: true, force: true });
  };
  try {
    await run('up.sh');
  } catch (error) {
    await stop();
    throw error;
  }
  const address = `http://127.0.0.1:${ports.http}`;
  const act = async (...args: (string | number)[]) => void (await run('act.sh', ...args.map(String)));
  const rpc = rpcTo(address, 'kodi', 'kodi');
  return {
    address,
    userName: 'kodi',
    password: 'kodi',
    socketPort: ports.tcp,
    rpc,
    toggle: async (kind, id) => {
      await declineQuestions(rpc);
      await act('toggle', kind, id);
    },
    play: (kind, id, seconds) => act('play', kind, id, seconds),
    finish: (kind, id) => act('finish', kind, id),
    sleep: async () => void (await run('down.sh')),
    wake: async () => void (await run('up.sh')),
    stop,
  };
};
