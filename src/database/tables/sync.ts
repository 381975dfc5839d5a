import type { Generated } from 'kysely';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { ClientAccountId, ClientId, ClientItemId, DeviceUserId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
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
  /** AES-256-GCM, never shown. */
  secret: string | null;
  /** IANA zone in which the client tells times without one. */
  time_zone: string | null;
  server_version: string | null;
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
  /** The start of the last import that took over its state; null: none did, its mode being quiet or silo. */
  state_read_at: Instant | null;
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
  /** The start of the run that saw it last. */
  seen_at: Instant;
  removed_at: Instant | null;
}

/** The remote state of one account and item as last seen or written (domain §8). */
export interface ShadowsTable {
  account_id: ClientAccountId;
  client_item_id: ClientItemId;
  watched: Flag;
  play_count: number;
  position_ms: Millis | null;
  last_played_at: Instant | null;
  rating: number | null;
  seen_at: Instant;
}

export interface SyncRunsTable {
  id: Generated<number>;
  client_id: ClientId;
  started_at: Instant;
  /** When it last went on; a run whose program died stops doing so. */
  beat_at: Instant;
  ended_at: Instant | null;
  state: 'running' | 'done' | 'failed';
  /** JSON: what was seen and done, in numbers. */
  counts: string;
  /** JSON: a list of texts. */
  warnings: string;
  error: string | null;
}

/** Tables of media servers. */
export interface SyncTables {
  clients: ClientsTable;
  client_accounts: ClientAccountsTable;
  client_items: ClientItemsTable;
  shadows: ShadowsTable;
  sync_runs: SyncRunsTable;
}
