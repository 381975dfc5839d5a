import { connect, type Socket } from 'node:net';

/** What one round of asking gave. */
export interface Round {
  requests: number;
  elapsedMs: number;
  /** Time of each answer, in ms. */
  latencies: number[];
  /** Answers that were no success, by status. */
  failures: Map<number, number>;
}

export interface Load {
  port: number;
  connections: number;
  /** For how long; absent: until there is no next request. */
  forMs?: number;
  /** The next request as {@link request} makes it; undefined: that was the last. */
  next(): string | undefined;
}

/** A request as it goes over the wire. */
export const request = (method: string, path: string, token: string, body?: unknown): string => {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n`;
  if (body === undefined) return `${head}\r\n`;
  const text = JSON.stringify(body);
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

/**
 * Asks over kept connections, each sending its next request when the answer to the former has come. Written on bare
 * sockets, because an HTTP client costs more CPU than the server it is to measure, and both share two cores.
 * @throws Error when a connection breaks or an answer cannot be read
 */
export const load = async ({ port, connections, forMs = Number.POSITIVE_INFINITY, next }: Load): Promise<Round> => {
  const round: Round = { requests: 0, elapsedMs: 0, latencies: [], failures: new Map() };
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const start = performance.now();
  const rest = stayAwake();
  try {
    await Promise.all(sockets.map((socket) => askUntil(socket, start + forMs, next, round)));
  } finally {
    rest();
  }
  round.elapsedMs = performance.now() - start;
  for (const socket of sockets) socket.destroy();
  return round;
};

/**
 * Keeps this process from sleeping between answers. On a virtual machine waking a sleeper costs whoever writes to it some
 * 30 µs, which would be told as the server's; the quicker floor hardly ever finds us asleep.
 */
const stayAwake = (): (() => void) => {
  let awake = true;
  const turn = () => {
    if (awake) setImmediate(turn);
  };
  turn();
  return () => {
    awake = false;
  };
};

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });

const askUntil = (socket: Socket, end: number, next: () => string | undefined, round: Round): Promise<void> =>
  new Promise((resolve, reject) => {
    let sentAt = 0;
    let held: Buffer | undefined;
    const askOrEnd = (now: number) => {
      const bytes = now < end ? next() : undefined;
      if (bytes === undefined) return resolve();
      sentAt = now;
      socket.write(bytes);
    };
    socket.on('data', (chunk: Buffer) => {
      held = held ? Buffer.concat([held, chunk]) : chunk;
      const status = statusOfWhole(held);
      if (status === undefined) return;
      held = undefined;
      const now = performance.now();
      round.requests += 1;
      round.latencies.push(now - sentAt);
      if (status < 200 || status > 299) round.failures.set(status, (round.failures.get(status) ?? 0) + 1);
      askOrEnd(now);
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection in the middle of the load.')));
    askOrEnd(performance.now());
  });

/** The status of an answer that is there in full; undefined while some of it is still to come. */
const statusOfWhole = (bytes: Buffer): number | undefined => {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  if (!length && status !== 204) throw new Error(`An answer has no content-length:\n${head}`);
  return bytes.length >= headEnd + 4 + Number(length?.[1] ?? 0) ? status : undefined;
};
