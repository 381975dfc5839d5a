import type { Static, TSchema } from 'typebox';
import Type from 'typebox';
import type { Millis } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Connection } from '#sync/media-server.ts';
import { type Answer, exchange, readJson, type Shape, shape } from '../exchange.ts';
import type { Patience } from '../patience.ts';

/** Kodi's JSON-RPC over HTTP: one call, one answer that was checked. */
export interface KodiRpc {
  /**
   * @param result the shape that the answer must have
   * @throws ConnectorError
   */
  call<S extends TSchema>(method: string, params: object, result: Shape<S>, signal: AbortSignal): Promise<Static<S>>;
  /** As {@link call} of one entry by its id; undefined where Kodi has none with that id. */
  find<S extends TSchema>(
    method: string,
    params: object,
    result: Shape<S>,
    signal: AbortSignal,
  ): Promise<Static<S> | undefined>;
}

export interface RpcLimits {
  timeLimitMs?: Millis;
  bodyLimit?: number;
}

const HINT = 'is it on, and is its web server enabled in Settings → Services → Control?';

const Envelope = shape(
  Type.Object({
    jsonrpc: Type.Literal('2.0'),
    result: Type.Optional(Type.Unknown()),
    error: Type.Optional(
      Type.Object({ code: Type.Integer(), message: Type.String(), data: Type.Optional(Type.Unknown()) }),
    ),
  }),
);
type Envelope = { result?: unknown; error?: { code: number; message: string; data?: unknown } };

export const createKodiRpc = (connection: Connection, patience: Patience, limits: RpcLimits = {}): KodiRpc => {
  const who = `Kodi at ${connection.address}`;
  const headers = headersFor(connection);
  const ask = async (method: string, params: object, signal: AbortSignal): Promise<Envelope> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const url = `${connection.address}/jsonrpc`;
    const send = () => exchange({ who, hint: HINT, url, headers, body, signal, ...limits });
    // Whatever is changed is set to a value, so that twice is the same as once.
    const manner = { who, safe: true, changes: method.includes('.Set') };
    return envelopeOf(await patience.run(send, manner, signal), who);
  };
  return {
    call: async (method, params, result, signal) =>
      checked(resultOf(await ask(method, params, signal), who, method), result, who, method),
    find: async (method, params, result, signal) => {
      const envelope = await ask(method, params, signal);
      if (isUnknownId(envelope)) return undefined;
      return checked(resultOf(envelope, who, method), result, who, method);
    },
  };
};

const checked = <S extends TSchema>(value: unknown, result: Shape<S>, who: string, method: string): Static<S> => {
  if (result.check(value)) return value;
  throw new ConnectorError('bad_answer', `${who} answered ${method} with what it should not: ${result.fault(value)}`);
};

/** For an unknown id Kodi says only that a parameter is invalid; where its form is wrong it says which. */
const isUnknownId = ({ error }: Envelope): boolean => error?.code === -32602 && error.data === undefined;

const headersFor = ({ userName, password }: Connection): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json',
  ...(userName !== null || password !== null
    ? { authorization: `Basic ${Buffer.from(`${userName ?? ''}:${password ?? ''}`).toString('base64')}` }
    : {}),
});

const envelopeOf = (answer: Answer, who: string): Envelope => {
  if (answer.status === 401 || answer.status === 403) {
    throw new ConnectorError(
      'unauthorized',
      `${who} refused the user name or password. They are set in Kodi under Settings → Services → Control.`,
    );
  }
  return parse(answer, who);
};

const resultOf = ({ error, result }: Envelope, who: string, method: string): unknown => {
  if (error) throw new ConnectorError('refused', `${who} refused ${method}: ${error.message} (${error.code})`);
  return result;
};

const parse = (answer: Answer, who: string): Envelope => {
  if (answer.status >= 500) {
    throw new ConnectorError(
      'bad_answer',
      `${who} answers with the error ${answer.status}. Look at its log, or restart it.`,
    );
  }
  if (answer.status !== 200 || answer.contentType.includes('html') || answer.body.trimStart().startsWith('<')) {
    throw notKodi(who, answer.status === 200 ? 'a web page' : `status ${answer.status}`);
  }
  const value = readJson(answer.body);
  if (value === undefined) throw noJson(who);
  if (!Envelope.check(value)) throw notKodi(who, 'something else than JSON-RPC');
  return value;
};

const noJson = (who: string) =>
  new ConnectorError('bad_answer', `${who} sent an answer that is not JSON. Is it Kodi that listens there?`);

const notKodi = (who: string, what: string) =>
  new ConnectorError(
    'not_this_kind',
    `${who.replace('Kodi at', 'What listens at')} is not a Kodi: it answers with ${what}. Check the port; Kodi's web server listens on 8080 unless it was changed.`,
  );
