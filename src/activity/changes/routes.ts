import { Type } from 'typebox';
import {
  DeviceSchema,
  instant,
  itemId,
  ms,
  PageQuery,
  pageSchema,
  strict,
  when,
  whenOrNull,
  words,
} from '#activity/wire.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { changeSetKinds, type DatePrecision, datePrecisions } from '#database/tables/activity.ts';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import type { ChangeSetId, PlayId } from '#kernel/ids.ts';
import { leafKinds } from '#kernel/media.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import { type Changes, type CorrectedPlay, MOST_PLAYS } from './changes.ts';

const id = <I extends number>(description: string) =>
  Type.Unsafe<I>(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description }));
const setId = id<ChangeSetId>('Id of a change set');
const orNull = <S extends Parameters<typeof Type.Array>[0]>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const ChangeSchema = Type.Object({
  id: setId,
  at: when('When it was done'),
  kind: words(changeSetKinds, 'What was done'),
  item: orNull(ItemSchema, 'What it was about; null: many things, or nothing that you may see'),
  watched: orNull(Type.Boolean(), 'Of a mark: watched or unwatched'),
  runId: orNull(Type.Integer(), 'Of an import: its run'),
  undoes: orNull(Type.Integer(), 'Of an undo: the set that it took back'),
  touched: Type.Integer({ minimum: 0, description: 'Items that it changed, or plays' }),
  undoneAt: whenOrNull('When it was taken back; null: it holds'),
  undoableUntil: whenOrNull('Until when it can be taken back; null: not any more'),
  device: DeviceSchema,
});
const UndoSchema = Type.Object({
  changeSetId: setId,
  undoneBy: id<ChangeSetId>('The set by which the undo can itself be taken back'),
  restored: Type.Integer({ minimum: 0, description: 'Facts that are as they were' }),
  kept: Type.Integer({ minimum: 0, description: 'Facts that were changed since, and stay' }),
});

const dateFields = {
  startedAt: Type.Optional(when('When it began, exactly; with a coarser `precision` the period in which that lies')),
  date: Type.Optional(
    Type.String({
      minLength: 4,
      maxLength: 10,
      description: 'A day, month or year in your time zone, as 2024-05-17, 2024-05 or 2024',
    }),
  ),
  precision: Type.Optional(words<DatePrecision>(datePrecisions, 'How exactly the date is known')),
};
const factFields = {
  completed: Type.Optional(Type.Boolean({ description: 'Whether it went to the end' })),
  watchedMs: Type.Optional(ms('Time really watched')),
};
const CorrectionBody = Type.Object({ ...dateFields, ...factFields }, strict);
const AddBody = Type.Object({ itemId: itemId('What was played'), ...dateFields, ...factFields }, strict);
const PlaySchema = Type.Object({
  id: id<PlayId>('Id of the play'),
  itemId: itemId('What was played'),
  startedAt: whenOrNull('When it began, or the day, month or year did; null: unknown'),
  precision: words<DatePrecision>(datePrecisions, 'How exactly the date is known'),
  completed: Type.Boolean({ description: 'Whether it went to the end' }),
  watchedMs: ms('Time really watched'),
  changeSetId: setId,
});
const PlayParams = Type.Object({ playId: id<PlayId>('Id of the play') }, strict);
const SetParams = Type.Object({ id: setId }, strict);
const DeleteBody = Type.Object(
  { playIds: Type.Array(id<PlayId>('Id of a play'), { minItems: 1, maxItems: MOST_PLAYS, description: 'Which' }) },
  strict,
);
const DoneSchema = Type.Object({ changeSetId: setId });
const ClearQuery = Type.Object(
  {
    kind: Type.Optional(words(leafKinds, 'Only items of this kind')),
    libraryId: Type.Optional(itemId('Only items of this library')),
    from: Type.Optional(when('Plays that began then or later')),
    to: Type.Optional(when('Plays that began before')),
    marks: Type.Boolean({ default: false, description: 'Whether what was watched is unwatched again' }),
  },
  strict,
);
const ClearedSchema = Type.Object({
  changeSetId: orNull(Type.Integer(), 'The set by which it can be taken back; null: there was nothing to clear'),
  plays: Type.Integer({ minimum: 0, description: 'Plays taken away' }),
});

