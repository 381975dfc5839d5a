import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { RawBody } from '#kernel/route.ts';

export const AnyBody = Type.String({ format: 'binary', description: 'As its sender has it, of any content type.' });

declare module 'fastify' {
  interface FastifyRequest {
    /** On raw routes: what the body is said to be. */
    toldType: string;
  }
}

/** Gives the routes mounted in it their bodies as bytes, of whatever type or none; all others are not concerned. */
export const withRawBodies = (app: FastifyInstance, mount: (inner: FastifyInstance) => void): void => {
  app.register((inner, _options, done) => {
    inner.decorateRequest('toldType', '');
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser<Buffer>(BYTES, { parseAs: 'buffer' }, (request, bytes, parsed) => {
      parsed(null, { contentType: request.toldType, bytes } satisfies RawBody);
    });
    inner.addHook('onRequest', (request, _reply, next) => {
      request.toldType = request.headers['content-type'] ?? '';
      // A type that is none would be refused before any parser is asked.
      request.headers['content-type'] = BYTES;
      next();
    });
    inner.addHook('preHandler', (request, _reply, next) => {
      // A request without a body is not parsed at all.
      request.body ??= { contentType: request.toldType, bytes: Buffer.alloc(0) } satisfies RawBody;
      next();
    });
    mount(inner);
    done();
  });
};

const BYTES = 'application/octet-stream';
