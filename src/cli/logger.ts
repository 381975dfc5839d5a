import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import type { Config } from '#config/config.ts';
import { toIso } from '#kernel/clock.ts';

/** Fields that may hold a secret, at the top of the details and one below. */
const SECRETS = ['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', 'set-cookie'];

/** The streams there are to write to, by their file descriptor. */
const streams = { 1: process.stdout, 2: process.stderr } as const;
type Descriptor = keyof typeof streams;

/** Writes JSON lines for machines, readable ones on a terminal. */
export const createLogger = ({ level, pretty }: Config['log'], descriptor: Descriptor): Pino => {
  const options = {
    level,
    base: null,
    redact: { paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '•••' },
  };
  return isReadable(pretty, descriptor)
    ? pino(options, readable(descriptor))
    : pino(options, pino.destination({ dest: descriptor, sync: true }));
};

export const isReadable = (pretty: boolean | undefined, descriptor: Descriptor): boolean =>
  pretty ?? streams[descriptor].isTTY ?? false;

/** Turns pino's lines into `12:03:04 warn  message key=value`; a stack trace follows indented. */
const readable = (descriptor: Descriptor): DestinationStream => ({
  write: (line) => {
    const { level, time, msg = '', err, ...details } = JSON.parse(line) as Record<string, unknown>;
    const { stack, message, ...more } = (err ?? {}) as Record<string, unknown>;
    const words = [
      toIso(Number(time)).slice(11, 19),
      (pino.levels.labels[Number(level)] ?? '').padEnd(5),
      String(msg),
      ...pairs(details),
      ...pairs(more),
    ];
    const trace = stack ?? message;
    streams[descriptor].write(`${words.join(' ')}\n${trace ? `${String(trace).replace(/^/gm, '  ')}\n` : ''}`);
  },
});

const pairs = (details: Record<string, unknown>): string[] =>
  Object.entries(details).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
