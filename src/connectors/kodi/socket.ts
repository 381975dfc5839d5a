import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, type Millis, SECOND } from '#kernel/clock.ts';
import { createJsonStream, type JsonStream } from './json-stream.ts';

export interface SocketOptions {
  /** By default 9090. */
  port?: number;
  /** The wait before the next try; it doubles up to `longestWaitMs`. */
  firstWaitMs?: Millis;
  longestWaitMs?: Millis;
  /** After this long in silence Kodi is asked whether it is there; after twice as long it is not. */
  silenceMs?: Millis;
}

const PORT = 9090;
/** Of one message; Kodi's are some hundred bytes, those with a file's details some thousand. */
const LIMIT = 1024 * 1024;

/**
 * Hears what Kodi tells over its socket until the signal ends, and connects again whenever the connection ends: a media
 * box sleeps most of the day, so that nothing answers is no fault. Each time it is there again, that is told too, as
 * `{ method: 'connected' }`: what happened meanwhile was not heard.
 */
export const hear = async (
  host: string,
  tell: (message: unknown) => void,
  signal: AbortSignal,
  options: SocketOptions = {},
): Promise<void> => {
  const { port = PORT, firstWaitMs = SECOND, longestWaitMs = MINUTE, silenceMs = MINUTE } = options;
  let wait = firstWaitMs;
  while (!signal.aborted) {
    const heard = await hearOnce({ host: host.replace(/^\[|\]$/g, ''), port, silenceMs }, tell, signal);
    if (heard) wait = firstWaitMs;
    await sleep(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, longestWaitMs);
  }
};

/** @returns whether Kodi was there */
const hearOnce = (
  { host, port, silenceMs }: { host: string; port: number; silenceMs: Millis },
  tell: (message: unknown) => void,
  signal: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve) => {
    const stream = createJsonStream(LIMIT);
    const socket = connect({ host, port });
    let there = false;
    let asked = false;
    const hangUp = () => socket.destroy();
    const askOnce = () => {
      // A box that was switched off says nothing, not even that it is gone.
      if (asked) hangUp();
      else ask(socket);
      asked = true;
    };
    signal.addEventListener('abort', hangUp, { once: true });
    socket.setTimeout(silenceMs).on('timeout', askOnce);
    socket.on('connect', askOnce);
    socket.on('data', (piece: Buffer) => {
      const messages = takeOrNone(stream, piece);
      if (messages === undefined) return hangUp();
      if (messages.length > 0 && !there) tell(CONNECTED);
      there ||= messages.length > 0;
      asked = false;
      for (const message of messages) tell(message);
    });
    socket.on('error', hangUp);
    socket.on('close', () => {
      signal.removeEventListener('abort', hangUp);
      resolve(there);
    });
  });

const takeOrNone = (stream: JsonStream, piece: Buffer): unknown[] | undefined => {
  try {
    return stream.take(piece);
  } catch {
    return undefined;
  }
};

const CONNECTED = { jsonrpc: '2.0', method: 'connected', params: {} };

const ask = (socket: Socket): void => {
  socket.write(JSON.stringify({ jsonrpc: '2.0', id: 'there', method: 'JSONRPC.Ping' }));
};
