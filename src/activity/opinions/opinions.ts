import { announcer } from '#activity/events/announce.ts';
import { instantOf } from '#activity/marks/instants.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { type ItemView, loadItems } from '#catalog/item-view.ts';
import type { Database } from '#database/database.ts';
import type { Clock, Instant } from '#kernel/clock.ts';
import { forbidden } from '#kernel/errors.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Page } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { checkedChange, newestSaid, type Opinion, type OpinionChange, take } from './opinion.ts';
import { loadOpinion, type OpinionList, type OpinionListRequest, opinionPage } from './opinion-query.ts';
import { saveOpinion } from './opinion-repository.ts';

export type { Opinion, OpinionChange } from './opinion.ts';
export type { OpinionList, OpinionListRequest } from './opinion-query.ts';

export interface OpinionEntry extends Opinion {
  item: ItemView;
}

/**
 * What people think of items of any kind, and what they mean to watch (domain §6): by user, on all of their devices.
 * Watching something does not take it off the watchlist: only its owner does.
 */
export interface Opinions {
  /**
   * Says or takes back something of an item, also of a retired one.
   * @param at when it was said; now when absent
   * @returns what holds after that
   * @throws AppError `not_found`, also for what may not be seen; `forbidden` for guests; `invalid` for a rating, a review
   * or an instant that cannot be
   */
  say(viewer: Viewer, itemId: MediaItemId, change: OpinionChange, at?: Instant): Promise<Opinion>;
  /** @throws AppError `not_found` */
  of(viewer: Viewer, itemId: MediaItemId): Promise<Opinion>;
  /** What is retired is left out until it comes back. */
  list(viewer: Viewer, list: OpinionList, request: OpinionListRequest): Promise<Page<OpinionEntry>>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** Where changes are told once they are saved; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
}

export const createOpinions = ({ database, clock, bus = silentBus }: Dependencies): Opinions => ({
  say: async (viewer, itemId, said, at) => {
    if (viewer.role === 'guest') throw forbidden('Guests cannot record what they think.');
    const change = checkedChange(said);
    return database.transaction(async (tx) => {
      // The group's is one for the user: what is read below must be what is written over.
      await lockScopes(tx, [viewer.groupScope]);
      const known = await loadOpinion(tx, viewer, itemId);
      const now = clock.now();
      const taken = take(known, change, instantOf(at, now, newestSaid(known, change)));
      if (taken === known) return known;
      await saveOpinion(tx, viewer.userId, itemId, taken);
      announcer(database, bus)(viewer, 'opinion', itemId, now);
      return taken;
    });
  },
  of: async (viewer, itemId) => loadOpinion(database.read, viewer, itemId),
  list: async (viewer, list, request) => {
    const page = await opinionPage(database.read, viewer, list, request);
    const ids = page.items.map((row) => row.itemId);
    const items = await loadItems(database.read, viewer.grants, ids);
    const entries = page.items.flatMap(({ itemId, ...opinion }) => {
      const item = items.get(itemId);
      return item ? [{ item, ...opinion }] : [];
    });
    return { items: entries, next: page.next };
  },
});
