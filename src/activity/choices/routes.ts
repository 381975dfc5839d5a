import { type Static, Type } from 'typebox';
import { ItemParams, instant, itemId, PageQuery, pageSchema, strict, when, whenOrNull } from '#activity/wire.ts';
import { writtenRows } from '#catalog/item-text.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { toIsoOrNull } from '#kernel/clock.ts';
import { invalid } from '#kernel/errors.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import { type SpecialsPlace, specialsPlaces } from './choice.ts';
import type { Choices, HeldChoice, ItemChoice, Snooze } from './choices.ts';

const AtQuery = Type.Object({ at: Type.Optional(when('When that was said; now when absent')) }, strict);
const SnoozeBody = Type.Object(
  {
    until: Type.Optional(when('When it comes back')),
    untilNew: Type.Optional(
      Type.Literal(true, { description: 'Of a series: it comes back with the next new episode' }),
    ),
  },
  strict,
);
/** One type list, no union: so that a fault tells of the bound that was broken. */
const SpecialsBody = Type.Object(
  {
    place: Type.Unsafe<SpecialsPlace | null>({
      enum: [...specialsPlaces, null],
      description:
        'Among the episodes as they are numbered or dated, after all of them, or never; null: only where you are watching them',
    }),
  },
  strict,
);

const held = {
  droppedAt: whenOrNull('Since when it is out of continue watching and next up; null: it is not, or was played since'),
  hiddenAt: whenOrNull('Since when it is out of continue watching alone; null: it is not, or was played since'),
  snoozedAt: whenOrNull('Since when it is out of both for a while; null: it is not, or the while is over'),
  snoozedUntil: whenOrNull('When it comes back; null while it is snoozed: with the next new episode'),
  specials: Type.Unsafe<SpecialsPlace | null>({
    enum: [...specialsPlaces, null],
    description: 'Where the specials of a series stand in next up; null: only where you are watching them',
  }),
};
const ChoiceSchema = Type.Object({
  itemId: itemId('Id of the item'),
  targetId: itemId('What was chosen of: the series of an episode or a season, else the item itself'),
  ...held,
});
const EntrySchema = Type.Object({ item: ItemSchema, ...held });

const shared = { tag: 'activity' } as const;

/** What people want of items in the lists that are made for them. */
export const choiceRoutes = (choices: Choices): Route[] => [
  route({
    ...shared,
    method: 'GET',
    path: '/items/:id/choices',
    permission: 'guest',
    summary: 'What you chose of an item, or of its series: dropped, hidden, snoozed, and where specials stand',
    operationId: 'getChoices',
    params: ItemParams,
    response: ChoiceSchema,
    handle: async ({ viewer, params: { id } }) => choiceJson(await choices.of(viewer, id)),
  }),
  route({
    ...shared,
    method: 'GET',
    path: '/me/choices',
    permission: 'guest',
    summary: 'What you dropped, hid or snoozed and what has not come back, newest first',
    operationId: 'listChoices',
    query: PageQuery,
    response: pageSchema(EntrySchema),
    handle: async ({ viewer, query }) =>
      writtenRows(await choices.list(viewer, { ...query, limit: query.limit ?? DEFAULT_PAGE }), heldJson),
  }),
  flagRoute(choices, 'drop', true, {
    operationId: 'dropItem',
    summary:
      'Take a series or a collection, or a movie, a track or a stream, out of continue watching and next up until you play or mark it again',
  }),
  flagRoute(choices, 'drop', false, {
    operationId: 'undropItem',
    summary: 'Have it back in continue watching and next up',
  }),
  flagRoute(choices, 'hide', true, {
    operationId: 'hideItem',
    summary: 'Take one episode, movie, track or stream out of continue watching until you play it again',
  }),
  flagRoute(choices, 'hide', false, { operationId: 'unhideItem', summary: 'Have it back in continue watching' }),
  route({
    ...shared,
    method: 'PUT',
    path: '/items/:id/snoozed',
    permission: 'user',
    summary: 'Take it out of continue watching and next up until a date, or a series until a new episode comes',
    operationId: 'snoozeItem',
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    body: SnoozeBody,
    response: ChoiceSchema,
    handle: async ({ viewer, params: { id }, query, body }) =>
      choiceJson(await choices.snooze(viewer, id, snoozeOf(body), instant('at', query.at))),
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: '/items/:id/snoozed',
    permission: 'user',
    summary: 'Have it back at once',
    operationId: 'unsnoozeItem',
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    response: ChoiceSchema,
    handle: async ({ viewer, params: { id }, query }) =>
      choiceJson(await choices.snooze(viewer, id, null, instant('at', query.at))),
  }),
  route({
    ...shared,
    method: 'PUT',
    path: '/items/:id/specials',
    permission: 'user',
    summary: 'Say where the specials of a series stand in next up',
    operationId: 'setSpecials',
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    body: SpecialsBody,
    response: ChoiceSchema,
    handle: async ({ viewer, params: { id }, query, body }) =>
      choiceJson(await choices.setSpecials(viewer, id, body.place, instant('at', query.at))),
  }),
];

const flagRoute = (
  choices: Choices,
  verb: 'drop' | 'hide',
  value: boolean,
  said: { operationId: string; summary: string },
): Route =>
  route({
    ...shared,
    ...said,
    method: value ? 'PUT' : 'DELETE',
    path: verb === 'drop' ? '/items/:id/dropped' : '/items/:id/hidden',
    permission: 'user',
    once: 'unit',
    params: ItemParams,
    query: AtQuery,
    response: ChoiceSchema,
    handle: async ({ viewer, params: { id }, query }) =>
      choiceJson(await choices[verb](viewer, id, value, instant('at', query.at))),
  });

/** @throws AppError `invalid` unless exactly one of both is given */
const snoozeOf = ({ until, untilNew }: Static<typeof SnoozeBody>): Snooze => {
  const at = instant('until', until);
  if (at !== undefined && untilNew === undefined) return { until: at };
  if (at === undefined && untilNew) return { untilNew: true };
  throw invalid('Give either until or untilNew.', [{ path: 'until', message: 'must be given unless untilNew is' }]);
};

const choiceJson = ({ itemId, targetId, ...choice }: ItemChoice): Static<typeof ChoiceSchema> => ({
  itemId,
  targetId,
  ...heldJson(choice),
});

const heldJson = (choice: HeldChoice) => ({
  droppedAt: toIsoOrNull(choice.droppedAt),
  hiddenAt: toIsoOrNull(choice.hiddenAt),
  snoozedAt: toIsoOrNull(choice.snoozedAt),
  snoozedUntil: toIsoOrNull(choice.snoozedUntil),
  specials: choice.specials,
});
