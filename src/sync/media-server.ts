import type {
  IncomingAlbum,
  IncomingArtist,
  IncomingEpisode,
  IncomingMovie,
  IncomingSeason,
  IncomingSeries,
  IncomingTrack,
} from '#catalog/incoming.ts';
import type { ClientKind } from '#database/tables/sync.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { LibraryKind } from '#kernel/media.ts';

/**
 * The port that every media server is spoken to through. Each connector turns its vendor's units, dates and habits into
 * these words, so that nothing behind the port knows a vendor: instants in UTC, lengths in milliseconds, ids as text.
 */
export interface MediaServer {
  readonly capabilities: Capabilities;
  /**
   * Asks the server who it is, with the credentials given.
   * @throws ConnectorError
   */
  verify(signal: AbortSignal): Promise<ServerFacts>;
  /** The people it knows, as far as these credentials show them. */
  accounts(signal: AbortSignal): Promise<RemoteAccount[]>;
  libraries(signal: AbortSignal): Promise<RemoteLibrary[]>;
  /**
   * All items of one kind, page by page, each with the account's state. What an item hangs from was given in a former
   * page, or earlier in the same.
   */
  items(query: { kind: RemoteKind; accountId: string }, signal: AbortSignal): AsyncIterable<RemotePage>;
}

/** Makes a connection; nothing is sent before a method is called. */
export interface Connector {
  readonly kind: ClientKind;
  /** What people call it: "Kodi". */
  readonly label: string;
  connect(connection: Connection): MediaServer;
}

export interface Connection {
  /** Base URL without a slash at its end, see `address.ts`. */
  address: string;
  userName: string | null;
  password: string | null;
  /** IANA zone in which the server tells times that have none; null: to be found out. */
  timeZone: string | null;
}

/** The kinds that a media server holds, each after what it hangs from. */
export const remoteKinds = ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'] as const;
export type RemoteKind = (typeof remoteKinds)[number];

/** What is known of an account's state of an item, field by field. */
export type StateField = 'watched' | 'playCount' | 'lastPlayedAt' | 'position';

export interface Capabilities {
  kinds: readonly RemoteKind[];
  /** `single`: the server knows no people, all of its state is one person's. */
  accounts: 'single' | 'several';
  /** Fields that it tells. */
  reads: readonly StateField[];
  /** Fields that it can be told. */
  writes: readonly StateField[];
  /** Positions are kept in steps of this length. */
  positionStepMs: Millis;
}

export interface ServerFacts {
  /** What it calls itself; empty when it does not say. */
  name: string;
  version: string;
  /** What the person who connects it should know: a clock that is wrong, a zone that had to be guessed. */
  warnings: string[];
}

export interface RemoteAccount {
  remoteId: string;
  name: string;
}

export interface RemoteLibrary {
  remoteId: string;
  name: string;
  kind: LibraryKind;
  /** How many movies, series or tracks it holds. */
  count: number;
}

export interface RemotePage {
  items: RemoteItem[];
  /** Of the kind's items, how many have been given up to here. */
  done: number;
  /** How many there are, as the server told with this page. A total that moves means that the library changes now. */
  total: number;
}

interface Remote {
  /** Names this copy on this server: `movie:12`. */
  remoteId: string;
  /** Where the server has the file, in its own words; null where it does not say or the item is no file. */
  path: string | null;
}

/** One copy of an item on a media server, with what is told of the work and, on leaves, the account's state. */
export type RemoteItem = Remote &
  (
    | { kind: 'movie'; facts: IncomingMovie; state: RemoteState }
    | { kind: 'series'; facts: IncomingSeries }
    | { kind: 'season'; parentRemoteId: string; facts: IncomingSeason }
    | { kind: 'episode'; parentRemoteId: string; facts: IncomingEpisode; state: RemoteState }
    | { kind: 'artist'; facts: IncomingArtist }
    | { kind: 'album'; parentRemoteId: string; facts: IncomingAlbum }
    | { kind: 'track'; parentRemoteId: string; facts: IncomingTrack; state: RemoteState }
  );

/** Where an account stands in a leaf. */
export interface RemoteState {
  watched: boolean;
  playCount: number;
  /** When it was played last, watched or not; null where the server does not say. */
  lastPlayedAt: Instant | null;
  position: { positionMs: Millis; durationMs: Millis | null } | null;
}

/**
 * - `unreachable`: nothing answers; media servers sleep, so this is no alarm by itself
 * - `timeout`, `cut_off`, `too_large`, `bad_answer`: it answers, but not as it should
 * - `refused`: it answers with an error of its own
 * - `unauthorized`: wrong user name or password
 * - `redirected`: it sends us to somewhere else, where credentials must not follow
 * - `not_this_kind`: something else listens there
 * - `too_old`: its version lacks what is needed
 */
export type ConnectorFault =
  | 'unreachable'
  | 'timeout'
  | 'cut_off'
  | 'too_large'
  | 'bad_answer'
  | 'refused'
  | 'unauthorized'
  | 'redirected'
  | 'not_this_kind'
  | 'too_old';

/** Why a media server could not be asked. The message is for the person who connects it and holds no secret. */
export class ConnectorError extends Error {
  readonly fault: ConnectorFault;

  constructor(fault: ConnectorFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ConnectorError';
    this.fault = fault;
  }
}
