import { AppError, isAppError, messageOf, unavailable } from '#kernel/errors.ts';
import { ConnectorError, type ConnectorFault } from './connector-error.ts';

/** What a person can set right by giving other facts; all else may pass by itself. */
const theirs: readonly ConnectorFault[] = ['unauthorized', 'redirected', 'not_this_kind', 'too_old'];

/** A connector's fault as the error that the person who asked gets to see; other errors pass as they are. */
export const toAppError = (error: unknown): unknown => {
  if (!(error instanceof ConnectorError)) return error;
  return new AppError(theirs.includes(error.fault) ? 'invalid' : 'unavailable', error.message, { cause: error });
};

/** What a run that failed says of it. Faults of our own are not told in detail; they are in the log. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof ConnectorError || isAppError(error)) return messageOf(error);
  if (error instanceof Error && error.name === 'AbortError') return 'It was stopped.';
  return 'Something went wrong inside Leftoff; its log tells more.';
};

/** What a run is aborted with when the program stops. */
export const stopping = () => unavailable('The run was stopped because the program ends. The next one goes on.');
