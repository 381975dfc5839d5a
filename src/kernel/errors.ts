/** The seven ways in which a request can fail; `http/` maps each to one status. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'unavailable'
  | 'internal';

/** One fault in what was sent: where it lies (a dotted path) and what would be right. */
export interface Fault {
  path: string;
  message: string;
}

interface Details {
  faults?: Fault[];
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The one error class. Its message is written for the person who caused it and never holds a secret. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.faults = details.faults ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export const invalid = (message: string, faults?: Fault[]) =>
  new AppError('invalid', message, faults ? { faults } : {});
export const unauthenticated = (message = 'Sign in first.') => new AppError('unauthenticated', message);
export const forbidden = (message: string) => new AppError('forbidden', message);
/** Also the answer for what the viewer may not see: existence is not given away. */
export const notFound = (what: string) => new AppError('not_found', `${what} was not found.`);
export const conflict = (message: string) => new AppError('conflict', message);
export const unavailable = (message: string, details?: Details) => new AppError('unavailable', message, details);

export const isAppError = (error: unknown, code?: ErrorCode): error is AppError =>
  error instanceof AppError && (code === undefined || error.code === code);

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
