import type { FastifyInstance } from 'fastify';
import { invalid } from '#kernel/errors.ts';

/**
 * Refuses the character NUL in addresses and bodies, once for all routes: no text of ours holds one, and PostgreSQL takes
 * none.
 */
export const refuseNul = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.includes('\\u0000')) done(refusal());
    else parse(request, body, done);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.url.includes('%00')) done(refusal());
    else done();
  });
};

const refusal = () => invalid('Texts must not hold the character NUL.');
