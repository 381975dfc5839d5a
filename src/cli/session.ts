import type { Command } from 'commander';
import { systemClock } from '#kernel/clock.ts';
import type { Services } from '../app.ts';
import { onInterrupt } from './interrupt.ts';
import { createLogger } from './logger.ts';
import { configOf } from './settings.ts';

/** What a command that works on the data gets. */
export interface Session {
  services: Services;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/**
 * Opens the services for one command, beside a server that may be running, and closes them after it.
 * Warnings and errors are shown; what is only information is not.
 */
export const withServices = async (command: Command, work: (session: Session) => Promise<void>): Promise<void> => {
  const { config } = await configOf(command);
  const { openServices } = await import('../app.ts');
  const level = config.log.level === 'info' ? 'warn' : config.log.level;
  const services = await openServices(config, createLogger({ ...config.log, level }, 2));
  try {
    await work({ services, signal: onInterrupt(systemClock) });
  } finally {
    await services.close();
  }
};
