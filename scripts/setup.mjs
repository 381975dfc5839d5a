// Called before the tests: installs the programs that the end-to-end suites need where that is possible (Debian, as
// root), else says which suites are skipped and why. It never makes the run fail.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs by the suite that needs them, and the Debian packages that bring them. */
const suites = [
  {
    name: 'the real Kodi',
    programs: {
      kodi: ['kodi', 'libgl1-mesa-dri'],
      Xvfb: ['xvfb'],
      ffmpeg: ['ffmpeg'],
      jq: ['jq'],
      curl: ['curl'],
      sqlite3: ['sqlite3'],
    },
  },
  { name: 'the browser', programs: { chromium: ['chromium'] } },
  { name: 'Redis', programs: { 'redis-server': ['redis-server'] } },
  { name: 'the real Subsonic', programs: { 'supysonic-cli': ['supysonic'] } },
];

const INSTALL_TIME_MS = 8 * 60 * 1000;

const has = (program) =>
  `${process.env.PATH}${delimiter}/usr/sbin${delimiter}/usr/games`.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const missing = () =>
  suites
    .map(({ name, programs }) => ({ name, lacks: Object.entries(programs).filter(([program]) => !has(program)) }))
    .filter(({ lacks }) => lacks.length > 0);

const apt = (...args) => {
  const result = spawnSync('apt-get', args, {
    encoding: 'utf8',
    timeout: INSTALL_TIME_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    // Services are not to start by themselves: the tests start their own.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words = (result.error?.message ?? result.stderr ?? '').trim().split('\n');
  return { done: result.status === 0, why: words.findLast((line) => line.startsWith('E:')) ?? words.at(-1) };
};

/** Installs suite by suite, so that one package that cannot be had does not take the others with it. */
const install = (lacking) => {
  const packages = (lacks) => lacks.flatMap(([, names]) => names);
  console.log(`setup: installing ${lacking.flatMap(({ lacks }) => packages(lacks)).join(', ')} …`);
  const update = apt('update', '-qq');
  if (!update.done) return `the package lists could not be fetched (offline?): ${update.why}`;
  const faults = lacking.map(({ lacks }) => apt('install', '-y', '-qq', '--no-install-recommends', ...packages(lacks)));
  return faults.find((fault) => !fault.done)?.why;
};

const whyNot = () => {
  if (process.platform !== 'linux' || !has('apt-get')) return 'this is not Debian';
  if (process.getuid?.() !== 0) return 'installing needs root';
  return undefined;
};

const lacking = missing();
if (lacking.length > 0) {
  const reason = whyNot() ?? install(lacking);
  for (const { name, lacks } of missing()) {
    const programs = lacks.map(([program]) => program).join(', ');
    const packages = lacks.flatMap(([, names]) => names).join(' ');
    console.log(
      `setup: tests with ${name} are skipped: ${programs} missing${reason ? `, ${reason}` : ''} (apt-get install ${packages})`,
    );
  }
}
