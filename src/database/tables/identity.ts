import type { Generated } from 'kysely';
import type { Instant } from '#kernel/clock.ts';
import type {
  ApiTokenId,
  DeviceId,
  DeviceUserId,
  MediaItemId,
  ScopeId,
  SessionId,
  StreamSourceId,
  TagId,
  UserId,
} from '#kernel/ids.ts';
import type { IsolationMode, Role } from '#kernel/viewer.ts';
import type { Flag } from '../tables.ts';

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
  /** IANA zone: in which days are told and counted. */
  time_zone: Generated<string>;
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

/** Tables of people and their devices, and of who changed what. */
export interface IdentityTables {
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
}
