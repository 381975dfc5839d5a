import type { HistoryEntry, HistoryRequest } from '#activity/service.ts';
import type { MediaItem } from '#catalog/types.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, ClientId, MediaItemId } from '#kernel/ids.ts';
import type { LeafKind, MediaKind } from '#kernel/media.ts';
import type { Page } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { FinishedPlay, ListRequest, Position, Said, UserMediaItemChanges, UserMediaItemData } from './types.ts';

/** Kinds of which it is known when somebody was last busy with them. */
export type HistoryKind = LeafKind | 'series';

/** Reads and writes single entries. An item of another kind, or one that may not be seen, is `not_found`. */
export interface CoreLayer<K extends MediaKind> {
  /** @throws AppError `conflict` when the user has data of the item already; `invalid` for what cannot be */
  create(viewer: Viewer, mediaItemId: MediaItemId, said: UserMediaItemChanges<K>): Promise<UserMediaItemData<K>>;
  /** @throws AppError `not_found` also where the user has no data of it */
  getById(viewer: Viewer, id: MediaItemId): Promise<UserMediaItemData<K>>;
  /** @throws AppError `not_found` where there is nothing to change; `invalid` */
  update(viewer: Viewer, id: MediaItemId, changes: UserMediaItemChanges<K>): Promise<UserMediaItemData<K>>;
  /** Takes back everything that was said of the item, has it unwatched, and takes its plays from the history. */
  delete(viewer: Viewer, id: MediaItemId): Promise<void>;
  /** undefined where the user has no data of it. */
  getByUserIdAndMediaItemId(viewer: Viewer, mediaItemId: MediaItemId): Promise<UserMediaItemData<K> | undefined>;
  hasUserMediaItemData(viewer: Viewer, mediaItemId: MediaItemId): Promise<boolean>;
}

/** What the user thinks of items. */
export interface OpinionLayer<K extends MediaKind> {
  /** Makes it a favourite, or no longer. */
  toggleFavorite(viewer: Viewer, mediaItemId: MediaItemId, favorite: boolean): Promise<UserMediaItemData<K>>;
  /** @param rating 0.5 to 10, in halves; null takes it back */
  updateRating(viewer: Viewer, mediaItemId: MediaItemId, rating: number | null): Promise<UserMediaItemData<K>>;
  /** Newest first; what is retired is left out. */
  getFavorites(viewer: Viewer, request: ListRequest): Promise<Page<UserMediaItemData<K>>>;
}

/** What the user was busy with. */
export interface HistoryLayer<K extends HistoryKind> {
  /** One entry an item, the one last played first; of series the one with the newest activity. */
  getUserHistory(viewer: Viewer, request: ListRequest): Promise<Page<UserMediaItemData<K>>>;
  getRecentHistory(viewer: Viewer, limit: number): Promise<UserMediaItemData<K>[]>;
}

/** A play in the history, with its item. */
export type PlayOf<K extends MediaKind> = Omit<HistoryEntry, 'item'> & { item: MediaItem<K> };

/** What was cleared. It can be undone for some time. */
export interface Cleared {
  /** Names it for {@link PlaybackLayer.undoClear}; null: there was nothing. */
  id: ChangeSetId | null;
  plays: number;
}

/** What the user played: only leaves are played. */
export interface PlaybackLayer<K extends LeafKind> {
  /** Every play, newest first. */
  getUserPlayHistory(viewer: Viewer, request: Omit<HistoryRequest, 'kind'>): Promise<Page<PlayOf<K>>>;
  /** Started and not completed, newest first. */
  getContinueWatching(viewer: Viewer, request: ListRequest): Promise<Page<UserMediaItemData<K>>>;
  /** A play that is over: the same play told twice is one. */
  recordPlay(viewer: Viewer, mediaItemId: MediaItemId, play?: FinishedPlay): Promise<UserMediaItemData<K>>;
  /** Clears plays, counts and positions of this kind, and what was watched of it. Opinions stay. */
  clearUserHistory(viewer: Viewer): Promise<Cleared>;
  /** @throws AppError `not_found`; `conflict` when it is undone already, or it is too late */
  undoClear(viewer: Viewer, id: ChangeSetId): Promise<void>;
}

/** An entry of a media server, as it is told to us or by us. */
export interface ClientItemData extends Omit<Said, 'isDisliked' | 'watchlist'> {
  clientItemId: string;
  positionSeconds?: number | undefined;
  durationSeconds?: number | undefined;
  playCount?: number | undefined;
  /** When it was played last, or marked; now when absent. */
  lastPlayedAt?: Instant | undefined;
}

/** What became of entries that were told. */
export interface SyncedItems {
  synced: number;
  /** Ids that are not known, not matched, or of another kind: nothing was done about them. */
  unmatched: string[];
}

/** An entry under the name that a media server has for its item. */
export interface ClientEntry<K extends MediaKind> {
  clientItemId: string;
  data: UserMediaItemData<K>;
}

/**
 * The same under a media server's own ids. What it tells is done by the viewer's account there, whose isolation mode says
 * who hears of it. @throws AppError `not_found` for a server on which the viewer has no account
 */
export interface ClientLayer<K extends MediaKind> {
  /** @param items at most 200 */
  syncClientItemData(viewer: Viewer, client: ClientId, items: readonly ClientItemData[]): Promise<SyncedItems>;
  /** What we know of the items that the server has, for telling it, in the order of its ids. */
  getClientItemData(viewer: Viewer, client: ClientId, request: ListRequest): Promise<Page<ClientEntry<K>>>;
  getByClientId(viewer: Viewer, client: ClientId, clientItemId: string): Promise<UserMediaItemData<K> | undefined>;
  mapClientMediaItemToInternal(viewer: Viewer, client: ClientId, id: string): Promise<MediaItem<K> | undefined>;
}

/** Where a player stands. */
export type PlaybackState = Pick<
  UserMediaItemData,
  'positionSeconds' | 'durationSeconds' | 'playedPercentage' | 'playCount' | 'completed' | 'lastPlayedAt'
>;

/** The client operations that only make sense for what is played. */
export interface ClientPlaybackLayer<K extends LeafKind> {
  recordClientPlay(
    viewer: Viewer,
    client: ClientId,
    clientItemId: string,
    play?: FinishedPlay,
  ): Promise<UserMediaItemData<K>>;
  getPlaybackState(viewer: Viewer, client: ClientId, clientItemId: string): Promise<PlaybackState>;
  updatePlaybackState(
    viewer: Viewer,
    client: ClientId,
    clientItemId: string,
    position: Position,
  ): Promise<PlaybackState>;
}

/** The three layers behind one face (seed 000); what makes no sense for a kind is not there. */
export type UserMediaItemDataFacade<K extends MediaKind> = CoreLayer<K> &
  OpinionLayer<K> &
  ClientLayer<K> &
  (K extends HistoryKind ? HistoryLayer<K> : unknown) &
  (K extends LeafKind ? PlaybackLayer<K> & ClientPlaybackLayer<K> : unknown);
