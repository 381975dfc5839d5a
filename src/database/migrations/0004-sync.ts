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
    token ${text},
    server_id ${text},
    time_zone ${text},
    server_version ${text},
    schedule ${text},
    webhook_digest ${text} UNIQUE,
    webhook_secret ${text},
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
    secret ${text},
    state_read_at ${int},
    UNIQUE (client_id, remote_user_id)
  ) ${end}`,

  `CREATE TABLE client_libraries (
    client_id ${int} NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    remote_id ${text} NOT NULL,
    name ${text} NOT NULL,
    kind ${text} NOT NULL,
    library_id ${int} REFERENCES media_items (id) ON DELETE SET NULL,
    included ${int} NOT NULL CHECK (included IN (0, 1)),
    PRIMARY KEY (client_id, remote_id)
  ) ${clustered}`,
  `CREATE INDEX client_libraries_library ON client_libraries (library_id) WHERE library_id IS NOT NULL`,

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
    first_seen_at ${int} NOT NULL,
    seen_at ${int} NOT NULL,
    dismissed ${int} NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1)),
    removed_at ${int},
    UNIQUE (client_id, client_item_id)
  ) ${end}`,
  `CREATE INDEX client_items_item ON client_items (item_id)`,
  `CREATE INDEX client_items_path ON client_items (client_id, path) WHERE path IS NOT NULL`,
  `CREATE INDEX client_items_client ON client_items (client_id, id)`,
  `CREATE INDEX client_items_unmatched ON client_items (client_id, id) WHERE item_id IS NULL AND removed_at IS NULL`,
  `CREATE INDEX client_items_decided ON client_items (client_id, id) WHERE match = 'person'`,
  ...countChanges(name, 'client_items', 'item_id, client_item_id, removed_at'),

  `CREATE TABLE client_item_parts (
    client_item_id ${int} NOT NULL REFERENCES client_items (id) ON DELETE CASCADE,
    part ${int} NOT NULL CHECK (part > 0),
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    PRIMARY KEY (client_item_id, part)
  ) ${clustered}`,
  `CREATE INDEX client_item_parts_item ON client_item_parts (item_id)`,
  ...countChanges(name, 'client_item_parts'),

  `CREATE TABLE shadows (
    account_id ${int} NOT NULL REFERENCES client_accounts (id) ON DELETE CASCADE,
    client_item_id ${int} NOT NULL REFERENCES client_items (id) ON DELETE CASCADE,
    watched ${int} NOT NULL CHECK (watched IN (0, 1)),
    play_count ${int} NOT NULL,
    position_ms ${int},
    last_played_at ${int},
    favourite ${int} CHECK (favourite IN (0, 1)),
    rating ${real},
    asked ${text},
    intent ${text},
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
    state ${text} NOT NULL CHECK (state IN ('running', 'done', 'failed', 'held')),
    kind ${text} NOT NULL CHECK (kind IN ('import', 'sync', 'quick', 'preview')),
    cursor ${text},
    counts ${text} NOT NULL,
    warnings ${text} NOT NULL,
    error ${text}
  ) ${end}`,
  `CREATE INDEX sync_runs_client ON sync_runs (client_id, id)`,
  // One at a time: the second is refused.
  `CREATE UNIQUE INDEX sync_runs_running ON sync_runs (client_id) WHERE state = 'running'`,

  `CREATE TABLE sync_decisions (
    id ${id},
    run_id ${int} NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    at ${int} NOT NULL,
    phase ${text} NOT NULL CHECK (phase IN ('match', 'pull', 'remove', 'push')),
    account_id ${int} REFERENCES client_accounts (id) ON DELETE CASCADE,
    client_item_id ${int} REFERENCES client_items (id) ON DELETE CASCADE,
    item_id ${int} REFERENCES media_items (id) ON DELETE CASCADE,
    decision ${text} NOT NULL,
    why ${text} NOT NULL,
    before ${text},
    after ${text},
    receipt ${text}
  ) ${end}`,
  `CREATE INDEX sync_decisions_run ON sync_decisions (run_id, id)`,
  `CREATE INDEX sync_decisions_item ON sync_decisions (item_id, id)`,
  `CREATE INDEX sync_decisions_copy ON sync_decisions (client_item_id)`,
  `CREATE INDEX sync_decisions_age ON sync_decisions (at)`,
  `CREATE INDEX sync_decisions_account ON sync_decisions (account_id)`,

  `CREATE TABLE held_changes (
    id ${id},
    run_id ${int} NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    client_id ${int} NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    account_id ${int} REFERENCES client_accounts (id) ON DELETE CASCADE,
    client_item_id ${int} NOT NULL REFERENCES client_items (id) ON DELETE CASCADE,
    side ${text} NOT NULL CHECK (side IN ('theirs', 'ours')),
    before ${text} NOT NULL,
    after ${text},
    seen_at ${int} NOT NULL
  ) ${end}`,
  `CREATE INDEX held_changes_run ON held_changes (run_id, id)`,
  `CREATE INDEX held_changes_client ON held_changes (client_id, id)`,
  `CREATE INDEX held_changes_copy ON held_changes (client_item_id)`,
  `CREATE INDEX held_changes_account ON held_changes (account_id)`,

  `CREATE TABLE deliveries (
    id ${id},
    client_id ${int} NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    received_at ${int} NOT NULL,
    content_type ${text} NOT NULL,
    body ${text} NOT NULL,
    outcome ${text} NOT NULL CHECK (outcome IN ('waiting', 'taken', 'ignored', 'refused', 'failed')),
    detail ${text} NOT NULL,
    handled_at ${int}
  ) ${end}`,
  `CREATE INDEX deliveries_client ON deliveries (client_id, id)`,
  `CREATE INDEX deliveries_age ON deliveries (received_at)`,
  `CREATE INDEX deliveries_waiting ON deliveries (id) WHERE outcome = 'waiting'`,
];
