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
  /** It is not the house that cannot, but the caller who asked too often. */
  tooMany?: boolean;
  cause?: unknown;
}

/** The one error class. Its message is written for the person who caused it and never holds a secret. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[];
  readonly retryAfterSeconds: number | undefined;
  /** With code `unavailable`: the caller asked too often (429 instead of 503). */
  readonly tooMany: boolean;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.faults = details.faults ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.tooMany = details.tooMany ?? false;
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
/** The caller asked too often and may ask again after some seconds. */
export const tooMany = (message: string, retryAfterSeconds: number) =>
  new AppError('unavailable', message, { retryAfterSeconds, tooMany: true });

export const isAppError = (error: unknown, code?: ErrorCode): error is AppError =>
  error instanceof AppError && (code === undefined || error.code === code);

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