const shared = { tag: 'activity' } as const;

/** Correcting a history, and the way back from what was changed. */
export const changeRoutes = (changes: Changes): Route[] => [
  route({
    ...shared,
    method: 'GET',
    path: '/me/changes',
    permission: 'guest',
    summary: 'What was changed of your history, by you or by imports, newest first',
    operationId: 'listChanges',
    query: PageQuery,
    response: pageSchema(ChangeSchema),
    handle: async ({ viewer, query }) => {
      const page = await changes.list(viewer, { ...query, limit: query.limit ?? DEFAULT_PAGE });
      return {
        next: page.next,
        items: page.items.map((row) => ({
          ...row,
          at: toIso(row.at),
          undoneAt: toIsoOrNull(row.undoneAt),
          undoableUntil: toIsoOrNull(row.undoableUntil),
        })),
      };
    },
  }),
  route({
    ...shared,
    method: 'POST',
    path: '/me/changes/undo',
    permission: 'user',
    summary: 'Take back the newest change that holds',
    operationId: 'undoLastChange',
    once: 'unit',
    response: UndoSchema,
    handle: ({ viewer }) => changes.undoLast(viewer),
  }),
  route({
    ...shared,
    method: 'POST',
    path: '/me/changes/:id/undo',
    permission: 'user',
    summary: 'Take back a change, where nothing was changed since; taking back an undo does the change again',
    operationId: 'undoChange',
    once: 'unit',
    params: SetParams,
    response: UndoSchema,
    handle: ({ viewer, params }) => changes.undo(viewer, params.id),
  }),
  route({
    ...shared,
    method: 'POST',
    path: '/me/history',
    permission: 'user',
    summary: 'Add a play that nobody recorded; without a date it is of an unknown one',
    operationId: 'addPlay',
    once: 'unit',
    body: AddBody,
    response: PlaySchema,
    status: 201,
    handle: async ({ viewer, body }) =>
      playJson(await changes.add(viewer, { ...body, startedAt: instant('startedAt', body.startedAt) })),
  }),
  route({
    ...shared,
    method: 'PATCH',
    path: '/me/history/:playId',
    permission: 'user',
    summary: 'Correct a play: its date, whether it went to the end, how long was watched',
    operationId: 'correctPlay',
    once: 'unit',
    params: PlayParams,
    body: CorrectionBody,
    response: PlaySchema,
    handle: async ({ viewer, params, body }) =>
      playJson(
        await changes.correct(viewer, params.playId, { ...body, startedAt: instant('startedAt', body.startedAt) }),
      ),
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: '/me/history/:playId',
    permission: 'user',
    summary: 'Take a play out of your history, with the mark and the count that it made',
    operationId: 'deletePlay',
    once: 'unit',
    params: PlayParams,
    response: DoneSchema,
    handle: async ({ viewer, params }) => ({ changeSetId: await changes.remove(viewer, [params.playId]) }),
  }),
  route({
    ...shared,
    method: 'POST',
    path: '/me/history/delete',
    permission: 'user',
    summary: 'Take several plays out of your history; all of them or, where one is not yours, none',
    operationId: 'deletePlays',
    once: 'unit',
    body: DeleteBody,
    response: DoneSchema,
    handle: async ({ viewer, body }) => ({ changeSetId: await changes.remove(viewer, body.playIds) }),
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: '/me/history',
    permission: 'user',
    summary: 'Clear your history, or part of it: plays, counts and positions. It can be taken back',
    operationId: 'clearHistory',
    once: 'unit',
    query: ClearQuery,
    response: ClearedSchema,
    handle: ({ viewer, query }) =>
      changes.clear(viewer, { ...query, from: instant('from', query.from), to: instant('to', query.to) }),
  }),
];

const playJson = ({ startedAt, ...play }: CorrectedPlay) => ({
  ...play,
  startedAt: play.precision === 'unknown' ? null : toIso(startedAt),
});
