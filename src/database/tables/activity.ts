import type { Generated } from 'kysely';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { ChangeSetId, DeviceUserId, MediaItemId, PlayId, ScopeId, UserId } from '#kernel/ids.ts';
import type { Flag } from '../tables.ts';

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

export const datePrecisions = ['exact', 'day', 'month', 'year', 'unknown'] as const;
export type DatePrecision = (typeof datePrecisions)[number];

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
  /** 0: only one report came, and not from the end: not shown until another confirms it. */
  confirmed: Flag;
  /** Time really watched: the positions' advance, at most the time that went by. */
  watched_ms: Millis;
  /** How exactly its date is known; `started_at` is the start of that day, month or year, and 0 where it is unknown. */
  date_precision: Generated<DatePrecision>;
  method: string | null;
  client_name: string | null;
  /** Names a play that came from elsewhere, so that it is taken only once. */
  source_key: string | null;
  /** Taken from the history by its owner, and kept for as long as that can be undone. */
  deleted_at: Generated<Instant | null>;
  /** The change set that last took it away; it stays when the play comes back, so that it can be taken away again. */
  deleted_in: Generated<ChangeSetId | null>;
  /** 1: what the statistics count of it is to be brought up to date. Every write of a play sets it. */
  unsettled: Generated<Flag>;
  /**
   * What the statistics counted of it, so that just that can be taken back: on which local day (see {@link WatchDaysTable};
   * null: nothing was counted) and hour of the week, in which library, under which root, and how long.
   */
  counted_day: Generated<number | null>;
  counted_hour: Generated<number | null>;
  counted_library: Generated<MediaItemId | null>;
  counted_root: Generated<MediaItemId | null>;
  counted_ms: Generated<Millis>;
  counted_completed: Generated<Flag>;
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
  /** By which device user it was played to its end; null: marked by hand, or not known. */
  last_on: Generated<DeviceUserId | null>;
  /** The first unwatched episode after it; null when there is none. */
  next_item_id: MediaItemId | null;
  /** When that one is shown first; null: it has been. */
  next_at: Instant | null;
  /** Episodes that are here and not watched; null: not counted. */
  unwatched: Generated<number | null>;
  /** Whether there may be something to show: a next episode, one in progress, or an exception that two merged scopes may turn into one. */
  open: Flag;
  /** To be derived anew when it is read. */
  stale: Flag;
  /** Whether anything in the series was ever set unwatched. */
  unmarked: Flag;
}

/** That a scope is active in a collection: something of it was marked, or left in the middle. */
export interface CollectionStatesTable {
  scope_id: ScopeId;
  collection_id: MediaItemId;
  /** The newest mark on one of its movies, or position of one. */
  activity_at: Instant;
  /** 0: there was nothing to watch in it when it was looked at last, and nothing changed since. */
  open: Flag;
}

/** How much of a library one scope has not watched. Counted when it is asked for, and kept right by marks from then on. */
export interface ShelfCountsTable {
  scope_id: ScopeId;
  library_id: MediaItemId;
  /** Leaves that are here and not watched. */
  unwatched: number;
  /** No mark of the scope on anything in the library, other than on itself, is newer. */
  marked_until: Instant;
  /** `leaf_counts.changes` of the library when it was counted: it is to be counted anew where that is another now. */
  changes: number;
  /** To be counted anew. */
  stale: Flag;
}

/** A series begun anew: marks made before then do not count for next up. */
export interface RewatchesTable {
  scope_id: ScopeId;
  series_id: MediaItemId;
  started_at: Instant;
}

/**
 * What a user wants of an item in the lists that the program makes: of a series, or of a leaf by itself. Of an episode
 * only `dropped_at` is said: it is hidden from continue watching.
 */
export interface ListChoicesTable {
  user_id: UserId;
  item_id: MediaItemId;
  /** Out of the lists until there is newer activity; null: not dropped. */
  dropped_at: Instant | null;
  /** When it was last said, or taken back, that it is dropped. */
  drop_said_at: Generated<Instant | null>;
  /** Out of them until an instant, or until a leaf is added after this one; null: not snoozed. */
  snoozed_at: Instant | null;
  snoozed_until: Instant | null;
  snoozed_for_new: Generated<Flag>;
  snooze_said_at: Generated<Instant | null>;
  /** Where specials stand in next up; null: only where they are being watched. */
  specials: 'inline' | 'after' | 'never' | null;
  specials_said_at: Generated<Instant | null>;
  /** The newest of what was said. */
  said_at: Generated<Instant>;
}

/** Where positions count in a library; what is null is as the settings have it for its kind. */
export interface LibraryThresholdsTable {
  library_id: MediaItemId;
  low_percent: number | null;
  low_seconds: number | null;
  high_percent: number | null;
  /** 0: only the share counts. */
  high_seconds: number | null;
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

export const changeSetKinds = ['mark', 'import', 'add', 'edit', 'delete', 'clear', 'undo'] as const;
export type ChangeSetKind = (typeof changeSetKinds)[number];

/** Something a person or a media server did, with everything that it touched: what can be taken back as one. */
export interface ChangeSetsTable {
  id: Generated<ChangeSetId>;
  user_id: UserId;
  /** Who did it. */
  device_user_id: DeviceUserId;
  at: Instant;
  kind: ChangeSetKind;
  /** What it was about, where that is one item. The item may be gone by now. */
  item_id: MediaItemId | null;
  /** Of a mark: which. */
  watched: Flag | null;
  /** Of an import: its run. */
  run_id: number | null;
  /** Of an undo: the set that it took back. */
  undoes: ChangeSetId | null;
  /** Items that it touched, counted once for each part of it. */
  touched: number;
  /** JSON: what it changed, in the order of time (`activity/changes/entry.ts`); null: all of it is in parts. */
  entries: string | null;
  /** When it was taken back, and by which set; null: it holds. */
  undone_at: Generated<Instant | null>;
  undone_by: Generated<ChangeSetId | null>;
}

/** What a large change set changed, after the entries of its own row. */
export interface ChangePartsTable {
  set_id: ChangeSetId;
  number: number;
  entries: string;
}

/** Work that one of several processes on one database does at a time. */
export interface LeasesTable {
  name: string;
  holder: string;
  held_until: Instant;
}

/** Tables of what was watched. */
export interface ActivityTables {
  marks: MarksTable;
  play_states: PlayStatesTable;
  plays: PlaysTable;
  series_states: SeriesStatesTable;
  collection_states: CollectionStatesTable;
  shelf_counts: ShelfCountsTable;
  rewatches: RewatchesTable;
  list_choices: ListChoicesTable;
  opinions: OpinionsTable;
  change_sets: ChangeSetsTable;
  change_parts: ChangePartsTable;
  leases: LeasesTable;
  library_thresholds: LibraryThresholdsTable;
}
