import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { API_PREFIX } from './mount.ts';

export const OPENAPI_PATH = `${API_PREFIX}/openapi.json`;

interface Named {
  title: string;
}

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string' && 'type' in value;

/** Takes every schema that has a title out to the components and refers to it there: each stands once in the document. */
const withNames = (document: object): object => {
  const schemas: Record<string, unknown> = {};
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const walked = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part)]));
    if (!isNamed(value)) return walked;
    schemas[value.title] = walked;
    return { $ref: `#/components/schemas/${value.title}` };
  };
  const walked = walk(document) as { components?: object };
  return { ...walked, components: { ...walked.components, schemas } };
};

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
    text ??= JSON.stringify(withNames(app.swagger()));
    return reply.header('content-type', 'application/json; charset=utf-8').send(text);
  });
};
