import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { API_PREFIX } from './mount.ts';

export const OPENAPI_PATH = `${API_PREFIX}/openapi.json`;

/** Collects the routes mounted after it into an OpenAPI 3.1 document, which is written at its first reading. */
export const describeApi = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Leftoff',
        version,
        description:
          'Instants are ISO 8601 in UTC; positions and durations are whole milliseconds; ids are integers. Lists answer ' +
          '`{ items, next }`: send `next` back as `cursor` for the following page. `x-permission` tells who may call an ' +
          'operation: public, setup (while there is no admin), guest (anyone signed in), user, admin.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token: `lo_…`.' },
          session: { type: 'apiKey', in: 'cookie', name: 'leftoff_session', description: 'The web page’s session.' },
        },
      },
    },
  });
  let text: string | undefined;
  app.get(OPENAPI_PATH, { schema: { hide: true } }, async (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.header('content-type', 'application/json; charset=utf-8').send(text);
  });
};
