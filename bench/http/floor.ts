import { DatabaseSync } from 'node:sqlite';
import fastify from 'fastify';
import { LRUCache } from 'lru-cache';

/**
 * The floor: the least a server on these tools can do for an authenticated read. A bare Fastify route with a token
 * look-up and one prepared statement, whose columns go out as they are.
 * Run as: node floor.ts FILE PORT TOKEN
 */
const [file = '', port = '', token = ''] = process.argv.slice(2);
const database = new DatabaseSync(file, { readOnly: true });
database.exec('PRAGMA cache_size = -32768; PRAGMA mmap_size = 268435456');
const itemById = database.prepare('SELECT * FROM media_items WHERE id = ? AND removed_at IS NULL');
const viewers = new LRUCache<string, { userId: number }>({ max: 1000 });
viewers.set(token, { userId: 1 });

const server = fastify();
server.get('/ready', () => ({ ready: true }));
server.get<{ Params: { id: string } }>('/items/:id', (request, reply) => {
  const viewer = viewers.get(request.headers.authorization?.slice('Bearer '.length) ?? '');
  if (!viewer) return reply.code(401).send({ error: 'unauthenticated' });
  const row = itemById.get(Number(request.params.id));
  return row ?? reply.code(404).send({ error: 'not_found' });
});
await server.listen({ port: Number(port), host: '127.0.0.1' });
process.once('SIGTERM', () => server.close().then(() => database.close()));
