import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId } from '#kernel/ids.ts';
import { type LeafKind, type LibraryKind, libraryKinds, shelfOf } from '#kernel/media.ts';
import { dayRange, monthRange, type Period } from './period.ts';

/** How much was watched. */
export interface Amounts {
  ms: Millis;
  plays: number;
  /** Plays that went to the end. */
  completed: number;
}

/** The same under one key. */
export interface Figure<K = number> extends Amounts {
  key: K;
}

/** What figures are asked of. */
export interface Figures {
  devices: readonly DeviceUserId[];
  period: Period;
  kind?: LeafKind | undefined;
  libraryId?: MediaItemId | undefined;
}

type By = 'day' | 'month' | 'year' | 'library' | 'device';

/** Time watched by one of these, the highest key first. What is known by less than was asked for is left out. */
export const figuresBy = async (db: Reader, by: By, figures: Figures, limit: number): Promise<Figure[]> =>
  byDays[by](db, { ...valuesOf(db, figures), ...dayRange(figures.period), limit });

/** Time watched by hour of the week, 0 to 167, in the months that the period touches. */
export const figuresByHour = async (db: Reader, figures: Figures): Promise<Figure[]> =>
  byHours(db, { ...valuesOf(db, figures), ...monthRange(figures.period) });

/** Time watched by kind, all that counts in the period. */
export const figuresByKind = async (db: Reader, figures: Figures): Promise<Figure<LeafKind>[]> => {
  const rows = await byLibraryKind(db, { ...valuesOf(db, figures), ...dayRange(figures.period) });
  return rows.map((row) => ({ ...row, key: leafOf[row.key] }));
};

/** Each day on which something was watched, in order. */
export const watchedDays = async (db: Reader, devices: readonly DeviceUserId[], period: Period): Promise<number[]> => {
  const { first, last } = dayRange(period);
  const rows = await days(db, { devices: idList(dialectOf(db), devices), first, last });
  return rows.map((row) => row.day);
};

const leafOf: Record<LibraryKind, LeafKind> = { movies: 'movie', series: 'episode', music: 'track', streams: 'stream' };

interface Values {
  devices: string;
  shelf: string;
  library: number;
}

const valuesOf = (db: Reader, { devices, kind, libraryId }: Figures): Values => ({
  devices: idList(dialectOf(db), devices),
  shelf: kind === undefined ? '' : shelfOf[kind],
  library: libraryId ?? 0,
});

interface DayValues extends Values {
  first: number;
  last: number;
  notMonth: number;
  notYear: number;
}

/** Sums are numerics in PostgreSQL, which would come as text. */
const total = (column: string) => sql<number>`CAST(sum(${sql.ref(column)}) AS bigint)`;

/** A filter that is left out is an empty text or 0. */
const chosen = (shelf: Expression<string>, library: Expression<number>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${shelf} = '' OR l.library_kind = ${shelf})
    AND (CAST(${library} AS bigint) = 0 OR w.library_id = ${library})`;

const dayRows = (db: Reader, value: Value<DayValues>) =>
  db
    .selectFrom('watch_days as w')
    .innerJoin('libraries as l', 'l.item_id', 'w.library_id')
    .select([total('w.ms').as('ms'), total('w.plays').as('plays'), total('w.completed').as('completed')])
    .where(idIn(dialectOf(db), 'w.device_user_id', value('devices')))
    .where('w.day', '>=', value('first'))
    .where('w.day', '<=', value('last'))
    .where('w.day', 'not in', [value('notMonth'), value('notYear')])
    .where(chosen(value('shelf'), value('library')));

/** By a number made of the row; where `from` is given, the row must know as much as that. */
const numbered = (key: string, knows = '1 = 1') =>
  prepare<DayValues & { limit: number }>()((db, value) =>
    dayRows(db, value)
      .select(sql.raw<number>(key).as('key'))
      .where(sql.raw<SqlBool>(knows))
      .groupBy(sql.raw(key))
      .orderBy('key', 'desc')
      .limit(value('limit')),
  );

const byDays = {
  day: numbered('w.day', 'w.day % 100 <> 0'),
  month: numbered('w.day / 100', 'w.day / 100 % 100 <> 0'),
  year: numbered('w.day / 10000', 'w.day > 0'),
  library: numbered('w.library_id'),
  device: numbered('w.device_user_id'),
};

const byLibraryKind = prepare<DayValues>()((db, value) =>
  dayRows(db, value)
    .select('l.library_kind as key')
    .where('l.library_kind', 'in', [...libraryKinds])
    .groupBy('l.library_kind'),
);

const byHours = prepare<Values & { first: number; last: number }>()((db, value) =>
  db
    .selectFrom('watch_hours as w')
    .innerJoin('libraries as l', 'l.item_id', 'w.library_id')
    .select(['w.hour as key', total('w.ms').as('ms'), total('w.plays').as('plays')])
    .select(total('w.completed').as('completed'))
    .where(idIn(dialectOf(db), 'w.device_user_id', value('devices')))
    .where('w.month', '>=', value('first'))
    .where('w.month', '<=', value('last'))
    .where(chosen(value('shelf'), value('library')))
    .groupBy('w.hour')
    .orderBy('w.hour'),
);

const days = prepare<{ devices: string; first: number; last: number }>()((db, value, dialect) =>
  db
    .selectFrom('watch_days')
    .select('day')
    .distinct()
    .where(idIn(dialect, 'device_user_id', value('devices')))
    .where('day', '>=', value('first'))
    .where('day', '<=', value('last'))
    .where(sql<SqlBool>`day % 100 <> 0`)
    .orderBy('day'),
);
