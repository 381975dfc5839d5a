import type { FastifyInstance, FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { type Route, Written } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type Answer, compileAnswer } from './answer.ts';
import { authorize } from './authorize.ts';
import { RequestCall } from './call.ts';
import { compileInputCheck, type InputCheck } from './check-input.ts';
import { ErrorSchema } from './error-body.ts';
import { streamServer } from './event-stream.ts';
import { answerOnce, KeyHeader, keyOf, sendCarried, takesKey } from './once.ts';
import type { Carried, HttpOptions } from './ports.ts';
import { AnyBody, withRawBodies } from './raw-body.ts';

export const API_PREFIX = '/api/v1';

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** When requests in flight are to give up, and when streams are to end. */
export interface Endings {
  stopping: AbortSignal;
  closing: AbortSignal;
}

/** Mounts a route: who may call it, what it takes, what it answers. */
export const mount = (app: FastifyInstance, route: Route, options: HttpOptions, endings: Endings): void => {
  if (route.raw) withRawBodies(app, (inner) => mountOn(inner, route, options, endings));
  else mountOn(app, route, options, endings);
};

const mountOn = (app: FastifyInstance, route: Route, options: HttpOptions, endings: Endings): void => {
  const compiled = lazy(() => compileRoute(route));
  const stream = route.stream ? streamServer(route, options, endings.closing) : undefined;
  app.route({
    method: route.method,
    url: `${API_PREFIX}${route.path}`,
    schema: schemaOf(route),
    // Before the body is read: a stranger's body is not.
    onRequest: async (request) => {
      request.viewer = await authorize(request, route.permission, options);
    },
    handler: async (request, reply) => {
      const { check, answer } = compiled.value ?? (await compiled.make());
      check(request);
      if (stream && answer) return stream(request, reply, answer);
      const work = async () =>
        carriedOf(route, answer, await route.handle(new RequestCall(request.viewer, request, reply, endings.stopping)));
      const key = options.once && keyOf(request, route);
      return options.once && key !== undefined
        ? answerOnce(options.once, key, route, request, reply, work)
        : sendCarried(reply, await work());
    },
  });
};

/** Both schemas of a route, made ready for use. */
export const compileRoute = async (route: Route): Promise<{ check: InputCheck; answer: Answer | undefined }> => {
  const [check, answer] = await Promise.all([
    compileInputCheck(route),
    route.response === undefined ? undefined : compileAnswer(route.response),
  ]);
  return { check, answer };
};

const carriedOf = (route: Route, answer: Answer | undefined, result: unknown): Carried =>
  answer === undefined
    ? { status: 204, body: null }
    : { status: route.status ?? 200, body: result instanceof Written ? result.json : answer(result) };

const lazy = <T>(make: () => Promise<T>) => {
  let running: Promise<T> | undefined;
  const self = {
    value: undefined as T | undefined,
    make: async (): Promise<T> => {
      running ??= make();
      self.value = await running;
      return self.value;
    },
  };
  return self;
};

const schemaOf = (route: Route): FastifySchema => {
  const open = route.permission === 'public' || route.permission === 'setup';
  return {
    summary: route.summary,
    operationId: route.operationId,
    tags: [route.tag],
    security: open ? [] : [{ token: [] }, { session: [] }],
    'x-permission': route.permission,
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.raw && { consumes: ['*/*'], body: AnyBody }),
    ...(route.stream && { headers: LastEventId }),
    ...(takesKey(route) && { headers: Type.Object(KeyHeader) }),
    response: { ...successOf(route), default: ErrorSchema },
  } as FastifySchema;
};

const LastEventId = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 100, description: 'The id of the last event that was taken, to go on after it' }),
  ),
});

const successOf = (route: Route): object =>
  route.stream
    ? {
        200: {
          description: 'Events for as long as the connection holds; shown is the JSON in `data` of each.',
          content: { 'text/event-stream': { schema: route.response } },
        },
      }
    : { [route.status ?? (route.response ? 200 : 204)]: route.response ?? Type.Null({ description: 'Done.' }) };
