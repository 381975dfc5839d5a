import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '#kernel/clock.ts';
import {
  type ChoiceChange,
  checkKind,
  checkLeaf,
  checkSnooze,
  chosenAt,
  isDropped,
  isSnoozed,
  newestChosen,
  noChoice,
  type Snooze,
  specialsPlaces,
  takeChoice,
} from './choice.ts';

const snoozes: fc.Arbitrary<Snooze> = fc.oneof(
  fc.constant<Snooze>({ untilNew: true }),
  fc.integer({ min: 1, max: 9 }).map((until) => ({ until })),
);
const changes: fc.Arbitrary<ChoiceChange> = fc.record(
  {
    dropped: fc.boolean(),
    snooze: fc.option(snoozes),
    specials: fc.option(fc.constantFrom(...specialsPlaces)),
  },
  { requiredKeys: [] },
);
const words = fc.array(fc.record({ change: changes, at: fc.integer({ min: 1, max: 5 }) }), { maxLength: 8 });
type Word = typeof words extends fc.Arbitrary<(infer T)[]> ? T : never;

const all = (told: Word[]) => told.reduce((known, { change, at }) => takeChoice(known, change, at), noChoice);

describe('what is chosen', () => {
  test('is the same whatever the order in which it arrives, and however often', () => {
    fc.assert(
      fc.property(words, fc.nat(), (told, turn) => {
        const turned = [...told.slice(turn % (told.length + 1)), ...told.slice(0, turn % (told.length + 1))];
        expect(all([...turned].reverse())).toEqual(all(told));
        expect(all([...turned, ...told])).toEqual(all(told));
      }),
    );
  });

  test('is the newest word of each sort', () => {
    fc.assert(
      fc.property(words, (told) => {
        const taken = all(told);
        for (const register of ['dropped', 'snooze', 'specials'] as const) {
          const instants = told.filter(({ change }) => change[register] !== undefined).map(({ at }) => at);
          expect(taken[register].at).toBe(instants.length === 0 ? null : Math.max(...instants));
          const newest = told.filter(({ change, at }) => change[register] !== undefined && at === taken[register].at);
          if (newest.length > 0)
            expect(newest.map(({ change }) => change[register])).toContainEqual(taken[register].value);
        }
        expect(chosenAt(taken)).toBe(Math.max(0, ...told.flatMap(({ change, at }) => (isEmpty(change) ? [] : [at]))));
      }),
    );
  });

  test('says whether anything changed, and how new what is known of it is', () => {
    const dropped = takeChoice(noChoice, { dropped: true }, 10);
    expect(takeChoice(dropped, { dropped: false }, 9)).toBe(dropped);
    expect(takeChoice(dropped, { dropped: false }, 10)).toBe(dropped);
    expect(takeChoice(dropped, { dropped: false }, 11).dropped).toEqual({ value: false, at: 11 });
    expect(newestChosen(dropped, { dropped: false })).toBe(10);
    expect(newestChosen(dropped, { snooze: null })).toBeUndefined();
  });
});

const isEmpty = (change: ChoiceChange) => Object.values(change).every((value) => value === undefined);

describe('what holds', () => {
  test('is dropped until there is newer activity', () => {
    const dropped = takeChoice(noChoice, { dropped: true }, 10);
    expect([null, 9, 10, 11].map((at) => isDropped(dropped, at))).toEqual([true, true, true, false]);
    expect(isDropped(takeChoice(dropped, { dropped: false }, 12), null)).toBe(false);
  });

  test('is snoozed until an instant, or until an episode is added', () => {
    const dated = takeChoice(noChoice, { snooze: { until: 20 } }, 10);
    expect([19, 20, 21].map((now) => isSnoozed(dated, 15, now))).toEqual([true, false, false]);
    const waiting = takeChoice(noChoice, { snooze: { untilNew: true } }, 10);
    expect([null, 9, 10, 11].map((added) => isSnoozed(waiting, added, 99))).toEqual([true, true, true, false]);
    expect(isSnoozed(noChoice, null, 0)).toBe(false);
  });
});

describe('what may be chosen', () => {
  test('is a date ahead, at most ten years, or the next episode of a series', () => {
    checkSnooze('movie', { until: 11 }, 10);
    checkSnooze('series', { untilNew: true }, 10);
    expect(() => checkSnooze('movie', { until: 10 }, 10)).toThrow('future');
    expect(() => checkSnooze('movie', { until: 4000 * DAY }, 10)).toThrow('ten years');
    expect(() => checkSnooze('movie', { untilNew: true }, 10)).toThrow('only for a series');
  });

  test('is of what stands in a list', () => {
    checkKind('series', { specials: 'after' });
    checkKind('movie', { dropped: true });
    expect(() => checkKind('movie', { specials: null })).toThrow('Only a series');
    expect(() => checkKind('library', { dropped: true })).toThrow('name a series');
    checkLeaf('episode');
    expect(() => checkLeaf('season')).toThrow('drop or snooze this season');
  });
});
