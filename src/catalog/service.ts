import type { Audit } from '#audit/audit.ts';
import type { Database } from '#database/database.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { isParentKind, listChildren } from './children-query.ts';
import { createEditor, type Editor } from './editor.ts';
import { normaliseExternalId } from './external-id.ts';
import type { ExternalId } from './incoming.ts';
import type { IngestContext } from './ingest-context.ts';
import { type KeptItem, keepItems } from './item-cache.ts';
import type { ItemView } from './item-schema.ts';
import { itemByExternalId, loadItem } from './item-view.ts';
import { type ItemList, listItems } from './items-query.ts';
import { rootKindOf } from './libraries-repository.ts';
import { createPeople, type People } from './people.ts';
import { searchItems } from './search-query.ts';
import { keptLeaf, loadShown, loadShownItem, type ShownItem } from './shown-item.ts';
import { listStreamSources, type StreamSource } from './stream-sources.ts';

/** What a person reads of the catalog: only what they may see; everything else is not found. */
interface CatalogReader {
  /** @throws AppError `not_found` */
  get(viewer: Viewer, id: MediaItemId): Promise<ItemView>;
  /** @throws AppError `not_found` */
  shown(viewer: Viewer, id: MediaItemId): Promise<ShownItem>;
  /** A leaf as it was at a version of the catalog, where it is at hand: good as long as the catalog has that version. */
  kept(viewer: Viewer, id: MediaItemId): KeptItem | undefined;
  /** @throws AppError `invalid` for a cursor of another list */
  list(viewer: Viewer, list: ItemList, page: PageRequest): Promise<Page<ShownItem>>;
  /**
   * What hangs from an item, in order; of a library its films, series, artists or streams by title.
   * @throws AppError `not_found`
   */
  children(viewer: Viewer, id: MediaItemId, page: PageRequest): Promise<Page<ShownItem>>;
  /** The best 200 of those whose title has words that begin with the words of the text. */
  search(
    viewer: Viewer,
    search: { text: string; kind?: MediaKind | undefined },
    page: PageRequest,
  ): Promise<Page<ShownItem>>;
  /** @throws AppError `not_found`, also for what is no id of that provider */
  byExternalId(viewer: Viewer, kind: MediaKind, id: ExternalId): Promise<ItemView>;
  libraries(viewer: Viewer, page: PageRequest): Promise<Page<ShownItem>>;
  streamSources(viewer: Viewer, page: PageRequest): Promise<Page<StreamSource>>;
}

export type Catalog = CatalogReader & Editor & People;

export interface CatalogDependencies extends IngestContext {
  database: Database;
  audit: Audit;
}

/** The catalog as people read it, and as admins keep it by hand. */
export const createCatalog = (dependencies: CatalogDependencies): Catalog => {
  keepItems(dependencies.database.read);
  return { ...createReader(dependencies.database), ...createEditor(dependencies), ...createPeople(dependencies) };
};

const createReader = ({ read: db }: Database): CatalogReader => {
  const shown = async (grants: Grants, { items, next }: Page<MediaItemId>): Promise<Page<ShownItem>> => {
    const views = await loadShown(db, grants, items);
    return { items: items.flatMap((id) => views.get(id) ?? []), next };
  };
  return {
    get: async ({ grants }, id) => foundOr404(await loadItem(db, grants, id)),
    shown: async ({ grants }, id) => foundOr404(await loadShownItem(db, grants, id)),
    kept: ({ grants }, id) => keptLeaf(db, grants, id),
    list: async ({ grants }, list, page) => shown(grants, await listItems(db, grants, list, page)),
    children: async ({ grants }, id, page) => {
      const { kind, details } = foundOr404(await loadItem(db, grants, id));
      if (kind === 'library') return shown(grants, await listItems(db, grants, shelf(id, details.libraryKind), page));
      if (!isParentKind(kind)) return { items: [], next: null };
      return shown(grants, await listChildren(db, grants, { id, kind }, page));
    },
    search: async ({ grants }, search, page) => shown(grants, await searchItems(db, grants, search, page)),
    byExternalId: async ({ grants }, kind, told) => {
      const id = normaliseExternalId(told);
      return foundOr404(id && (await itemByExternalId(db, grants, kind, id)));
    },
    libraries: async ({ grants }, page) => shown(grants, await listItems(db, grants, everyLibrary, page)),
    streamSources: ({ grants }, page) => listStreamSources(db, grants, page),
  };
};

const everyLibrary: ItemList = { kind: 'library', sort: 'title', descending: false, removed: false };

const shelf = (libraryId: MediaItemId, kind: LibraryKind = 'movies'): ItemList => ({
  kind: rootKindOf[kind],
  libraryId,
  sort: 'title',
  descending: false,
  removed: false,
});

const foundOr404 = <T>(item: T | undefined): T => {
  if (!item) throw notFound('This item');
  return item;
};
