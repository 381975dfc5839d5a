import { type ItemView, loadItems } from '#catalog/item-view.ts';
import type { RowState } from '#catalog/row-state.ts';
import { isKind, type MediaItem } from '#catalog/types.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Page } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { besideOf } from './beside-query.ts';
import { entryOf, isSomething } from './entry.ts';
import type { UserDataDependencies } from './ports.ts';
import type { UserMediaItemData } from './types.ts';

/** Reads what users have of items of one kind. */
export interface Entries<K extends MediaKind> {
  /** In a bounded number of statements for up to 200 items; those of another kind or not to be seen are left out. */
  of(viewer: Viewer, ids: readonly MediaItemId[]): Promise<Map<MediaItemId, UserMediaItemData<K>>>;
  /** A page of items as their entries, in the same order. */
  page(viewer: Viewer, page: Page<MediaItemId>): Promise<Page<UserMediaItemData<K>>>;
  /**
   * undefined where the user has nothing of it.
   * @throws AppError `not_found` when it is of another kind or may not be seen
   */
  find(viewer: Viewer, id: MediaItemId): Promise<UserMediaItemData<K> | undefined>;
  /** @throws AppError `not_found` also where the user has nothing of it */
  get(viewer: Viewer, id: MediaItemId): Promise<UserMediaItemData<K>>;
  /** The same, but what nobody has anything of is an empty entry. */
  always(viewer: Viewer, id: MediaItemId): Promise<UserMediaItemData<K>>;
  /** @throws AppError `not_found` when it is of another kind or may not be seen */
  item(viewer: Viewer, id: MediaItemId): Promise<MediaItem<K>>;
  /** Those of this kind that may be seen. */
  items(viewer: Viewer, ids: readonly MediaItemId[]): Promise<MediaItem<K>[]>;
}

export const createEntries = <K extends MediaKind>(
  { database, states }: Pick<UserDataDependencies, 'database' | 'states'>,
  kind: K,
): Entries<K> => {
  const items = async (viewer: Viewer, ids: readonly MediaItemId[]): Promise<(MediaItem<K> & ItemView)[]> => {
    const views = await loadItems(database.read, viewer.grants, [...new Set(ids)]);
    return [...views.values()].filter((view) => isKind(view, kind));
  };
  const item = async (viewer: Viewer, id: MediaItemId) => {
    const [found] = await items(viewer, [id]);
    if (!found) throw notFound('This item');
    return found;
  };
  /** @param always whether an item of which there is nothing has an entry as well */
  const entriesOf = async (viewer: Viewer, of: readonly (MediaItem<K> & ItemView)[], always = false) => {
    const ids = of.map((one) => one.id);
    const known = await states(
      viewer,
      of.map(({ id }) => ({ id, kind })),
    );
    const beside = await besideOf(database.read, viewer, ids);
    const entries = new Map<MediaItemId, UserMediaItemData<K>>();
    for (const one of of) {
      const state = known.get(one.id) ?? nothingKnown;
      const more = beside.get(one.id);
      if (more && (always || isSomething(state, more))) {
        entries.set(one.id, entryOf(viewer.userId, kind, one, state, more));
      }
    }
    return entries;
  };
  const find: Entries<K>['find'] = async (viewer, id) => (await entriesOf(viewer, [await item(viewer, id)])).get(id);
  const of: Entries<K>['of'] = async (viewer, ids) => entriesOf(viewer, await items(viewer, ids));
  return {
    of,
    page: async (viewer, { items: ids, next }) => {
      const entries = await of(viewer, ids);
      return { items: ids.flatMap((id) => entries.get(id) ?? []), next };
    },
    find,
    get: async (viewer, id) => {
      const entry = await find(viewer, id);
      if (!entry) throw notFound('Your data of this item');
      return entry;
    },
    always: async (viewer, id) => {
      const entry = (await entriesOf(viewer, [await item(viewer, id)], true)).get(id);
      if (!entry) throw notFound('This item');
      return entry;
    },
    item,
    items,
  };
};

/** Collections and the like are neither played nor made of leaves. */
const nothingKnown: RowState = { state: 'unwatched', leaves: 0, unwatched: 0 };
