import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, fromIso, toIso } from './clock.ts';

test('an instant is written as Date writes it', () => {
  for (const at of [
    0,
    1,
    999,
    DAY - 1,
    DAY,
    951_782_400_000,
    951_868_800_000,
    4_107_542_399_999,
    253_402_300_799_999,
  ]) {
    expect(toIso(at)).toBe(new Date(at).toISOString());
  }
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 300_000_000_000_000 }), (at) => {
      expect(toIso(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 5000 },
  );
  for (let day = 0; day < 400 * 366; day += 1) expect(toIso(day * DAY)).toBe(new Date(day * DAY).toISOString());
});

test('what is written is read back', () => {
  expect(fromIso(toIso(1_700_000_000_123))).toBe(1_700_000_000_123);
  expect(fromIso('yesterday')).toBeUndefined();
});
