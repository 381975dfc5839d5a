import { type Clock, type Millis, SECOND } from '#kernel/clock.ts';
import { exitCodes, Interrupted } from './exit.ts';

/** One Ctrl-C under npm comes twice: from the terminal and from npm. What follows this soon is the same one. */
const SAME_SIGNAL_MS: Millis = SECOND / 2;

/**
 * Turns SIGINT and SIGTERM into an abort. The first lets the work end well; one more ends the program at once.
 * @returns the signal, aborted with {@link Interrupted}
 */
export const onInterrupt = (clock: Clock): AbortSignal => {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = () => {
    first ??= clock.now();
    if (!controller.signal.aborted) controller.abort(new Interrupted());
    else if (clock.now() - first > SAME_SIGNAL_MS) process.exit(exitCodes.interrupted);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
};
