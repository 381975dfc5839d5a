import { type Clock, HOUR, type Instant } from '#kernel/clock.ts';
import type { Capabilities, Connection, Connector, MediaServer, StandingField } from '#sync/media-server.ts';
import { createPatienceBook, type PatienceBook } from '../patience.ts';
import { readChanged } from './changed.ts';
import type { KodiZone } from './kodi-time.ts';
import { PAGE } from './listing.ts';
import { readItems, readLibraries } from './lists.ts';
import { noticeOf } from './notices.ts';
import { readPlaying } from './playing.ts';
import { createKodiRpc, type KodiRpc, type RpcLimits } from './rpc.ts';
import { hear, type SocketOptions } from './socket.ts';
import { readStanding, writeStanding } from './standing.ts';
import { findZone, verifyKodi } from './verify.ts';

const fields: readonly StandingField[] = ['watched', 'unwatched', 'playCount', 'lastPlayedAt', 'position', 'rating'];

const capabilities: Capabilities = {
  kinds: ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'],
  // Kodi's profiles are whole installations; the one that is open is all that can be seen.
  accounts: 'single',
  reads: fields,
  writes: fields,
  opinionKinds: ['series', 'season', 'album'],
  positionStepMs: 1000,
  sharesFileState: true,
  ratingStep: 1,
  pageSize: PAGE,
};

/** Kodi's one account: it knows no people. */
export const ACCOUNT = 'kodi';

export interface KodiOptions {
  clock: Clock;
  limits?: RpcLimits;
  patience?: PatienceBook;
  socket?: SocketOptions;
}

/**
 * Kodi 18 and later, through its JSON-RPC over HTTP, and its notifications over TCP: on the host of the address, where
 * Kodi listens on port 9090 unless its `advancedsettings.xml` says otherwise. Of other hosts it takes connections only
 * where "Allow remote control from applications on other systems" is on; where it is not, changes are found by looking.
 */
export const createKodiConnector = ({
  clock,
  patience = createPatienceBook({ clock }),
  ...more
}: KodiOptions): Connector => ({
  kind: 'kodi',
  label: 'Kodi',
  connect: (connection) => connect(connection, { clock, patience, ...more }),
});

type Given = KodiOptions & { patience: PatienceBook };

const connect = (connection: Connection, { clock, limits, patience, socket }: Given): MediaServer => {
  const rpc = createKodiRpc(connection, patience(connection.address), limits);
  const zoneNow = keptZone(rpc, connection, clock);
  return {
    capabilities,
    verify: (signal) => verifyKodi(rpc, connection, clock, signal),
    accounts: async () => [{ remoteId: ACCOUNT, name: connection.userName ?? 'Kodi', entry: 'none', own: true }],
    libraries: (_account, signal) => readLibraries(rpc, signal),
    items: async function* (query, signal) {
      yield* readItems(rpc, await zoneNow(signal), query, signal);
    },
    standing: async (_account, remoteId, signal) =>
      readStanding({ rpc, zone: await zoneNow(signal) }, remoteId, signal),
    write: async (_account, remoteId, change, signal) =>
      writeStanding({ rpc, zone: await zoneNow(signal) }, remoteId, change, signal),
    playing: (_account, signal) => readPlaying(rpc, ACCOUNT, signal),
    changedSince: async function* (_account, since, signal) {
      yield* readChanged({ rpc, zone: await zoneNow(signal) }, since, clock.now(), signal);
    },
    listen: (tell, signal) =>
      hear(
        new URL(connection.address).hostname,
        (message) => {
          const notice = noticeOf(message, ACCOUNT);
          if (notice) tell(notice);
        },
        signal,
        socket,
      ),
  };
};

/** Asked for once in an hour: a zone that is known only by how far its clock is from ours changes in summer and winter. */
const keptZone = (rpc: KodiRpc, connection: Connection, clock: Clock) => {
  let kept: { zone: KodiZone; until: Instant } | undefined;
  return async (signal: AbortSignal): Promise<KodiZone> => {
    if (kept && clock.now() < kept.until) return kept.zone;
    const { zone } = await findZone(rpc, connection, clock, signal);
    kept = { zone, until: clock.now() + HOUR };
    return zone;
  };
};
