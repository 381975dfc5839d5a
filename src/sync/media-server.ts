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
 * these words, so that nothing behind the port knows a vendor: instants in UTC, lengths in milliseconds, ids as text,
 * ratings of 0 to 10. Every call may throw a {@link ConnectorError}, and whatever its signal was aborted with.
 */
export interface MediaServer {
  readonly capabilities: Capabilities;
  /** Asks the server who it is, with the credentials given. */
  verify(signal: AbortSignal): Promise<ServerFacts>;
  /** The people it knows, as far as these credentials show them. */
  accounts(signal: AbortSignal): Promise<RemoteAccount[]>;
  /** The secret to act as an account with (`AccountKey.secret`); where `RemoteAccount.entry` is `pin` or `open`. */
  enter?(accountId: string, pin: string | null, signal: AbortSignal): Promise<string>;
  libraries(account: AccountKey, signal: AbortSignal): Promise<RemoteLibrary[]>;
  /**
   * All items of one kind that the account may see, page by page, each with the account's state. What an item hangs from
   * was given in a former page or of a former kind, or earlier in the same page. Always in the same order.
   */
  items(query: ItemsQuery, signal: AbortSignal): AsyncIterable<RemotePage>;
  /** How one item stands for the account; null: it is not there, or the account may not see it. */
  standing(account: AccountKey, remoteId: string, signal: AbortSignal): Promise<Standing | null>;
  /**
   * Changes how an item stands for the account. Sent twice it is the same as once, as far as the vendor lets it. What the
   * vendor cannot keep is dropped and named, never pretended.
   */
  write(account: AccountKey, remoteId: string, change: StandingChange, signal: AbortSignal): Promise<Written>;
  /** What the account plays now, paused included. Where a server cannot tell whose a session is: all of them. */
  playing(account: AccountKey, signal: AbortSignal): Promise<RemoteSession[]>;
  /**
   * Items whose state may have changed since, newest first as far as the vendor orders them: sooner than a look at
   * everything, and blind to what has no date (unwatching). Absent: the vendor cannot tell.
   */
  changedSince?(account: AccountKey, since: Instant, signal: AbortSignal): AsyncIterable<RemoteStanding[]>;
  /** The sittings that the server has written down one by one. Absent: it keeps only the last date of an item. */
  plays?(account: AccountKey, since: Instant | null, signal: AbortSignal): AsyncIterable<RemotePlay[]>;
  /** Hears what happens until the signal is aborted, connecting again by itself. Absent: it has no such socket. */
  listen?(tell: (notice: Notice) => void, signal: AbortSignal): Promise<void>;
}

/** Makes connections to one vendor's servers; nothing is sent before a method is called. */
export interface Connector {
  readonly kind: ClientKind;
  /** What people call it: "Kodi". */
  readonly label: string;
  connect(connection: Connection): MediaServer;
  /**
   * Reads what the vendor's webhook delivered. Pure. Absent: the vendor has no webhooks.
   * @returns empty: understood, and nothing of it concerns us (a test, an event of the admin's)
   * @throws ConnectorError `bad_answer` when it is not a body of this vendor's
   */
  readDelivery?(delivery: Delivery): Notice[] | Promise<Notice[]>;
  /** Signing in at the vendor's own site, where an address and a password are not the way (Plex). */
  signIn?: SignIn;
}

export interface Connection {
  /** Base URL without a slash at its end, see `address.ts`. */
  address: string;
  userName: string | null;
  password: string | null;
  /** An API key or token, for vendors that have them. */
  token: string | null;
  /** IANA zone in which the server tells times that have none; null: to be found out. */
  timeZone: string | null;
  /** Names this installation of ours to the vendor, always the same: a UUID. */
  installation: string;
}

/** An account, and what is needed to act as it beyond the connection; null: nothing. */
export interface AccountKey {
  remoteId: string;
  secret: string | null;
}

/** The kinds that a media server holds, each after what it hangs from. */
export const remoteKinds = ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'] as const;
export type RemoteKind = (typeof remoteKinds)[number];

/**
 * What is known of how an item stands for an account, field by field. `unwatched` is the taking back of `watched`;
 * `position` includes its clearing.
 */
export const standingFields = [
  'watched',
  'unwatched',
  'playCount',
  'lastPlayedAt',
  'position',
  'favourite',
  'rating',
] as const;
export type StandingField = (typeof standingFields)[number];

export interface Capabilities {
  kinds: readonly RemoteKind[];
  /** `single`: the server knows no people, all of its state is one person's. */
  accounts: 'single' | 'several';
  /** Fields that it tells. */
  reads: readonly StandingField[];
  /** Fields that it can be told, of leaves. */
  writes: readonly StandingField[];
  /** Kinds of containers whose favourite and rating it keeps as well. */
  opinionKinds: readonly RemoteKind[];
  /** Positions are kept in steps of this length. */
  positionStepMs: Millis;
  /** Ratings are kept in steps of this size, of 10; null: none are kept. */
  ratingStep: number | null;
  /** Entries of a page at the most. */
  pageSize: number;
  /** Whoever begins a watched item again has it unwatched until its end (Jellyfin). */
  replayUnwatches?: boolean;
  /** Entries of one file have one state (Kodi). */
  sharesFileState?: boolean;
}

