import { instantOf } from '#activity/marks/instants.ts';
import { wholeOf } from '#catalog/shown-item.ts';
import { isKind } from '#catalog/types.ts';
import type { Instant } from '#kernel/clock.ts';
import type { LeafKind, MediaKind } from '#kernel/media.ts';
import type { Entries } from './entries.ts';
import type { HistoryKind, HistoryLayer, OpinionLayer, PlaybackLayer } from './layers.ts';
import { listPage } from './list-query.ts';
import type { UserDataDependencies } from './ports.ts';
import { millis, refuseGuest, say } from './saying.ts';
import type { FinishedPlay } from './types.ts';

/** What users think of items of any kind. */
export const createOpinionLayer = <K extends MediaKind>(
  dependencies: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
): OpinionLayer<K> => ({
  toggleFavorite: async (viewer, id, isFavorite) => {
    await entries.item(viewer, id);
    await say(dependencies, viewer, id, { isFavorite });
    return entries.always(viewer, id);
  },
  updateRating: async (viewer, id, userRating) => {
    await entries.item(viewer, id);
    await say(dependencies, viewer, id, { userRating });
    return entries.always(viewer, id);
  },
  getFavorites: async (viewer, request) =>
    entries.page(viewer, await listPage(dependencies.database.read, viewer, 'favorites', kind, request)),
});

/** What users were last busy with. */
export const createHistoryLayer = <K extends HistoryKind>(
  { database }: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
): HistoryLayer<K> => {
  const list = kind === 'series' ? 'series' : 'history';
  const getUserHistory: HistoryLayer<K>['getUserHistory'] = async (viewer, request) =>
    entries.page(viewer, await listPage(database.read, viewer, list, kind, request));
  return {
    getUserHistory,
    getRecentHistory: async (viewer, limit) => (await getUserHistory(viewer, { limit })).items,
  };
};

/** What users play. */
export const createPlaybackLayer = <K extends LeafKind>(
  { database, clock, activity, changes }: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
): PlaybackLayer<K> => ({
  getUserPlayHistory: async (viewer, request) => {
    const page = await activity.history(viewer, { ...request, kind });
    return {
      next: page.next,
      items: page.items.flatMap(({ item: shown, ...play }) => {
        const item = wholeOf(shown);
        return isKind(item, kind) ? [{ ...play, item }] : [];
      }),
    };
  },
  getContinueWatching: async (viewer, request) =>
    entries.page(viewer, await listPage(database.read, viewer, 'continue', kind, request)),
  recordPlay: async (viewer, id, play = {}) => {
    refuseGuest(viewer);
    await entries.item(viewer, id);
    const at = instantOf(play.at, clock.now(), undefined);
    const told = playEvent(play, at, `told:${id}:${at}`);
    const event = { ...told, plays: told.plays.map((one) => ({ ...one, apart: true })) };
    await database.transaction((tx) => activity.recordRemote(tx, viewer, id, event));
    return entries.always(viewer, id);
  },
  clearUserHistory: async (viewer) => {
    const { changeSetId: id, plays } = await changes.clear(viewer, { kind, marks: true });
    return { id, plays };
  },
  undoClear: async (viewer, id) => {
    await changes.undo(viewer, id);
  },
});

/** A finished play as news of it from elsewhere: who tells it is no player that reports as it goes. */
export const playEvent = ({ durationSeconds, completed = true }: FinishedPlay, at: Instant, sourceKey: string) => {
  const length = durationSeconds === undefined ? {} : { durationMs: millis('durationSeconds', durationSeconds) };
  return {
    ...(completed ? { watched: { value: true, at } } : {}),
    plays: [{ at, sourceKey, completed, ...length }],
  };
};
