import { type Static, Type } from 'typebox';
import { ItemSchema } from '#catalog/item-view.ts';
import { toIso } from '#kernel/clock.ts';
import { type Day, dayText } from '#kernel/day.ts';
import { type LeafKind, leafKinds } from '#kernel/media.ts';
import { type Route, route } from '#kernel/route.ts';
import { itemId, strict, when, words } from '../wire.ts';
import { dimensions } from './figures.ts';
import type { ReviewedPlay, Statistics } from './statistics.ts';
import type { Streak } from './streak.ts';

const MOST_ROWS = 1000;
const DEFAULT_ROWS = 100;

const count = (description: string) => Type.Integer({ minimum: 0, description });
const day = (description: string) => Type.String({ format: 'date', maxLength: 10, description });
const orNull = <S extends Parameters<typeof Type.Array>[0]>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const RowSchema = Type.Object({
  key: Type.String({ description: 'A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is' }),
  label: Type.String({ description: 'The same for people to read' }),
  itemId: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'The item that it is, if it is one' }),
  ms: count('Time watched'),
  plays: count('Plays'),
  completed: count('Plays to the end'),
});
const settled = Type.Boolean({
  description: 'False while plays are still being counted, after a large import or a move to another time zone',
});

const FiguresQuery = Type.Object(
  {
    by: words(dimensions, 'What the time is told by'),
    from: Type.Optional(day('First day, in your time zone')),
    to: Type.Optional(day('Last day')),
    kind: Type.Optional(words<LeafKind>(leafKinds, 'Only items of this kind')),
    libraryId: Type.Optional(itemId('Only items of this library')),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_ROWS,
        default: DEFAULT_ROWS,
        description: 'Rows at the most: the newest days, weeks and months, else those with most time',
      }),
    ),
  },
  strict,
);
const FiguresSchema = Type.Object({
  items: Type.Array(RowSchema),
  from: orNull(day('First day'), 'First day that is told of: hours, titles, genres and people go by whole months'),
  to: orNull(day('Last day'), 'Last day that is told of'),
  settled,
});

const streakFields = { days: count('How many days'), from: day('Its first day'), to: day('Its last day') };
const StreakSchema = Type.Object(streakFields);
const StreaksSchema = Type.Object({
  current: orNull(StreakSchema, 'Days up to today with something watched each; today may still be to come'),
  longest: orNull(StreakSchema, 'The longest there was'),
  settled,
});

const EdgeSchema = orNull(Type.Object({ item: ItemSchema, startedAt: when('When it began') }), 'A play');
const rows = (description: string) => Type.Array(RowSchema, { description });
const YearSchema = Type.Object({
  year: Type.Integer(),
  ms: count('Time watched'),
  plays: count('Plays'),
  completed: count('Plays to the end'),
  titles: Type.Object(
    {
      movie: Type.Optional(count('Movies')),
      series: Type.Optional(count('Series')),
      artist: Type.Optional(count('Artists')),
      stream: Type.Optional(count('Streams')),
    },
    { description: 'How many different ones' },
  ),
  seriesBegun: count('Series watched for the first time'),
  rewatches: Type.Object({ movies: count('Movies watched again'), series: count('Series begun anew') }),
  kinds: rows('By kind: movies, episodes, tracks, streams'),
  months: rows('By month, all twelve'),
  weekdays: rows('By weekday, Monday first'),
  hoursOfWeek: Type.Array(Type.Integer({ minimum: 0 }), {
    description: 'Time watched in each hour of the week, 168 of them from Monday midnight',
  }),
  series: rows('Series watched longest'),
  movies: rows('Movies watched longest'),
  artists: rows('Artists heard longest'),
  genres: rows('Genres watched longest'),
  people: rows('People of the titles watched longest'),
  devices: rows('Devices watched on longest'),
  longestDay: orNull(
    Type.Object({ day: day('Which'), ms: count('Time watched') }),
    'The day on which most was watched',
  ),
  daysWatched: count('Days with something watched'),
  streak: orNull(StreakSchema, 'The longest run of days'),
  first: EdgeSchema,
  last: EdgeSchema,
  settled,
});
const YearParams = Type.Object({ year: Type.Integer({ minimum: 1900, maximum: 2200, description: 'Year' }) }, strict);

const shared = { tag: 'statistics', method: 'GET', permission: 'guest' } as const;

/** How long was watched, and of what. */
export const statisticsRoutes = (statistics: Statistics): Route[] => [
  route({
    ...shared,
    path: '/me/statistics',
    summary: 'Time watched by day, hour, kind, series, genre and the like',
    operationId: 'getStatistics',
    query: FiguresQuery,
    response: FiguresSchema,
    handle: async ({ viewer, query }) => {
      const answer = await statistics.figures(viewer, { ...query, limit: query.limit ?? DEFAULT_ROWS });
      const { from, to } = answer.period;
      return { items: answer.rows, from: dayOrNull(from), to: dayOrNull(to), settled: answer.settled };
    },
  }),
  route({
    ...shared,
    path: '/me/statistics/streaks',
    summary: 'Days in a row with something watched',
    operationId: 'getStreaks',
    response: StreaksSchema,
    handle: async ({ viewer }) => {
      const { current, longest, settled: all } = await statistics.streaks(viewer);
      return { current: streakJson(current), longest: streakJson(longest), settled: all };
    },
  }),
  route({
    ...shared,
    path: '/me/statistics/years/:year',
    summary: 'A year in review',
    operationId: 'getYearInReview',
    params: YearParams,
    response: YearSchema,
    handle: async ({ viewer, params }) => {
      const review = await statistics.year(viewer, params.year);
      return {
        ...review,
        longestDay: review.longestDay && { ...review.longestDay, day: dayText(review.longestDay.day) },
        streak: streakJson(review.streak),
        first: playJson(review.first),
        last: playJson(review.last),
      };
    },
  }),
];

const dayOrNull = (value: Day | null): string | null => (value === null ? null : dayText(value));

const streakJson = (streak: Streak | null): Static<typeof StreakSchema> | null =>
  streak && { days: streak.days, from: dayText(streak.from), to: dayText(streak.to) };

const playJson = (play: ReviewedPlay | null) => play && { item: play.item, startedAt: toIso(play.startedAt) };
