import type { Generated } from 'kysely';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { ClientAccountId, ClientId, ClientItemId, DeviceUserId, MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import type { Flag } from '../tables.ts';

export const clientKinds = ['plex', 'emby', 'jellyfin', 'kodi', 'subsonic'] as const;
export type ClientKind = (typeof clientKinds)[number];

export interface ClientsTable {
  id: Generated<ClientId>;
  kind: ClientKind;
  name: string;
  /** Base URL; with the kind unique. */
  address: string;
  user_name: string | null;
  /** The password: AES-256-GCM, never shown. */
  secret: string | null;
  /** An API key or token, sealed likewise. */
  token: string | null;
  /** The server's own id, where it has one. */
  server_id: string | null;
  /** IANA zone in which the client tells times without one. */
  time_zone: string | null;
  server_version: string | null;
  /** Cron expression by which it is synced, in the server's zone; null: only when asked. */
  schedule: string | null;
  /** SHA-256 of the secret in its webhook's path, by which it is found; null: it has none. */
  webhook_digest: string | null;
  /** That secret, sealed, for showing the address again. */
  webhook_secret: string | null;
  created_at: Instant;
  imported_at: Instant | null;
}

/** A user of a media server linked to one of ours: the server's side of a device user. */
export interface ClientAccountsTable {
  id: Generated<ClientAccountId>;
  client_id: ClientId;
  remote_user_id: string;
  remote_name: string;
  device_user_id: DeviceUserId;
  /** What it takes to act as this account beyond the client's own credentials: a token or a password, sealed. */
  secret: string | null;
  /** The start of the last import that took over its state; null: none did, its mode being quiet or silo. */
  state_read_at: Instant | null;
}

/** A library of a client, and which of ours it stands for. */
export interface ClientLibrariesTable {
  client_id: ClientId;
  remote_id: string;
  name: string;
  kind: LibraryKind;
  /** Ours; null: the first of its kind. */
  library_id: MediaItemId | null;
  /** 0: it is left out of everything. */
  included: Flag;
}

/** A copy of an item on one client (seed 001's sync client). */
export interface ClientItemsTable {
  id: Generated<ClientItemId>;
  client_id: ClientId;
  client_item_id: string;
  kind: MediaKind;
  /** null: not matched yet, see `match`. */
  item_id: MediaItemId | null;
  match: 'external_id' | 'title' | 'created' | 'person' | 'ambiguous';
  /** What a person needs to decide on an ambiguous one. */
  title: string;
  year: number | null;
  path: string | null;
  /** Digest of all that the client last told of the work: while it stays the same, there is nothing to do. */
  digest: string;
  /** JSON: why it could not be matched, and the items that it may be. */
  doubt: string | null;
  /** The start of the run that saw it first. */
  first_seen_at: Instant;
  /** The start of the run that saw it last. */
  seen_at: Instant;
  /** 1: that it was gone was rejected; it is not taken for gone before it was seen again. */
  dismissed: Generated<Flag>;
  removed_at: Instant | null;
}

/** Further items that one copy stands for: the second and later episodes of a double one. `client_items.item_id` is the first. */
export interface ClientItemPartsTable {
  client_item_id: ClientItemId;
  /** 1: the second. */
  part: number;
  item_id: MediaItemId;
}

/** The remote state of one account and item as last seen or written (domain §8). */
export interface ShadowsTable {
  account_id: ClientAccountId;
  client_item_id: ClientItemId;
  watched: Flag;
  play_count: number;
  position_ms: Millis | null;
  last_played_at: Instant | null;
  /** null: not told. */
  favourite: Flag | null;
  /** 0 to 10; null: none, or not told. */
  rating: number | null;
  /** Digest of what we last asked it to be: while that and what it shows stay the same, there is nothing to write. */
  asked: string | null;
  /** JSON: a change that was being sent; it may or may not have arrived. null: none is on its way. */
  intent: string | null;
  seen_at: Instant;
}

export interface SyncRunsTable {
  id: Generated<number>;
  client_id: ClientId;
  started_at: Instant;
  /** When it last went on; a run whose program died stops doing so. */
  beat_at: Instant;
  ended_at: Instant | null;
  /** `import` only reads; `sync` also writes; `quick` looks only at what just changed; `preview` changes nothing. */
  kind: 'import' | 'sync' | 'quick' | 'preview';
  /** `held`: done, but for changes that wait for a person's word. */
  state: 'running' | 'done' | 'failed' | 'held';
  /** JSON: how far it is, for going on after it was broken off; null: at the beginning. */
  cursor: string | null;
  /** JSON: what was seen and done, in numbers. */
  counts: string;
  /** JSON: a list of texts. */
  warnings: string;
  error: string | null;
}

export const runPhases = ['match', 'pull', 'remove', 'push'] as const;
export type RunPhase = (typeof runPhases)[number];

/** What a run decided on one entry. What stayed as it was is only counted. */
export interface SyncDecisionsTable {
  id: Generated<number>;
  run_id: number;
  at: Instant;
  phase: RunPhase;
  account_id: ClientAccountId | null;
  client_item_id: ClientItemId | null;
  item_id: MediaItemId | null;
  /** One word, such as `created`, `taken`, `written`, `held`, `failed`. */
  decision: string;
  /** The rule that decided, for people. */
  why: string;
  /** JSON: how it was. */
  before: string | null;
  /** JSON: how it is, or is to be. */
  after: string | null;
  /** Of a write: what was sent. */
  receipt: string | null;
}

/** A loss that a run saw and did not take over until it knew how many there are; it stays while a person is asked. */
export interface HeldChangesTable {
  id: Generated<number>;
  run_id: number;
  client_id: ClientId;
  /** null: the entry itself is gone. */
  account_id: ClientAccountId | null;
  client_item_id: ClientItemId;
  /** `theirs`: they show less than before, and we would follow; `ours`: we would take it from them. */
  side: 'theirs' | 'ours';
  /** JSON: how it was. */
  before: string;
  /** JSON: what it is now, or is to be; null: gone. */
  after: string | null;
  seen_at: Instant;
}

/** What a media server sent by itself. */
export interface DeliveriesTable {
  id: Generated<number>;
  client_id: ClientId;
  received_at: Instant;
  content_type: string;
  /** Base64 of the body, cut at a limit. */
  body: string;
  outcome: 'waiting' | 'taken' | 'ignored' | 'refused' | 'failed';
  /** What was understood or why not, for people. */
  detail: string;
  handled_at: Instant | null;
}

/** Tables of media servers. */
export interface SyncTables {
  clients: ClientsTable;
  client_accounts: ClientAccountsTable;
  client_libraries: ClientLibrariesTable;
  client_items: ClientItemsTable;
  client_item_parts: ClientItemPartsTable;
  shadows: ShadowsTable;
  sync_runs: SyncRunsTable;
  sync_decisions: SyncDecisionsTable;
  held_changes: HeldChangesTable;
  deliveries: DeliveriesTable;
}
