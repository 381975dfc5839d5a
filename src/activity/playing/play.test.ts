import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#kernel/clock.ts';
import { begun, movedOn, type Told } from './play.ts';

const told = (at: number, positionMs: number | null, more: Partial<Told> = {}): Told => ({
  at,
  positionMs,
  durationMs: HOUR,
  completed: positionMs !== null && positionMs >= 0.9 * HOUR,
  event: 'progress',
  ...more,
});

/** The play that some reports leave, in the order given. */
const played = ([first, ...more]: Told[]) =>
  more.reduce((sitting, one) => movedOn(sitting, one) ?? sitting, begun(first!));

describe('time watched', () => {
  test('is what the position advances, at most the time gone by', () => {
    const start = told(0, 0);
    expect(played([start]).watchedMs).toBe(0);
    expect(played([start, told(10 * MINUTE, 10 * MINUTE)]).watchedMs).toBe(10 * MINUTE);
    expect(played([start, told(10 * MINUTE, 40 * MINUTE)]).watchedMs, 'sought ahead').toBe(10 * MINUTE);
    expect(played([start, told(10 * MINUTE, 2 * MINUTE)]).watchedMs, 'paused').toBe(2 * MINUTE);
    expect(played([told(0, HOUR / 2), told(MINUTE, 0)]).watchedMs, 'sought back').toBe(0);
    expect(played([told(0, HOUR / 2), told(MINUTE, 0), told(3 * MINUTE, 2 * MINUTE)]).watchedMs).toBe(2 * MINUTE);
  });

  test('where the source cannot tell a position it is the time gone by', () => {
    expect(played([told(0, null), told(20 * MINUTE, null)]).watchedMs).toBe(20 * MINUTE);
  });

  test('a play told only at its end was seen as long as it is; one begun before is measured', () => {
    const end = told(HOUR, 0.95 * HOUR);
    expect(played([end]).watchedMs).toBe(HOUR);
    expect(played([{ ...end, durationMs: null }]).watchedMs).toBe(0);
    expect(played([end, told(HOUR + MINUTE, 0.96 * HOUR)]).watchedMs, 'the credits go on').toBe(HOUR);
    const before = told(HOUR - 10 * MINUTE, 0.9 * HOUR - 5 * MINUTE);
    const measured = 8 * MINUTE;
    expect([played([before, end]).watchedMs, played([end, before]).watchedMs]).toEqual([measured, measured]);
    expect(played([told(0, 0), told(10 * SECOND, 0.95 * HOUR)]).watchedMs, 'sought to the end').toBe(10 * SECOND);
  });

  test('never negative, never more than went by; and no order of reports changes that of a steady play', () => {
    const steps = fc.array(fc.record({ gone: fc.integer({ min: 1, max: 100 }), paused: fc.nat({ max: 100 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    const steady = steps.map((all) => {
      let at = 1000;
      let positionMs = 0;
      return all.map(({ gone, paused }) => {
        at += gone + paused;
        positionMs += gone;
        return told(at, positionMs, { durationMs: 10_000, completed: false });
      });
    });
    fc.assert(
      fc.property(
        steady.chain((reports) =>
          fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })),
        ),
        ([reports, shuffled]) => {
          const [ordered, mixed] = [played(reports), played([...shuffled, ...shuffled])];
          expect(mixed).toEqual(ordered);
          expect(ordered.watchedMs).toBe(reports.at(-1)!.positionMs! - reports[0]!.positionMs!);
        },
      ),
    );
    const any = fc.record({ at: fc.nat({ max: 50 }), positionMs: fc.nat({ max: 100 }), completed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), (reports) => {
        const sitting = played(reports.map((one) => told(one.at, one.positionMs, { ...one, durationMs: 100 })));
        expect(sitting.watchedMs).toBeGreaterThanOrEqual(0);
        if (!sitting.completed) expect(sitting.watchedMs).toBeLessThanOrEqual(sitting.lastAt - sitting.startedAt);
        expect(sitting.watchedMs).toBeLessThanOrEqual(Math.max(100, sitting.lastAt - sitting.startedAt));
      }),
    );
  });
});

describe('a play is history', () => {
  test('once a second instant was told, or its end; the same report again does not make it so', () => {
    const one = told(MINUTE, HOUR / 2);
    expect(begun(one).confirmed).toBe(false);
    expect(movedOn(begun(one), one)).toBeUndefined();
    expect(played([one, told(2 * MINUTE, HOUR / 2)]).confirmed).toBe(true);
    expect(played([one, told(0, 0)]).confirmed).toBe(true);
    expect(begun(told(0, HOUR)).confirmed).toBe(true);
    expect(played([one, told(MINUTE, HOUR)])).toMatchObject({ confirmed: true, completed: true });
  });

  test('a late report begins it earlier and moves nothing else', () => {
    const sitting = played([told(MINUTE, HOUR / 2), told(2 * MINUTE, HOUR / 2 + MINUTE, { event: 'stop' })]);
    expect(movedOn(sitting, told(0, 10, { event: 'stop' }))).toMatchObject({
      startedAt: 0,
      lastAt: 2 * MINUTE,
      endedAt: 2 * MINUTE,
      positionMs: HOUR / 2 + MINUTE,
    });
  });
});
