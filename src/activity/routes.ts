import { type Static, Type } from 'typebox';
import { writtenRows } from '#catalog/item-text.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import { historyRoutes } from './lists/history-routes.ts';
import { events, reportFields } from './playing/routes.ts';
import type { Activity, ItemState } from './service.ts';
import {
  ItemParams,
  instant,
  itemId,
  ms,
  msOrNull,
  numberOrNull,
  PageQuery,
  pageSchema,
  stateFields,
  strict,
  when,
  words,
} from './wire.ts';

const StateSchema = Type.Object({
  ...stateFields,
  leaves: Type.Optional(Type.Integer({ minimum: 0, description: 'Of a container: what is in it' })),
  unwatched: Type.Optional(Type.Integer({ minimum: 0, description: 'Of a container: those not watched' })),
});
const MarkSchema = Type.Object({
  ...stateFields,
  changeSetId: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
    description: 'The change set by which it can be taken back; null: nothing changed',
  }),
});
const ProgressSchema = Type.Object({
  ...stateFields,
  completed: Type.Boolean({ description: 'Whether this report was at the end' }),
});

const ContinueSchema = Type.Object({
  item: ItemSchema,
  positionMs: ms('Where it was left'),
  durationMs: msOrNull('Length as the player told it'),
  reportedAt: when('When it was left'),
});
const AfterSchema = Type.Object(
  {
    itemId: itemId('Id of the episode or movie'),
    title: Type.String({ description: 'Its title' }),
    seasonNumber: numberOrNull('Its season; 0 for specials'),
    episodeNumber: numberOrNull('Its number in the season'),
    watchedAt: when('When it was watched'),
    device: Type.Union([Type.String(), Type.Null()], {
      description: 'Where it was watched; null: marked by hand, or unknown',
    }),
  },
  { description: 'What was watched last' },
);
const NextUpSchema = Type.Object({
  item: ItemSchema,
  reason: words(['in_progress', 'next'] as const, 'Why it is here: begun, or the first unwatched after `after`'),
  positionMs: msOrNull('Where it was left, when it is in progress'),
  durationMs: msOrNull('Length as the player told it'),
  activityAt: when('Newest activity in the series or collection'),
  after: Type.Union([AfterSchema, Type.Null()]),
  collection: Type.Union(
    [
      Type.Object({ id: itemId('Id of the collection'), title: Type.String({ description: 'Its title' }) }),
      Type.Null(),
    ],
    { description: 'Of a movie: the collection in which it is next; null for an episode' },
  ),
});
const WatchedBody = Type.Object(
  {
    watched: Type.Boolean({ description: 'Set watched or unwatched' }),
    at: Type.Optional(when('When that happened; now when absent')),
  },
  strict,
);
const ProgressBody = Type.Object(
  {
    ...reportFields,
    event: Type.Optional(words(events, 'What the player did; `progress` when absent')),
  },
  strict,
);
const shared = { tag: 'activity' } as const;

/** What is watched, in progress, next and past. */
export const activityRoutes = (activity: Activity): Route[] => [
  route({
    ...shared,
    method: 'PUT',
    path: '/items/:id/watched',
    permission: 'user',
    summary: 'Mark an item of any kind watched or unwatched; of a container, all that is in it now',
    operationId: 'setWatched',
    once: 'unit',
    params: ItemParams,
    body: WatchedBody,
    response: MarkSchema,
    handle: async ({ viewer, params, body }) => {
      const mark = { watched: body.watched, at: instant('at', body.at) };
      const { changeSetId, ...state } = await activity.setWatched(viewer, params.id, mark);
      return { ...stateJson(state), changeSetId };
    },
  }),
  route({
    ...shared,
    method: 'PUT',
    path: '/items/:id/progress',
    permission: 'user',
    summary: 'Tell where a player is in a movie, an episode, a track or a stream',
    operationId: 'reportProgress',
    once: 'unit',
    params: ItemParams,
    body: ProgressBody,
    response: ProgressSchema,
    handle: async ({ viewer, params, body }) => {
      const outcome = await activity.reportProgress(viewer, params.id, { ...body, at: instant('at', body.at) });
      return { ...stateJson(outcome), completed: outcome.completed };
    },
  }),
  route({
    ...shared,
    method: 'GET',
    path: '/items/:id/state',
    permission: 'guest',
    summary: 'What you know of an item: watched, where you left off, how often it was played',
    operationId: 'getItemState',
    params: ItemParams,
    response: StateSchema,
    handle: async ({ viewer, params }) => stateJson(await activity.state(viewer, params.id)),
  }),
  route({
    ...shared,
    method: 'GET',
    path: '/me/continue-watching',
    permission: 'guest',
    summary: 'What you are in the middle of, newest first',
    operationId: 'listContinueWatching',
    query: PageQuery,
    response: pageSchema(ContinueSchema),
    handle: async ({ viewer, query }) =>
      writtenRows(
        await activity.continueWatching(viewer, { ...query, limit: query.limit ?? DEFAULT_PAGE }),
        ({ item: _, ...row }) => ({ ...row, reportedAt: toIso(row.reportedAt) }),
      ),
  }),
  route({
    ...shared,
    method: 'GET',
    path: '/me/next-up',
    permission: 'guest',
    summary: 'What to watch next in each series and each collection of movies you follow, newest activity first',
    operationId: 'listNextUp',
    query: PageQuery,
    response: pageSchema(NextUpSchema),
    handle: async ({ viewer, query }) =>
      writtenRows(
        await activity.nextUp(viewer, { ...query, limit: query.limit ?? DEFAULT_PAGE }),
        ({ item: _, ...row }) => ({
          ...row,
          activityAt: toIso(row.activityAt),
          after: row.after && { ...row.after, watchedAt: toIso(row.after.watchedAt) },
        }),
      ),
  }),
  ...historyRoutes(activity),
];

const stateJson = (state: ItemState): Static<typeof StateSchema> => ({
  itemId: state.itemId,
  watched: state.watched,
  markedAt: toIsoOrNull(state.markedAt),
  positionMs: state.positionMs,
  durationMs: state.durationMs,
  playCount: state.playCount,
  lastPlayedAt: toIsoOrNull(state.lastPlayedAt),
  ...(state.leaves === undefined ? {} : { leaves: state.leaves, unwatched: state.unwatched }),
});
