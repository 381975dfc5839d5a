import { type Static, Type } from 'typebox';
import { ItemParams, instant, pageSchema, paging, strict, when, whenOrNull } from '#activity/wire.ts';
import { MediaItemIdSchema, MediaKindSchema } from '#catalog/item-schema.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { toIsoOrNull } from '#kernel/clock.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { LONGEST_REVIEW, type OpinionChange, type Said } from './opinion.ts';
import type { Opinion, OpinionEntry, OpinionList, Opinions } from './opinions.ts';

const AtQuery = Type.Object({ at: Type.Optional(when('When that was said; now when absent')) }, strict);
/** One type list, no union: so that a fault tells of the bound that was broken. */
const RatingBody = Type.Object(
  {
    rating: Type.Optional(
      Type.Unsafe<number | null>({
        type: ['number', 'null'],
        minimum: 0.5,
        maximum: 10,
        multipleOf: 0.5,
        description: '0.5 to 10, in halves; null takes it back; absent: as it was',
      }),
    ),
    review: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        maxLength: LONGEST_REVIEW,
        description: 'What you have to say of it; null takes it back; absent: as it was',
      }),
    ),
  },
  strict,
);

const opinionFields = {
  favourite: Type.Boolean({ description: 'Whether it is a favourite; never together with disliked' }),
  favouriteAt: whenOrNull('Since when'),
  disliked: Type.Boolean({ description: 'Whether it is disliked' }),
  dislikedAt: whenOrNull('Since when'),
  watchlist: Type.Boolean({ description: 'Whether it is on the watchlist' }),
  watchlistAt: whenOrNull('Since when'),
  rating: Type.Union([Type.Number({ minimum: 0.5, maximum: 10 }), Type.Null()], {
    description: '0.5 to 10, in halves',
  }),
  ratedAt: whenOrNull('When it was rated'),
  review: Type.Union([Type.String(), Type.Null()], { description: 'What you had to say of it' }),
  reviewedAt: whenOrNull('When it was reviewed'),
};
const OpinionSchema = Type.Object({ itemId: MediaItemIdSchema, ...opinionFields });
const PageSchema = pageSchema(Type.Object({ item: ItemSchema, ...opinionFields }));

const listFields = {
  kind: Type.Optional(MediaKindSchema),
  libraryId: Type.Optional(MediaItemIdSchema),
  ...paging,
};
const ListQuery = Type.Object(listFields, strict);
const RatingsQuery = Type.Object(
  {
    ...listFields,
    sort: Type.Unsafe<'newest' | 'rating'>(
      Type.Enum(['newest', 'rating'], { default: 'newest', description: 'Newest first, or best first' }),
    ),
  },
  strict,
);

const shared = { tag: 'activity' } as const;

