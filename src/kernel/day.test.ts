import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from './clock.ts';
import { dayOf, daysSince1970, dayText, lastOfMonth, readDay, weekdayOf, weekText } from './day.ts';

test('days, and the ISO weeks that the turn of a year is known for', () => {
  expect(dayOf(0)).toBe(19_700_101);
  expect(weekdayOf(0)).toBe(3);
  expect(weekdayOf(-4)).toBe(6);
  expect([20_201_231, 20_210_103, 20_210_104, 20_241_230, 20_271_231].map(weekText)).toEqual([
    '2020-W53',
    '2020-W53',
    '2021-W01',
    '2025-W01',
    '2027-W52',
  ]);
  expect([202_402, 202_302, 202_312].map(lastOfMonth)).toEqual([20_240_229, 20_230_228, 20_231_231]);
  expect(['2026-02-30', '2026-1-1', '0812-01-01', 'x'].map(readDay)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 80_000 }), (days) => {
      const day = dayOf(days);
      expect(dayText(day)).toBe(new Date(days * DAY).toISOString().slice(0, 10));
      expect(daysSince1970(day)).toBe(days);
      expect(readDay(dayText(day))).toBe(day);
    }),
  );
});
