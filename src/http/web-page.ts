import type { FastifyInstance } from 'fastify';
import { pageHeaders } from './headers.ts';

/** Serves the web page at `/`. Browsers keep its files but ask each time, by ETag, whether they are still the same. */
export const serveWebPage = async (app: FastifyInstance, folder: string): Promise<void> => {
  const { default: fastifyStatic } = await import('@fastify/static');
  // A context of its own, so that its headers take the place of the API's on its routes only.
  await app.register(async (page) => {
    page.addHook('onRequest', (_request, reply, done) => {
      reply.headers(pageHeaders);
      done();
    });
    await page.register(fastifyStatic, { root: folder, cacheControl: false });
  });
};
