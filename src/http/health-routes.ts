import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Viewer } from '#kernel/viewer.ts';
import { authorize } from './authorize.ts';
import type { HttpOptions } from './ports.ts';

const State = Type.Union([Type.Literal('healthy'), Type.Literal('degraded'), Type.Literal('unhealthy')]);

const ReadySchema = Type.Object({
  state: State,
  checks: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String(),
        state: State,
        reason: Type.Union([Type.String(), Type.Null()]),
        tookMs: Type.Integer(),
      }),
      { description: 'Each part of the house; told only to admins.' },
    ),
  ),
});

const describe = (operationId: string, summary: string) => ({
  operationId,
  summary,
  tags: ['health'],
  security: [],
  'x-permission': 'public',
});

/** `/health/live`: the process answers. `/health/ready`: it can do its work; 503 when it cannot. */
export const serveHealth = (app: FastifyInstance, options: HttpOptions): void => {
  app.get(
    '/health/live',
    {
      schema: {
        ...describe('getLiveness', 'Whether the process answers'),
        response: { 200: Type.Object({ state: Type.Literal('healthy') }) },
      },
    },
    async () => ({ state: 'healthy' }),
  );
  const schema = {
    ...describe('getReadiness', 'Whether everything needed is there'),
    response: { 200: ReadySchema, 503: ReadySchema },
  };
  app.get('/health/ready', { schema }, async (request, reply) => {
    const { state, checks } = await options.health.report();
    const viewer = await whoAsks(request, options);
    return reply.code(state === 'unhealthy' ? 503 : 200).send(viewer?.role === 'admin' ? { state, checks } : { state });
  });
};

/** Readiness is told even when nobody can be looked up: that may be just what is broken. */
const whoAsks = (request: FastifyRequest, options: HttpOptions): Promise<Viewer | null> =>
  authorize(request, 'public', options).catch(() => null);
