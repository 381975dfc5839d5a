import { instantOf } from '#activity/marks/instants.ts';
import type { RemoteEvent } from '#activity/service.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';
import type { LeafKind, MediaKind } from '#kernel/media.ts';
import { LARGEST_PAGE } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { Entries } from './entries.ts';
import type { ClientItemData, ClientLayer, ClientPlaybackLayer, PlaybackState } from './layers.ts';
import type { UserDataDependencies } from './ports.ts';
import { millis, refuseGuest, say } from './saying.ts';
import type { UserMediaItemData } from './types.ts';
import { playEvent } from './user.ts';

/** The same entries under a media server's own ids. */
export const createClientLayer = <K extends MediaKind>(
  dependencies: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
): ClientLayer<K> => {
  const { clientItems } = dependencies;
  return {
    syncClientItemData: (viewer, client, items) => syncItems(dependencies, entries, kind, viewer, client, items),
    getClientItemData: async (viewer, client, request) => {
      await clientItems.actorOf(viewer, client);
      const page = await clientItems.list(client, kind, request);
      const known = await entries.of(
        viewer,
        page.items.map((row) => row.itemId),
      );
      const items = page.items.flatMap(({ clientItemId, itemId }) => {
        const data = known.get(itemId);
        return data ? [{ clientItemId, data }] : [];
      });
      return { items, next: page.next };
    },
    getByClientId: async (viewer, client, clientItemId) => {
      const id = await idOf(dependencies, kind, viewer, client, clientItemId);
      return id === undefined ? undefined : (await entries.of(viewer, [id])).get(id);
    },
    mapClientMediaItemToInternal: async (viewer, client, clientItemId) => {
      const id = await idOf(dependencies, kind, viewer, client, clientItemId);
      return id === undefined ? undefined : (await entries.items(viewer, [id]))[0];
    },
  };
};

/** What a media server's player does. */
export const createClientPlaybackLayer = <K extends LeafKind>(
  dependencies: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
): ClientPlaybackLayer<K> => {
  const { database, clock, activity, clientItems } = dependencies;
  const idFor = async (viewer: Viewer, client: ClientId, clientItemId: string) => {
    const id = await idOf(dependencies, kind, viewer, client, clientItemId);
    if (id === undefined) throw notFound('This entry of the media server');
    return (await entries.item(viewer, id)).id;
  };
  const record = async (viewer: Viewer, client: ClientId, id: MediaItemId, event: RemoteEvent) => {
    refuseGuest(viewer);
    const actor = await clientItems.actorOf(viewer, client);
    await database.transaction((tx) => activity.recordRemote(tx, actor, id, event));
  };
  return {
    recordClientPlay: async (viewer, client, clientItemId, play = {}) => {
      const id = await idFor(viewer, client, clientItemId);
      const at = instantOf(play.at, clock.now(), undefined);
      // As an import names plays, so that one which tells of this play again does not add it.
      await record(viewer, client, id, playEvent(play, at, `${id}:${at}`));
      return entries.always(viewer, id);
    },
    getPlaybackState: async (viewer, client, clientItemId) =>
      stateOf(await entries.always(viewer, await idFor(viewer, client, clientItemId))),
    updatePlaybackState: async (viewer, client, clientItemId, { positionSeconds, durationSeconds, at: given }) => {
      const id = await idFor(viewer, client, clientItemId);
      const at = instantOf(given, clock.now(), undefined);
      await record(viewer, client, id, positionEvent({ positionSeconds, durationSeconds }, at));
      return stateOf(await entries.always(viewer, id));
    },
  };
};

const idOf = async (
  { clientItems }: UserDataDependencies,
  kind: MediaKind,
  viewer: Viewer,
  client: ClientId,
  clientItemId: string,
): Promise<MediaItemId | undefined> => {
  await clientItems.actorOf(viewer, client);
  return (await clientItems.itemsOf(client, kind, [clientItemId])).get(clientItemId);
};

const syncItems = async <K extends MediaKind>(
  dependencies: UserDataDependencies,
  entries: Entries<K>,
  kind: K,
  viewer: Viewer,
  client: ClientId,
  items: readonly ClientItemData[],
) => {
  refuseGuest(viewer);
  if (items.length > LARGEST_PAGE) throw invalid(`Give at most ${LARGEST_PAGE} items at once.`);
  const { database, clock, activity, clientItems } = dependencies;
  const actor = await clientItems.actorOf(viewer, client);
  const names = items.map((item) => item.clientItemId);
  const ids = await clientItems.itemsOf(client, kind, names);
  const seen = new Set((await entries.items(viewer, [...ids.values()])).map((item) => item.id));
  const unmatched: string[] = [];
  await database.transaction(async (tx) => {
    for (const item of items) {
      const id = ids.get(item.clientItemId);
      if (id === undefined || !seen.has(id)) {
        unmatched.push(item.clientItemId);
        continue;
      }
      await activity.recordRemote(
        tx,
        actor,
        id,
        eventOf(item, id, instantOf(item.lastPlayedAt, clock.now(), undefined)),
      );
      await say(dependencies, viewer, id, { isFavorite: item.isFavorite, userRating: item.userRating });
    }
  });
  return { synced: items.length - unmatched.length, unmatched };
};

const eventOf = (item: ClientItemData, id: MediaItemId, at: number): RemoteEvent => ({
  ...(item.completed === undefined ? {} : { watched: { value: item.completed, at } }),
  ...(item.positionSeconds === undefined ? {} : positionEvent({ ...item, positionSeconds: item.positionSeconds }, at)),
  ...(item.completed && item.lastPlayedAt !== undefined
    ? { plays: [{ at, sourceKey: `${id}:${at}`, completed: true }] }
    : {}),
  ...(item.playCount === undefined ? {} : { playCount: item.playCount }),
});

const positionEvent = (
  { positionSeconds, durationSeconds }: { positionSeconds: number; durationSeconds?: number | undefined },
  at: number,
) => ({
  position: {
    positionMs: millis('positionSeconds', positionSeconds),
    at,
    ...(durationSeconds ? { durationMs: millis('durationSeconds', durationSeconds) } : {}),
  },
});

const stateOf = (entry: UserMediaItemData): PlaybackState => ({
  positionSeconds: entry.positionSeconds,
  durationSeconds: entry.durationSeconds,
  playedPercentage: entry.playedPercentage,
  playCount: entry.playCount,
  completed: entry.completed,
  lastPlayedAt: entry.lastPlayedAt,
});
