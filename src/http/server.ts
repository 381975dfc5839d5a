import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type FastifyInstance, fastify } from 'fastify';
import { closeInTime } from './close.ts';
import { answerError } from './error-body.ts';
import { answerErrors, sendError } from './errors.ts';
import { closingSignal } from './event-stream.ts';
import { apiHeaders } from './headers.ts';
import { serveHealth } from './health-routes.ts';
import { mount } from './mount.ts';
import { refuseNul } from './nul.ts';
import { describeApi } from './openapi.ts';
import type { HttpOptions } from './ports.ts';
import { serveReference } from './reference.ts';
import { refuseBrokenRequest } from './refuse.ts';
import { serveWebPage } from './web-page.ts';

const DEFAULT_BODY_LIMIT = 1024 * 1024;
const LONGEST_PARAMETER = 500;

/** Routes check and write by themselves, compiled at their first call; this keeps Fastify from loading its own. */
const noCompilers = {
  buildValidator: (() => () => () => true) as never,
  buildSerializer: () => () => JSON.stringify,
};

/** Builds the server: the routes of every slice, health, API document and reference, and the web page. */
export const createServer = async (options: HttpOptions): Promise<FastifyInstance> => {
  const app = fastify({
    logger: false,
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    genReqId: requestIds(),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // What still arrives on an open connection while we stop is answered, not refused.
    return503OnClosing: false,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      sendError(reply.header('x-request-id', request.id), answerError(error, request.id));
    },
    schemaController: { compilersFactory: noCompilers },
  });
  app.decorateRequest('viewer', null);
  app.removeContentTypeParser('text/plain');
  refuseNul(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(apiHeaders).header('x-request-id', request.id);
    done();
  });
  answerErrors(app, options);
  const endings = { stopping: closeInTime(app), closing: closingSignal(app) };
  await describeApi(app, options.version ?? '0.0.0');
  for (const route of options.routes) mount(app, route, options, endings);
  serveHealth(app, options);
  serveReference(app);
  if (options.webFolder !== undefined) await serveWebPage(app, options.webFolder);
  return app;
};

/**
 * Names requests: by the caller's own id where it is harmless, so that a proxy's log and ours tell of the same request;
 * else by a count behind a random start, since a random id for each took 3 % of the CPU of reading an item.
 */
const requestIds = (): ((request: IncomingMessage) => string) => {
  const start = randomUUID().slice(0, 13);
  let count = 0;
  return (request) => {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string' && /^[\w-]{1,64}$/.test(given)) return given;
    count += 1;
    return `${start}-${count}`;
  };
};
