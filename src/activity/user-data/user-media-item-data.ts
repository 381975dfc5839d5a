import { isLeaf, type LeafKind, type MediaKind } from '#kernel/media.ts';
import { createClientLayer, createClientPlaybackLayer } from './client.ts';
import { createCore } from './core.ts';
import { createEntries, type Entries } from './entries.ts';
import type { HistoryKind, UserMediaItemDataFacade } from './layers.ts';
import type { UserDataDependencies } from './ports.ts';
import { createHistoryLayer, createOpinionLayer, createPlaybackLayer } from './user.ts';

/**
 * The repository of seed 000 for one kind of item: its core, user and client operations behind one face.
 *
 *     const movies = createUserMediaItemData(dependencies, 'movie');
 *     const page = await movies.getFavorites(viewer, { limit: 10 });
 *
 * What makes no sense for a kind is not there: a series is not played itself, so it has no `recordPlay`.
 */
export const createUserMediaItemData = <K extends MediaKind>(
  dependencies: UserDataDependencies,
  kind: K,
): UserMediaItemDataFacade<K> => {
  const entries = createEntries(dependencies, kind);
  const facade = {
    ...createCore(dependencies, entries, kind),
    ...createOpinionLayer(dependencies, entries, kind),
    ...createClientLayer(dependencies, entries, kind),
    ...historyOf(dependencies, entries, kind),
    ...playbackOf(dependencies, entries, kind),
  };
  // Which layers are there for a kind that is not known yet is more than the compiler follows.
  return facade as UserMediaItemDataFacade<K>;
};

const historyOf = <K extends MediaKind>(dependencies: UserDataDependencies, entries: Entries<K>, kind: K) =>
  hasHistory(kind) ? createHistoryLayer(dependencies, entries as unknown as Entries<HistoryKind>, kind) : {};

const playbackOf = <K extends MediaKind>(dependencies: UserDataDependencies, entries: Entries<K>, kind: K) => {
  if (!isLeaf(kind)) return {};
  const ofLeaves = entries as unknown as Entries<LeafKind>;
  return {
    ...createPlaybackLayer<LeafKind>(dependencies, ofLeaves, kind),
    ...createClientPlaybackLayer<LeafKind>(dependencies, ofLeaves, kind),
  };
};

const hasHistory = (kind: MediaKind): kind is HistoryKind => isLeaf(kind) || kind === 'series';
