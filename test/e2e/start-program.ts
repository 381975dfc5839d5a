import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../../bin/leftoff.mjs', import.meta.url));
const PATIENCE_MS = 15_000;

/** What a run of the program ended with. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

interface Options {
  environment?: Record<string, string>;
  input?: string;
  /** Another Node than the one that runs the tests. */
  node?: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Ends when this was written to stdout. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** An empty folder for the time of a test. */
export const emptyFolder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'leftoff-start-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

/** Runs the real program to its end. */
export const leftoff = (args: string[], options: Options = {}): Promise<Ended> => launch(args, options).ended;

/** Starts the real program; it is killed when the test ends. */
export const launch = (args: string[], { environment = {}, input, node = process.execPath }: Options = {}): Running => {
  const child = spawn(node, [LAUNCHER, ...args], { env: { PATH: process.env.PATH, ...environment } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    out.stdout += data;
  });
  child.stderr.on('data', (data) => {
    out.stderr += data;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...out }));
  });
  return { child, ended, says: (pattern) => untilSaid(child, ended, () => out.stdout, pattern) };
};

/** Starts a server on a free port. */
export const serve = async (dataDir: string, args: string[] = []): Promise<Running & { url: string }> => {
  const running = launch(['serve', '--data-dir', dataDir, '--server-port', '0', ...args]);
  const [, url = ''] = await running.says(/Leftoff listens on (http:[^\s"]+)/);
  return { ...running, url };
};

const untilSaid = async (
  child: ChildProcess,
  ended: Promise<Ended>,
  said: () => string,
  pattern: RegExp,
): Promise<RegExpExecArray> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const match = pattern.exec(said());
    if (match) return match;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The program ended: ${JSON.stringify(await ended)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`The program did not say ${pattern} but: ${said()}`);
};
