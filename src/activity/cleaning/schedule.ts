import { HOUR, MINUTE, type Millis } from '#kernel/clock.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Cleaning } from './cleaning.ts';

/** Cleans up from time to time. */
export interface CleaningSchedule {
  start(): void;
  /** Breaks off what is being done and waits for that. */
  stop(): Promise<void>;
}

interface Dependencies {
  cleaning: Cleaning;
  logger: Logger;
  /** A number from 0 to 1: processes that start together do not clean together. */
  random?: () => number;
  everyMs?: Millis;
}

/** The first time is soon after the start, when people are served already. */
const FIRST_MS = MINUTE;

export const createCleaningSchedule = ({
  cleaning,
  logger,
  random = Math.random,
  everyMs = HOUR,
}: Dependencies): CleaningSchedule => {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const after = (ms: Millis) => {
    timer = setTimeout(
      () => {
        running = clean();
      },
      ms * (0.9 + 0.2 * random()),
    );
    timer.unref();
  };
  const clean = async (): Promise<void> => {
    try {
      const cleaned = await cleaning.run(ended.signal);
      if (cleaned && Object.values(cleaned).some((count) => count > 0)) logger.info({ cleaned }, 'Cleaned up');
    } catch (error) {
      logger.error({ err: error }, 'Cleaning up failed; it is tried again later');
    }
    if (!ended.signal.aborted) after(everyMs);
  };
  return {
    start: () => after(Math.min(FIRST_MS, everyMs)),
    stop: async () => {
      ended.abort();
      clearTimeout(timer);
      await running;
    },
  };
};
