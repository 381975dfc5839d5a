import type { SqlDialect } from '../dialect.ts';

/** Users, devices, who may see what, sessions and tokens, and the audit log. */
export const identity = ({ ddl: { id, int, text, end, clustered } }: SqlDialect): string[] => [
  `CREATE TABLE users (
    id ${id},
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    name_key ${text} NOT NULL UNIQUE,
    password_hash ${text},
    role ${text} NOT NULL CHECK (role IN ('admin', 'user', 'guest')),
    owner_id ${int} REFERENCES users (id) ON DELETE CASCADE,
    all_libraries ${int} NOT NULL CHECK (all_libraries IN (0, 1)),
    all_stream_sources ${int} NOT NULL CHECK (all_stream_sources IN (0, 1)),
    all_tags ${int} NOT NULL DEFAULT 1 CHECK (all_tags IN (0, 1)),
    max_rating_level ${int} CHECK (max_rating_level BETWEEN 0 AND 21),
    allow_unrated ${int} NOT NULL CHECK (allow_unrated IN (0, 1)),
    time_zone ${text} NOT NULL DEFAULT 'UTC' CHECK (length(time_zone) BETWEEN 1 AND 64),
    created_at ${int} NOT NULL,
    updated_at ${int} NOT NULL,
    CHECK (owner_id IS NULL OR (password_hash IS NULL AND role <> 'admin'))
  ) ${end}`,
  `CREATE INDEX users_owner ON users (owner_id)`,

  `CREATE TABLE devices (
    id ${id},
    kind ${text} NOT NULL,
    device_key ${text} NOT NULL UNIQUE,
    reported_name ${text} NOT NULL,
    display_name ${text},
    last_connected_at ${int},
    created_at ${int} NOT NULL
  ) ${end}`,

  `CREATE TABLE device_users (
    id ${id},
    device_id ${int} NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    isolation ${text} NOT NULL CHECK (isolation IN ('silo', 'quiet', 'loud', 'shout')),
    created_at ${int} NOT NULL,
    UNIQUE (device_id, user_id)
  ) ${end}`,
  `CREATE INDEX device_users_user ON device_users (user_id)`,

  `CREATE TABLE scopes (
    id ${id},
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_user_id ${int} UNIQUE REFERENCES device_users (id) ON DELETE CASCADE
  ) ${end}`,
  `CREATE UNIQUE INDEX scopes_group ON scopes (user_id) WHERE device_user_id IS NULL`,
  `CREATE INDEX scopes_user ON scopes (user_id)`,

  `CREATE TABLE sessions (
    id ${id},
    device_user_id ${int} NOT NULL REFERENCES device_users (id) ON DELETE CASCADE,
    token_hash ${text} NOT NULL UNIQUE,
    created_at ${int} NOT NULL,
    expires_at ${int} NOT NULL
  ) ${end}`,
  `CREATE INDEX sessions_device_user ON sessions (device_user_id)`,
  `CREATE INDEX sessions_expiry ON sessions (expires_at)`,

  `CREATE TABLE api_tokens (
    id ${id},
    device_user_id ${int} NOT NULL REFERENCES device_users (id) ON DELETE CASCADE,
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    token_hash ${text} NOT NULL UNIQUE,
    role ${text} NOT NULL CHECK (role IN ('admin', 'user', 'guest')),
    created_at ${int} NOT NULL,
    expires_at ${int},
    last_used_at ${int}
  ) ${end}`,
  `CREATE INDEX api_tokens_device_user ON api_tokens (device_user_id)`,

  `CREATE TABLE audit_log (
    id ${id},
    at ${int} NOT NULL,
    user_id ${int},
    device_user_id ${int},
    entity_type ${text} NOT NULL,
    entity_id ${int} NOT NULL,
    action ${text} NOT NULL CHECK (action IN ('create', 'update', 'delete')),
    reason ${text},
    changes ${text} NOT NULL
  ) ${end}`,
  `CREATE INDEX audit_log_entity ON audit_log (entity_type, entity_id, id)`,
  `CREATE INDEX audit_log_type ON audit_log (entity_type, id)`,
  `CREATE INDEX audit_log_user ON audit_log (user_id, id)`,

  `CREATE TABLE tags (
    id ${id},
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    name_key ${text} NOT NULL UNIQUE
  ) ${end}`,
  `CREATE TABLE user_tags (
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    tag_id ${int} NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    effect ${text} NOT NULL CHECK (effect IN ('allow', 'block')),
    PRIMARY KEY (user_id, tag_id)
  ) ${clustered}`,
  `CREATE INDEX user_tags_tag ON user_tags (tag_id)`,
];
