import { describe, expect, test } from 'vitest';
import type { Mark } from '#activity/marks/watched.ts';
import { DAY } from '#kernel/clock.ts';
import { asId } from '#kernel/ids.ts';
import type { Episode } from './episode.ts';
import { orderedBy, type Specials } from './order.ts';
import { pointerOf, usualWay } from './pointer.ts';

const NOW = 1000 * DAY;

/** Two specials and three regular episodes, shown a week apart; the first special between the first two. */
const episode = (id: number, special: boolean, shown: number | null): Episode => ({
  id: asId(id),
  special,
  playOrder: id,
  releasedAt: shown,
  here: true,
});
const specials = [episode(1, true, 10 * DAY), episode(2, true, null)];
const regular = [episode(11, false, 7 * DAY), episode(12, false, 14 * DAY), episode(13, false, 21 * DAY)];
const all = [...regular, ...specials];

const watched = (...marks: [id: number, at: number][]) => {
  const known = new Map(marks.map(([id, at]): [number, Mark] => [id, { watched: true, at }]));
  return (one: Episode) => known.get(one.id);
};
const next = (marks: [number, number][], way: { since?: number; specials?: Specials } = {}) =>
  pointerOf(all, watched(...marks), NOW, { ...usualWay, ...way }).next?.id;

describe('the order of episodes', () => {
  const ids = (wish: Specials | null) => orderedBy(wish, all).map((one) => one.id);

  test('is that of their numbers, specials first; or with specials by date, after all, or without them', () => {
    expect(ids(null)).toEqual([1, 2, 11, 12, 13]);
    expect(ids('inline')).toEqual([11, 1, 12, 13, 2]);
    expect(ids('after')).toEqual([11, 12, 13, 1, 2]);
    expect(ids('never')).toEqual([11, 12, 13]);
  });

  test('has a special of the day of a regular episode after that one, and one before all in front', () => {
    const early = episode(3, true, DAY);
    const same = episode(4, true, 14 * DAY);
    expect(orderedBy('inline', [...regular, same, early]).map((one) => one.id)).toEqual([3, 11, 12, 4, 13]);
  });
});

describe('specials in next up', () => {
  test.each([
    ['by default only where they are being watched', [[11, 1]], undefined, 12],
    ['as they are here', [[1, 1]], undefined, 2],
    ['inline: the one that was shown then', [[11, 1]], 'inline', 1],
    ['inline: after the last that has a date', [[13, 1]], 'inline', 2],
    ['after: regular ones first', [[11, 1]], 'after', 12],
    ['after: then the specials', [[13, 1]], 'after', 1],
    ['never, not even after a special', [[1, 1]], 'never', undefined],
    ['never: the regular one counts as the last', [[11, 1], [1, 2]], 'never', 12], // biome-ignore format: a table
  ] as const)('%s', (_, marks, wish, expected) => {
    expect(
      next(
        marks.map(([id, at]) => [id, at]),
        wish === undefined ? {} : { specials: wish },
      ),
    ).toBe(expected);
  });
});

describe('a series begun anew', () => {
  const finished: [number, number][] = [[11, 1], [12, 2], [13, 3]]; // biome-ignore format: a table

  test('starts at its first regular episode', () => {
    expect(next(finished)).toBeUndefined();
    expect(next(finished, { since: 10 })).toBe(11);
    expect(next(finished, { since: 10, specials: 'inline' })).toBe(11);
  });

  test('goes on from what was seen since; what is watched stays watched', () => {
    expect(next([...finished, [11, 20]], { since: 10 })).toBe(12);
    expect(next([...finished, [13, 20]], { since: 10 })).toBeUndefined();
  });

  test('counts what was seen at the very instant it began', () => {
    expect(next([[11, 10]], { since: 10 })).toBe(12);
  });

  test('passes over what is retired', () => {
    const gone = all.map((one) => (one.id === 11 ? { ...one, here: false } : one));
    expect(pointerOf(gone, watched(...finished), NOW, { since: 10, specials: null }).next?.id).toBe(12);
  });
});
