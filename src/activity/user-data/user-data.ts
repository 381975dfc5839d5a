import { loadItem } from '#catalog/item-view.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf, type MediaKind } from '#kernel/media.ts';
import type { Page } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { createEntries } from './entries.ts';
import { listPage, type UserDataList } from './list-query.ts';
import type { UserDataDependencies } from './ports.ts';
import type { ListRequest, UserMediaItemData } from './types.ts';

/** Lists as callers name them. */
export const dataLists = ['history', 'continue', 'favorites'] as const;
export type DataList = (typeof dataLists)[number];

/** The records of seed 000 for callers that learn the kind only when they run. */
export interface UserData {
  /**
   * The viewer's record of an item of any kind, empty where they have nothing of it.
   * @throws AppError `not_found`, also for what may not be seen
   */
  of(viewer: Viewer, id: MediaItemId): Promise<UserMediaItemData>;
  /** @throws AppError `invalid` when there is no such list of that kind */
  list(viewer: Viewer, list: DataList, kind: MediaKind, request: ListRequest): Promise<Page<UserMediaItemData>>;
}

export const createUserData = (dependencies: Pick<UserDataDependencies, 'database' | 'states'>): UserData => ({
  of: async (viewer, id) => {
    const item = await loadItem(dependencies.database.read, viewer.grants, id);
    if (!item) throw notFound('This item');
    return createEntries(dependencies, item.kind).always(viewer, id);
  },
  list: async (viewer, list, kind, request) => {
    const page = await listPage(dependencies.database.read, viewer, listOf(list, kind), kind, request);
    return createEntries(dependencies, kind).page(viewer, page);
  },
});

const listOf = (list: DataList, kind: MediaKind): UserDataList => {
  if (list === 'favorites' || isLeaf(kind)) return list;
  if (list === 'history' && kind === 'series') return 'series';
  const message = list === 'history' ? 'must be series or a kind that is played' : 'must be a kind that is played';
  throw invalid(`The kind ${message} for this list.`, [{ path: 'kind', message }]);
};
