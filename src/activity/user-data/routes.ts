import { type Static, Type } from 'typebox';
import { ItemParams, itemId, pageSchema, paging, strict, whenOrNull, words } from '#activity/wire.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { toIsoOrNull } from '#kernel/clock.ts';
import { type MediaKind, mediaKinds } from '#kernel/media.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { UserMediaItemData } from './types.ts';
import { dataLists, type UserData } from './user-data.ts';

const seconds = (description: string) => Type.Integer({ minimum: 0, description });

const DataSchema = Type.Object({
  id: itemId('Names the record: you have one an item'),
  userId: Type.Integer({ minimum: 1, description: 'You' }),
  mediaItemId: itemId('Id of the item'),
  item: ItemSchema,
  type: words<MediaKind>(mediaKinds, 'What sort of item it is'),
  playedAt: whenOrNull('When it was played first'),
  lastPlayedAt: whenOrNull('When it was played last'),
  isFavorite: Type.Boolean({ description: 'Whether it is a favourite' }),
  isDisliked: Type.Boolean({ description: 'Whether it is disliked' }),
  userRating: Type.Union([Type.Number(), Type.Null()], { description: '0.5 to 10, in halves' }),
  watchlist: Type.Boolean({ description: 'Whether it is on the watchlist' }),
  playedPercentage: Type.Number({
    minimum: 0,
    maximum: 100,
    description: 'Where it was left, 100 once completed; of a container the share of it that is watched',
  }),
  playCount: Type.Integer({ minimum: 0, description: 'Plays to the end' }),
  positionSeconds: seconds('Where it was left; 0: not in progress'),
  durationSeconds: seconds('Its length; 0: not known'),
  completed: Type.Boolean({ description: 'Whether it is watched; of a container, all of it' }),
  createdAt: whenOrNull('The earliest that is known of all this'),
  updatedAt: whenOrNull('The newest that is known of all this'),
});

const ListQuery = Type.Object(
  {
    ...paging,
    kind: words<MediaKind>(mediaKinds, 'Only items of this kind'),
    list: Type.Optional(words(dataLists, 'Which of them, newest first; `history` when absent')),
    offset: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10_000, description: 'Rows to leave out; a cursor costs less' }),
    ),
  },
  strict,
);

const shared = { tag: 'activity', permission: 'guest' } as const;

/** The records of seed 000: all that a user has of an item, in one. */
export const userDataRoutes = (data: UserData): Route[] => [
  route({
    ...shared,
    method: 'GET',
    path: '/items/:id/data',
    summary: 'All that you have of an item in one record: plays, position, rating, favourite, watchlist',
    operationId: 'getUserMediaItemData',
    params: ItemParams,
    response: DataSchema,
    handle: async ({ viewer, params }) => dataJson(await data.of(viewer, params.id)),
  }),
  route({
    ...shared,
    method: 'GET',
    path: '/me/data',
    summary: 'Your records of one kind of item: what you played last, are in the middle of, or made a favourite',
    operationId: 'listUserMediaItemData',
    query: ListQuery,
    response: pageSchema(DataSchema),
    handle: async ({ viewer, query: { list = 'history', kind, limit = DEFAULT_PAGE, ...rest } }) => {
      const page = await data.list(viewer, list, kind, { ...rest, limit });
      return { items: page.items.map(dataJson), next: page.next };
    },
  }),
];

const dataJson = (entry: UserMediaItemData): Static<typeof DataSchema> => ({
  ...entry,
  playedAt: toIsoOrNull(entry.playedAt),
  lastPlayedAt: toIsoOrNull(entry.lastPlayedAt),
  createdAt: toIsoOrNull(entry.createdAt),
  updatedAt: toIsoOrNull(entry.updatedAt),
});
