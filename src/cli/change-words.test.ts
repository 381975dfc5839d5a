import { expect, test } from 'vitest';
import { changeOf } from './change-words.ts';

const BLANK = { watched: false, playCount: 0, positionMs: null, lastPlayedAt: null, favourite: null, rating: null };
const at = Date.UTC(2026, 4, 1, 20, 3);

test.each([
  [
    'taken over',
    BLANK,
    { ...BLANK, watched: true, playCount: 1, lastPlayedAt: at },
    'unwatched → watched 2026-05-01 20:03, 0 plays → 1 play',
  ],
  ['a position', BLANK, { ...BLANK, positionMs: 3_723_000 }, 'at no position → at 1:02:03'],
  [
    'to be written',
    BLANK,
    { watched: { value: true, at, playCount: 2 }, position: null },
    'unwatched → watched 2026-05-01 20:03, 0 plays → 2 plays',
  ],
  ['unwatched', { ...BLANK, watched: true }, { watched: { value: false } }, 'watched → unwatched'],
  [
    'told by them',
    { ...BLANK, favourite: true },
    { state: { ...BLANK, position: null }, opinion: { favourite: false, rating: null } },
    'favourite → no favourite',
  ],
  ['a rating', BLANK, { rating: 8 }, 'no rating → rated 8 of 10'],
  ['of a new entry', undefined, { title: 'Alien', year: 1979, kind: 'movie' }, ''],
  ['another work', { itemId: 1, title: 'Alien' }, { title: 'Aliens', year: 1986 }, '"Alien" → "Aliens" (1986)'],
  ['gone', { title: 'Alien', path: null }, null, 'gone'],
  ['nothing known', null, null, ''],
  ['something else', 'x', 7, ''],
])('a change in words: %s', (_name, before, after, words) => {
  expect(changeOf(before, after)).toBe(words);
});
