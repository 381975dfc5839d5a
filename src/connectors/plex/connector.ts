import type { Clock } from '#kernel/clock.ts';
import type { AccountKey, Capabilities, Connection, Connector, MediaServer } from '#sync/media-server.ts';
import type { HttpLimits } from '../http.ts';
import { createPatienceBook, type PatienceBook } from '../patience.ts';
import { readPlexDelivery } from './delivery.ts';
import { type PlexOptions, type PlexTv, plexTv, serverHttp } from './hosts.ts';
import { readItems, readLibraries } from './libraries.ts';
import { PAGE } from './pages.ts';
import { createPeople } from './people.ts';
import { createSignIn } from './sign-in.ts';
import { listen } from './socket.ts';
import { readIdentity, verifyPlex } from './verify.ts';
import { isOwner, OWNER, readChanged, readPlaying, readPlays } from './watching.ts';
import { RATING_STEP, readEntry, writeStanding } from './write.ts';

const capabilities: Capabilities = {
  kinds: ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'],
  accounts: 'several',
  reads: ['watched', 'unwatched', 'playCount', 'lastPlayedAt', 'position', 'rating'],
  // A mark counts one view, and it is dated now.
  writes: ['watched', 'unwatched', 'position', 'rating'],
  opinionKinds: ['series', 'season', 'artist', 'album'],
  positionStepMs: 1,
  ratingStep: RATING_STEP,
  pageSize: PAGE,
};

export interface PlexConnectorOptions {
  clock: Clock;
  limits?: HttpLimits;
  /** Of all servers that are asked; absent: of this connector's. */
  patience?: PatienceBook;
  /** The vendor's own hosts, for tests. */
  plexTv?: PlexTv;
}

/** Plex Media Server, and plex.tv for its people. */
export const createPlexConnector = (given: PlexConnectorOptions): Connector => {
  const { clock } = given;
  const options: PlexOptions = {
    clock,
    limits: given.limits ?? {},
    patience: given.patience ?? createPatienceBook({ clock }),
    plexTv: given.plexTv ?? plexTv,
  };
  return {
    kind: 'plex',
    label: 'Plex',
    connect: (connection) => connect(connection, options),
    readDelivery: readPlexDelivery,
    signIn: createSignIn(options),
  };
};

const connect = (connection: Connection, options: PlexOptions): MediaServer => {
  const http = serverHttp(connection, options);
  const owned = once((signal) => isOwner(http, connection.token, signal));
  const people = createPeople(connection, options, {
    machineId: async (signal) => (await readIdentity(http, connection.address, signal)).machineIdentifier,
    isOwner: owned,
  });
  /** A call on the server always concerns the account whose token it brings. */
  const tokenOf = ({ secret }: AccountKey): string | null => secret ?? connection.token;
  /** How the server calls an account; null: it has no number that we know. */
  const localId = async ({ remoteId, secret }: AccountKey, signal: AbortSignal): Promise<string | null> => {
    if (secret === null && (await owned(signal))) return OWNER;
    return /^\d+$/.test(remoteId) ? remoteId : null;
  };
  return {
    capabilities,
    verify: (signal) => verifyPlex(http, connection, signal),
    accounts: people.list,
    enter: people.enter,
    libraries: (account, signal) => readLibraries(http, tokenOf(account), signal),
    items: (query, signal) => readItems(http, query, tokenOf, signal),
    standing: async (account, remoteId, signal) =>
      (await readEntry(http, tokenOf(account), remoteId, signal))?.standing ?? null,
    write: (account, remoteId, change, signal) => writeStanding(http, tokenOf(account), remoteId, change, signal),
    playing: async (account, signal) => {
      const id = await localId(account, signal);
      const ids = id === null ? [account.remoteId] : [id, account.remoteId];
      return readPlaying(http, connection.token, account, ids, signal);
    },
    changedSince: (account, since, signal) => readChanged(http, tokenOf(account), since, signal),
    plays: async function* (account, since, signal) {
      yield* readPlays(http, tokenOf(account), await localId(account, signal), since, signal);
    },
    listen: (tell, signal) => listen(http, connection, tell, signal),
  };
};

/** Asks once, and again only after a failure. */
const once = <T>(ask: (signal: AbortSignal) => Promise<T>) => {
  let answer: Promise<T> | undefined;
  return (signal: AbortSignal): Promise<T> => {
    answer ??= ask(signal).catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
};
