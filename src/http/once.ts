import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { invalid } from '#kernel/errors.ts';
import type { Route } from '#kernel/route.ts';
import type { Carried, HttpOptions } from './ports.ts';

export const KEY_HEADER = 'idempotency-key';
/** On an answer that is given again. */
const REPEATED_HEADER = 'idempotent-replayed';

/** Shown in the API document on every write. */
export const KeyHeader = {
  [KEY_HEADER]: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out ' +
        'again: you get the first answer.',
    }),
  ),
};

/** Whether requests to a route may carry a key: whatever changes something for somebody signed in. */
export const takesKey = ({ method, permission }: Pick<Route, 'method' | 'permission'>): boolean =>
  method !== 'GET' && permission !== 'public' && permission !== 'setup';

/**
 * The key of a request; undefined: it has none, or is to a route that takes none.
 * @throws AppError `invalid` for one that is none
 */
export const keyOf = (request: FastifyRequest, route: Route): string | undefined => {
  const given = request.headers[KEY_HEADER];
  if (given === undefined || !takesKey(route)) return undefined;
  if (typeof given === 'string' && /^[\x20-\x7e]{1,200}$/.test(given)) return given;
  throw invalid('Idempotency-Key must have 1 to 200 printable characters.', [
    { path: KEY_HEADER, message: 'must have 1 to 200 printable ASCII characters' },
  ]);
};

/** Carries a request with a key out once, or gives its first answer again. */
export const answerOnce = async (
  once: NonNullable<HttpOptions['once']>,
  key: string,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<Carried>,
): Promise<FastifyReply> => {
  if (request.viewer === null) throw new Error('A route that takes keys has a viewer.');
  const target = `${request.method} ${request.url}`;
  const write = { userId: request.viewer.userId, key, target, body: request.body, mode: route.once };
  const { repeated, ...carried } = await once(write, work);
  if (repeated) reply.header(REPEATED_HEADER, 'true');
  return sendCarried(reply, carried);
};

/** Longer texts go out as bytes: while they wait to be taken they would be moved about in memory at every collection. */
const LONG = 8192;

export const sendCarried = (reply: FastifyReply, { status, body }: Carried): FastifyReply =>
  body === null
    ? reply.code(status).send()
    : reply
        .code(status)
        .header('content-type', 'application/json; charset=utf-8')
        .send(body.length > LONG ? Buffer.from(body) : body);
