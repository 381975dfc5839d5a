import { Type } from 'typebox';
import { type Route, route } from '#kernel/route.ts';
import { ItemPatchSchema, NewItemSchema } from './item-input.ts';
import { ExternalIdSchema, ImageSchema, ItemSchema, LibraryKindSchema, MediaItemIdSchema } from './item-schema.ts';
import { peopleRoutes } from './people-routes.ts';
import { itemParams } from './read-routes.ts';
import type { Catalog } from './service.ts';
import { NewStreamSourceSchema, StreamSourceSchema } from './stream-sources.ts';

const strict = { additionalProperties: false } as const;
const title = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Title' });
const memberParams = Type.Object({ id: MediaItemIdSchema, itemId: MediaItemIdSchema }, strict);

export const editRoutes = (catalog: Catalog): Route[] => [
  ...libraryRoutes(catalog),
  ...itemRoutes(catalog),
  ...attachmentRoutes(catalog),
  ...peopleRoutes(catalog),
  ...memberRoutes(catalog),
];

const libraryRoutes = (catalog: Catalog): Route[] => [
  route({
    method: 'POST',
    path: '/libraries',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Make a library',
    operationId: 'createLibrary',
    body: Type.Object({ title, kind: LibraryKindSchema }, strict),
    response: ItemSchema,
    status: 201,
    handle: ({ viewer, body }) => catalog.createLibrary(viewer, body),
  }),
  route({
    method: 'PATCH',
    path: '/libraries/:id',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Rename a library',
    operationId: 'updateLibrary',
    params: itemParams,
    body: Type.Object({ title }, strict),
    response: ItemSchema,
    handle: ({ viewer, params, body }) => catalog.renameLibrary(viewer, params.id, body.title),
  }),
  route({
    method: 'DELETE',
    path: '/libraries/:id',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Retire a library with all that stands in it; nobody’s history is lost, and it can be restored',
    operationId: 'retireLibrary',
    params: itemParams,
    handle: ({ viewer, params }) => catalog.retireLibrary(viewer, params.id),
  }),
];

const itemRoutes = (catalog: Catalog): Route[] => [
  route({
    method: 'POST',
    path: '/items',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Make an item',
    operationId: 'createItem',
    body: NewItemSchema,
    response: ItemSchema,
    status: 201,
    handle: ({ viewer, body }) => catalog.create(viewer, body),
  }),
  route({
    method: 'PATCH',
    path: '/items/:id',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Change an item, or move it to another library',
    operationId: 'updateItem',
    params: itemParams,
    body: ItemPatchSchema,
    response: ItemSchema,
    handle: ({ viewer, params, body }) => catalog.update(viewer, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/items/:id',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Retire an item with all below it; nobody’s history is lost, and it can be restored',
    operationId: 'retireItem',
    params: itemParams,
    handle: ({ viewer, params }) => catalog.retire(viewer, params.id),
  }),
  route({
    method: 'POST',
    path: '/items/:id/restore',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Bring a retired item back, with what was retired together with it',
    operationId: 'restoreItem',
    params: itemParams,
    response: ItemSchema,
    handle: ({ viewer, params }) => catalog.restore(viewer, params.id),
  }),
];

const attachmentRoutes = (catalog: Catalog): Route[] => [
  route({
    method: 'PUT',
    path: '/items/:id/tags',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Set an item’s tags',
    operationId: 'setTags',
    params: itemParams,
    body: Type.Object(
      { tags: Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }), { maxItems: 200 }) },
      strict,
    ),
    response: ItemSchema,
    handle: ({ viewer, params, body }) => catalog.setTags(viewer, params.id, body.tags),
  }),
  route({
    method: 'PUT',
    path: '/items/:id/genres',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Set an item’s genres',
    operationId: 'setGenres',
    params: itemParams,
    body: Type.Object(
      { genres: Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }), { maxItems: 50 }) },
      strict,
    ),
    response: ItemSchema,
    handle: ({ viewer, params, body }) => catalog.setGenres(viewer, params.id, body.genres),
  }),
  route({
    method: 'PUT',
    path: '/items/:id/external-ids',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Set an item’s external ids',
    operationId: 'setExternalIds',
    params: itemParams,
    body: Type.Object({ externalIds: Type.Array(ExternalIdSchema, { maxItems: 50 }) }, strict),
    response: ItemSchema,
    handle: ({ viewer, params, body }) => catalog.setExternalIds(viewer, params.id, body.externalIds),
  }),
  route({
    method: 'PUT',
    path: '/items/:id/images',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Set the addresses of an item’s images',
    operationId: 'setImages',
    params: itemParams,
    body: Type.Object({ images: Type.Array(ImageSchema, { maxItems: 100 }) }, strict),
    response: ItemSchema,
    handle: ({ viewer, params, body }) => catalog.setImages(viewer, params.id, body.images),
  }),
];

const memberRoutes = (catalog: Catalog): Route[] => [
  route({
    method: 'PUT',
    path: '/collections/:id/items/:itemId',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Put a movie into a collection, or move it there',
    operationId: 'putCollectionItem',
    params: memberParams,
    body: Type.Object(
      {
        position: Type.Optional(
          Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'By default after the last' }),
        ),
      },
      strict,
    ),
    handle: ({ viewer, params, body }) => catalog.putMember(viewer, params.id, params.itemId, body.position),
  }),
  route({
    method: 'DELETE',
    path: '/collections/:id/items/:itemId',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Take a movie out of a collection',
    operationId: 'removeCollectionItem',
    params: memberParams,
    handle: ({ viewer, params }) => catalog.removeMember(viewer, params.id, params.itemId),
  }),
  route({
    method: 'POST',
    path: '/stream-sources',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Make a stream source',
    operationId: 'createStreamSource',
    body: NewStreamSourceSchema,
    response: StreamSourceSchema,
    status: 201,
    handle: ({ viewer, body }) => catalog.createStreamSource(viewer, body),
  }),
];
