import { CommanderError } from 'commander';
import { AppError, messageOf } from '#kernel/errors.ts';

/** What the program ends with; `leftoff help` tells them too. */
export const exitCodes = {
  done: 0,
  /** Something went wrong: a server that does not answer, a database that cannot be opened. */
  fault: 1,
  /** Wrong use: an unknown option, a value or a configuration that does not hold. */
  misuse: 2,
  /** Done, but for changes of a media server that wait for someone's word. */
  held: 3,
  /** Stopped by Ctrl-C or a signal. */
  interrupted: 130,
} as const;

/** What a signal aborts the work in hand with. */
export class Interrupted extends Error {}

/** Ends a command that has said all there is to say with a code of its own. */
export class EndWith extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`Ended with ${code}.`);
    this.code = code;
  }
}

/**
 * Tells a person what went wrong, on stderr, in as few lines as there are faults.
 * @returns the code to end with
 */
export const reportError = (error: unknown, debug: boolean): number => {
  // Commander has written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.misuse;
  if (error instanceof EndWith) return error.code;
  if (error instanceof Interrupted) return tell('Interrupted.', exitCodes.interrupted);
  if (debug) return tell(traceOf(error), codeOf(error));
  const faults = error instanceof AppError ? error.faults : [];
  const lines = faults.map((fault) => `  ${fault.path}: ${fault.message}`);
  return tell([`leftoff: ${messageOf(error)}`, ...lines].join('\n'), codeOf(error));
};

const codeOf = (error: unknown): number =>
  error instanceof AppError && error.code === 'invalid' ? exitCodes.misuse : exitCodes.fault;

const traceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const faults = error instanceof AppError ? error.faults.map((fault) => `\n  ${fault.path}: ${fault.message}`) : [];
  const cause = error.cause === undefined ? '' : `\nCaused by: ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}${faults.join('')}${cause}`;
};

const tell = (text: string, code: number): number => {
  process.stderr.write(`${text}\n`);
  return code;
};
