import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, type Millis, SECOND } from '#kernel/clock.ts';
import type { Notice } from '#sync/media-server.ts';
import { InfoAnswer } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { createFrameReader } from './notices.ts';
import { isFault, type Session } from './session.ts';

export interface SocketOptions {
  /** The wait before the next try; it doubles up to `longestWaitMs`. */
  firstWaitMs?: Millis;
  longestWaitMs?: Millis;
  /** How often the server is told that we are there. One that answers that and then is silent for two beats is gone. */
  beatMs?: Millis;
}

/**
 * Hears what the server tells on its socket until the signal ends it, and connects again by itself; each time it is there
 * again, that is told as well, for what happened meanwhile was not heard. A person's changes are told to that person's own
 * token alone; to an API key, what comes to and goes from the libraries and what is played.
 * @throws ConnectorError `unauthorized`: to try on would only lock the person out
 */
export const listen = async (
  dialect: Dialect,
  session: Session,
  tell: (notice: Notice) => void,
  signal: AbortSignal,
  { firstWaitMs = SECOND, longestWaitMs = 5 * MINUTE, beatMs = 30 * SECOND }: SocketOptions = {},
): Promise<void> => {
  let wait = firstWaitMs;
  while (!signal.aborted) {
    const heard = await hearOnce(dialect, session, tell, signal, beatMs).catch((error) => {
      if (isFault(error, 'unauthorized') && !signal.aborted) throw error;
      return false;
    });
    if (heard) wait = firstWaitMs;
    await sleep(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, longestWaitMs);
  }
};

/** @returns whether the server was there */
const hearOnce = async (
  dialect: Dialect,
  session: Session,
  tell: (notice: Notice) => void,
  signal: AbortSignal,
  beatMs: Millis,
): Promise<boolean> => {
  // A token that has ended is found out by a request, not by a socket that does not open.
  await session.get({ path: '/System/Info', query: {} }, InfoAnswer, signal);
  const token = await session.token(signal);
  const { address, installation } = session.connection;
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}${dialect.socket(token, installation)}`);
  return hearSocket(socket, tell, signal, beatMs);
};

const CONNECTED: Notice = { event: 'connected', about: 'state', account: null, remoteId: null };

const hearSocket = (
  socket: WebSocket,
  tell: (notice: Notice) => void,
  signal: AbortSignal,
  beatMs: Millis,
): Promise<boolean> =>
  new Promise((resolve) => {
    const read = createFrameReader();
    let there = false;
    // Emby does not answer.
    let answers = false;
    let silentBeats = 0;
    const close = () => socket.close();
    const beat = setInterval(() => {
      if (++silentBeats > 2 && (answers || !there)) end();
      else if (there) socket.send('{"MessageType":"KeepAlive"}');
    }, beatMs);
    // A socket of which the other end is gone takes long to close, so its end is not waited for.
    const end = () => {
      clearInterval(beat);
      signal.removeEventListener('abort', end);
      close();
      resolve(there);
    };
    signal.addEventListener('abort', end, { once: true });
    socket.addEventListener('open', () => {
      if (signal.aborted) return close();
      there = true;
      silentBeats = 0;
      socket.send('{"MessageType":"SessionsStart","Data":"0,5000"}');
      tell(CONNECTED);
    });
    socket.addEventListener('message', ({ data }) => {
      silentBeats = 0;
      if (typeof data !== 'string') return;
      answers ||= data.includes('"KeepAlive"');
      for (const notice of read(data)) tell(notice);
    });
    socket.addEventListener('close', end);
    socket.addEventListener('error', end);
    if (signal.aborted) end();
  });
