import type { SqlDialect } from '../dialect.ts';
import { leafCounts } from './leaf-counts.ts';

/** The tree of media items, what hangs on it, and the folders it was read from. */
export const catalog = ({ name, ddl: { id, int, text, end, clustered } }: SqlDialect): string[] => [
  `CREATE TABLE media_items (
    id ${id},
    kind ${text} NOT NULL CHECK (kind IN ('library', 'movie', 'collection', 'series', 'season', 'episode', 'artist', 'album', 'track', 'stream')),
    library_id ${int} REFERENCES media_items (id),
    parent_id ${int} REFERENCES media_items (id),
    root_id ${int} REFERENCES media_items (id),
    season_number ${int} CHECK (season_number >= 0),
    episode_number ${int} CHECK (episode_number >= 0),
    episode_number_end ${int} CHECK (episode_number_end >= episode_number),
    absolute_number ${int} CHECK (absolute_number >= 0),
    play_order ${int} GENERATED ALWAYS AS (CASE WHEN kind = 'episode' THEN season_number * 1000000000
      + coalesce(episode_number, 500000000 + coalesce(released_at / 86400000 + 200000, 400000000)) END) STORED,
    disc_number ${int} CHECK (disc_number >= 0),
    track_number ${int} CHECK (track_number >= 0),
    title ${text} NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
    original_title ${text},
    sort_title ${text} NOT NULL,
    title_key ${text} NOT NULL,
    overview ${text},
    year ${int} CHECK (year BETWEEN 1800 AND 2200),
    released_at ${int},
    runtime_ms ${int} CHECK (runtime_ms >= 0),
    content_rating ${text},
    rating_level ${int} CHECK (rating_level BETWEEN 0 AND 21),
    added_at ${int} NOT NULL,
    updated_at ${int} NOT NULL,
    removed_at ${int},
    CHECK (library_id IS NOT NULL OR kind = 'library'),
    CHECK ((parent_id IS NULL) = (kind NOT IN ('season', 'episode', 'album', 'track'))),
    CHECK ((root_id IS NULL) = (kind NOT IN ('season', 'episode', 'album', 'track'))),
    CHECK (season_number IS NOT NULL OR kind NOT IN ('season', 'episode'))
  ) ${end}`,
  // Lists: by kind and order, with or without a library. Each ends with the id, which ends every cursor.
  `CREATE INDEX items_by_title ON media_items (kind, sort_title, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_by_added ON media_items (kind, added_at, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_by_release ON media_items (kind, released_at, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_by_year ON media_items (kind, year, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_of_library_by_title ON media_items (library_id, kind, sort_title, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_of_library_by_added ON media_items (library_id, kind, added_at, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_of_library_by_release ON media_items (library_id, kind, released_at, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_of_library_by_year ON media_items (library_id, kind, year, id) WHERE removed_at IS NULL`,
  `CREATE INDEX items_removed ON media_items (kind, removed_at, id) WHERE removed_at IS NOT NULL`,
  `CREATE INDEX items_match ON media_items (title_key, kind, year)`,
  `CREATE INDEX items_children ON media_items (parent_id, season_number, disc_number, episode_number, track_number, id)`,
  `CREATE UNIQUE INDEX items_season ON media_items (root_id, season_number) WHERE kind = 'season'`,
  `CREATE UNIQUE INDEX items_episode ON media_items (root_id, season_number, episode_number) WHERE kind = 'episode' AND episode_number IS NOT NULL`,
  `CREATE INDEX items_play_order ON media_items (root_id, play_order, id) WHERE play_order IS NOT NULL`,
  `CREATE INDEX items_root ON media_items (root_id, season_number, episode_number, id)`,
  ...(name === 'sqlite'
    ? [
        `CREATE VIRTUAL TABLE item_search USING fts5 (title_key, content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '2 3')`,
      ]
    : [`CREATE INDEX items_search ON media_items USING gin (to_tsvector('simple', title_key))`]),

  `CREATE TABLE libraries (
    item_id ${int} PRIMARY KEY REFERENCES media_items (id) ON DELETE CASCADE,
    library_kind ${text} NOT NULL CHECK (library_kind IN ('movies', 'series', 'music', 'streams'))
  ) ${end}`,
  `CREATE TABLE movies (
    item_id ${int} PRIMARY KEY REFERENCES media_items (id) ON DELETE CASCADE,
    tagline ${text},
    budget ${int} CHECK (budget >= 0),
    revenue ${int} CHECK (revenue >= 0)
  ) ${end}`,
  `CREATE TABLE series (
    item_id ${int} PRIMARY KEY REFERENCES media_items (id) ON DELETE CASCADE,
    status ${text} CHECK (status IN ('continuing', 'ended', 'upcoming'))
  ) ${end}`,
  `CREATE TABLE stream_sources (
    id ${id},
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    name_key ${text} NOT NULL UNIQUE,
    tracks_progress ${int} NOT NULL CHECK (tracks_progress IN (0, 1))
  ) ${end}`,
  `CREATE TABLE streams (
    item_id ${int} PRIMARY KEY REFERENCES media_items (id) ON DELETE CASCADE,
    stream_source_id ${int} NOT NULL REFERENCES stream_sources (id),
    address ${text} NOT NULL
  ) ${end}`,
  `CREATE INDEX streams_source ON streams (stream_source_id)`,
  `CREATE TABLE user_libraries (
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    library_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, library_id)
  ) ${clustered}`,
  `CREATE INDEX user_libraries_library ON user_libraries (library_id)`,
  `CREATE TABLE user_stream_sources (
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    stream_source_id ${int} NOT NULL REFERENCES stream_sources (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, stream_source_id)
  ) ${clustered}`,
  `CREATE INDEX user_stream_sources_source ON user_stream_sources (stream_source_id)`,

  `CREATE TABLE collection_items (
    collection_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    position ${int} NOT NULL,
    PRIMARY KEY (collection_id, item_id)
  ) ${clustered}`,
  `CREATE INDEX collection_items_order ON collection_items (collection_id, position, item_id)`,
  `CREATE INDEX collection_items_item ON collection_items (item_id)`,

  `CREATE TABLE external_ids (
    kind ${text} NOT NULL,
    provider ${text} NOT NULL CHECK (provider = lower(provider) AND length(provider) BETWEEN 1 AND 40),
    value ${text} NOT NULL CHECK (length(value) BETWEEN 1 AND 200),
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, provider, value)
  ) ${clustered}`,
  `CREATE INDEX external_ids_item ON external_ids (item_id)`,

  `CREATE TABLE item_tags (
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    tag_id ${int} NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (item_id, tag_id)
  ) ${clustered}`,
  `CREATE INDEX item_tags_tag ON item_tags (tag_id, item_id)`,

  `CREATE TABLE genres (
    id ${id},
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    name_key ${text} NOT NULL UNIQUE
  ) ${end}`,
  `CREATE TABLE item_genres (
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    genre_id ${int} NOT NULL REFERENCES genres (id) ON DELETE CASCADE,
    PRIMARY KEY (item_id, genre_id)
  ) ${clustered}`,
  `CREATE INDEX item_genres_genre ON item_genres (genre_id, item_id)`,
  // Two people may have one name.
  `CREATE TABLE people (
    id ${id},
    name ${text} NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key ${text} NOT NULL
  ) ${end}`,
  `CREATE INDEX people_name ON people (name_key, id)`,
  `CREATE TABLE credits (
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    role ${text} NOT NULL
      CHECK (role IN ('creator', 'director', 'writer', 'actor', 'guest', 'producer', 'composer', 'artist')),
    position ${int} NOT NULL CHECK (position >= 0),
    person_id ${int} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    character ${text} CHECK (length(character) BETWEEN 1 AND 200),
    PRIMARY KEY (item_id, role, position)
  ) ${clustered}`,
  `CREATE INDEX credits_person ON credits (person_id, item_id)`,

  `CREATE TABLE images (
    id ${id},
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    role ${text} NOT NULL CHECK (role IN ('poster', 'backdrop', 'logo', 'thumb', 'banner', 'disc')),
    address ${text} NOT NULL CHECK (length(address) BETWEEN 1 AND 2000),
    UNIQUE (item_id, role, address)
  ) ${end}`,

  `CREATE TABLE scan_folders (
    id ${id},
    library_id ${int} NOT NULL REFERENCES media_items (id),
    path ${text} NOT NULL UNIQUE,
    created_at ${int} NOT NULL,
    scanned_at ${int},
    claim ${text},
    claim_beat ${int},
    CHECK ((claim IS NULL) = (claim_beat IS NULL))
  ) ${end}`,
  `CREATE INDEX scan_folders_library ON scan_folders (library_id)`,
  `CREATE TABLE item_locations (
    id ${id},
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    scan_folder_id ${int} NOT NULL REFERENCES scan_folders (id) ON DELETE CASCADE,
    path ${text} NOT NULL,
    part ${int} NOT NULL,
    version ${text},
    size_bytes ${int} NOT NULL,
    modified_at ${int} NOT NULL,
    fingerprint ${text} NOT NULL,
    removed_at ${int},
    UNIQUE (scan_folder_id, path, item_id)
  ) ${end}`,
  `CREATE INDEX item_locations_item ON item_locations (item_id)`,
  `CREATE INDEX item_locations_fingerprint ON item_locations (fingerprint)`,

  // Counts the changes of the catalog, whoever makes them, so that what a process keeps of it is known to be good or not.
  `CREATE TABLE catalog_version (
    id ${int} PRIMARY KEY CHECK (id = 1),
    version ${int} NOT NULL
  ) ${end}`,
  `INSERT INTO catalog_version (id, version) VALUES (1, 0)`,
  ...(name === 'sqlite' ? [] : [postgresCounter]),
  ...shown.flatMap((table) => countChanges(name, table)),
  ...leafCounts({ name, int, end }),
];

/** Tables that an item as it is shown is made of. */
const shown = [
  'media_items',
  'libraries',
  'movies',
  'series',
  'streams',
  'external_ids',
  'item_tags',
  'tags',
  'item_genres',
  'genres',
  'images',
];

const postgresCounter = `CREATE FUNCTION count_catalog_change() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN UPDATE catalog_version SET version = version + 1; RETURN NULL; END'`;

/**
 * Triggers that count every change of a table as a change of the catalog.
 * @param columns the only columns whose update counts
 */
export const countChanges = (name: SqlDialect['name'], table: string, columns?: string): string[] => {
  const update = columns === undefined ? 'UPDATE' : `UPDATE OF ${columns}`;
  if (name === 'postgres') {
    return [
      `CREATE TRIGGER ${table}_counted AFTER INSERT OR ${update} OR DELETE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION count_catalog_change()`,
    ];
  }
  return ['INSERT', update, 'DELETE'].map(
    (event) => `CREATE TRIGGER ${table}_counted_${event.slice(0, 6).toLowerCase()} AFTER ${event} ON ${table}
      BEGIN UPDATE catalog_version SET version = version + 1; END`,
  );
};
