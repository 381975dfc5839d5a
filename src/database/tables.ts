import type { ColumnType, Generated } from 'kysely';
import type { Instant, Millis } from '#kernel/clock.ts';
import type {
  ApiTokenId,
  ClientAccountId,
  ClientId,
  ClientItemId,
  DeviceId,
  DeviceUserId,
  MediaItemId,
  PlayId,
  ScanFolderId,
  ScopeId,
  SessionId,
  StreamSourceId,
  TagId,
  UserId,
} from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import type { IsolationMode, Role } from '#kernel/viewer.ts';

/** A yes or no as both databases keep it. */
export type Flag = 0 | 1;

export interface UsersTable {
  id: Generated<UserId>;
  name: string;
  /** The name folded for comparison; unique. */
  name_key: string;
  /** argon2id in PHC form; null for a managed user, who cannot sign in. */
  password_hash: string | null;
  role: Role;
  /** The user to whom a managed user belongs. */
  owner_id: UserId | null;
  all_libraries: Flag;
  all_stream_sources: Flag;
  /** 0: only items with an allowed tag; kept apart so that deleting the last allowed tag opens nothing. */
  all_tags: Generated<Flag>;
  max_rating_level: number | null;
  allow_unrated: Flag;
  created_at: Instant;
  updated_at: Instant;
}

export interface UserLibrariesTable {
  user_id: UserId;
  library_id: MediaItemId;
}

export interface UserStreamSourcesTable {
  user_id: UserId;
  stream_source_id: StreamSourceId;
}

export interface UserTagsTable {
  user_id: UserId;
  tag_id: TagId;
  effect: 'allow' | 'block';
}

export const deviceKinds = [
  'browser',
  'tv',
  'phone',
  'tablet',
  'computer',
  'api',
  'plex',
  'emby',
  'jellyfin',
  'kodi',
  'subsonic',
  'other',
] as const;
export type DeviceKind = (typeof deviceKinds)[number];

export interface DevicesTable {
  id: Generated<DeviceId>;
  kind: DeviceKind;
  /** What names the device to us: a browser's cookie, a client's id. Unique. */
  device_key: string;
  reported_name: string;
  display_name: string | null;
  last_connected_at: Instant | null;
  created_at: Instant;
}

export interface DeviceUsersTable {
  id: Generated<DeviceUserId>;
  device_id: DeviceId;
  user_id: UserId;
  isolation: IsolationMode;
  created_at: Instant;
}

export interface ScopesTable {
  id: Generated<ScopeId>;
  user_id: UserId;
  /** null: the scope of the user's group. */
  device_user_id: DeviceUserId | null;
}

export interface SessionsTable {
  id: Generated<SessionId>;
  device_user_id: DeviceUserId;
  token_hash: string;
  created_at: Instant;
  expires_at: Instant;
}

export interface ApiTokensTable {
  id: Generated<ApiTokenId>;
  device_user_id: DeviceUserId;
  name: string;
  token_hash: string;
  /** What the token may do at the most, whatever its user may. */
  role: Role;
  created_at: Instant;
  expires_at: Instant | null;
  last_used_at: Instant | null;
}

export interface AuditLogTable {
  id: Generated<number>;
  at: Instant;
  user_id: UserId | null;
  device_user_id: DeviceUserId | null;
  entity_type: string;
  entity_id: number;
  action: 'create' | 'update' | 'delete';
  reason: string | null;
  /** JSON: field → [before, after]. Secrets are told only as changed. */
  changes: string;
}

export interface MediaItemsTable {
  id: Generated<MediaItemId>;
  kind: MediaKind;
  /** A library's is its own id, set right after it is made. */
  library_id: MediaItemId | null;
  parent_id: MediaItemId | null;
  /** The series of seasons and episodes, the artist of albums and tracks; null for what stands by itself. */
  root_id: MediaItemId | null;
  season_number: number | null;
  episode_number: number | null;
  /** The last episode of a double episode told as one item; null otherwise. */
  episode_number_end: number | null;
  absolute_number: number | null;
  /** Derived by the database for episodes: their order within the series, specials first, those told by date alone last in their season. */
  play_order: ColumnType<number | null, never, never>;
  disc_number: number | null;
  track_number: number | null;
  title: string;
  original_title: string | null;
  sort_title: string;
  /** Title folded for matching and search: lower case, no accents, words divided by one space. */
  title_key: string;
  overview: string | null;
  year: number | null;
  /** First shown: an instant; midnight UTC where only the day is known. */
  released_at: Instant | null;
  runtime_ms: Millis | null;
  content_rating: string | null;
  /** 0 (for all) to 21; compared with a viewer's highest. */
  rating_level: number | null;
  added_at: Instant;
  updated_at: Instant;
  /** Since when it has been away: retired, not deleted. */
  removed_at: Instant | null;
}

/** One row: how often what items are made of was changed, counted by triggers. */
export interface CatalogVersionTable {
  id: 1;
  version: number;
}

export interface LibrariesTable {
  item_id: MediaItemId;
  library_kind: LibraryKind;
}

export interface MoviesTable {
  item_id: MediaItemId;
  tagline: string | null;
  /** Whole US dollars. */
  budget: number | null;
  revenue: number | null;
}

export interface SeriesTable {
  item_id: MediaItemId;
  status: 'continuing' | 'ended' | 'upcoming' | null;
}

export interface StreamSourcesTable {
  id: Generated<StreamSourceId>;
  name: string;
  name_key: string;
  /** A live tuner cannot say where in a recording one is. */
  tracks_progress: Flag;
}

export interface StreamsTable {
  item_id: MediaItemId;
  stream_source_id: StreamSourceId;
  address: string;
}

export interface CollectionItemsTable {
  collection_id: MediaItemId;
  item_id: MediaItemId;
  position: number;
}

