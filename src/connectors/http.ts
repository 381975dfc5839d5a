import type { Static, TSchema } from 'typebox';
import { type Clock, type Millis, SECOND } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import { type Answer, exchange, type Method, readJson, type Shape } from './exchange.ts';
import { askedWait, createPatience, type Patience } from './patience.ts';
import { redacted } from './redacted.ts';

/**
 * Requests to one media server, and to no other host. Each may throw a {@link ConnectorError}: 401 is `unauthorized`, 403
 * `forbidden`, 429 `busy` (after waiting as long as the server asked, within reason), any other error status `refused`, a
 * web page `not_this_kind`, anything else that is not what was expected `bad_answer`.
 */
export interface Http {
  /** Asks for JSON of a shape. */
  get<S extends TSchema>(path: string, ask: ShapedAsk<S>): Promise<Static<S>>;
  /** The same; null where the server answers 404. */
  find<S extends TSchema>(path: string, ask: ShapedAsk<S>): Promise<Static<S> | null>;
  /** Sends something; with a shape, answers JSON of that shape. */
  send<S extends TSchema>(method: Method, path: string, ask: ShapedAsk<S> & Sent): Promise<Static<S>>;
  /** Sends something and takes the answer as it is; statuses in `accept` are answers as well, not errors. */
  send(method: Method, path: string, ask: Ask & Sent & { accept?: readonly number[] }): Promise<Answer>;
}

export interface Ask {
  signal: AbortSignal;
  query?: Query;
  /** Besides those of every request. */
  headers?: Record<string, string>;
  timeLimitMs?: Millis;
}

export interface ShapedAsk<S extends TSchema> extends Ask {
  shape: Shape<S>;
}

/** At the most one of `json`, `form` and `body`. */
export interface Sent {
  json?: unknown;
  form?: Query;
  /** Its type belongs into `headers`. */
  body?: string;
  /** Whether it changes something on the server: such requests are spaced. Absent: all but GET do. */
  changes?: boolean;
  /** Whether it may be sent twice: only then is it repeated after a fault. Absent: what changes nothing. */
  safe?: boolean;
}

/** null and undefined are left out; lists are the parameter again and again. */
export type Query = Record<string, Parameter | readonly Parameter[] | null | undefined>;
type Parameter = string | number | boolean;

export interface HttpOptions {
  /** Who is asked, for messages: `Jellyfin at http://127.0.0.1:8096`. */
  who: string;
  /** What to look at when nothing answers. */
  hint: string;
  /** What to do when the server does not take the credentials: a sentence. */
  signInHint?: string;
  /** Without a slash at its end. */
  base: string;
  /** Of every request; a function where they change. */
  headers?: Record<string, string> | (() => Record<string, string>);
  /** Parameters of every request. */
  query?: () => Query;
  limits?: HttpLimits;
  /** The server's; absent: one of its own. */
  patience?: Patience;
  clock: Clock;
}

export interface HttpLimits {
  timeLimitMs?: Millis;
  /** Bytes of an answer at the most. */
  bodyLimit?: number;
}

export const createHttp = (options: HttpOptions): Http => {
  const patience = options.patience ?? createPatience({ clock: options.clock });
  const request = async (method: Method, path: string, ask: Asked): Promise<Answer> => {
    const { who, hint, limits } = options;
    const url = urlFor(options, path, ask.query);
    const given = contentOf(ask);
    const own = typeof options.headers === 'function' ? options.headers() : options.headers;
    const headers = { accept: 'application/json', 'user-agent': 'Leftoff', ...given.headers, ...own, ...ask.headers };
    const timed = ask.timeLimitMs === undefined ? {} : { timeLimitMs: ask.timeLimitMs };
    const { signal } = ask;
    const send = () => exchange({ who, hint, url, method, headers, ...given.body, signal, ...limits, ...timed });
    const changes = ask.changes ?? method !== 'GET';
    const answer = await patience.run(send, { who, changes, safe: ask.safe ?? !changes }, signal);
    return judged(answer, options, `${method} ${path}`, ask.accept ?? []);
  };
  const read = async <S extends TSchema>(method: Method, path: string, ask: Asked & ShapedAsk<S>) =>
    shaped(await request(method, path, ask), options.who, `${method} ${path}`, ask.shape);
  const send = (method: Method, path: string, ask: Asked & { shape?: Shape<TSchema> }) =>
    ask.shape ? read(method, path, { ...ask, shape: ask.shape }) : request(method, path, ask);
  return {
    get: (path, ask) => read('GET', path, ask),
    find: async (path, ask) => {
      const answer = await request('GET', path, { ...ask, accept: [404] });
      return answer.status === 404 ? null : shaped(answer, options.who, `GET ${path}`, ask.shape);
    },
    send: send as Http['send'],
  };
};

