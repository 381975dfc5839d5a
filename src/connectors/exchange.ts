import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { type Millis, SECOND } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import { redacted } from './redacted.ts';

/** One request to a media server. */
export interface Exchange {
  /** Who is asked, for messages: `Kodi at http://127.0.0.1:8080`. */
  who: string;
  /** What to look at when nothing answers. */
  hint: string;
  url: string;
  /** POST unless given. */
  method?: Method;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** For the whole answer. */
  timeLimitMs?: Millis;
  /** Bytes of an answer at the most. */
  bodyLimit?: number;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Answer {
  status: number;
  contentType: string;
  /** The others of its headers. */
  headers: Headers;
  body: string;
}

const TIME_LIMIT: Millis = 15 * SECOND;
/** 500 films with long plots are about 1 MB; what is far above that is no list. */
const BODY_LIMIT = 32 * 1024 * 1024;

/**
 * Asks a media server and reads the whole answer, within a time and a size. Redirects are not followed: what is sent
 * holds a password, and only the host that a person named gets it.
 * @throws ConnectorError `unreachable`, `timeout`, `cut_off`, `too_large` or `redirected`
 * @throws the reason of the signal when the caller gave up
 */
export const exchange = async (request: Exchange): Promise<Answer> => {
  const timeLimit = request.timeLimitMs ?? TIME_LIMIT;
  const timer = AbortSignal.timeout(timeLimit);
  let started = false;
  try {
    const response = await send(request, AbortSignal.any([request.signal, timer]));
    started = true;
    refuseRedirect(response, request);
    const body = await readBody(response, request);
    const { status, headers } = response;
    return { status, contentType: headers.get('content-type') ?? '', headers, body };
  } catch (error) {
    if (error instanceof ConnectorError) throw error;
    if (request.signal.aborted) throw request.signal.reason;
    if (timer.aborted) throw tooSlow(request, timeLimit);
    throw started ? cutOff(request, error) : silent(request, error);
  }
};

/** A shape of answers, compiled once, when it is first asked: most programs that start never ask. */
export interface Shape<S extends TSchema> {
  check(value: unknown): value is Static<S>;
  /** Where a value departs from it first. */
  fault(value: unknown): string;
}

export const shape = <S extends TSchema>(schema: S): Shape<S> => {
  let compiled: Validator<Record<never, never>, S> | undefined;
  const validator = () => {
    compiled ??= Compile(schema);
    return compiled;
  };
  return {
    check: (value): value is Static<S> => validator().Check(value),
    fault: (value) => {
      const [first] = validator().Errors(value);
      return first ? `${first.instancePath || '/'} ${first.message}` : 'unknown';
    },
  };
};

/** Reads the JSON of an answer, to be held against a {@link shape} next; undefined when it is none. */
export const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const send = (request: Exchange, signal: AbortSignal): Promise<Response> =>
  fetch(request.url, {
    method: request.method ?? 'POST',
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    redirect: 'manual',
    signal,
  });

const refuseRedirect = (response: Response, { who }: Exchange): void => {
  if (response.status < 300 || response.status >= 400) return;
  response.body?.cancel().catch(() => {});
  const target = redacted(response.headers.get('location') ?? 'somewhere else').slice(0, 200);
  throw new ConnectorError('redirected', `${who} sends on to ${target}. Give its own address instead.`);
};

const readBody = async (response: Response, { who, bodyLimit = BODY_LIMIT }: Exchange): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > bodyLimit) {
      throw new ConnectorError('too_large', `${who} sent an answer of more than ${bodyLimit} bytes; it was not read.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const tooSlow = ({ who }: Exchange, limit: Millis) =>
  new ConnectorError('timeout', `${who} did not answer within ${Math.round(limit / SECOND)} seconds. Is it busy?`);

const cutOff = ({ who }: Exchange, cause: unknown) =>
  new ConnectorError('cut_off', `${who} broke off in the middle of an answer. Try again.`, cause);

const silent = ({ who, hint }: Exchange, cause: unknown) =>
  new ConnectorError('unreachable', `${who} does not answer: ${hint}`, cause);
