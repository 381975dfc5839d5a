import { Type } from 'typebox';
import { checkPeriod } from '#activity/marks/instants.ts';
import type { Activity, HistoryDay, HistoryEntry } from '#activity/service.ts';
import {
  DeviceSchema,
  instant,
  itemId,
  msOrNull,
  pageSchema,
  paging,
  strict,
  when,
  whenOrNull,
  words,
} from '#activity/wire.ts';
import { writtenPage } from '#catalog/item-text.ts';
import { ItemSchema } from '#catalog/item-view.ts';
import { datePrecisions } from '#database/tables/activity.ts';
import type { DeviceUserId } from '#kernel/ids.ts';
import { leafKinds, type MediaKind } from '#kernel/media.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import { knownIso } from './history-date.ts';

const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });
const precision = (description: string) => words(datePrecisions, description);

const PlaySchema = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Id of the play' }),
  item: ItemSchema,
  datePrecision: precision('How exactly it is known when it began'),
  date: textOrNull('As far as it is known: 2026-11-20, 2026-11 or 2026, in your time zone; null: unknown'),
  day: textOrNull('The day on which it began in your time zone, as 2026-11-20; null: not known'),
  startedAt: whenOrNull('When it began, or when the day, month or year began; null: unknown'),
  lastAt: whenOrNull('When it was reported last; null: unknown'),
  endedAt: whenOrNull('When it was stopped; null: never told'),
  positionMs: msOrNull('Where it ended'),
  durationMs: msOrNull('Length as the player told it'),
  completed: Type.Boolean({ description: 'Whether it went to the end' }),
  method: textOrNull('How it was played'),
  clientName: textOrNull('Program that played it'),
  device: DeviceSchema,
});
const DaySchema = Type.Object({
  datePrecision: precision('`exact` for a day; month, year or unknown for plays of which no more is known'),
  date: textOrNull('The day, month or year; null: unknown'),
  day: textOrNull('The day, as 2026-11-20; null where only a month, a year or nothing is known'),
  plays: Type.Integer({ minimum: 1, description: 'What was played on it' }),
  watchedMs: Type.Integer({ minimum: 0, description: 'Time really watched' }),
});

const period = {
  from: Type.Optional(when('Plays that began then or later')),
  to: Type.Optional(when('Plays that began before')),
};
const HistoryQuery = Type.Object(
  {
    ...paging,
    ...period,
    kind: Type.Optional(words<MediaKind>(leafKinds, 'Only items of this kind')),
    libraryId: Type.Optional(itemId('Only items of this library')),
    itemId: Type.Optional(itemId('Only this item, or what is in it: a season, a series, an album …')),
    deviceUserId: Type.Optional(
      Type.Unsafe<DeviceUserId>(
        Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Only what was played there' }),
      ),
    ),
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Words that begin words of the title, or of that of its series, artist or album',
      }),
    ),
    completed: Type.Optional(Type.Boolean({ description: 'Only what went to the end, or only what did not' })),
  },
  strict,
);
const DaysQuery = Type.Object({ ...paging, ...period }, strict);

const shared = { tag: 'activity', method: 'GET', permission: 'guest' } as const;

/** What was played in the past. */
export const historyRoutes = (activity: Pick<Activity, 'history' | 'historyDays'>): Route[] => [
  route({
    ...shared,
    path: '/me/history',
    summary:
      'What you played, newest first. Where filters leave little, a page may be short or empty while `next` goes on',
    operationId: 'listHistory',
    query: HistoryQuery,
    response: pageSchema(PlaySchema),
    handle: async ({ viewer, query }) =>
      writtenPage(await activity.history(viewer, { ...query, ...periodOf(query), limit: limitOf(query) }), playText),
  }),
  route({
    ...shared,
    path: '/me/history/days',
    summary: 'The days on which you played something, in your time zone, newest first, with how much it was',
    operationId: 'listHistoryDays',
    query: DaysQuery,
    response: pageSchema(DaySchema),
    handle: async ({ viewer, query }) => {
      const page = await activity.historyDays(viewer, { ...query, ...periodOf(query), limit: limitOf(query) });
      return { ...page, items: page.items satisfies HistoryDay[] };
    },
  }),
];

const limitOf = ({ limit = DEFAULT_PAGE }: { limit?: number }): number => limit;

/** @throws AppError `invalid` for one that ends before it begins */
const periodOf = (given: { from?: string; to?: string }) => {
  const [from, to] = [instant('from', given.from), instant('to', given.to)];
  checkPeriod(from, to);
  return { from, to };
};

/** A play as JSON, as {@link PlaySchema} has it. Put together by hand: pages hold many, and most of it is numbers. */
const playText = (play: HistoryEntry): string => {
  const { datePrecision } = play;
  const startedAt = isoText(knownIso(play.startedAt, datePrecision));
  const lastAt = play.lastAt === play.startedAt ? startedAt : isoText(knownIso(play.lastAt, datePrecision));
  const endedAt = play.endedAt === play.lastAt ? lastAt : isoText(knownIso(play.endedAt, datePrecision));
  return `{"item":${play.item.json},"id":${play.id},"datePrecision":"${datePrecision}","date":${isoText(play.date)},\
"day":${isoText(play.day)},"startedAt":${startedAt},"lastAt":${lastAt},"endedAt":${endedAt},\
"positionMs":${play.positionMs},"durationMs":${play.durationMs},"completed":${play.completed},\
"method":${JSON.stringify(play.method)},"clientName":${JSON.stringify(play.clientName)},\
"device":{"deviceUserId":${play.device.deviceUserId},"name":${JSON.stringify(play.device.name)}}}`;
};

/** Of texts that hold nothing to be escaped. */
const isoText = (text: string | null): string => (text === null ? 'null' : `"${text}"`);
