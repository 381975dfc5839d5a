import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, fromIso, type Millis, SECOND } from '#kernel/clock.ts';
import { invalid, isAppError, unavailable } from '#kernel/errors.ts';
import type { Services } from '../app.ts';
import { ask } from './ask.ts';
import { sameName } from './named.ts';
import { say } from './output.ts';

type Sync = Services['sync'];
type NewClient = Parameters<Sync['add']>[1];
type Added = Awaited<ReturnType<Sync['add']>>;
type SignedIn = Awaited<ReturnType<Services['signIns']['look']>>;
type Server = SignedIn['servers'][number];

interface Parts extends Pick<Services, 'signIns'> {
  sync: Pick<Sync, 'add'>;
  clock: Clock;
}

interface Wish {
  /** undefined: the first of the server's addresses that answers. */
  address: string | undefined;
  /** Its name; undefined: asked for. */
  server: string | undefined;
}

const LOOK_EVERY: Millis = 2 * SECOND;

/**
 * Connects a media server by signing in at its vendor's site: tells where that is, waits until it is allowed there, and
 * takes the server that is wished from those that it brings.
 * @throws AppError `unavailable` when it is not allowed in time or no address answers, `invalid` when there is no such server
 */
export const addSignedIn = async (
  { signIns, sync, clock }: Parts,
  facts: Omit<NewClient, 'address'>,
  { address, server: wished }: Wish,
  signal: AbortSignal,
): Promise<Added> => {
  const begun = await signIns.begin(facts.kind, signal);
  say(`Open this page and allow it:\n\n  ${begun.url}\n`);
  const { userName, servers } = await allowed(signIns, clock, begun, signal);
  say(`Signed in as ${userName}.`);
  const server = await choose(servers, wished);
  const signIn = { id: begun.id, serverId: server.serverId };
  let failure: unknown = unavailable(`${server.name} tells no address: give one behind the kind.`);
  for (const one of address === undefined ? server.addresses : [address]) {
    try {
      return await sync.add(null, { ...facts, signIn, address: one }, signal);
    } catch (error) {
      if (!isAppError(error, 'unavailable')) throw error;
      failure = error;
    }
  }
  throw failure;
};

const allowed = async (
  signIns: Services['signIns'],
  clock: Clock,
  { id, expiresAt }: { id: string; expiresAt: string },
  signal: AbortSignal,
): Promise<SignedIn> => {
  const until = fromIso(expiresAt) ?? 0;
  for (;;) {
    const signedIn = await signIns.look(id, signal);
    if (signedIn.allowed) return signedIn;
    if (clock.now() >= until) throw unavailable('It was not allowed in time: begin again.');
    await pause(LOOK_EVERY, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
};

const choose = async (servers: readonly Server[], wished: string | undefined): Promise<Server> => {
  const names = servers.map((server) => server.name).join(', ');
  if (servers.length === 0) throw invalid('This account has no server.');
  const [only] = servers;
  if (wished === undefined && servers.length === 1 && only) return only;
  if (wished === undefined && !process.stdin.isTTY) throw invalid(`Say which with --server; there are: ${names}.`);
  const name = wished ?? (await ask(`Which server (${names})? `));
  const [found, ...more] = servers.filter((server) => sameName(server.name, name) || server.serverId === name);
  if (found && more.length === 0) return found;
  throw invalid(`${found ? 'Several servers are' : 'No server is'} called "${name}"; there are: ${names}.`);
};
