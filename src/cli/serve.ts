import { flushCompileCache } from 'node:module';
import type { Command } from 'commander';
import { SECOND, systemClock } from '#kernel/clock.ts';
import { exitCodes } from './exit.ts';
import { onInterrupt } from './interrupt.ts';
import { createLogger, isReadable } from './logger.ts';
import { print, say } from './output.ts';
import { tellRunning } from './running.ts';
import { configOf } from './settings.ts';
import { version } from './version.ts';

/** Requests have ten seconds to end; then one more for the rest. */
const LONGEST_STOP_MS = 11 * SECOND;

export const addServeCommand = (program: Command): void => {
  program
    .command('serve')
    .description('start the server; Ctrl-C stops it')
    .action((_options, command: Command) => serve(command));
};

const serve = async (command: Command): Promise<void> => {
  const { config } = await configOf(command);
  const signal = onInterrupt(systemClock);
  const logger = createLogger(config.log, 1);
  const { createApp } = await import('../app.ts');
  const app = await createApp(config, { logger, version: version() });
  const notRunning = await tellRunning(config.dataDir);
  try {
    const { url, setupNeeded } = await app.start();
    const line = `Leftoff listens on ${url}${setupNeeded ? ' – open it in a browser to make the first account' : ''}`;
    if (isReadable(config.log.pretty, 1)) print(line);
    else logger.info({ url, setupNeeded }, line);
    flushCompileCache();
    await aborted(signal);
    logger.info({}, 'stopping');
    await stopInTime(app);
  } finally {
    await notRunning();
  }
};

const stopInTime = async (app: { stop(): Promise<void> }): Promise<void> => {
  const late = setTimeout(() => {
    say('leftoff: not everything stopped in time.');
    process.exit(exitCodes.fault);
  }, LONGEST_STOP_MS);
  await app.stop();
  clearTimeout(late);
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