type Asked = Ask & Sent & { accept?: readonly number[] };

/** Only the configured host is ever asked, whatever a path that a server told looks like. */
const urlFor = ({ base, query: always, who }: HttpOptions, path: string, query: Query = {}): string => {
  const url = new URL(`${base}${path.startsWith('/') ? '' : '/'}${path}`);
  if (url.origin !== new URL(base).origin) {
    throw new ConnectorError('bad_answer', `${who} told a path that leads to another host: ${redacted(path)}`);
  }
  for (const [name, value] of parameters({ ...always?.(), ...query })) url.searchParams.append(name, value);
  return url.href;
};

const parameters = (query: Query): [string, string][] =>
  Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );

const contentOf = ({ json, form, body }: Sent): { headers: Record<string, string>; body: { body?: string } } => {
  if (json !== undefined)
    return { headers: { 'content-type': 'application/json' }, body: { body: JSON.stringify(json) } };
  if (form) {
    const text = new URLSearchParams(parameters(form)).toString();
    return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: { body: text } };
  }
  return { headers: {}, body: body === undefined ? {} : { body } };
};

const judged = (answer: Answer, { who, signInHint, clock }: HttpOptions, what: string, accept: readonly number[]) => {
  const { status } = answer;
  if (accept.includes(status)) return answer;
  if (status === 401) throw new ConnectorError('unauthorized', `${who} refused the credentials.${lead(signInHint)}`);
  if (status === 403)
    throw new ConnectorError('forbidden', `${who} does not allow these credentials ${redacted(what)}.`);
  if (status === 429) throw new ConnectorError('busy', `${who} asks for fewer requests${waitText(answer, clock)}.`);
  if (status >= 500) {
    throw new ConnectorError('refused', `${who} answers ${redacted(what)} with the error ${status}. Look at its log.`);
  }
  if (isPage(answer)) throw notThisKind(who, status);
  if (status >= 400) throw new ConnectorError('refused', `${who} refused ${redacted(what)} with status ${status}.`);
  return answer;
};

const shaped = <S extends TSchema>(answer: Answer, who: string, what: string, shape: Shape<S>): Static<S> => {
  const value = readJson(answer.body);
  if (value === undefined) {
    throw new ConnectorError('bad_answer', `${who} answered ${redacted(what)} with something that is not JSON.`);
  }
  if (shape.check(value)) return value;
  throw new ConnectorError(
    'bad_answer',
    `${who} answered ${redacted(what)} with what it should not: ${shape.fault(value)}`,
  );
};

/** Whether it is a web page, whatever its header says: some servers call empty answers HTML. */
const isPage = ({ body }: Answer): boolean => /^\s*<(!doctype|html|head|body)\b/i.test(body);

const notThisKind = (who: string, status: number) =>
  new ConnectorError(
    'not_this_kind',
    `${who} answers with a web page (status ${status}). Check the address and its port; is something else listening there?`,
  );

const lead = (sentence: string | undefined) => (sentence ? ` ${sentence}` : '');

const waitText = (answer: Answer, clock: Clock): string => {
  const asked = askedWait(answer, clock.now());
  return asked === null ? '' : `, and to be asked again in ${Math.ceil(asked / SECOND)} seconds`;
};
