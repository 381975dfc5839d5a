import { checkPeriod } from '#activity/marks/instants.ts';
import { type Day, lastOfMonth, monthOf, readDay, yearOf } from '#kernel/day.ts';
import { invalid } from '#kernel/errors.ts';

/** From one day to another, both included; null: without end. */
export interface Period {
  from: Day | null;
  to: Day | null;
}

/** @throws AppError `invalid` for what is no day, and for an end before the beginning */
export const readPeriod = (from: string | undefined, to: string | undefined): Period => {
  const period = { from: readBound('from', from), to: readBound('to', to) };
  checkPeriod(period.from, period.to);
  return period;
};

const readBound = (path: string, text: string | undefined): Day | null => {
  if (text === undefined) return null;
  const day = readDay(text);
  if (day === undefined) throw invalid(`${path} is not a day.`, [{ path, message: 'must be like 2026-01-31' }]);
  return day;
};

export const yearPeriod = (year: number): Period => ({ from: year * 10_000 + 101, to: year * 10_000 + 1231 });

/** The months that a period touches, as a whole. */
export const inWholeMonths = ({ from, to }: Period): Period => ({
  from: from === null ? null : monthOf(from) * 100 + 1,
  to: to === null ? null : lastOfMonth(monthOf(to)),
});

/** Which rows of `watch_days` lie wholly within a period: between two numbers, save two that only touch it. */
export interface DayRange {
  first: number;
  last: number;
  notMonth: number;
  notYear: number;
}

export const dayRange = ({ from, to }: Period): DayRange => ({
  first: from === null ? 0 : firstNumber(from),
  last: to ?? LAST_DAY,
  notMonth: to === null || lastOfMonth(monthOf(to)) === to ? NONE : monthOf(to) * 100,
  notYear: to === null || to % 10_000 === 1231 ? NONE : yearOf(to) * 10_000,
});

/** What is known by its month or year alone stands before the first day of it. */
const firstNumber = (from: Day): number => {
  if (from % 10_000 === 101) return yearOf(from) * 10_000;
  return from % 100 === 1 ? monthOf(from) * 100 : from;
};

export const monthRange = ({ from, to }: Period): { first: number; last: number } => ({
  first: from === null ? 0 : monthOf(from),
  last: to === null ? LAST_DAY : monthOf(to),
});

const NONE = -1;
const LAST_DAY = 99_991_231;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

/** Periods of `watch_roots` that make up whole months: whole years where there are, else months. */
export const rootPeriods = ({ from, to }: Period): number[] => {
  const first = from === null ? FIRST_YEAR * 100 + 1 : Math.max(monthOf(from), FIRST_YEAR * 100 + 1);
  const last = to === null ? LAST_YEAR * 100 + 12 : Math.min(monthOf(to), LAST_YEAR * 100 + 12);
  const periods = from === null && to === null ? [0] : [];
  for (let year = Math.floor(first / 100); year <= Math.floor(last / 100); year++) {
    const start = Math.max(first, year * 100 + 1);
    const end = Math.min(last, year * 100 + 12);
    if (start === year * 100 + 1 && end === year * 100 + 12) periods.push(year * 100);
    else for (let month = start; month <= end; month++) periods.push(month);
  }
  return periods;
};
