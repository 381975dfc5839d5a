import type { Params } from 'cli-progress';
import { type Clock, type Millis, SECOND } from '#kernel/clock.ts';
import { say } from './output.ts';

/** Shows how far a long piece of work is. */
export interface Progress {
  /** @param total not known yet: 0 */
  show(stage: string, done: number, total: number): void;
  end(): void;
}

const LINE_EVERY: Millis = 2 * SECOND;

/** A bar on a terminal; elsewhere a line now and then. Both on stderr. */
export const createProgress = async (clock: Clock): Promise<Progress> => (process.stderr.isTTY ? bar() : lines(clock));

const bar = async (): Promise<Progress> => {
  const { default: cliProgress } = await import('cli-progress');
  const shown = new cliProgress.SingleBar({
    format: (options, params, { stage }: { stage: string }) =>
      lineOf(stage, params, cliProgress.Format.BarFormat(params.progress, options)),
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    stream: process.stderr,
  });
  let started = false;
  return {
    show: (stage, done, total) => {
      if (!started) shown.start(total, done, { stage });
      started = true;
      shown.setTotal(total);
      shown.update(done, { stage });
    },
    end: () => shown.stop(),
  };
};

/** A bar of something whose length is not known would only seem to be full. */
const lineOf = (stage: string, { total, value }: Params, bar: string): string =>
  total === 0 ? `${stage}: ${value}` : `${stage} [${bar}] ${value}/${total}`;

const lines = (clock: Clock): Progress => {
  let last = 0;
  let shown = '';
  return {
    show: (stage, done, total) => {
      const due = stage !== shown || done === total || clock.now() - last >= LINE_EVERY;
      if (!due) return;
      last = clock.now();
      shown = stage;
      say(total === 0 ? `${stage}: ${done}` : `${stage}: ${done} of ${total}`);
    },
    end: () => {},
  };
};
