import type { DatePrecision } from '#database/tables/activity.ts';
import type { Calendar } from '#kernel/calendar.ts';
import { type Instant, toIso } from '#kernel/clock.ts';

/** When a play was, as far as it is known. */
export interface PlayDate {
  datePrecision: DatePrecision;
  /** As 2026-11-20, 2026-11 or 2026; null: unknown. */
  date: string | null;
  /** The day, where it is known. */
  day: string | null;
}

/** @param startedAt the start of the day, the month or the year where no more than that is known */
export const playDate = (calendar: Calendar, startedAt: Instant, datePrecision: DatePrecision): PlayDate => {
  if (datePrecision === 'unknown') return { datePrecision, date: null, day: null };
  const { text: day } = calendar.dayAt(startedAt);
  const date = datePrecision === 'month' ? day.slice(0, -3) : datePrecision === 'year' ? day.slice(0, -6) : day;
  return { datePrecision, date, day: date === day ? day : null };
};

/** The instant of a play as the API shows it; null where nobody knows it. */
export const knownIso = (at: Instant | null, datePrecision: DatePrecision): string | null =>
  at === null || datePrecision === 'unknown' ? null : toIso(at);
