import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '#kernel/day.ts';
import { isAppError } from '#kernel/errors.ts';
import { dayRange, inWholeMonths, readPeriod, rootPeriods } from './period.ts';
import { longestStreak, streaksOf } from './streak.ts';

test('streaks: today may still be to come, a gap ends one, of two as long the newer counts', () => {
  const days = [20_251_230, 20_251_231, 20_260_101, 20_260_110, 20_260_111, 20_260_112];
  expect(streaksOf(days, 20_260_112).current).toEqual({ days: 3, from: 20_260_110, to: 20_260_112 });
  expect(streaksOf(days, 20_260_113).current).toMatchObject({ days: 3 });
  expect(streaksOf(days, 20_260_114).current).toBeNull();
  expect(streaksOf(days, 20_260_114).longest).toEqual({ days: 3, from: 20_260_110, to: 20_260_112 });
  expect(streaksOf([], 20_260_114)).toEqual({ current: null, longest: null });
  expect(longestStreak([20_260_228, 20_260_301, 20_260_303])).toEqual({ days: 2, from: 20_260_228, to: 20_260_301 });
});

test('the longest streak is what trying every day says', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(40)), (numbers) => {
      const days = numbers.toSorted((a, b) => a - b).map((n) => dayOf(20_000 + n));
      const lengthFrom = (n: number): number => (numbers.includes(n) ? 1 + lengthFrom(n + 1) : 0);
      const longest = Math.max(0, ...numbers.map(lengthFrom));
      expect(longestStreak(days)?.days ?? 0).toBe(longest);
    }),
  );
});

test('a period holds what is known by its month or year only where the whole of it is inside', () => {
  const holds = (from: string | undefined, to: string | undefined, number: number): boolean => {
    const { first, last, notMonth, notYear } = dayRange(readPeriod(from, to));
    return number >= first && number <= last && number !== notMonth && number !== notYear;
  };
  const kept = (from?: string, to?: string) =>
    [0, 20_260_000, 20_260_100, 20_260_200, 20_260_115].filter((number) => holds(from, to, number));
  expect(kept()).toEqual([0, 20_260_000, 20_260_100, 20_260_200, 20_260_115]);
  expect(kept('2026-01-01', '2026-12-31')).toEqual([20_260_000, 20_260_100, 20_260_200, 20_260_115]);
  expect(kept('2026-01-01', '2026-02-27')).toEqual([20_260_100, 20_260_115]);
  expect(kept('2026-01-02', '2026-02-28')).toEqual([20_260_200, 20_260_115]);
  expect(kept('2026-01-15', '2026-01-15')).toEqual([20_260_115]);
});

test('whole months are made of whole years where there are', () => {
  const periods = (from?: string, to?: string) => rootPeriods(inWholeMonths(readPeriod(from, to)));
  expect(periods('2024-11-05', '2026-02-01')).toEqual([202_411, 202_412, 202_500, 202_601, 202_602]);
  expect(periods()).toContain(0);
  expect(periods().every((period) => period % 100 === 0)).toBe(true);
  expect(periods('2026-12-31')).not.toContain(0);
  expect(() => readPeriod('2026-02-01', '2026-01-01')).toThrow('ends before');
  try {
    readPeriod('2026-02-31', undefined);
  } catch (error) {
    expect(isAppError(error, 'invalid')).toBe(true);
  }
});
