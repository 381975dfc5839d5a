import type { Generated } from 'kysely';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId, ScopeId, UserId } from '#kernel/ids.ts';
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
  /** 1: what the statistics count of it is to be brought up to date. Every write of a play sets it. */
  unsettled: Generated<Flag>;
  /** What the statistics counted of it: at which instant, and how long; null: nothing. */
  counted_at: Generated<Instant | null>;
  counted_ms: Generated<Millis>;
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
  /** Episodes that are here and not watched; null: not counted. */
  unwatched: Generated<number | null>;
  /** Whether there may be something to show: a next episode, one in progress, or an exception that two merged scopes may turn into one. */
  open: Flag;
  /** To be derived anew when it is read. */
  stale: Flag;
  /** Whether anything in the series was ever set unwatched. */
  unmarked: Flag;
}

/** A series begun anew: marks made before then do not count for next up. */
export interface RewatchesTable {
  scope_id: ScopeId;
  series_id: MediaItemId;
  started_at: Instant;
}

/** What a user wants of a series or movie in continue watching and next up. */
export interface ListChoicesTable {
  user_id: UserId;
  item_id: MediaItemId;
  /** Out of the lists until there is newer activity. */
  dropped_at: Instant | null;
  /** Out of them until an instant, or until a leaf is added after this one. */
  snoozed_at: Instant | null;
  snoozed_until: Instant | null;
  snoozed_for_new: Generated<Flag>;
  /** Where specials stand in next up; null: only where they are being watched. */
  specials: 'inline' | 'after' | 'never' | null;
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

/** Tables of what was watched. */
export interface ActivityTables {
  marks: MarksTable;
  play_states: PlayStatesTable;
  plays: PlaysTable;
  series_states: SeriesStatesTable;
  rewatches: RewatchesTable;
  list_choices: ListChoicesTable;
  opinions: OpinionsTable;
}
