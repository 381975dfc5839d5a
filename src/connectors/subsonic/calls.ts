import type { Static, TSchema } from 'typebox';
import { ConnectorError, type ConnectorFault } from '#sync/connector-error.ts';
import type { AccountKey } from '#sync/media-server.ts';
import { type Answer, readJson, type Shape } from '../exchange.ts';
import type { Http, Query } from '../http.ts';
import { redacted } from '../redacted.ts';
import { Envelope } from './answers.ts';

/** Calls of the Subsonic API as one account: one call, one answer that was checked. */
export interface Calls {
  /** Reads something. */
  read<S extends TSchema>(name: string, query: Query, part: Shape<S>, asked: Asked): Promise<Static<S>>;
  /** Changes something. @param safe whether twice is the same as once */
  write(name: string, query: Query, asked: Asked & { safe: boolean }): Promise<void>;
}

export interface Asked {
  account: AccountKey;
  signal: AbortSignal;
}

/** What a server says of itself with every answer. */
export interface Told {
  version: string;
  type: string;
  serverVersion: string;
  openSubsonic: boolean;
}

/** The server answered with an error of its own. */
export class Refusal extends ConnectorError {
  /** The API's: 10 a parameter is missing, 40 wrong password, 70 not found …; null: it has no such method. */
  readonly code: number | null;

  constructor(code: number | null, fault: ConnectorFault, message: string) {
    super(fault, message);
    this.code = code;
  }

  /** Whether what was asked for is not there. */
  get notFound(): boolean {
    return this.code === 70;
  }

  /** Whether the server cannot do this at all, or not with such an item: it said so, and trying again is of no use. */
  get cannot(): boolean {
    return this.fault === 'refused';
  }
}

/** Sends one call with the parameters given, credentials among them. @throws Refusal */
export const callOnce = async (
  http: Http,
  who: string,
  name: string,
  query: Query,
  how: { signal: AbortSignal; changes: boolean; safe: boolean },
): Promise<{ told: Told; body: unknown }> => {
  // The API speaks of all errors in the body; some servers set the status as well, for methods they do not have.
  const answer = await http.send('GET', `/rest/${name}.view`, {
    query: { ...query, v: '1.16.1', c: 'Leftoff', f: 'json' },
    accept: [...NO_METHOD, 401, 403, 400],
    ...how,
  });
  const value = readJson(answer.body);
  if (!Envelope.check(value)) throw notSubsonic(answer, who, name);
  const body = value['subsonic-response'];
  if (body.status === 'ok') {
    const { version, type, serverVersion, openSubsonic } = body;
    return {
      told: { version, type: type ?? '', serverVersion: serverVersion ?? '', openSubsonic: openSubsonic === true },
      body,
    };
  }
  const { code = 0, message } = body.error ?? {};
  throw refusal(who, name, NO_METHOD.includes(answer.status) ? null : code, message ?? '');
};

/** Holds the answer against what it should be. */
export const checked = <S extends TSchema>(body: unknown, part: Shape<S>, who: string, name: string): Static<S> => {
  if (part.check(body)) return body;
  throw new ConnectorError('bad_answer', `${who} answered ${name} with what it should not: ${part.fault(body)}`);
};

const NO_METHOD: readonly number[] = [404, 405, 410, 501];

const FAULTS: Record<number, ConnectorFault> = {
  20: 'too_old',
  30: 'too_old',
  40: 'unauthorized',
  41: 'unauthorized',
  42: 'unauthorized',
  43: 'unauthorized',
  44: 'unauthorized',
  50: 'forbidden',
};

const refusal = (who: string, name: string, code: number | null, message: string): Refusal => {
  const words = redacted(message).slice(0, 200);
  if (code === null) return new Refusal(null, 'refused', `${who} does not know ${name}.`);
  const fault = FAULTS[code] ?? 'refused';
  if (fault === 'unauthorized') {
    return new Refusal(code, fault, `${who} refused the user name, password or API key: ${words} (${code})`);
  }
  return new Refusal(code, fault, `${who} refused ${name}: ${words} (${code})`);
};

const notSubsonic = (answer: Answer, who: string, name: string): ConnectorError => {
  const { status, body } = answer;
  if (status === 401) return new Refusal(40, 'unauthorized', `${who} refused the user name or password.`);
  if (status === 403) return new Refusal(50, 'forbidden', `${who} does not allow ${name} to these credentials.`);
  if (NO_METHOD.includes(status) && name !== 'ping') return refusal(who, name, null, '');
  if (status === 200 && readJson(body) === undefined) {
    return new ConnectorError(
      'bad_answer',
      `${who} sent an answer that is not JSON. Is it a music server that listens there?`,
    );
  }
  return new ConnectorError(
    'not_this_kind',
    `${who} is no server of the Subsonic API. Give the address under which it has /rest/, without that.`,
  );
};
