import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { freePort } from '../test/support/postgres.ts';

/** Ticks of `/proc`: 100 a second on Linux, whatever the kernel's own clock. */
const TICK_MICROS = 10_000;
const START_TIMEOUT_MS = 20_000;
/** As `npm start` has them. */
export const START_FLAGS = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** A server under measurement, running in its own process. */
export interface Measured {
  port: number;
  /** From the start of the process to its first answer. */
  startMs: number;
  /** CPU used since the start, user and system, in µs. */
  cpuMicros(): number;
  /** The most memory held at any time, in MiB. */
  peakMiB(): number;
  /** Of the memory held now, what belongs to this process alone: without the pages of the database file, in MiB. */
  ownMiB(): number;
  /** The last that it printed, and how it ended if it did: for when it stops answering. */
  lastWords(): string;
  stop(): Promise<void>;
}

/**
 * Starts a server and waits for its first answer.
 * @param path what it is asked for to know that it is there
 * @throws Error with what it printed, when it ends or stays silent
 */
export const startMeasured = async (
  args: string[],
  env: Record<string, string>,
  port: number,
  path: string,
): Promise<Measured> => {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = listenTo(child);
  // Whatever goes wrong here, no server is left behind.
  process.once('exit', () => child.kill('SIGKILL'));
  while (!(await answers(`http://127.0.0.1:${port}${path}`))) {
    if (child.exitCode !== null || performance.now() - begun > START_TIMEOUT_MS) {
      child.kill('SIGKILL');
      throw new Error(`The server to be measured did not come up:\n${said()}`);
    }
    await wait(2);
  }
  const startMs = performance.now() - begun;
  return {
    port,
    startMs,
    cpuMicros: () => sum(family(child), cpuOf),
    peakMiB: () => sum(family(child), (pid) => statusOf(pid, 'VmHWM')),
    ownMiB: () => sum(family(child), (pid) => statusOf(pid, 'RssAnon')),
    lastWords: () => `${said()}${child.exitCode === null ? '' : `\nIt ended with ${child.exitCode}.`}`,
    stop: () => stop(child),
  };
};

/** Starts the product as people do, on a data folder. */
export const startServer = async (folder: string): Promise<Measured> => {
  const port = await freePort();
  const env = { LEFTOFF_DATA_DIR: folder, LEFTOFF_SERVER_PORT: String(port), LEFTOFF_LOG_LEVEL: 'warn' };
  const launcher = fileURLToPath(new URL('../bin/leftoff.mjs', import.meta.url));
  return startMeasured([...START_FLAGS, launcher, 'serve'], env, port, '/health/live');
};

/** Ticks that all programs on the machine used so far, in µs. */
export const machineCpuMicros = (): number => {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return [user, nice, system, irq, softirq].reduce<number>((all, ticks) => all + (ticks ?? 0), 0) * TICK_MICROS;
};

const listenTo = (child: ChildProcess): (() => string) => {
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
};

const answers = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

/** The process and those it started: a launcher may hand over to a child. */
const family = (child: ChildProcess): number[] => {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? fieldsOf(Number(entry))?.[1] : undefined;
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  const belongs = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === child.pid || belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs);
};

/** The fields of `/proc/PID/stat` after the name, which may hold anything: state, parent, … */
const fieldsOf = (pid: number): string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
};

const cpuOf = (pid: number): number => {
  const fields = fieldsOf(pid);
  return (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * TICK_MICROS;
};

/** A line of `/proc/PID/status` in MiB; 0 when the process is gone. */
const statusOf = (pid: number, line: string): number => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

const sum = (pids: number[], of: (pid: number) => number): number => pids.reduce((all, pid) => all + of(pid), 0);

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
};
