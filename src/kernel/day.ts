import { DAY } from './clock.ts';

/** A day as a number, 20260131; 20260100: some day of that month, 20260000: of that year, 0: unknown. Numbers sort like days. */
export type Day = number;

/** The day that many days after the first of January 1970. */
export const dayOf = (days: number): Day => {
  const date = new Date(days * DAY);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
};

/** Days since the first of January 1970, of a whole day. */
export const daysSince1970 = (day: Day): number =>
  Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100) / DAY;

export const monthOf = (day: Day): number => Math.floor(day / 100);
export const yearOf = (day: Day): number => Math.floor(day / 10_000);

/** 0 is Monday; of days since 1970, which began on a Thursday. */
export const weekdayOf = (days: number): number => (((days + 3) % 7) + 7) % 7;

/** 20260131 as 2026-01-31. */
export const dayText = (day: Day): string => `${monthText(monthOf(day))}-${two(day % 100)}`;
/** 202601 as 2026-01. */
export const monthText = (month: number): string => `${yearText(Math.floor(month / 100))}-${two(month % 100)}`;
export const yearText = (year: number): string => String(year).padStart(4, '0');

/** The ISO 8601 week of a day, as 2026-W05: it belongs to the year of its Thursday. */
export const weekText = (day: Day): string => {
  const days = daysSince1970(day);
  const thursday = days - weekdayOf(days) + 3;
  const year = yearOf(dayOf(thursday));
  const week = Math.floor((thursday - daysSince1970(year * 10_000 + 101)) / 7) + 1;
  return `${yearText(year)}-W${two(week)}`;
};

/** 2026-01-31 as 20260131; undefined where there is no such day, and before the year 1000. */
export const readDay = (text: string): Day | undefined => {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const day = Number(year) * 10_000 + Number(month) * 100 + Number(date);
  return day >= 10_000_101 && dayOf(daysSince1970(day)) === day ? day : undefined;
};

export const lastOfMonth = (month: number): Day => {
  const year = Math.floor(month / 100);
  return dayOf(Date.UTC(year, month % 100, 0) / DAY);
};

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);
