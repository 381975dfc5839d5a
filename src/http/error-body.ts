import { type Static, Type } from 'typebox';
import { AppError, type ErrorCode, type Fault, isAppError, unavailable } from '#kernel/errors.ts';

const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

export const ErrorSchema = Type.Object(
  {
    error: Type.Object({
      code: Type.Unsafe<ErrorCode>({ type: 'string', enum: Object.keys(statusOf) }),
      message: Type.String({ description: 'What went wrong and what to do, for a person.' }),
      faults: Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'Each fault in what was sent, with the dotted path to it.',
      }),
      requestId: Type.String({ description: 'Names the request in the log.' }),
    }),
  },
  { title: 'Error', description: 'The request was not carried out.' },
);
export type ErrorBody = Static<typeof ErrorSchema>;

/** An error as it is answered: its status, its headers and its body. */
export interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  body: ErrorBody;
  /** Not the caller's doing: to be logged. */
  ours: boolean;
}

/** Turns anything thrown into the one shape of an error. What is not an AppError is told only as an internal fault. */
export const answerError = (
  thrown: unknown,
  requestId: string,
  explainFault: (error: unknown) => string | undefined = () => undefined,
): ErrorAnswer => {
  const known = isAppError(thrown) ? thrown : (fromServer(thrown) ?? fromDatabase(thrown, explainFault));
  if (known) return answer(known, requestId, refusalStatus(thrown) ?? statusFor(known));
  const internal = new AppError('internal', 'Something went wrong here. The log tells more under this request id.');
  return answer(internal, requestId, 500);
};

/** An error body made by hand, for what never becomes an exception. */
export const errorBody = (code: ErrorCode, message: string, requestId: string, faults: Fault[] = []): ErrorBody => ({
  error: { code, message, faults, requestId },
});

const answer = (error: AppError, requestId: string, status: number): ErrorAnswer => ({
  status,
  headers: error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) },
  body: errorBody(error.code, error.message, requestId, error.faults),
  ours: status >= 500,
});

const statusFor = (error: AppError): number => (error.tooMany ? 429 : statusOf[error.code]);

/** Refusals by the server itself, before a route is reached (https://fastify.dev/docs/latest/Reference/Errors/). */
const refusals: Record<string, { status: number; message: string }> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, message: 'The body is not valid JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, message: 'The body is empty; send JSON or leave out content-type.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, message: 'The body is not as long as content-length says.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, message: 'Send the body as application/json.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, message: 'The body is too large.' },
  FST_ERR_BAD_URL: { status: 400, message: 'The address is not well formed.' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, message: 'A part of the address is too long.' },
};

const refusalOf = (thrown: unknown) => {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && Object.hasOwn(refusals, code) ? refusals[code] : undefined;
};

const refusalStatus = (thrown: unknown): number | undefined => refusalOf(thrown)?.status;

const fromServer = (thrown: unknown): AppError | undefined => {
  const refusal = refusalOf(thrown) ?? (isBadJson(thrown) ? { message: 'The body is not valid JSON.' } : undefined);
  return refusal && new AppError('invalid', refusal.message, { cause: thrown });
};

/** The JSON parser's own errors carry a status and no code. */
const isBadJson = (thrown: unknown): boolean =>
  thrown instanceof SyntaxError && 'statusCode' in thrown && thrown.statusCode === 400;

const fromDatabase = (thrown: unknown, explainFault: (error: unknown) => string | undefined): AppError | undefined => {
  const message = explainFault(thrown);
  return message === undefined ? undefined : unavailable(message, { cause: thrown, retryAfterSeconds: 5 });
};
