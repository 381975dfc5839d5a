import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAppError } from '#kernel/errors.ts';
import type { Route, StreamEvent, Streaming } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { Answer } from './answer.ts';
import { authorize } from './authorize.ts';
import { RequestCall } from './call.ts';
import { type EventWire, openWire } from './event-wire.ts';
import type { HttpOptions } from './ports.ts';

/** Longer ids than any that were given out are none of ours. */
const LONGEST_ID = 100;

/** Answers a request with the stream that a route's handler sends. */
export type ServeStream = (request: FastifyRequest, reply: FastifyReply, answer: Answer) => Promise<FastifyReply>;

/** @param closing ends streams as soon as the server begins to stop */
export const streamServer =
  (route: Route, options: HttpOptions, closing: AbortSignal): ServeStream =>
  async (request, reply, answer) => {
    const call = new StreamCall(route, request, reply, { options, answer, closing });
    try {
      await route.handle(call);
    } catch (error) {
      if (!call.wire.isOpen) throw error;
      const requestId = request.id;
      options.logger.error({ err: error, requestId, method: route.method, route: route.path }, 'a stream broke off');
    }
    call.wire.end();
    return reply;
  };

/** Ends when the server begins to stop: streams would otherwise keep it waiting. */
export const closingSignal = (app: FastifyInstance): AbortSignal => {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  return closing.signal;
};

interface Around {
  options: HttpOptions;
  answer: Answer;
  closing: AbortSignal;
}

class StreamCall extends RequestCall implements Streaming<unknown> {
  readonly lastEventId: string | null;
  readonly wire: EventWire;
  readonly #answer: Answer;
  readonly #look: () => Promise<Viewer | null>;

  constructor(route: Route, request: FastifyRequest, reply: FastifyReply, { options, answer, closing }: Around) {
    super(request.viewer, request, reply, closing);
    this.lastEventId = lastEventIdOf(request);
    this.wire = openWire(reply, this.signal, options.streams);
    this.#answer = answer;
    this.#look = () => authorize(request, route.permission, options).catch(nobodyWhenRefused);
  }

  /** Getters, since handlers take the call apart. */
  get viewerNow(): () => Promise<Viewer | null> {
    return this.#look;
  }

  get send(): (events: readonly StreamEvent[]) => Promise<void> {
    return (events) => this.wire.write(events.map((event) => frameOf(event, this.#answer)).join(''));
  }
}

const lastEventIdOf = (request: FastifyRequest): string | null => {
  const given = request.headers['last-event-id'];
  return typeof given === 'string' && given !== '' ? given.slice(0, LONGEST_ID) : null;
};

const nobodyWhenRefused = (error: unknown): null => {
  if (isAppError(error, 'unauthenticated') || isAppError(error, 'forbidden')) return null;
  throw error;
};

/** One event as it is written. JSON has no line breaks, so the data is one line. */
const frameOf = ({ id, event, data }: StreamEvent, answer: Answer): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${answer(data)}\n\n`;
