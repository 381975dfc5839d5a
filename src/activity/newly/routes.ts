import { Type } from 'typebox';
import { itemId, pageSchema, paging, strict, when, words } from '#activity/wire.ts';
import { writtenRows } from '#catalog/item-text.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { wholeOf } from '#catalog/shown-item.ts';
import { toIso } from '#kernel/clock.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import { DEFAULT_DAYS, MOST_DAYS, type Newly, newKinds } from './newly.ts';

const NewQuery = Type.Object(
  {
    ...paging,
    kind: Type.Optional(
      words(newKinds, 'Only of this kind; absent: movies, series, and seasons of series that you follow'),
    ),
    libraryId: Type.Optional(itemId('Only of this library')),
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MOST_DAYS, default: DEFAULT_DAYS, description: 'What counts as lately' }),
    ),
  },
  strict,
);
const NewSchema = Type.Object({
  item: ItemSchema,
  addedAt: when('When it was added'),
  unwatched: Type.Integer({
    minimum: 0,
    description: 'How much in it you have not watched; 1 for what is played itself',
  }),
  first: Type.Union([ItemSchema, Type.Null()], { description: 'The first of that; null for what is played itself' }),
});

/** What was added lately. */
export const newlyRoutes = (newly: Newly): Route[] => [
  route({
    tag: 'activity',
    method: 'GET',
    path: '/me/new',
    permission: 'guest',
    summary:
      'New movies, series and seasons that you have not watched, newest first. A page may be short while `next` goes on',
    operationId: 'listNew',
    query: NewQuery,
    response: pageSchema(NewSchema),
    handle: async ({ viewer, query }) =>
      writtenRows(
        await newly.list(viewer, { ...query, limit: query.limit ?? DEFAULT_PAGE }),
        ({ addedAt, unwatched, first }) => ({
          addedAt: toIso(addedAt),
          unwatched,
          first: first && wholeOf(first),
        }),
      ),
  }),
];
