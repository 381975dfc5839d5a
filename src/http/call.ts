import { stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Instant, toIso } from '#kernel/clock.ts';
import type { Call } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';

export const SESSION_COOKIE = 'leftoff_session';

/** One request as a handler sees it. What few handlers ask for is made only when they do. */
export class RequestCall implements Call<unknown, unknown, unknown> {
  readonly viewer: Viewer | null;
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #stopping: AbortSignal;
  #signal: AbortSignal | undefined;

  constructor(viewer: Viewer | null, request: FastifyRequest, reply: FastifyReply, stopping: AbortSignal) {
    this.viewer = viewer;
    this.#request = request;
    this.#reply = reply;
    this.#stopping = stopping;
  }

  get params(): unknown {
    return this.#request.params;
  }

  get query(): unknown {
    return this.#request.query;
  }

  get body(): unknown {
    return this.#request.body;
  }

  get remote(): { address: string; userAgent: string } {
    return { address: this.#request.ip, userAgent: this.#request.headers['user-agent']?.slice(0, 300) ?? '' };
  }

  get signal(): AbortSignal {
    this.#signal ??= AbortSignal.any([this.#stopping, hangUp(this.#reply)]);
    return this.#signal;
  }

  /** A getter, since handlers take the call apart. */
  get setSession() {
    return (token: string | null, expiresAt?: Instant): void => this.#setCookie(token, expiresAt);
  }

  #setCookie(token: string | null, expiresAt?: Instant): void {
    const end = token === null ? { maxAge: 0 } : expiresAt === undefined ? {} : { expires: dateOf(expiresAt) };
    const cookie = stringifySetCookie({
      name: SESSION_COOKIE,
      value: token ?? '',
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.#request.protocol === 'https',
      ...end,
    });
    this.#reply.header('set-cookie', cookie);
  }
}

const hangUp = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController();
  if (reply.raw.destroyed) controller.abort();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
};

const dateOf = (at: Instant): Date => new Date(toIso(at));
