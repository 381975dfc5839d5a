import type { Static, TSchema } from 'typebox';
import Type from 'typebox';
import type { Millis } from '#kernel/clock.ts';
import { type Connection, ConnectorError } from '#sync/media-server.ts';
import { type Answer, exchange, readJson, type Shape, shape } from '../exchange.ts';

/** Kodi's JSON-RPC over HTTP: one call, one answer that was checked. */
export interface KodiRpc {
  /**
   * @param result the shape that the answer must have
   * @throws ConnectorError
   */
  call<S extends TSchema>(method: string, params: object, result: Shape<S>, signal: AbortSignal): Promise<Static<S>>;
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
    error: Type.Optional(Type.Object({ code: Type.Integer(), message: Type.String() })),
  }),
);

export const createKodiRpc = (connection: Connection, limits: RpcLimits = {}): KodiRpc => {
  const who = `Kodi at ${connection.address}`;
  const headers = headersFor(connection);
  return {
    call: async (method, params, result, signal) => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
      const url = `${connection.address}/jsonrpc`;
      const answer = await exchange({ who, hint: HINT, url, headers, body, signal, ...limits });
      const value = resultOf(answer, who, method);
      if (!result.check(value)) {
        throw new ConnectorError(
          'bad_answer',
          `${who} answered ${method} with what it should not: ${result.fault(value)}`,
        );
      }
      return value;
    },
  };
};

const headersFor = ({ userName, password }: Connection): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json',
  ...(userName !== null || password !== null
    ? { authorization: `Basic ${Buffer.from(`${userName ?? ''}:${password ?? ''}`).toString('base64')}` }
    : {}),
});

const resultOf = (answer: Answer, who: string, method: string): unknown => {
  if (answer.status === 401 || answer.status === 403) {
    throw new ConnectorError(
      'unauthorized',
      `${who} refused the user name or password. They are set in Kodi under Settings → Services → Control.`,
    );
  }
  const envelope = parse(answer, who);
  if (envelope.error) {
    throw new ConnectorError('refused', `${who} refused ${method}: ${envelope.error.message} (${envelope.error.code})`);
  }
  return envelope.result;
};

const parse = (answer: Answer, who: string) => {
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
