import type { SqlDialect } from '../dialect.ts';

/** What people watched: marks, play states, plays, and where they stand in each series. */
export const activity = ({ ddl: { id, int, text, end, clustered } }: SqlDialect): string[] => [
  `CREATE TABLE marks (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    watched ${int} NOT NULL CHECK (watched IN (0, 1)),
    at ${int} NOT NULL,
    PRIMARY KEY (scope_id, item_id)
  ) ${clustered}`,
  `CREATE INDEX marks_item ON marks (item_id)`,

  `CREATE TABLE play_states (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    series_id ${int} REFERENCES media_items (id) ON DELETE CASCADE,
    position_ms ${int} CHECK (position_ms >= 0),
    duration_ms ${int} CHECK (duration_ms >= 0),
    reported_at ${int} NOT NULL,
    play_count ${int} NOT NULL CHECK (play_count >= 0),
    first_played_at ${int},
    last_played_at ${int},
    PRIMARY KEY (scope_id, item_id)
  ) ${clustered}`,
  `CREATE INDEX play_states_in_progress ON play_states (scope_id, reported_at, item_id) WHERE position_ms IS NOT NULL`,
  `CREATE INDEX play_states_in_series ON play_states (scope_id, series_id, reported_at) WHERE position_ms IS NOT NULL`,
  `CREATE INDEX play_states_item ON play_states (item_id)`,

  `CREATE TABLE plays (
    id ${id},
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_user_id ${int} NOT NULL REFERENCES device_users (id) ON DELETE CASCADE,
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    started_at ${int} NOT NULL,
    last_at ${int} NOT NULL,
    ended_at ${int},
    position_ms ${int},
    duration_ms ${int},
    completed ${int} NOT NULL CHECK (completed IN (0, 1)),
    method ${text},
    client_name ${text},
    source_key ${text}
  ) ${end}`,
  `CREATE UNIQUE INDEX plays_source ON plays (device_user_id, source_key) WHERE source_key IS NOT NULL`,
  // By the start, which a report hardly ever changes: a report rewrites no index.
  `CREATE INDEX plays_history ON plays (user_id, started_at, id)`,
  `CREATE INDEX plays_of_device ON plays (device_user_id, started_at, id)`,
  `CREATE INDEX plays_of_item ON plays (item_id, device_user_id, started_at)`,

  // The pointers are derived, so they refer to items without a foreign key and its index.
  `CREATE TABLE series_states (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    series_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    library_id ${int} NOT NULL,
    activity_at ${int} NOT NULL,
    last_item_id ${int},
    last_at ${int},
    next_item_id ${int},
    next_at ${int},
    open ${int} NOT NULL CHECK (open IN (0, 1)),
    stale ${int} NOT NULL CHECK (stale IN (0, 1)),
    unmarked ${int} NOT NULL CHECK (unmarked IN (0, 1)),
    PRIMARY KEY (scope_id, series_id)
  ) ${clustered}`,
  `CREATE INDEX series_states_next ON series_states (scope_id, stale, open, activity_at, series_id)`,
  `CREATE INDEX series_states_series ON series_states (series_id)`,
];
