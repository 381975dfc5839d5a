import { Type } from 'typebox';
import { ItemParams, itemId, when } from '#activity/wire.ts';
import { toIso } from '#kernel/clock.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Rewatches } from './rewatch.ts';

const BeginningSchema = Type.Object({
  itemId: itemId('Id of what was begun anew: of an episode or season its series'),
  startedAt: when('From when on what is watched counts for next up'),
});

/** Beginning a series anew. */
export const rewatchRoutes = (rewatches: Rewatches): Route[] => [
  route({
    method: 'POST',
    path: '/items/:id/start-over',
    permission: 'user',
    tag: 'activity',
    summary: 'Watch a series again from its first episode; nothing is unwatched. Of a movie the position is dropped',
    operationId: 'startOver',
    once: 'unit',
    params: ItemParams,
    response: BeginningSchema,
    handle: async ({ viewer, params }) => {
      const { itemId: id, startedAt } = await rewatches.startOver(viewer, params.id);
      return { itemId: id, startedAt: toIso(startedAt) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/items/:id/start-over',
    permission: 'user',
    tag: 'activity',
    summary: 'End watching a series again: next up goes on after what was watched last',
    operationId: 'endStartOver',
    once: 'unit',
    params: ItemParams,
    handle: ({ viewer, params }) => rewatches.end(viewer, params.id),
  }),
];
