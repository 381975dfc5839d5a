import type { FastifyInstance, FastifyReply } from 'fastify';
import { answerError, type ErrorAnswer, errorBody } from './error-body.ts';
import { apiHeaders } from './headers.ts';
import { API_PREFIX } from './mount.ts';
import type { HttpOptions } from './ports.ts';

type Options = Pick<HttpOptions, 'routes' | 'logger' | 'explainFault'>;

/** Answers everything that goes wrong in the one shape of an error, and logs what is our own doing. */
export const answerErrors = (app: FastifyInstance, options: Options): void => {
  app.setErrorHandler((error, request, reply) => {
    const answer = answerError(error, request.id, options.explainFault);
    if (answer.ours) {
      const route = request.routeOptions.url ?? '';
      options.logger.error({ err: error, requestId: request.id, method: request.method, route }, 'a request failed');
    }
    return sendError(reply, answer);
  });
  const methodsOf = methodTable(options.routes);
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = methodsOf(path);
    if (methods.length === 0) {
      const body = errorBody('not_found', `There is nothing at ${path.slice(0, 200)}.`, request.id);
      return sendError(reply, { status: 404, headers: {}, body });
    }
    const allow = methods.join(', ');
    const body = errorBody('invalid', `${request.method} does not work here; use ${allow}.`, request.id);
    return sendError(reply, { status: 405, headers: { allow }, body });
  });
};

/** Says which methods an address takes. Asked only when a request fits no route. */
const methodTable = (routes: Options['routes']): ((path: string) => string[]) => {
  let table: { method: string; pattern: RegExp }[] | undefined;
  return (path) => {
    table ??= routes.map(({ method, path: of }) => ({ method, pattern: patternOf(`${API_PREFIX}${of}`) }));
    return table.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  };
};

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
      .join('/')}$`,
  );

/** Sends an error, also one made before any hook ran. */
export const sendError = (reply: FastifyReply, answer: Omit<ErrorAnswer, 'ours'>): FastifyReply =>
  reply
    .code(answer.status)
    .headers(apiHeaders)
    .headers(answer.headers)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(answer.body));
