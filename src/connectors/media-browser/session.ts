import type { Static, TSchema } from 'typebox';
import { MINUTE, type Millis } from '#kernel/clock.ts';
import { ConnectorError, type ConnectorFault } from '#sync/connector-error.ts';
import type { Connection } from '#sync/media-server.ts';
import type { Answer, Method, Shape } from '../exchange.ts';
import { createHttp, type Http, type HttpOptions } from '../http.ts';
import { type Info, InfoAnswer, SignInAnswer, type User } from './answers.ts';
import type { Dialect, Place } from './dialect.ts';
import type { Pass, PassBook, PassHolder } from './passes.ts';

/** A conversation with one server as the one whom the connection's credentials name; it signs in when it must. */
export interface Session {
  who: string;
  connection: Connection;
  get<S extends TSchema>(place: Place, shape: Shape<S>, signal: AbortSignal): Promise<Static<S>>;
  /** The same; null where there is no such thing. */
  find<S extends TSchema>(place: Place, shape: Shape<S>, signal: AbortSignal): Promise<Static<S> | null>;
  /** A list of what an account has; where there is none, the account is not there. */
  getOwn<S extends TSchema>(place: Place, shape: Shape<S>, signal: AbortSignal): Promise<Static<S>>;
  send<S extends TSchema>(order: Order, shape: Shape<S>, signal: AbortSignal): Promise<Static<S>>;
  /** Takes whatever answer. */
  post(order: Order, signal: AbortSignal): Promise<void>;
  /** What it says of itself to everyone; null: it has no such answer. */
  publicInfo(signal: AbortSignal): Promise<Info | null>;
  token(signal: AbortSignal): Promise<string>;
  /** Who signed in by name and password; null: it was a token that was given. */
  signedIn(signal: AbortSignal): Promise<User | null>;
}

export interface Order extends Place {
  method: Method;
  json?: unknown;
  /** Whether sent twice it is the same as once. */
  safe: boolean;
}

export type SessionOptions = Pick<HttpOptions, 'limits' | 'patience' | 'clock'> & { passes: PassBook };

export const createSession = (
  dialect: Dialect,
  connection: Connection,
  { passes, ...options }: SessionOptions,
): Session => {
  const { address, installation } = connection;
  const who = `${dialect.label} at ${address}`;
  const http = createHttp({ who, hint: HINT, signInHint: signInHint(dialect, connection), base: address, ...options });
  const holder = passes(connection);
  const enter = (signal: AbortSignal) => passOf(holder, () => signIn(dialect, connection, http, who), signal);
  /** A token may end at any time: it is asked for anew, once, where there is a password to ask with. */
  const within = async <T>(signal: AbortSignal, send: (headers: Record<string, string>) => Promise<T>): Promise<T> => {
    const used = await enter(signal);
    const held = holder.pass;
    try {
      return await send(dialect.headers(used.token, installation));
    } catch (error) {
      if (connection.userName === null || !isFault(error, 'unauthorized')) throw error;
      // Another request may have been first; signing in once more would end the token that it got.
      if (holder.pass === held) delete holder.pass;
      return send(dialect.headers((await enter(signal)).token, installation));
    }
  };
  const { timeLimitMs = LIST_TIME } = options.limits ?? {};
  return {
    who,
    connection,
    find: ({ path, query }, shape, signal) =>
      within(signal, (headers) => http.find(path, { query, shape, headers, signal })),
    getOwn: async ({ path, query }, shape, signal) => {
      const ask = { query, shape, signal, timeLimitMs };
      const found = await within(signal, (headers) => http.find(path, { ...ask, headers }));
      if (found === null) throw new ConnectorError('refused', `${who} does not know this account. Was it taken away?`);
      return found;
    },
    get: ({ path, query }, shape, signal) =>
      within(signal, (headers) => http.get(path, { query, shape, headers, signal })),
    send: ({ method, path, ...order }, shape, signal) =>
      within(signal, (headers) => http.send(method, path, { ...order, shape, headers, signal })),
    post: async ({ method, path, ...order }, signal) => {
      await within<Answer>(signal, (headers) => http.send(method, path, { ...order, headers, signal }));
    },
    publicInfo: (signal) =>
      http.find('/System/Info/Public', { shape: InfoAnswer, headers: dialect.headers(null, installation), signal }),
    token: async (signal) => (await enter(signal)).token,
    signedIn: async (signal) => (await enter(signal)).user,
  };
};

/** For a page of a list: some of these servers are small boxes that count and sort for long. */
const LIST_TIME: Millis = 2 * MINUTE;
const HINT = 'is it on, and is the address right?';

export const isFault = (error: unknown, fault: ConnectorFault): boolean =>
  error instanceof ConnectorError && error.fault === fault;

const passOf = (holder: PassHolder, ask: () => Promise<Pass>, signal: AbortSignal): Promise<Pass> => {
  signal.throwIfAborted();
  if (holder.pass) return holder.pass;
  const asked = ask();
  holder.pass = asked;
  asked.catch(() => {
    if (holder.pass === asked) delete holder.pass;
  });
  return asked;
};

/** The requests that wait for it may be given up one by one, so it hears none of their signals; its time is limited. */
const signIn = async (dialect: Dialect, connection: Connection, http: Http, who: string): Promise<Pass> => {
  const { userName, password, installation } = connection;
  if (userName === null) {
    throw new ConnectorError('unauthorized', `${who} needs an API key (${dialect.keys}), or a user name and password.`);
  }
  const answer = await http.send('POST', '/Users/AuthenticateByName', {
    json: { Username: userName, Pw: password ?? '' },
    shape: SignInAnswer,
    headers: dialect.headers(null, installation),
    signal: new AbortController().signal,
    changes: false,
  });
  return { token: answer.AccessToken, user: answer.User };
};

const signInHint = (dialect: Dialect, { userName }: Connection): string =>
  userName === null ? `Make a new API key: ${dialect.keys}.` : 'Are the user name and the password right?';