/** What people think of items and mean to watch. */
export const opinionRoutes = (opinions: Opinions): Route[] => [
  route({
    ...shared,
    method: 'GET',
    path: '/items/:id/opinion',
    permission: 'guest',
    summary: 'What you think of an item: favourite, disliked, on the watchlist, rating and review',
    operationId: 'getOpinion',
    params: ItemParams,
    response: OpinionSchema,
    handle: async ({ viewer, params: { id } }) => ({ itemId: id, ...opinionJson(await opinions.of(viewer, id)) }),
  }),
  flagRoute(
    opinions,
    'favourite',
    true,
    'setFavourite',
    'Make an item of any kind a favourite; it is not disliked then',
  ),
  flagRoute(opinions, 'favourite', false, 'unsetFavourite', 'Take an item from your favourites'),
  flagRoute(opinions, 'disliked', true, 'setDisliked', 'Say that you dislike an item; it is no favourite then'),
  flagRoute(opinions, 'disliked', false, 'unsetDisliked', 'Take back that you dislike an item'),
  flagRoute(
    opinions,
    'watchlist',
    true,
    'addToWatchlist',
    'Put an item on your watchlist; it stays there when watched',
  ),
  flagRoute(opinions, 'watchlist', false, 'removeFromWatchlist', 'Take an item off your watchlist'),
  route({
    ...shared,
    method: 'PUT',
    path: '/items/:id/rating',
    permission: 'user',
    summary: 'Rate an item of any kind, review it, or both',
    operationId: 'setRating',
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    body: RatingBody,
    response: OpinionSchema,
    handle: (call) => say(opinions, call, call.body),
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: '/items/:id/rating',
    permission: 'user',
    summary: 'Take back your rating of an item and its review',
    operationId: 'clearRating',
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    response: OpinionSchema,
    handle: (call) => say(opinions, call, { rating: null, review: null }),
  }),
  listRoute(opinions, 'favourites', 'listFavourites', 'Your favourites, newest first'),
  listRoute(opinions, 'watchlist', 'listWatchlist', 'What you mean to watch, newest first'),
  listRoute(opinions, 'disliked', 'listDisliked', 'What you dislike, newest first'),
  route({
    ...shared,
    method: 'GET',
    path: '/me/ratings',
    permission: 'guest',
    summary: 'What you rated, with your reviews',
    operationId: 'listRatings',
    query: RatingsQuery,
    response: PageSchema,
    handle: async ({ viewer, query: { sort, ...request } }) =>
      pageJson(await opinions.list(viewer, sort === 'rating' ? 'best-rated' : 'ratings', withLimit(request))),
  }),
];

const flagRoute = (
  opinions: Opinions,
  field: 'favourite' | 'disliked' | 'watchlist',
  value: boolean,
  operationId: string,
  summary: string,
): Route =>
  route({
    ...shared,
    method: value ? 'PUT' : 'DELETE',
    path: `/items/:id/${field}`,
    permission: 'user',
    summary,
    operationId,
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    response: OpinionSchema,
    handle: (call) => say(opinions, call, { [field]: value }),
  });

const say = async (
  opinions: Opinions,
  { viewer, params: { id }, query }: { viewer: Viewer; params: Static<typeof ItemParams>; query: { at?: string } },
  change: OpinionChange,
): Promise<Static<typeof OpinionSchema>> => ({
  itemId: id,
  ...opinionJson(await opinions.say(viewer, id, change, instant('at', query.at))),
});

const listRoute = (opinions: Opinions, list: OpinionList, operationId: string, summary: string): Route =>
  route({
    ...shared,
    method: 'GET',
    path: `/me/${list}`,
    permission: 'guest',
    summary,
    operationId,
    query: ListQuery,
    response: PageSchema,
    handle: async ({ viewer, query }) => pageJson(await opinions.list(viewer, list, withLimit(query))),
  });

const withLimit = <Q extends { limit?: number }>(query: Q) => ({ ...query, limit: query.limit ?? DEFAULT_PAGE });

/** When something was taken back is for merging alone; shown is since when it holds. */
const opinionJson = (opinion: Opinion): Omit<Static<typeof OpinionSchema>, 'itemId'> => ({
  favourite: opinion.favourite.value,
  favouriteAt: sinceJson(opinion.favourite),
  disliked: opinion.disliked.value,
  dislikedAt: sinceJson(opinion.disliked),
  watchlist: opinion.watchlist.value,
  watchlistAt: sinceJson(opinion.watchlist),
  rating: opinion.rating.value,
  ratedAt: sinceJson(opinion.rating),
  review: opinion.review.value,
  reviewedAt: sinceJson(opinion.review),
});

const sinceJson = ({ value, at }: Said<unknown>): string | null =>
  toIsoOrNull(value === false || value === null ? null : at);

const pageJson = (page: { items: OpinionEntry[]; next: string | null }): Static<typeof PageSchema> => ({
  items: page.items.map(({ item, ...opinion }) => ({ item, ...opinionJson(opinion) })),
  next: page.next,
});
