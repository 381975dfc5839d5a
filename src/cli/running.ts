import { unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/**
 * By a socket in the data folder others know that a server runs on it: the system itself ends it with the program. Where no
 * such socket can be made, that is not known.
 * @returns takes it away
 */
export const tellRunning = async (dataDir: string): Promise<() => Promise<void>> => {
  const path = join(dataDir, SOCKET);
  if (path.length > LONGEST_PATH || (await isRunning(dataDir))) return async () => {};
  await unlink(path).catch(() => {});
  const server = createServer((socket) => socket.destroy()).unref();
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.listen(path, () => resolve());
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
};

/** Whether a server is known to run on a data folder. */
export const isRunning = (dataDir: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(join(dataDir, SOCKET));
    const end = (running: boolean) => {
      socket.destroy();
      resolve(running);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });

const SOCKET = 'server.sock';
/** What a system takes for the path of a socket; a longer one is cut by some. */
const LONGEST_PATH = 100;
