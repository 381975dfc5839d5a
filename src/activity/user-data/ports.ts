import type { Changes } from '#activity/changes/changes.ts';
import type { Opinions } from '#activity/opinions/opinions.ts';
import type { Activity } from '#activity/service.ts';
import type { RowStates } from '#catalog/row-state.ts';
import type { Database } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Page } from '#kernel/page.ts';
import type { Actor, Viewer } from '#kernel/viewer.ts';
import type { ListRequest } from './types.ts';

/** The copies of our items on media servers, which `sync/` keeps. */
export interface ClientItems {
  /**
   * Who acts for a viewer on a server: the account that is linked to them.
   * @throws AppError `not_found` when they have none there
   */
  actorOf(viewer: Viewer, client: ClientId): Promise<Actor>;
  /** Our items of a kind by the server's ids, as far as they are matched. At most 200. */
  itemsOf(client: ClientId, kind: MediaKind, clientItemIds: readonly string[]): Promise<Map<string, MediaItemId>>;
  /** All of a kind that are matched and there, in the order of the server's ids. */
  list(
    client: ClientId,
    kind: MediaKind,
    request: ListRequest,
  ): Promise<Page<{ clientItemId: string; itemId: MediaItemId }>>;
}

export interface UserDataDependencies {
  database: Database;
  clock: Clock;
  activity: Pick<Activity, 'setWatched' | 'reportProgress' | 'recordRemote' | 'history'>;
  opinions: Pick<Opinions, 'say'>;
  states: RowStates;
  changes: Pick<Changes, 'clear' | 'undo' | 'remove'>;
  clientItems: ClientItems;
}
