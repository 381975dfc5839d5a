import { DatabaseSync } from 'node:sqlite';
import fastify from 'fastify';
import { LRUCache } from 'lru-cache';

/**
 * The baseline: the plainest way to keep a report for good. A bare Fastify route with a schema, a token look-up and one
 * INSERT in a transaction of its own, which waits for the disk (WAL, `synchronous=FULL`) as the product does.
 * Run as: node bare.ts FILE PORT TOKEN
 */
const [file = '', port = '', token = ''] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec('CREATE TABLE IF NOT EXISTS reports (user_id INTEGER, item_id INTEGER, position_ms INTEGER, at INTEGER)');
const insert = database.prepare('INSERT INTO reports VALUES (?, ?, ?, ?)');
const viewers = new LRUCache<string, { userId: number }>({ max: 1000 });
viewers.set(token, { userId: 1 });

const body = {
  type: 'object',
  properties: { positionMs: { type: 'integer', minimum: 0 }, durationMs: { type: 'integer', minimum: 1 } },
  required: ['positionMs'],
};
const server = fastify();
server.get('/ready', () => ({ ready: true }));
server.put<{ Params: { id: string }; Body: { positionMs: number } }>(
  '/items/:id/progress',
  { schema: { body } },
  (request, reply) => {
    const viewer = viewers.get(request.headers.authorization?.slice('Bearer '.length) ?? '');
    if (!viewer) return reply.code(401).send({ error: 'unauthenticated' });
    insert.run(viewer.userId, Number(request.params.id), request.body.positionMs, Date.now());
    return { positionMs: request.body.positionMs };
  },
);
await server.listen({ port: Number(port), host: '127.0.0.1' });
process.once('SIGTERM', () => server.close().then(() => database.close()));
