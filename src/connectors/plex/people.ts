import { ConnectorError, type ConnectorFault } from '#sync/connector-error.ts';
import type { Connection, RemoteAccount } from '#sync/media-server.ts';
import type { Http } from '../http.ts';
import { Friends, HomeUsers, Resources, SharedServers, Switched, TvUser } from './answers.ts';
import { type PlexOptions, tokenHeader, tvHttp } from './hosts.ts';
import { flagOf, textOf } from './values.ts';
import { readXml } from './xml.ts';

/** The people of a server, as plex.tv knows them: its owner, the Home, and friends that it is shared with. */
export interface PlexPeople {
  list(signal: AbortSignal): Promise<RemoteAccount[]>;
  /** @returns the token with which the server takes an account */
  enter(accountId: string, pin: string | null, signal: AbortSignal): Promise<string>;
}

/** The account of a connection whose token plex.tv does not know; the server takes it, and does not say whose it is. */
const NAMELESS = 'self';

/** What the server itself is asked. */
interface ServerSide {
  machineId(signal: AbortSignal): Promise<string>;
  isOwner(signal: AbortSignal): Promise<boolean>;
}

export const createPeople = (connection: Connection, options: PlexOptions, server: ServerSide): PlexPeople => {
  const site = tvHttp(options.plexTv.site, connection.installation, options);
  const clients = tvHttp(options.plexTv.clients, connection.installation, options);
  const headers = tokenHeader(connection.token);
  /** null: the token is for the server alone. An owner's is for both: where only the server takes it, it has run out. */
  const self = async (signal: AbortSignal): Promise<RemoteAccount | null> => {
    try {
      const user = await site.get('/api/v2/user', { shape: TvUser, headers, signal });
      return { remoteId: String(user.id), name: nameOf(user), entry: 'none', own: true };
    } catch (error) {
      if (!isFault(error, 'unauthorized') || (await server.isOwner(signal))) throw error;
      return null;
    }
  };
  // Profiles with restrictions may not list others.
  const home = (signal: AbortSignal) =>
    unlessForbidden(async () => {
      const answer = await site.find('/api/v2/home/users', { shape: HomeUsers, headers, signal });
      return answer?.users ?? [];
    });
  const friends = (signal: AbortSignal) =>
    unlessForbidden(async () => {
      const machine = await server.machineId(signal);
      const { User } = (await readXml(site, '/api/users/', { shape: Friends, headers, signal })).MediaContainer;
      return (User ?? []).filter(({ Server }) => Server?.some((one) => one.machineIdentifier === machine));
    });
  return {
    list: async (signal) => {
      const own = await self(signal);
      if (!own) return [{ remoteId: NAMELESS, name: connection.userName ?? 'This account', entry: 'none', own: true }];
      const people: RemoteAccount[] = [
        own,
        ...(await home(signal)).map(
          (user): RemoteAccount => ({
            remoteId: String(user.id),
            name: nameOf(user),
            entry: flagOf(user.protected) ? 'pin' : 'open',
            own: false,
          }),
        ),
        ...(await friends(signal)).map(
          (user): RemoteAccount => ({ remoteId: user.id, name: nameOf(user), entry: 'open', own: false }),
        ),
      ];
      // People of the Home are told as friends once more.
      return [...new Map(people.toReversed().map((person) => [person.remoteId, person])).values()].toReversed();
    },
    enter: async (accountId, pin, signal) => {
      const member = (await home(signal)).find(({ id }) => String(id) === accountId);
      const machine = await server.machineId(signal);
      const token = member
        ? await serverToken(clients, machine, await switchTo(clients, member.uuid, pin, headers, signal), signal)
        : await sharedToken(site, machine, accountId, headers, signal);
      if (!token) throw notShared();
      return token;
    },
  };
};

const nameOf = (user: { id: number | string; title?: string | null; username?: string | null }): string =>
  textOf(user.title) ?? textOf(user.username) ?? `User ${user.id}`;

/** The token with which a server takes the account that a token of plex.tv is of. */
const serverToken = async (clients: Http, machine: string, token: string, signal: AbortSignal) => {
  const query = { includeHttps: 1, includeRelay: 1, includeIPv6: 1 };
  const headers = tokenHeader(token);
  const servers = await clients.get('/api/v2/resources', { shape: Resources, query, headers, signal });
  return servers.find(({ clientIdentifier }) => clientIdentifier === machine)?.accessToken;
};

const switchTo = async (
  clients: Http,
  uuid: string,
  pin: string | null,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<string> => {
  const path = `/api/v2/home/users/${encodeURIComponent(uuid)}/switch`;
  try {
    const answer = await clients.send('POST', path, { shape: Switched, query: { pin }, headers, signal });
    return answer.authToken;
  } catch (error) {
    // Plex answers a wrong PIN with 401, 403 or 422, and with the same words as a token that has run out.
    if (isFault(error, 'unauthorized', 'forbidden', 'refused')) {
      throw new ConnectorError(
        'unauthorized',
        'Plex did not take the PIN of this profile. Check it and try again.',
        error,
      );
    }
    throw error;
  }
};

const sharedToken = async (
  site: Http,
  machine: string,
  accountId: string,
  headers: Record<string, string>,
  signal: AbortSignal,
) => {
  const path = `/api/servers/${encodeURIComponent(machine)}/shared_servers`;
  const { SharedServer } = (await readXml(site, path, { shape: SharedServers, headers, signal })).MediaContainer;
  return SharedServer?.find(({ userID }) => userID === accountId)?.accessToken;
};

const notShared = () =>
  new ConnectorError(
    'refused',
    'This server is not shared with that account any more. Share it in Plex, then try again.',
  );

const unlessForbidden = async <T>(work: () => Promise<T[]>): Promise<T[]> => {
  try {
    return await work();
  } catch (error) {
    if (isFault(error, 'forbidden')) return [];
    throw error;
  }
};

const isFault = (error: unknown, ...faults: ConnectorFault[]): boolean =>
  error instanceof ConnectorError && faults.includes(error.fault);
