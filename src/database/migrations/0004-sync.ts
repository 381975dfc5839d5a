import type { SqlDialect } from '../dialect.ts';
import { countChanges } from './0002-catalog.ts';

/** Media servers, whose accounts are devices, and what was seen on them. */
export const sync = ({ name, ddl: { id, int, real, text, end, clustered } }: SqlDialect): string[] => [
  `CREATE TABLE clients (
    id ${id},
    kind ${text} NOT NULL CHECK (kind IN ('plex', 'emby', 'jellyfin', 'kodi', 'subsonic')),
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    address ${text} NOT NULL,
    user_name ${text},
    secret ${text},
    time_zone ${text},
    server_version ${text},
    created_at ${int} NOT NULL,
    imported_at ${int},
    UNIQUE (kind, address)
  ) ${end}`,

  `CREATE TABLE client_accounts (
    id ${id},
    client_id ${int} NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    remote_user_id ${text} NOT NULL,
    remote_name ${text} NOT NULL,
    device_user_id ${int} NOT NULL UNIQUE REFERENCES device_users (id) ON DELETE CASCADE,
    state_read_at ${int},
    UNIQUE (client_id, remote_user_id)
  ) ${end}`,

  `CREATE TABLE client_items (
    id ${id},
    client_id ${int} NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    client_item_id ${text} NOT NULL,
    kind ${text} NOT NULL,
    item_id ${int} REFERENCES media_items (id) ON DELETE SET NULL,
    match ${text} NOT NULL CHECK (match IN ('external_id', 'title', 'created', 'person', 'ambiguous')),
    title ${text} NOT NULL,
    year ${int},
    path ${text},
    digest ${text} NOT NULL,
    doubt ${text},
    seen_at ${int} NOT NULL,
    removed_at ${int},
    UNIQUE (client_id, client_item_id)
  ) ${end}`,
  `CREATE INDEX client_items_item ON client_items (item_id)`,
  `CREATE INDEX client_items_unmatched ON client_items (client_id, id) WHERE item_id IS NULL AND removed_at IS NULL`,
  ...countChanges(name, 'client_items', 'item_id, client_item_id, removed_at'),

  `CREATE TABLE shadows (
    account_id ${int} NOT NULL REFERENCES client_accounts (id) ON DELETE CASCADE,
    client_item_id ${int} NOT NULL REFERENCES client_items (id) ON DELETE CASCADE,
    watched ${int} NOT NULL CHECK (watched IN (0, 1)),
    play_count ${int} NOT NULL,
    position_ms ${int},
    last_played_at ${int},
    rating ${real},
    seen_at ${int} NOT NULL,
    PRIMARY KEY (account_id, client_item_id)
  ) ${clustered}`,
  `CREATE INDEX shadows_item ON shadows (client_item_id)`,

  `CREATE TABLE sync_runs (
    id ${id},
    client_id ${int} NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    started_at ${int} NOT NULL,
    beat_at ${int} NOT NULL,
    ended_at ${int},
    state ${text} NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    counts ${text} NOT NULL,
    warnings ${text} NOT NULL,
    error ${text}
  ) ${end}`,
  `CREATE INDEX sync_runs_client ON sync_runs (client_id, id)`,
  // One at a time: the second is refused.
  `CREATE UNIQUE INDEX sync_runs_running ON sync_runs (client_id) WHERE state = 'running'`,
];
