import type { DatePrecision } from '#database/tables/activity.ts';
import { calendarOf } from '#kernel/calendar.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import { type Day, monthOf, readDay, yearOf } from '#kernel/day.ts';
import { invalid } from '#kernel/errors.ts';

/** When something was, as a person tells it. */
export interface ToldDate {
  /** Exactly. */
  startedAt?: Instant | undefined;
  /** As 2024-05-17, 2024-05 or 2024, in the zone of who tells it. */
  date?: string | undefined;
  precision?: DatePrecision | undefined;
}

/** An instant and how exactly it is known; the start of that day, month or year, and 0 where it is unknown. */
export interface PlayedAt {
  startedAt: Instant;
  precision: DatePrecision;
}

/** The first year that may be told: instants before 1970 are not kept, and 1970 is what clocks say that were never set. */
const FIRST_YEAR = 1971;

/**
 * What a told date means; undefined: none was told.
 * @throws AppError `invalid` for a date that is none, lies in the future or too far back, or does not fit its precision
 */
export const playedAt = (told: ToldDate, timeZone: string, now: Instant): PlayedAt | undefined => {
  const { startedAt, date, precision } = told;
  if (startedAt !== undefined && date !== undefined) throw fault('date', 'is told by startedAt already');
  if (precision === 'unknown') {
    if (startedAt === undefined && date === undefined) return { startedAt: 0, precision };
    throw fault('precision', 'is not unknown when a date is given');
  }
  if (date !== undefined) return periodOf(date, precision, timeZone, now);
  if (startedAt !== undefined) return cutTo(checked('startedAt', startedAt, now), precision ?? 'exact', timeZone);
  if (precision === undefined) return undefined;
  throw fault('precision', 'needs a date beside it');
};

const lengths: Record<number, DatePrecision> = { 4: 'year', 7: 'month', 10: 'day' };

const periodOf = (date: string, precision: DatePrecision | undefined, timeZone: string, now: Instant): PlayedAt => {
  const told = lengths[date.length];
  const whole = readDay(`${date}-01-01`.slice(0, 10));
  if (told === undefined || whole === undefined)
    throw fault('date', 'is not a day, month or year like 2024-05-17, 2024-05, 2024');
  if (precision !== undefined && precision !== told) throw fault('precision', `is ${told} for this date`);
  return { startedAt: checked('date', calendarOf(timeZone).startOf(whole), now), precision: told };
};

/** An instant of which only the day, month or year is to be kept. */
const cutTo = (at: Instant, precision: DatePrecision, timeZone: string): PlayedAt => {
  if (precision === 'exact' || precision === 'unknown') return { startedAt: at, precision };
  const { dayAt, startOf } = calendarOf(timeZone);
  return { startedAt: startOf(firstOf(dayAt(at).day, precision)), precision };
};

/** The first day of what is known of a day. */
const firstOf = (day: Day, precision: 'day' | 'month' | 'year'): Day => {
  if (precision === 'day') return day;
  return precision === 'month' ? monthOf(day) * 100 + 1 : yearOf(day) * 10_000 + 101;
};

const checked = (path: string, at: Instant, now: Instant): Instant => {
  if (at > now) throw fault(path, 'lies in the future');
  if (at < Date.UTC(FIRST_YEAR, 0, 1) - DAY) throw fault(path, `lies before ${FIRST_YEAR}; tell it as unknown`);
  return at;
};

const fault = (path: string, message: string) => invalid(`The ${path} ${message}.`, [{ path, message }]);
