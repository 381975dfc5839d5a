import { type Static, type TSchema, Type } from 'typebox';
import { fromIso } from '#kernel/clock.ts';
import { forbidden } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE, type Page } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { ItemSchema, MediaItemIdSchema, MediaKindSchema } from './item-schema.ts';
import { writtenItem, writtenItems } from './item-text.ts';
import { type ItemList, type ItemSort, itemSorts } from './items-query.ts';
import { type LeafStateNow, ListedItemSchema, type RowStates } from './row-state.ts';
import type { Catalog } from './service.ts';
import type { ShownItem } from './shown-item.ts';
import { StreamSourceSchema } from './stream-sources.ts';

const strict = { additionalProperties: false } as const;

export const itemParams = Type.Object({ id: MediaItemIdSchema }, strict);

const paging = {
  limit: Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE, description: 'Rows at the most' }),
  cursor: Type.Optional(Type.String({ maxLength: 2000, description: '`next` of the former page' })),
};
const pageSchema = <S extends TSchema>(row: S) =>
  Type.Object({
    items: Type.Array(row),
    next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the following page; null at the end' }),
  });
const year = (description: string) => Type.Optional(Type.Integer({ minimum: 1800, maximum: 2200, description }));

const ListQuery = Type.Object(
  {
    kind: MediaKindSchema,
    libraryId: Type.Optional(Type.Unsafe<MediaItemId>(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }))),
    year: year('Of this year'),
    yearFrom: year('Of this year or later'),
    yearTo: year('Of this year or earlier'),
    tag: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'With this tag of their own' })),
    maxRatingLevel: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 21, description: 'For this age; unrated ones are left out' }),
    ),
    addedSince: Type.Optional(
      Type.String({ format: 'date-time', maxLength: 40, description: 'Come into the catalog since then' }),
    ),
    sort: Type.Unsafe<ItemSort>(
      Type.Enum([...itemSorts], { default: 'title', description: 'What without a date or year comes last' }),
    ),
    order: Type.Unsafe<'asc' | 'desc'>(Type.Enum(['asc', 'desc'], { default: 'asc', description: 'Direction' })),
    removed: Type.Boolean({
      default: false,
      description: 'For admins: those that are retired instead, the last retired first',
    }),
    ...paging,
  },
  strict,
);

/** What the viewer knows of items. */
export interface StatePorts {
  of: RowStates;
  ofLeaf: LeafStateNow;
}

export const readRoutes = (catalog: Catalog, states: StatePorts): Route[] => {
  const listed = async (viewer: Viewer, page: Page<ShownItem>) =>
    writtenItems(page, await states.of(viewer, page.items));
  return [
    route({
      method: 'GET',
      path: '/libraries',
      permission: 'guest',
      tag: 'catalog',
      summary: 'Libraries by title',
      operationId: 'listLibraries',
      query: Type.Object(paging, strict),
      response: pageSchema(ListedItemSchema),
      handle: async ({ viewer, query }) => listed(viewer, await catalog.libraries(viewer, query)),
    }),
    route({
      method: 'GET',
      path: '/items',
      permission: 'guest',
      tag: 'catalog',
      summary: 'Items of one kind, filtered and sorted',
      operationId: 'listItems',
      query: ListQuery,
      response: pageSchema(ListedItemSchema),
      handle: async ({ viewer, query }) => listed(viewer, await catalog.list(viewer, listOf(viewer, query), query)),
    }),
    route({
      method: 'GET',
      path: '/items/:id',
      permission: 'guest',
      tag: 'catalog',
      summary: 'One item',
      operationId: 'getItem',
      params: itemParams,
      response: ListedItemSchema,
      handle: async ({ viewer, params }) => {
        const kept = catalog.kept(viewer, params.id);
        if (kept) {
          const { state, version } = await states.ofLeaf(viewer, kept.item);
          if (version === kept.version) return writtenItem(kept.item, state);
        }
        const item = await catalog.shown(viewer, params.id);
        return writtenItem(item, (await states.of(viewer, [item])).get(item.id));
      },
    }),
    route({
      method: 'GET',
      path: '/items/:id/children',
      permission: 'guest',
      tag: 'catalog',
      summary:
        'What hangs from an item, in order: seasons, episodes, albums, tracks, a collection’s movies, a library’s items',
      operationId: 'listChildren',
      params: itemParams,
      query: Type.Object(paging, strict),
      response: pageSchema(ListedItemSchema),
      handle: async ({ viewer, params, query }) => listed(viewer, await catalog.children(viewer, params.id, query)),
    }),
    route({
      method: 'GET',
      path: '/search',
      permission: 'guest',
      tag: 'catalog',
      summary: 'Items by the beginnings of the words of their title, best first, 200 at the most',
      operationId: 'searchItems',
      query: Type.Object(
        {
          q: Type.String({ minLength: 1, maxLength: 200, description: 'What to look for' }),
          kind: Type.Optional(MediaKindSchema),
          ...paging,
        },
        strict,
      ),
      response: pageSchema(ListedItemSchema),
      handle: async ({ viewer, query }) =>
        listed(viewer, await catalog.search(viewer, { text: query.q, kind: query.kind }, query)),
    }),
    route({
      method: 'GET',
      path: '/external-ids/:kind/:provider/:value',
      permission: 'guest',
      tag: 'catalog',
      summary: 'The item that an id of imdb, tmdb, tvdb, musicbrainz … names',
      operationId: 'getItemByExternalId',
      params: Type.Object(
        {
          kind: MediaKindSchema,
          provider: Type.String({ minLength: 1, maxLength: 40 }),
          value: Type.String({ minLength: 1, maxLength: 200 }),
        },
        strict,
      ),
      response: ItemSchema,
      handle: ({ viewer, params: { kind, provider, value } }) =>
        catalog.byExternalId(viewer, kind, { provider, value }),
    }),
    route({
      method: 'GET',
      path: '/stream-sources',
      permission: 'guest',
      tag: 'catalog',
      summary: 'Where streams come from',
      operationId: 'listStreamSources',
      query: Type.Object(paging, strict),
      response: pageSchema(StreamSourceSchema),
      handle: ({ viewer, query }) => catalog.streamSources(viewer, query),
    }),
  ];
};

const listOf = (viewer: Viewer, query: Static<typeof ListQuery>): ItemList => {
  if (query.removed && viewer.role !== 'admin') {
    throw forbidden('Only an admin may list what was removed.');
  }
  return {
    kind: query.kind,
    libraryId: query.libraryId,
    yearFrom: query.year ?? query.yearFrom,
    yearTo: query.year ?? query.yearTo,
    tag: query.tag,
    maxRatingLevel: query.maxRatingLevel,
    addedSince: query.addedSince === undefined ? undefined : fromIso(query.addedSince),
    sort: query.sort,
    descending: query.order === 'desc',
    removed: query.removed,
  };
};
