import type { Reader } from '#database/database.ts';
import { calendarOf } from '#kernel/calendar.ts';
import { type Day, monthText } from '#kernel/day.ts';
import type { LeafKind, MediaKind } from '#kernel/media.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import type { SeenDevice } from './devices-query.ts';
import { type EdgePlay, edgesOf } from './edge-query.ts';
import { devicesOf, type FigureRow, kinds, namedRow, titles, weekdays } from './figures.ts';
import { type Amounts, type Figure, figuresBy, figuresByHour, figuresByKind } from './figures-query.ts';
import { yearPeriod } from './period.ts';
import { rewatchedSeries } from './rewatch-query.ts';
import { longestStreak, type Streak } from './streak.ts';
import { countTitles, genresOf, peopleOf } from './titles-query.ts';

/** A year as someone watched it. */
export interface YearReview {
  year: number;
  ms: number;
  plays: number;
  completed: number;
  /** Different movies, series, artists and streams of which something was watched. */
  titles: Partial<Record<MediaKind, number>>;
  /** Series of which something was watched for the first time. */
  seriesBegun: number;
  /** Movies watched again, and series begun anew. */
  rewatches: { movies: number; series: number };
  kinds: FigureRow[];
  /** Twelve rows. */
  months: FigureRow[];
  weekdays: FigureRow[];
  /** Time watched by the hour of the week, Monday's midnight first: 168 times in milliseconds. */
  hoursOfWeek: number[];
  series: FigureRow[];
  movies: FigureRow[];
  artists: FigureRow[];
  genres: FigureRow[];
  people: FigureRow[];
  devices: FigureRow[];
  longestDay: { day: Day; ms: number } | null;
  daysWatched: number;
  streak: Streak | null;
  first: EdgePlay | null;
  last: EdgePlay | null;
}

/** Rows of each list of the best. */
const TOP = 10;

/** Tells of a year from counters alone, but for the first and the last play. About fifteen statements. */
export const reviewYear = async (
  db: Reader,
  viewer: Viewer,
  devices: readonly SeenDevice[],
  year: number,
): Promise<YearReview> => {
  const period = yearPeriod(year);
  const figures = { devices: devices.map((device) => device.id), period };
  const { grants } = viewer;
  const days = await figuresBy(db, 'day', figures, 366);
  const byKind = await figuresByKind(db, figures);
  const known = await countTitles(db, figures);
  const { startOf } = calendarOf(viewer.timeZone);
  const begins = startOf(year * 10_000 + 101);
  const ends = startOf((year + 1) * 10_000 + 101);
  const best = async (kind: LeafKind): Promise<FigureRow[]> =>
    byKind.some((row) => row.key === kind) ? titles(db, grants, figures, kind, TOP) : [];
  return {
    year,
    ...totalOf(byKind),
    titles: Object.fromEntries([...known].map(([kind, { titles: count }]) => [kind, count])),
    seriesBegun: known.get('series')?.begun ?? 0,
    rewatches: {
      movies: known.get('movie')?.again ?? 0,
      series: await rewatchedSeries(db, readScopes(viewer), { from: begins, to: ends }),
    },
    kinds: kinds(byKind),
    months: months(year, await figuresBy(db, 'month', figures, 12)),
    weekdays: weekdays(days),
    hoursOfWeek: hoursOfWeek(await figuresByHour(db, figures)),
    series: await best('episode'),
    movies: await best('movie'),
    artists: await best('track'),
    genres: (await genresOf(db, grants, figures, TOP)).map(namedRow),
    people: (await peopleOf(db, grants, figures, TOP)).map(namedRow),
    devices: devicesOf(await figuresBy(db, 'device', figures, 1000), devices, TOP),
    longestDay: longestOf(days),
    daysWatched: days.length,
    streak: longestStreak(days.map((day) => day.key).reverse()),
    ...(await edgesOf(db, grants, figures.devices, { from: begins, to: ends })),
  };
};

const totalOf = (rows: readonly Amounts[]): Pick<YearReview, 'ms' | 'plays' | 'completed'> => ({
  ms: rows.reduce((sum, row) => sum + row.ms, 0),
  plays: rows.reduce((sum, row) => sum + row.plays, 0),
  completed: rows.reduce((sum, row) => sum + row.completed, 0),
});

const months = (year: number, figures: readonly Figure[]): FigureRow[] =>
  Array.from({ length: 12 }, (_, index) => {
    const month = year * 100 + index + 1;
    const { ms = 0, plays = 0, completed = 0 } = figures.find((row) => row.key === month) ?? {};
    return { key: monthText(month), label: monthText(month), itemId: null, ms, plays, completed };
  });

const hoursOfWeek = (figures: readonly Figure[]): number[] => {
  const hours = new Array<number>(168).fill(0);
  for (const { key, ms } of figures) hours[key] = ms;
  return hours;
};

const longestOf = (days: readonly Figure[]): YearReview['longestDay'] =>
  days.reduce<YearReview['longestDay']>((best, { key: day, ms }) => (best && best.ms >= ms ? best : { day, ms }), null);
