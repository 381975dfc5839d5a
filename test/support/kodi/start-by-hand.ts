import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeMedia, mediaCounts } from './media.ts';
import { handsOver, type Rpc, rpcTo, until } from './remote.ts';
import { KODI_BINARY, type Ports, type RealKodi } from './start.ts';

/**
 * Starts the distribution's Kodi on an X server without a screen. Its web server listens on every interface, which no
 * setting changes, so its password is random.
 */
export const startByHand = async (home: string, ports: Ports, timeZone: string): Promise<RealKodi> => {
  const password = randomBytes(12).toString('hex');
  const media = join(home, 'media');
  const address = `http://127.0.0.1:${ports.http}`;
  const rpc = rpcTo(address, 'kodi', password);
  let screen: Screen | undefined;
  let kodi: ChildProcess | undefined;
  const sleep = () => end(kodi);
  const wake = async () => {
    kodi = await startKodi(home, screen?.display ?? '', timeZone);
    await until('Kodi', 60, async () => (await rpc('JSONRPC.Ping')) === 'pong');
  };
  const stop = async () => {
    await sleep();
    await end(screen?.server);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await makeMedia(media);
    await writeProfile(join(home, '.kodi/userdata'), media, ports, password, timeZone);
    screen = await startScreen();
    await wake();
    await scan(rpc, home, media);
    const known = { address, userName: 'kodi', password, socketPort: ports.tcp, rpc };
    return { ...known, ...handsOver(rpc), sleep, wake, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const settings = (ports: Ports, password: string, timeZone: string): Record<string, string> => ({
  'services.webserver': 'true',
  'services.webserverport': String(ports.http),
  'services.webserverauthentication': 'true',
  'services.webserverusername': 'kodi',
  'services.webserverpassword': password,
  'services.webserverssl': 'false',
  'services.esenabled': 'true',
  'services.esport': String(ports.event),
  'services.esallinterfaces': 'false',
  'services.zeroconf': 'false',
  'services.upnp': 'false',
  'services.airplay': 'false',
  'services.wsdiscovery': 'false',
  'general.addonupdates': '2',
  'general.settinglevel': '3',
  'lookandfeel.enablerssfeeds': 'false',
  'videolibrary.backgroundupdate': 'true',
  'myvideos.extractthumb': 'false',
  'screensaver.mode': '',
  'locale.timezone': timeZone,
});

const writeProfile = async (folder: string, media: string, ports: Ports, password: string, timeZone: string) => {
  await mkdir(folder, { recursive: true });
  const lines = Object.entries(settings(ports, password, timeZone)).map(
    ([id, value]) => `<setting id="${id}">${value}</setting>`,
  );
  await writeFile(join(folder, 'guisettings.xml'), `<settings version="2">${lines.join('')}</settings>`);
  await writeFile(
    join(folder, 'advancedsettings.xml'),
    `<advancedsettings version="1.0"><jsonrpc><tcpport>${ports.tcp}</tcpport></jsonrpc></advancedsettings>`,
  );
  const source = (name: string) =>
    `<source><name>${name}</name><path pathversion="1">${join(media, name)}/</path><allowsharing>true</allowsharing></source>`;
  await writeFile(join(folder, 'sources.xml'), `<sources><video>${source('movies')}${source('tv')}</video></sources>`);
  // Without a sound card Kodi tries for seconds at each start: this one plays into nothing.
  await writeFile(join(folder, '../../.asoundrc'), 'pcm.!default { type null }\nctl.!default { type null }\n');
};

interface Screen {
  server: ChildProcess;
  display: string;
}

const startScreen = async (): Promise<Screen> => {
  const options = ['-displayfd', '3', '-screen', '0', '640x360x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  let number = '';
  server.stdio[3]?.on('data', (chunk) => {
    number += String(chunk);
  });
  await until('the X server', 15, () => number.includes('\n'));
  return { server, display: `:${number.trim()}` };
};

const startKodi = async (home: string, display: string, timeZone: string): Promise<ChildProcess> => {
  const runtime = join(home, 'run');
  await mkdir(runtime, { recursive: true });
  await chmod(runtime, 0o700);
  return spawn(KODI_BINARY ?? 'kodi.bin', ['--windowing=x11'], {
    cwd: home,
    stdio: 'ignore',
    env: {
      PATH: '/usr/bin:/bin',
      HOME: home,
      XDG_RUNTIME_DIR: runtime,
      DISPLAY: display,
      TZ: timeZone,
      LANG: 'C.UTF-8',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });
};

/** What a folder holds cannot be told through the API: it goes into the table of paths, which is read at each scan. */
const scan = async (rpc: Rpc, home: string, media: string): Promise<void> => {
  const folder = join(home, '.kodi/userdata/Database');
  const name = (await readdir(folder))
    .filter((file) => /^MyVideos\d+\.db$/.test(file))
    .sort()
    .at(-1);
  const database = new DatabaseSync(join(folder, name ?? 'MyVideos.db'));
  database.exec('PRAGMA busy_timeout = 10000');
  const insert = database.prepare(
    `INSERT INTO path (strPath, strContent, strScraper, scanRecursive, useFolderNames, strSettings, noUpdate, exclude)
     VALUES (?, ?, 'metadata.local', ?, 0, '', 0, 0)`,
  );
  insert.run(`${join(media, 'movies')}/`, 'movies', 2147483647);
  insert.run(`${join(media, 'tv')}/`, 'tvshows', 0);
  database.close();
  await rpc('VideoLibrary.Scan', { showdialogs: false });
  const total = async (method: string) =>
    (await rpc<{ limits: { total: number } }>(method, { limits: { start: 0, end: 1 } })).limits.total;
  await until('the scan', 60, async () => {
    const movies = await total('VideoLibrary.GetMovies');
    return movies >= mediaCounts.movies && (await total('VideoLibrary.GetEpisodes')) >= mediaCounts.episodes;
  });
};

const end = async (process: ChildProcess | undefined): Promise<void> => {
  if (!process || process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGTERM');
  const killer = setTimeout(() => process.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(killer);
};
