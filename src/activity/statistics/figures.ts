import type { Reader } from '#database/database.ts';
import { daysSince1970, dayText, monthText, weekdayOf, weekText, yearText } from '#kernel/day.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { LeafKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import type { SeenDevice } from './devices-query.ts';
import { type Amounts, type Figure, type Figures, figuresBy, figuresByHour, figuresByKind } from './figures-query.ts';
import { libraryTitles } from './library-query.ts';
import { inWholeMonths, type Period } from './period.ts';
import { genresOf, type Named, peopleOf, titlesOf } from './titles-query.ts';

export const dimensions = [
  'day',
  'week',
  'month',
  'year',
  'weekday',
  'hour',
  'kind',
  'library',
  'genre',
  'series',
  'movie',
  'artist',
  'person',
  'device',
] as const;
export type Dimension = (typeof dimensions)[number];

/** Time watched under one name. */
export interface FigureRow extends Figure<string> {
  /** For people to read. */
  label: string;
  /** The item that it stands for, where it is one. */
  itemId: MediaItemId | null;
}

/** Who asks, and of what. */
export interface Asked extends Omit<Figures, 'devices'> {
  devices: readonly SeenDevice[];
  grants: Grants;
}

/** Rows by a dimension, and the period they tell of. */
export const tell = async (
  db: Reader,
  by: Dimension,
  asked: Asked,
  limit: number,
): Promise<{ rows: FigureRow[]; period: Period }> => {
  const figures = { ...asked, devices: asked.devices.map((device) => device.id) };
  // Titles and hours are counted by the month.
  const monthly = { ...figures, period: inWholeMonths(asked.period) };
  switch (by) {
    case 'day':
    case 'month':
    case 'year': {
      const rows = await figuresBy(db, by, figures, limit);
      return { rows: rows.reverse().map((row) => plain(row, textOf[by](row.key))), period: asked.period };
    }
    case 'week':
      return { rows: await weeks(db, figures, limit), period: asked.period };
    case 'weekday':
      return { rows: weekdays(await figuresBy(db, 'day', figures, ALL_DAYS)), period: asked.period };
    case 'hour':
      return { rows: hours(await figuresByHour(db, monthly)), period: monthly.period };
    case 'kind':
      return { rows: kinds(await figuresByKind(db, figures)).slice(0, limit), period: asked.period };
    case 'library':
      return { rows: await libraries(db, asked.grants, figures, limit), period: asked.period };
    case 'device':
      return { rows: devicesOf(await figuresBy(db, by, figures, ALL), asked.devices, limit), period: asked.period };
    case 'genre':
      return { rows: (await genresOf(db, asked.grants, monthly, limit)).map(namedRow), period: monthly.period };
    case 'person':
      return { rows: (await peopleOf(db, asked.grants, monthly, limit)).map(namedRow), period: monthly.period };
    default:
      return { rows: await titles(db, asked.grants, monthly, leafOf[by], limit), period: monthly.period };
  }
};

/** A hundred years. */
const ALL_DAYS = 36_600;
const ALL = 10_000;

const textOf = { day: dayText, month: monthText, year: yearText };
const leafOf = { series: 'episode', movie: 'movie', artist: 'track' } as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const KINDS: Record<LeafKind, string> = { movie: 'Movies', episode: 'Episodes', track: 'Tracks', stream: 'Streams' };

const plain = ({ ms, plays, completed }: Amounts, key: string, label = key): FigureRow => ({
  key,
  label,
  itemId: null,
  ms,
  plays,
  completed,
});

const longestFirst = (one: Amounts, other: Amounts): number => other.ms - one.ms || other.plays - one.plays;

export const namedRow = (row: Named): FigureRow => plain(row, String(row.key), row.label);

const weeks = async (db: Reader, figures: Figures, limit: number): Promise<FigureRow[]> => {
  const days = await figuresBy(db, 'day', figures, limit * 7);
  const rows = summed(days.reverse(), (day) => weekText(day.key));
  return rows.slice(-limit).map(([week, row]) => plain(row, week));
};

/** Seven rows, Monday first. */
export const weekdays = (days: readonly Figure[]): FigureRow[] => {
  const rows = new Map(summed(days, (day) => weekdayOf(daysSince1970(day.key))));
  return WEEKDAYS.map((name, n) => plain(rows.get(n) ?? empty, String(n + 1), name));
};

/** 24 rows. */
const hours = (figures: readonly Figure[]): FigureRow[] => {
  const rows = new Map(summed(figures, (figure) => figure.key % 24));
  return Array.from({ length: 24 }, (_, hour) => plain(rows.get(hour) ?? empty, String(hour), `${hour}:00`));
};

export const kinds = (figures: readonly Figure<LeafKind>[]): FigureRow[] =>
  figures.toSorted(longestFirst).map((row) => plain(row, row.key, KINDS[row.key]));

export const devicesOf = (figures: readonly Figure[], devices: readonly SeenDevice[], limit: number): FigureRow[] => {
  const names = new Map<number, string>(devices.map(({ id, name }) => [id, name]));
  return figures
    .toSorted(longestFirst)
    .slice(0, limit)
    .map((row) => plain(row, String(row.key), names.get(row.key) ?? ''));
};

const libraries = async (db: Reader, grants: Grants, figures: Figures, limit: number): Promise<FigureRow[]> => {
  const rows = await figuresBy(db, 'library', figures, ALL);
  const names = await libraryTitles(db, grants);
  return rows
    .toSorted(longestFirst)
    .flatMap((row) => {
      const label = names.get(asId(row.key));
      return label === undefined ? [] : [{ ...plain(row, String(row.key), label), itemId: asId<MediaItemId>(row.key) }];
    })
    .slice(0, limit);
};

export const titles = async (
  db: Reader,
  grants: Grants,
  figures: Figures,
  kind: LeafKind,
  limit: number,
): Promise<FigureRow[]> => {
  if (figures.kind !== undefined && figures.kind !== kind) return [];
  const rows = await titlesOf(db, grants, { ...figures, kind }, limit);
  return rows.map((row) => ({ ...plain(row, String(row.key), row.label), itemId: row.key }));
};

const empty = { ms: 0, plays: 0, completed: 0 };

/** Adds up rows of one key, in the order in which keys come first. */
const summed = <K>(rows: readonly Figure[], keyOf: (row: Figure) => K): [K, Amounts][] => {
  const sums = new Map<K, Amounts>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key) ?? empty;
    sums.set(key, {
      ms: sum.ms + row.ms,
      plays: sum.plays + row.plays,
      completed: sum.completed + row.completed,
    });
  }
  return [...sums];
};
