import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId, UserId } from '#kernel/ids.ts';

/** What every counter holds. */
interface Counted {
  ms: Millis;
  plays: number;
  /** Plays that went to the end. */
  completed: number;
}

/** What a device user watched on a day. Each row is the sum over the plays that say they are counted there. */
export interface WatchDaysTable extends Counted {
  device_user_id: DeviceUserId;
  /**
   * The local day in the user's zone as a number, 20260131. Where less is known: 20260100 is some day of that month,
   * 20260000 one of that year, 0 some day.
   */
  day: number;
  library_id: MediaItemId;
}

/** What was watched in a local month, by the hour of the week. */
export interface WatchHoursTable extends Counted {
  device_user_id: DeviceUserId;
  /** 202601. */
  month: number;
  /** 0 is Monday from midnight to one, 167 the last hour of Sunday. */
  hour: number;
  library_id: MediaItemId;
}

/** What was watched of each series, movie, artist or stream. */
export interface WatchRootsTable extends Counted {
  device_user_id: DeviceUserId;
  /** A month, 202601; a whole year with all its months, 202600; or 0: of plays without a date. */
  period: number;
  root_id: MediaItemId;
}

/** In which zone a user's days are counted, and how far counting them anew has come. */
export interface WatchRecountsTable {
  user_id: UserId;
  time_zone: string;
  /** The last play counted anew, by its start and id; null: none is left to be. */
  at: Instant | null;
  play_id: PlayId | null;
}

/** Tables of how long was watched. */
export interface StatisticsTables {
  watch_days: WatchDaysTable;
  watch_hours: WatchHoursTable;
  watch_roots: WatchRootsTable;
  watch_recounts: WatchRecountsTable;
}
