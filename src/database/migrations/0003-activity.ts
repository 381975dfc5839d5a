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
    confirmed ${int} NOT NULL CHECK (confirmed IN (0, 1)),
    watched_ms ${int} NOT NULL CHECK (watched_ms >= 0),
    date_precision ${text} NOT NULL DEFAULT 'exact'
      CHECK (date_precision IN ('exact', 'day', 'month', 'year', 'unknown')),
    method ${text},
    client_name ${text},
    source_key ${text},
    deleted_at ${int},
    unsettled ${int} NOT NULL DEFAULT 1 CHECK (unsettled IN (0, 1)),
    counted_day ${int},
    counted_hour ${int},
    counted_library ${int},
    counted_root ${int},
    counted_ms ${int} NOT NULL DEFAULT 0,
    counted_completed ${int} NOT NULL DEFAULT 0 CHECK (counted_completed IN (0, 1))
  ) ${end}`,
  `CREATE UNIQUE INDEX plays_source ON plays (device_user_id, source_key) WHERE source_key IS NOT NULL`,
  // By the start, which a report hardly ever changes: a report rewrites no index.
  `CREATE INDEX plays_history ON plays (user_id, started_at, id) WHERE confirmed = 1 AND deleted_at IS NULL`,
  `CREATE INDEX plays_of_device ON plays (device_user_id, started_at, id) WHERE confirmed = 1 AND deleted_at IS NULL`,
  `CREATE INDEX plays_unsettled ON plays (user_id, id) WHERE unsettled = 1`,
  `CREATE INDEX plays_of_item ON plays (item_id, device_user_id, started_at)`,

  // The pointers are derived, so they refer to items without a foreign key and its index.
  `CREATE TABLE series_states (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    series_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    library_id ${int} NOT NULL,
    activity_at ${int} NOT NULL,
    last_item_id ${int},
    last_at ${int},
    last_on ${int},
    next_item_id ${int},
    next_at ${int},
    unwatched ${int} CHECK (unwatched >= 0),
    open ${int} NOT NULL CHECK (open IN (0, 1)),
    stale ${int} NOT NULL CHECK (stale IN (0, 1)),
    unmarked ${int} NOT NULL CHECK (unmarked IN (0, 1)),
    PRIMARY KEY (scope_id, series_id)
  ) ${clustered}`,
  `CREATE INDEX series_states_next ON series_states (scope_id, stale, open, activity_at, series_id)`,
  `CREATE INDEX series_states_series ON series_states (series_id)`,

  // Where a scope is active in a collection. What is next in it is derived when it is read: collections are small.
  `CREATE TABLE collection_states (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    collection_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    activity_at ${int} NOT NULL,
    open ${int} NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (scope_id, collection_id)
  ) ${clustered}`,
  `CREATE INDEX collection_states_next ON collection_states (scope_id, open, activity_at, collection_id)`,
  `CREATE INDEX collection_states_collection ON collection_states (collection_id)`,

  // Marks and changes of the catalog come in any order with the counting, so a count that is not trusted may be anything.
  `CREATE TABLE shelf_counts (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    library_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    unwatched ${int} NOT NULL,
    marked_until ${int} NOT NULL,
    changes ${int} NOT NULL,
    stale ${int} NOT NULL CHECK (stale IN (0, 1)),
    PRIMARY KEY (scope_id, library_id)
  ) ${clustered}`,
  `CREATE INDEX shelf_counts_library ON shelf_counts (library_id)`,

  `CREATE TABLE rewatches (
    scope_id ${int} NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    series_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    started_at ${int} NOT NULL,
    PRIMARY KEY (scope_id, series_id)
  ) ${clustered}`,
  `CREATE INDEX rewatches_series ON rewatches (series_id)`,

  // What a user wants of an item in the lists that the program makes.
  `CREATE TABLE list_choices (
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    dropped_at ${int},
    drop_said_at ${int},
    snoozed_at ${int},
    snoozed_until ${int},
    snoozed_for_new ${int} NOT NULL DEFAULT 0 CHECK (snoozed_for_new IN (0, 1)),
    snooze_said_at ${int},
    specials ${text} CHECK (specials IN ('inline', 'after', 'never')),
    specials_said_at ${int},
    said_at ${int} NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, item_id)
  ) ${clustered}`,
  `CREATE INDEX list_choices_item ON list_choices (item_id)`,
  `CREATE INDEX list_choices_newest ON list_choices (user_id, said_at, item_id) WHERE dropped_at IS NOT NULL OR snoozed_at IS NOT NULL`,
];
