import { randomUUID } from 'node:crypto';
import type { ClientKind } from '#database/tables/sync.ts';
import { type Clock, type Instant, MINUTE, toIso } from '#kernel/clock.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import { toAppError } from './faults.ts';
import type { Connector, SignedIn } from './media-server.ts';
import type { SignedInView, SignInView } from './views.ts';

/** Signing in at a vendor's own site, in place of an address and a password. What it brings is kept here for a while. */
export interface SignIns {
  /** @throws AppError `invalid` where the vendor has none */
  begin(kind: ClientKind, signal: AbortSignal): Promise<SignInView>;
  /** Asks whether it was allowed. @throws AppError `not_found` when it is unknown or too old */
  look(id: string, signal: AbortSignal): Promise<SignedInView>;
  /** The token for one of the servers that it brought. @throws AppError `not_found` */
  tokenFor(id: string, serverId: string): string;
}

interface Going {
  kind: ClientKind;
  /** The vendor's name of it. */
  name: string;
  until: Instant;
  result: SignedIn | null;
}

interface SignInTools {
  clock: Clock;
  connectors: readonly Connector[];
  installation: string;
}

/** How long what it brought can be used. */
const HOLDS = 30 * MINUTE;
/** A house signs in now and then. */
const MOST = 100;

export const createSignIns = ({ clock, connectors, installation }: SignInTools): SignIns => {
  const going = new Map<string, Going>();
  const signInOf = (kind: ClientKind) => {
    const signIn = connectors.find((connector) => connector.kind === kind)?.signIn;
    if (!signIn) throw invalid(`${kind} has no site to sign in at: give an address and a password or a key.`);
    return signIn;
  };
  const known = (id: string): Going => {
    const one = going.get(id);
    if (!one || one.until < clock.now()) throw notFound('This sign-in');
    return one;
  };
  return {
    begin: async (kind, signal) => {
      const signIn = signInOf(kind);
      const { id: name, url, expiresAt } = await signIn.begin(installation, signal).catch(rethrow);
      const id = randomUUID();
      going.set(id, { kind, name, until: clock.now() + HOLDS, result: null });
      const [oldest] = going.keys();
      if (going.size > MOST && oldest !== undefined) going.delete(oldest);
      return { id, url, expiresAt: toIso(expiresAt) };
    },
    look: async (id, signal) => {
      const one = known(id);
      one.result ??= await signInOf(one.kind).finish(installation, one.name, signal).catch(rethrow);
      if (one.result === null) return { allowed: false, userName: null, servers: [] };
      const servers = one.result.servers.map(({ token: _, ...server }) => server);
      return { allowed: true, userName: one.result.userName, servers };
    },
    tokenFor: (id, serverId) => {
      const server = known(id).result?.servers.find((one) => one.serverId === serverId);
      if (!server) throw notFound('This server of the sign-in');
      return server.token;
    },
  };
};

const rethrow = (error: unknown): never => {
  throw toAppError(error);
};