export interface ExternalIdsTable {
  kind: MediaKind;
  /** imdb, tmdb, tvdb, musicbrainz … in lower case. */
  provider: string;
  value: string;
  item_id: MediaItemId;
}

export interface TagsTable {
  id: Generated<TagId>;
  name: string;
  name_key: string;
}

export interface ItemTagsTable {
  item_id: MediaItemId;
  tag_id: TagId;
}

export const imageRoles = ['poster', 'backdrop', 'logo', 'thumb', 'banner', 'disc'] as const;
export type ImageRole = (typeof imageRoles)[number];

export interface ImagesTable {
  id: Generated<number>;
  item_id: MediaItemId;
  role: ImageRole;
  /** Where it is: an http(s) URL, or a path inside a scanned folder. */
  address: string;
}

export interface ScanFoldersTable {
  id: Generated<ScanFolderId>;
  library_id: MediaItemId;
  path: string;
  created_at: Instant;
  scanned_at: Instant | null;
  /** Whose turn it is to scan it: a random word of that scan; null: nobody's. */
  claim: Generated<string | null>;
  /** When the claimant was last heard of. */
  claim_beat: Generated<Instant | null>;
}

export interface ItemLocationsTable {
  id: Generated<number>;
  item_id: MediaItemId;
  scan_folder_id: ScanFolderId;
  /** Relative to the scan folder, divided by `/`. */
  path: string;
  /** 1, 2 … for `cd1`, `cd2`; 0 for a whole file. */
  part: number;
  /** What tells versions apart: "2160p", "Director's Cut". */
  version: string | null;
  size_bytes: number;
  modified_at: Instant;
  /** Digest of size, head and tail: knows a moved file again. */
  fingerprint: string;
  removed_at: Instant | null;
}

export interface MarksTable {
  scope_id: ScopeId;
  item_id: MediaItemId;
  watched: Flag;
  at: Instant;
}

export interface PlayStatesTable {
  scope_id: ScopeId;
  /** A leaf. */
  item_id: MediaItemId;
  /** The leaf's series, if any: of one series only the newest is continued. */
  series_id: MediaItemId | null;
  /** null: not in progress. */
  position_ms: Millis | null;
  duration_ms: Millis | null;
  /** The instant of the newest report: an older one never moves the position. */
  reported_at: Instant;
  play_count: number;
  first_played_at: Instant | null;
  last_played_at: Instant | null;
}

export interface PlaysTable {
  id: Generated<PlayId>;
  user_id: UserId;
  device_user_id: DeviceUserId;
  item_id: MediaItemId;
  started_at: Instant;
  /** The newest report. */
  last_at: Instant;
  /** null while it goes on. */
  ended_at: Instant | null;
  position_ms: Millis | null;
  duration_ms: Millis | null;
  completed: Flag;
  method: string | null;
  client_name: string | null;
  /** Names a play that came from elsewhere, so that it is taken only once. */
  source_key: string | null;
}

/** Where a scope stands in a series: derived from marks and play states, kept for next up. There is one when it has any in that series. */
export interface SeriesStatesTable {
  scope_id: ScopeId;
  series_id: MediaItemId;
  library_id: MediaItemId;
  /** The newest activity in the series; a newer mark on the library overrules the row. */
  activity_at: Instant;
  /** The episode watched last, and when. */
  last_item_id: MediaItemId | null;
  last_at: Instant | null;
  /** The first unwatched episode after it; null when there is none. */
  next_item_id: MediaItemId | null;
  /** When that one is shown first; null: it has been. */
  next_at: Instant | null;
  /** Whether there may be something to show: a next episode, one in progress, or an exception that two merged scopes may turn into one. */
  open: Flag;
  /** To be derived anew when it is read. */
  stale: Flag;
  /** Whether anything in the series was ever set unwatched. */
  unmarked: Flag;
}

/** What a user thinks of an item, whatever the device; each field with the instant at which it was last said or taken back. */
export interface OpinionsTable {
  user_id: UserId;
  item_id: MediaItemId;
  /** Never together with `disliked`. */
  favourite: Flag;
  favourite_at: Instant | null;
  disliked: Flag;
  disliked_at: Instant | null;
  watchlist: Flag;
  watchlist_at: Instant | null;
  /** Half points: 1 to 20. */
  rating: number | null;
  rated_at: Instant | null;
  review: string | null;
  reviewed_at: Instant | null;
}

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

/** Every table, by its name. */
export interface Tables {
  users: UsersTable;
  user_libraries: UserLibrariesTable;
  user_stream_sources: UserStreamSourcesTable;
  user_tags: UserTagsTable;
  devices: DevicesTable;
  device_users: DeviceUsersTable;
  scopes: ScopesTable;
  sessions: SessionsTable;
  api_tokens: ApiTokensTable;
  audit_log: AuditLogTable;
  media_items: MediaItemsTable;
  catalog_version: CatalogVersionTable;
  libraries: LibrariesTable;
  movies: MoviesTable;
  series: SeriesTable;
  stream_sources: StreamSourcesTable;
  streams: StreamsTable;
  collection_items: CollectionItemsTable;
  external_ids: ExternalIdsTable;
  tags: TagsTable;
  item_tags: ItemTagsTable;
  images: ImagesTable;
  scan_folders: ScanFoldersTable;
  item_locations: ItemLocationsTable;
  marks: MarksTable;
  play_states: PlayStatesTable;
  plays: PlaysTable;
  series_states: SeriesStatesTable;
  opinions: OpinionsTable;
  clients: ClientsTable;
  client_accounts: ClientAccountsTable;
  client_items: ClientItemsTable;
  shadows: ShadowsTable;
  sync_runs: SyncRunsTable;
}
