/**
 * - `unreachable`: nothing answers; media servers sleep, so this is no alarm by itself
 * - `timeout`, `cut_off`, `too_large`, `bad_answer`: it answers, but not as it should
 * - `refused`: it answers with an error of its own
 * - `unauthorized`: wrong user name, password or token
 * - `forbidden`: these credentials may not do that
 * - `busy`: it asks for fewer requests, or it failed so often that it is left alone for a while
 * - `redirected`: it sends us to somewhere else, where credentials must not follow
 * - `not_this_kind`: something else listens there
 * - `too_old`: its version lacks what is needed
 */
export type ConnectorFault =
  | 'unreachable'
  | 'timeout'
  | 'cut_off'
  | 'too_large'
  | 'bad_answer'
  | 'refused'
  | 'unauthorized'
  | 'forbidden'
  | 'busy'
  | 'redirected'
  | 'not_this_kind'
  | 'too_old';

/** Why a media server could not be asked. The message is for the person who connects it and holds no secret. */
export class ConnectorError extends Error {
  readonly fault: ConnectorFault;

  constructor(fault: ConnectorFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ConnectorError';
    this.fault = fault;
  }
}
