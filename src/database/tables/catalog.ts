import type { ColumnType, Generated } from 'kysely';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { GenreId, MediaItemId, PersonId, ScanFolderId, StreamSourceId, TagId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import type { Flag } from '../tables.ts';

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

/** How many leaves are below a library, series, season, artist or album, counted by triggers. */
export interface LeafCountsTable {
  item_id: MediaItemId;
  /** Those that are here. */
  leaves: number;
  /** None of them was added after this. */
  added_until: Instant;
  /** Moves with every leaf that comes, goes, or finds another place there. */
  changes: Generated<number>;
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

export interface GenresTable {
  id: Generated<GenreId>;
  name: string;
  /** The name folded; unique. */
  name_key: string;
}

export interface ItemGenresTable {
  item_id: MediaItemId;
  genre_id: GenreId;
}

export interface PeopleTable {
  id: Generated<PersonId>;
  name: string;
  /** The name folded; two people may have one. */
  name_key: string;
}

export const creditRoles = [
  'creator',
  'director',
  'writer',
  'actor',
  'guest',
  'producer',
  'composer',
  'artist',
] as const;
/** `guest`: an actor in a single episode. `artist`: who makes the music. */
export type CreditRole = (typeof creditRoles)[number];

export interface CreditsTable {
  item_id: MediaItemId;
  role: CreditRole;
  /** The order within the role, from 0. */
  position: number;
  person_id: PersonId;
  /** Whom an actor plays. */
  character: string | null;
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

/** Tables of what there is to watch. */
export interface CatalogTables {
  media_items: MediaItemsTable;
  catalog_version: CatalogVersionTable;
  leaf_counts: LeafCountsTable;
  libraries: LibrariesTable;
  movies: MoviesTable;
  series: SeriesTable;
  stream_sources: StreamSourcesTable;
  streams: StreamsTable;
  collection_items: CollectionItemsTable;
  external_ids: ExternalIdsTable;
  tags: TagsTable;
  item_tags: ItemTagsTable;
  genres: GenresTable;
  item_genres: ItemGenresTable;
  people: PeopleTable;
  credits: CreditsTable;
  images: ImagesTable;
  scan_folders: ScanFoldersTable;
  item_locations: ItemLocationsTable;
}
