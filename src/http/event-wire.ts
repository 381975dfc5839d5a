import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { type Millis, SECOND } from '#kernel/clock.ts';

/** How streams are kept. */
export interface StreamTiming {
  /** After how long without a connection a reader tries again. */
  retryMs: Millis;
  /** How often a comment is written, so that nobody between takes the connection for dead. */
  heartbeatMs: Millis;
  /** How long a reader that takes nothing is waited for. */
  patienceMs: Millis;
}

const usual: StreamTiming = { retryMs: 3 * SECOND, heartbeatMs: 20 * SECOND, patienceMs: 20 * SECOND };

/** The writing end of one stream. */
export interface EventWire {
  /** Whether the answer has begun; until then an error can be answered instead. */
  readonly isOpen: boolean;
  /** Resolves when there is room for more, or nobody reads any more. */
  write(text: string): Promise<void>;
  end(): void;
}

/**
 * Makes an answer of server-sent events; it begins with the first thing written.
 * @param over ends when there is nobody to write to
 */
export const openWire = (reply: FastifyReply, over: AbortSignal, timing: Partial<StreamTiming> = {}): EventWire => {
  const { raw } = reply;
  const { retryMs, heartbeatMs, patienceMs } = { ...usual, ...timing };
  let heartbeat: NodeJS.Timeout | undefined;
  const begin = () => {
    if (wire.isOpen) return;
    wire.isOpen = true;
    beginAnswer(reply);
    raw.write(`retry: ${retryMs}\n\n`);
    heartbeat = setInterval(() => {
      if (!raw.writableNeedDrain && !raw.destroyed) raw.write(':\n\n');
    }, heartbeatMs);
    raw.once('close', () => clearInterval(heartbeat));
  };
  const wire = {
    isOpen: false,
    write: async (text: string) => {
      if (over.aborted || raw.destroyed) return;
      begin();
      if (!raw.write(text)) await room(raw, over, patienceMs);
    },
    end: () => {
      if (raw.destroyed) return;
      begin();
      clearInterval(heartbeat);
      raw.end();
    },
  };
  return wire;
};

const beginAnswer = (reply: FastifyReply): void => {
  reply.hijack();
  // What fails to be written shows as the connection's end.
  reply.raw.on('error', () => {});
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    // Proxies are not to collect what is to arrive at once.
    'x-accel-buffering': 'no',
  });
};

/** Waits for a slow reader, but not for ever: it is cut off, and goes on later from the last event that it took. */
const room = (raw: ServerResponse, over: AbortSignal, patienceMs: Millis): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(patience);
      raw.off('drain', done);
      raw.off('close', done);
      over.removeEventListener('abort', done);
      resolve();
    };
    const patience = setTimeout(() => raw.destroy(), patienceMs);
    raw.once('drain', done);
    raw.once('close', done);
    over.addEventListener('abort', done, { once: true });
  });
