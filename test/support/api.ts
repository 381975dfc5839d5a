import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { createAudit } from '#audit/audit.ts';
import { auditRoutes } from '#audit/routes.ts';
import type { Database } from '#database/database.ts';
import { createServer } from '#http/server.ts';
import { createIdempotency } from '#idempotency/idempotency.ts';
import { createLoginLimit } from '#identity/login-limit.ts';
import { identityRoutes } from '#identity/routes.ts';
import { createIdentity, type Identity } from '#identity/service.ts';
import { manualClock } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Route } from '#kernel/route.ts';

/** A caller of the API: keeps the session cookie it is given, or sends a token. */
export interface Caller {
  cookie: string | null;
  get(path: string): Promise<LightMyRequestResponse>;
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<LightMyRequestResponse>;
}

interface Api {
  app: FastifyInstance;
  identity: Identity;
  clock: ReturnType<typeof manualClock>;
  /** Users whose group scope was asked to be made anew. */
  rebuilt: UserId[];
  caller(headers?: Record<string, string>): Caller;
  /** Signs in, by default as the admin that is made with it. */
  signIn(name: string, password: string): Promise<Caller>;
}

export const ADMIN = { name: 'Ada', password: 'correct horse battery' };

/** The API over identity and audit, without a socket. */
export const startApi = async (
  database: Database,
  options: { routes?: (identity: Identity) => Route[]; loginTries?: number } = {},
): Promise<Api> => {
  const clock = manualClock(Date.UTC(2026, 0, 1));
  const rebuilt: UserId[] = [];
  const identity = createIdentity({
    database,
    clock,
    audit: createAudit({ clock }),
    rebuilder: { rebuildGroup: async (_tx, userId) => void rebuilt.push(userId) },
    logger: silentLogger,
    loginLimit: createLoginLimit(options.loginTries ?? 1000),
  });
  const app = await createServer({
    routes: [...identityRoutes(identity), ...auditRoutes({ database }), ...(options.routes?.(identity) ?? [])],
    once: createIdempotency({ database, clock }).once,
    resolveViewer: identity.resolveViewer,
    setupNeeded: identity.setupNeeded,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger: silentLogger,
    explainFault: database.dialect.explainFault,
  });
  onTestFinished(async () => {
    await app.close();
    await identity.idle();
  });
  const caller = (headers: Record<string, string> = {}) => callerOf(app, headers);
  const signIn = async (name: string, password: string) => {
    const fresh = caller();
    const answer = await fresh.send('POST', '/session', { name, password });
    if (answer.statusCode !== 201) throw new Error(`Signing in failed: ${answer.body}`);
    return fresh;
  };
  return { app, identity, clock, rebuilt, caller, signIn };
};

const callerOf = (app: FastifyInstance, headers: Record<string, string>): Caller => {
  const call = async (method: string, path: string, body?: object) => {
    const cookie = self.cookie === null ? {} : { cookie: self.cookie };
    const answer = await app.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      headers: { ...headers, ...cookie },
      ...(body !== undefined && { payload: body }),
    });
    const set = [answer.headers['set-cookie'] ?? []].flat()[0];
    if (set !== undefined) self.cookie = /Max-Age=0/.test(set) ? null : (set.split(';')[0] ?? null);
    return answer;
  };
  const self: Caller = {
    cookie: null,
    get: (path) => call('GET', path),
    send: call,
  };
  return self;
};
