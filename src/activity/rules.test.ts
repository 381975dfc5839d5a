import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#kernel/clock.ts';
import { asId } from '#kernel/ids.ts';
import { instantOf } from './marks/instants.ts';
import { decidingMark, isWatched, newestOf } from './marks/watched.ts';
import { SITTING_GAP, type Sitting, sittingOf } from './playing/play.ts';
import { checkPosition, judge, takesRegister, thresholds } from './playing/progress.ts';

describe('marks', () => {
  const mark = fc.record({ watched: fc.boolean(), at: fc.nat({ max: 6 }) });
  const placed = fc.record({ mark, above: fc.boolean() });

  test('the deciding one is what setting leaf by leaf leaves, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(placed, { maxLength: 8 }), fc.nat({ max: 6 }), (marks, addedAt) => {
        let model = false;
        const inOrder = marks.toSorted(
          (a, b) => a.mark.at - b.mark.at || Number(a.mark.watched) - Number(b.mark.watched),
        );
        for (const one of inOrder) if (!one.above || addedAt <= one.mark.at) model = one.mark.watched;
        const of = (above: boolean) => marks.filter((one) => one.above === above).map((one) => one.mark);
        expect(isWatched(decidingMark(addedAt, of(false), of(true)))).toBe(model);
      }),
    );
  });

  test('merging is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(mark, mark, mark, (a, b, c) => {
        expect(newestOf([a, b])).toEqual(newestOf([b, a]));
        expect(newestOf([newestOf([a, b]), c])).toEqual(newestOf([a, newestOf([b, c])]));
        expect(newestOf([a, a])).toEqual(a);
      }),
    );
  });
});

describe('positions', () => {
  test.each([
    [59 * SECOND, null, 'noise'],
    [60 * SECOND, null, 'position'],
    [60 * SECOND, 10 * MINUTE, 'position'],
    [59 * SECOND, 10 * MINUTE, 'noise'],
    [5 * MINUTE, 2 * HOUR, 'noise'],
    [6 * MINUTE, 2 * HOUR, 'position'],
    [107 * MINUTE, 2 * HOUR, 'position'],
    [108 * MINUTE, 2 * HOUR, 'complete'],
    [27 * SECOND, 30 * SECOND, 'complete'],
  ] as const)('%d ms of %d ms of a film: %s', (position, duration, outcome) => {
    expect(judge(position, duration, thresholds.movie)).toBe(outcome);
  });

  test.each([
    [89 * SECOND, 3 * MINUTE, 'position'],
    [90 * SECOND, 3 * MINUTE, 'complete'],
    [4 * MINUTE, HOUR, 'complete'],
    [4 * MINUTE, null, 'complete'],
  ] as const)('%d ms of %d ms of a track: %s', (position, duration, outcome) => {
    expect(judge(position, duration, thresholds.track)).toBe(outcome);
  });

  test('stay within the recording, with a little patience for players and catalogs', () => {
    expect(checkPosition(HOUR + SECOND, HOUR, null)).toEqual({ positionMs: HOUR, durationMs: HOUR });
    expect(checkPosition(HOUR + 4 * MINUTE, null, HOUR)).toEqual({ positionMs: HOUR, durationMs: HOUR });
    expect(checkPosition(12.6, null, null)).toEqual({ positionMs: 13, durationMs: null });
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => checkPosition(bad, null, null)).toThrow();
    expect(() => checkPosition(HOUR + 2 * MINUTE, HOUR, 3 * HOUR)).toThrow('beyond the end');
    expect(() => checkPosition(2 * HOUR, null, HOUR)).toThrow('beyond the end');
    expect(() => checkPosition(0, -5, null)).toThrow('duration');
  });

  test('the register ends the same in whatever order reports come', () => {
    const report = fc.record({ reportedAt: fc.nat({ max: 4 }), positionMs: fc.option(fc.nat({ max: 3 })) });
    type Report = { reportedAt: number; positionMs: number | null };
    const end = (reports: Report[]) =>
      reports.reduce<Report | undefined>((register, one) => (takesRegister(one, register) ? one : register), undefined);
    fc.assert(
      fc.property(fc.array(report, { maxLength: 6 }), (reports) => {
        expect(end(reports.toReversed())).toEqual(end(reports));
        expect(end([...reports, ...reports])).toEqual(end(reports));
        if (reports.length > 0)
          expect(end(reports)!.reportedAt).toBe(Math.max(...reports.map((one) => one.reportedAt)));
      }),
    );
  });
});

describe('sittings', () => {
  const sitting = (startedAt: number, lastAt: number, more: Partial<Sitting> = {}): Sitting => ({
    id: asId(startedAt),
    startedAt,
    lastAt,
    endedAt: null,
    positionMs: HOUR,
    durationMs: null,
    completed: false,
    confirmed: true,
    watchedMs: 0,
    ...more,
  });
  const report = (at: number, more = {}) =>
    ({ at, positionMs: HOUR, outcome: 'position', event: 'progress', ...more }) as const;

  test('go on after a pause, not after a long one', () => {
    const one = sitting(HOUR, 2 * HOUR);
    expect(sittingOf([one], report(2 * HOUR + SITTING_GAP))).toBe(one);
    expect(sittingOf([one], report(2 * HOUR + SITTING_GAP + 1))).toBeUndefined();
    expect(sittingOf([one], report(1.5 * HOUR))).toBe(one);
    expect(sittingOf([one], report(HOUR - SITTING_GAP))).toBe(one);
    expect(sittingOf([one], report(HOUR - SITTING_GAP - 1))).toBeUndefined();
  });

  test('after the end the credits still belong to it, a new start does not', () => {
    const one = sitting(HOUR, 2 * HOUR, { completed: true });
    expect(sittingOf([one], report(2 * HOUR + 1, { outcome: 'complete', event: 'stop' }))).toBe(one);
    expect(sittingOf([one], report(2 * HOUR + 1, { positionMs: 0.8 * HOUR }))).toBe(one);
    expect(sittingOf([one], report(2 * HOUR + 1, { positionMs: 0.8 * HOUR, event: 'start' }))).toBeUndefined();
    expect(sittingOf([one], report(2 * HOUR + 1, { positionMs: 0, outcome: 'noise' }))).toBeUndefined();
  });

  test('the one around a late report is preferred', () => {
    const [early, late] = [sitting(HOUR, 2 * HOUR), sitting(2 * HOUR + MINUTE, 3 * HOUR)];
    expect(sittingOf([late, early], report(1.9 * HOUR))).toBe(early);
    expect(sittingOf([late, early], report(2 * HOUR + 1))).toBe(early);
    expect(sittingOf([late, early], report(2.5 * HOUR))).toBe(late);
  });
});

test('an instant told is checked; none told comes after all that is known', () => {
  const now = 1_700_000_000_000;
  expect(instantOf(undefined, now, undefined)).toBe(now);
  expect(instantOf(undefined, now, now - 5)).toBe(now);
  expect(instantOf(undefined, now, now)).toBe(now + 1);
  expect(instantOf(now - HOUR, now, now)).toBe(now - HOUR);
  expect(instantOf(now + 5 * MINUTE, now, undefined)).toBe(now);
  for (const bad of [now + 5 * MINUTE + 1, 0, -1, Number.NaN, 1.5])
    expect(() => instantOf(bad, now, undefined)).toThrow();
});
