import type { FastifyInstance } from 'fastify';
import { SECOND } from '#kernel/clock.ts';

/** How long requests in flight may go on once the server stops. */
const GRACE_MS = 10 * SECOND;
const SWEEP_MS = 50;

/**
 * Has `app.close()` end in time: no new connections, requests in flight are finished, connections are closed as soon as
 * they are idle, and what is left after ten seconds is cut off.
 * @returns a signal that ends when requests are to give up
 */
export const closeInTime = (app: FastifyInstance, graceMs = GRACE_MS): AbortSignal => {
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  app.addHook('preClose', async () => {
    timers.push(
      setInterval(() => app.server.closeIdleConnections(), SWEEP_MS),
      setTimeout(() => {
        stopping.abort();
        app.server.closeAllConnections();
      }, graceMs),
    );
  });
  app.server.on('close', () => {
    for (const timer of timers) clearTimeout(timer);
  });
  app.addHook('onClose', async () => {
    for (const timer of timers) clearTimeout(timer);
  });
  return stopping.signal;
};