export interface ServerFacts {
  /** What it calls itself; empty when it does not say. */
  name: string;
  /** The server's own id, which stays when its address changes; null: it has none. */
  serverId: string | null;
  version: string;
  /** What the person who connects it should know: a clock that is wrong, a zone that had to be guessed. */
  warnings: string[];
}

export interface RemoteAccount {
  remoteId: string;
  name: string;
  /**
   * What it takes to act as this account: `none` beyond the connection; `open`: {@link MediaServer.enter} without a PIN;
   * `pin`: with one; `password`: its own, to be given as its secret.
   */
  entry: 'none' | 'open' | 'pin' | 'password';
  /** Whether the connection's own credentials are this account's. */
  own: boolean;
}

export interface RemoteLibrary {
  remoteId: string;
  name: string;
  kind: LibraryKind;
  /** How many movies, series or tracks it holds; null: not told. */
  count: number | null;
}

export interface ItemsQuery {
  kind: RemoteKind;
  account: AccountKey;
  /** Only of these libraries, by remote id; absent: of all that hold the kind. */
  libraries?: readonly string[];
  /** Begins after this many entries, as a former page told in `done`; absent: at the first. */
  from?: number;
}

export interface RemotePage {
  items: RemoteItem[];
  /** Of the kind's entries, how many have been given up to here. */
  done: number;
  /** How many there are, as the server told with this page. A total that moves means that the library changes now. */
  total: number;
}

interface Remote {
  /** Names this copy on this server: `movie:12`. */
  remoteId: string;
  /** Where the server has the file, in its own words; null where it does not say or the item is no file. */
  path: string | null;
  /** The library that it is in; absent: the vendor has none, or it is in its parent's. */
  libraryRemoteId?: string;
  /** What the account thinks of it; absent: not told. */
  opinion?: RemoteOpinion;
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

export interface RemoteOpinion {
  /** Absent: the server has no such thing. */
  favourite?: boolean;
  /** 0 to 10; null: none given; absent: the server has no such thing. */
  rating?: number | null;
}

/** How one item stands for an account. */
export interface Standing {
  /** Absent on containers. */
  state?: RemoteState;
  opinion?: RemoteOpinion;
}

export interface RemoteStanding extends Standing {
  remoteId: string;
}

/** What shall become of it. Absent fields stay as they are. */
export interface StandingChange {
  /** `at`: when it was watched last; `playCount`: how often in all, not to fall below what the server has. */
  watched?: { value: true; at: Instant; playCount: number } | { value: false };
  /** null: nowhere in it. */
  position?: { positionMs: Millis; durationMs: Millis | null; at: Instant } | null;
  favourite?: boolean;
  /** null: none. */
  rating?: number | null;
}

export interface Written {
  /**
   * `partial`: some fields were dropped; `unsupported`: all of them were; `gone`: it is not there (any more).
   */
  outcome: 'written' | 'partial' | 'unsupported' | 'gone';
  dropped: StandingField[];
  /** As the server tells after that; null when it is gone. */
  after: Standing | null;
  /** What was sent, for people: `POST /UserItems/12/UserData`. No secret in it. */
  receipt: string;
}

export interface RemoteSession {
  remoteId: string;
  /** Whose; null: not told. */
  accountId: string | null;
  positionMs: Millis | null;
}

/** One sitting that a server wrote down. */
export interface RemotePlay {
  /** The item's. */
  remoteId: string;
  /** Names the sitting on this server, the same each time. */
  key: string;
  /** When it was seen last. */
  at: Instant;
}

/** That something happened on a server. A hint: what is told is looked up before it is believed. */
export interface Notice {
  /** In the vendor's words, for people: `media.scrobble`. */
  event: string;
  /** `state`: of an item and account; `items`: something was added, changed or removed. */
  about: 'state' | 'items';
  /** The account's id or its name, whichever the vendor tells; null: not told, it may be anyone's. */
  account: { remoteId?: string; name?: string } | null;
  /** The item; null: not told, it may be any. */
  remoteId: string | null;
  /** The server that it came from, where it says. */
  serverId?: string;
}

/** A request that a media server sent by itself. */
export interface Delivery {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface SignIn {
  /** `url`: the page on which the person allows it. `id` goes into `finish`. */
  begin(installation: string, signal: AbortSignal): Promise<{ id: string; url: string; expiresAt: Instant }>;
  /** null: not allowed yet. */
  finish(installation: string, id: string, signal: AbortSignal): Promise<SignedIn | null>;
}

export interface SignedIn {
  /** Of the person, on the vendor's site. */
  userName: string;
  servers: { name: string; serverId: string; owned: boolean; addresses: string[]; token: string }[];
}
