import type { MediaItem } from '#catalog/types.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { LeafKind, MediaKind } from '#kernel/media.ts';
import type { PageRequest } from '#kernel/page.ts';

/**
 * All that a user has of one item, in one record (seed 000). It is a view over marks, play states, plays and opinions as
 * the viewer's device reads them: nothing of it is kept twice. docs/user-media-item-data.md tells where each field is from.
 */
export interface UserMediaItemData<K extends MediaKind = MediaKind> {
  /** A user has one entry an item, so the item's id names it. */
  id: MediaItemId;
  userId: UserId;
  mediaItemId: MediaItemId;
  item: MediaItem<K>;
  type: K;
  /** When it was played first; null: never. */
  playedAt: Instant | null;
  lastPlayedAt: Instant | null;
  isFavorite: boolean;
  isDisliked: boolean;
  /** 0.5 to 10, in halves; null: not rated. */
  userRating: number | null;
  watchlist: boolean;
  /** 0 to 100: of a leaf where it was left, 100 once completed; of a container the share of leaves watched. */
  playedPercentage: number;
  /** Plays to the end. */
  playCount: number;
  /** Where it was left, in whole seconds; 0: not in progress. */
  positionSeconds: number;
  /** As a player told it, else the item's running time; 0: not known. */
  durationSeconds: number;
  /** Watched; of a container: all that is in it. */
  completed: boolean;
  /** The earliest and the newest that is known of all this; null: of a container, only what is in it was watched. */
  createdAt: Instant | null;
  updatedAt: Instant | null;
}

/** What can be said of an item of any kind; absent: nothing of that. */
export interface Said {
  isFavorite?: boolean | undefined;
  isDisliked?: boolean | undefined;
  /** null takes it back. */
  userRating?: number | null | undefined;
  watchlist?: boolean | undefined;
  completed?: boolean | undefined;
}

/** Where someone is in a leaf. */
export interface Position {
  positionSeconds: number;
  durationSeconds?: number | undefined;
  /** When that was; now when absent. */
  at?: Instant | undefined;
}

/** What can be told of an item of a kind: a position only of what is played itself. */
export type UserMediaItemChanges<K extends MediaKind> = Said &
  (K extends LeafKind ? { positionSeconds?: number | undefined; durationSeconds?: number | undefined } : unknown);

/** A play that is over. */
export interface FinishedPlay {
  /** When it ended; now when absent. */
  at?: Instant | undefined;
  durationSeconds?: number | undefined;
  /** Whether it went to the end; yes when absent. */
  completed?: boolean | undefined;
}

/** A page as the seed asks for it, by how many to leave out, or by the cursor of the page before. */
export interface ListRequest extends PageRequest {
  /** Entries to leave out before the page, after the cursor. 0 to 10,000; a cursor costs less. */
  offset?: number | undefined;
}
