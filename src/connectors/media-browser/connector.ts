import type { Clock } from '#kernel/clock.ts';
import {
  type Capabilities,
  type Connector,
  type MediaServer,
  type Standing,
  standingFields,
} from '#sync/media-server.ts';
import type { HttpLimits } from '../http.ts';
import { createPatienceBook, type PatienceBook } from '../patience.ts';
import { ItemAnswer } from './answers.ts';
import { changedSince } from './changes.ts';
import type { Dialect } from './dialect.ts';
import { isMadeUp } from './items.ts';
import { readLibraries } from './libraries.ts';
import { PAGE, readItems } from './listing.ts';
import { createPassBook } from './passes.ts';
import { readAccounts } from './people.ts';
import { readPlaying } from './playing.ts';
import { createSession, type Session } from './session.ts';
import { listen, type SocketOptions } from './socket.ts';
import { standingOf } from './standing.ts';
import { verify } from './verify.ts';
import { write } from './writing.ts';

export interface ConnectorOptions {
  clock: Clock;
  limits?: HttpLimits;
  /** Of all servers that are asked; absent: of this connector's. */
  patience?: PatienceBook;
  socket?: SocketOptions;
}

const capabilities: Capabilities = {
  kinds: ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'],
  accounts: 'several',
  reads: standingFields,
  writes: standingFields,
  opinionKinds: ['series', 'season', 'artist', 'album'],
  positionStepMs: 1,
  ratingStep: 0.1,
  pageSize: PAGE,
  replayUnwatches: true,
};

/** A connector of this family of servers. */
export const createConnector = (
  dialect: Dialect,
  readDelivery: NonNullable<Connector['readDelivery']>,
  options: ConnectorOptions,
): Connector => {
  const { clock, limits = {}, patience = createPatienceBook({ clock }), socket = {} } = options;
  const passes = createPassBook();
  return {
    kind: dialect.kind,
    label: dialect.label,
    connect: (connection) => {
      const shared = { clock, limits, patience: patience(connection.address), passes };
      return mediaServer(dialect, createSession(dialect, connection, shared), socket);
    },
    readDelivery,
  };
};

const mediaServer = (dialect: Dialect, session: Session, socket: SocketOptions): MediaServer => ({
  capabilities,
  verify: (signal) => verify(dialect, session, signal),
  accounts: (signal) => readAccounts(dialect, session, signal),
  libraries: (account, signal) => readLibraries(dialect, session, account.remoteId, signal),
  items: (query, signal) => readItems(dialect, session, query, signal),
  standing: (account, remoteId, signal) => standing(dialect, session, account.remoteId, remoteId, signal),
  write: (account, remoteId, change, signal) => write(dialect, session, account.remoteId, remoteId, change, signal),
  playing: (account, signal) => readPlaying(session, account.remoteId, signal),
  changedSince: (account, since, signal) => changedSince(dialect, session, account.remoteId, since, signal),
  listen: (tell, signal) => listen(dialect, session, tell, signal, socket),
});

/** What is made up for those that hang from nothing is on no server, so nobody is asked about it. */
const standing = async (
  dialect: Dialect,
  session: Session,
  account: string,
  id: string,
  signal: AbortSignal,
): Promise<Standing | null> => {
  const item = isMadeUp(id) ? null : await session.find(dialect.item(account, id), ItemAnswer, signal);
  return item && standingOf(item);
};
