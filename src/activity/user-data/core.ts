import { MOST_PLAYS } from '#activity/changes/changes.ts';
import { conflict, notFound } from '#kernel/errors.ts';
import type { MediaItemId, PlayId } from '#kernel/ids.ts';
import { isLeaf, type MediaKind } from '#kernel/media.ts';
import { LARGEST_PAGE } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { Entries } from './entries.ts';
import type { CoreLayer } from './layers.ts';
import type { UserDataDependencies } from './ports.ts';
import { refuseGuest, say } from './saying.ts';

/** Single entries: there is one as soon as anything is known of an item, so that creating one means to say something of it. */
export const createCore = <K extends MediaKind>(
  dependencies: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
): CoreLayer<K> => {
  const { database, activity, opinions, changes } = dependencies;
  const has = async (viewer: Viewer, id: MediaItemId) => (await entries.find(viewer, id)) !== undefined;
  return {
    create: async (viewer, id, said) => {
      if (await has(viewer, id)) throw conflict('You have data of this item already; update it instead.');
      await say(dependencies, viewer, id, said);
      return entries.get(viewer, id);
    },
    getById: entries.get,
    update: async (viewer, id, changes) => {
      if (!(await has(viewer, id))) throw notFound('Your data of this item');
      await say(dependencies, viewer, id, changes);
      return entries.always(viewer, id);
    },
    delete: async (viewer, id) => {
      refuseGuest(viewer);
      if (!(await has(viewer, id))) throw notFound('Your data of this item');
      const plays = isLeaf(kind) ? await playsOf(activity, viewer, id) : [];
      await database.transaction(async () => {
        for (let start = 0; start < plays.length; start += MOST_PLAYS) {
          await changes.remove(viewer, plays.slice(start, start + MOST_PLAYS));
        }
        // Also ends a position.
        await activity.setWatched(viewer, id, { watched: false });
        await opinions.say(viewer, id, {
          favourite: false,
          disliked: false,
          watchlist: false,
          rating: null,
          review: null,
        });
      });
    },
    getByUserIdAndMediaItemId: entries.find,
    hasUserMediaItemData: has,
  };
};

const playsOf = async (
  activity: UserDataDependencies['activity'],
  viewer: Viewer,
  itemId: MediaItemId,
): Promise<PlayId[]> => {
  const plays: PlayId[] = [];
  let cursor: string | undefined;
  do {
    const page = await activity.history(viewer, { itemId, limit: LARGEST_PAGE, ...(cursor ? { cursor } : {}) });
    plays.push(...page.items.map((play) => play.id));
    cursor = page.next ?? undefined;
  } while (cursor);
  return plays;
};
