import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import type { Standing } from '#sync/media-server.ts';
import { type Kept, outcomeOf, valuesOf } from './change.ts';

const zone = { sort: 'named', name: 'America/New_York' } as const;
const at = Date.UTC(2026, 10, 20, 3, 0, 7, 900);
const movie: Kept = { state: true, position: 'own', rating: true, durationMs: 90 * MINUTE };
const song: Kept = { ...movie, position: 'none' };
const show: Kept = { ...song, state: false };
const unseen: Standing = {
  state: { watched: false, playCount: 0, lastPlayedAt: null, position: null },
  opinion: { rating: null },
};
const begun: Standing = {
  ...unseen,
  state: { watched: false, playCount: 1, lastPlayedAt: at, position: { positionMs: 60_500, durationMs: 120_000 } },
};

describe('what Kodi is told', () => {
  test.each([
    [
      'watched',
      { watched: { value: true, at, playCount: 2 } },
      unseen,
      movie,
      { playcount: 2, lastplayed: '2026-11-19 22:00:07', resume: { position: 0, total: 0 } },
    ],
    [
      'watched, of which it knows more',
      { watched: { value: true, at, playCount: 0 } },
      { state: { ...unseen.state, playCount: 5 } },
      movie,
      { playcount: 5, lastplayed: '2026-11-19 22:00:07', resume: { position: 0, total: 0 } },
    ],
    [
      'watched before it was begun again',
      { watched: { value: true, at: at - HOUR, playCount: 1 } },
      begun,
      movie,
      { playcount: 1, lastplayed: '2026-11-19 22:00:07', resume: { position: 60, total: 120 } },
    ],
    [
      'watched and begun again after',
      { watched: { value: true, at, playCount: 1 }, position: { positionMs: 5999, durationMs: null, at: at + HOUR } },
      unseen,
      movie,
      { playcount: 1, lastplayed: '2026-11-19 23:00:07', resume: { position: 5, total: 5400 } },
    ],
    [
      'unwatched',
      { watched: { value: false } },
      begun,
      movie,
      { playcount: 0, lastplayed: '', resume: { position: 0, total: 0 } },
    ],
    [
      'a place in it',
      { position: { positionMs: 25_500, durationMs: 60_000, at: at + HOUR } },
      begun,
      movie,
      { playcount: 1, lastplayed: '2026-11-19 23:00:07', resume: { position: 25, total: 60 } },
    ],
    [
      'no place in it',
      { position: null },
      begun,
      movie,
      { playcount: 1, lastplayed: '2026-11-19 22:00:07', resume: { position: 0, total: 0 } },
    ],
    ['a place in a song', { position: { positionMs: 1, durationMs: null, at } }, unseen, song, {}],
    [
      'a song',
      { watched: { value: true, at, playCount: 1 } },
      unseen,
      song,
      { playcount: 1, lastplayed: '2026-11-19 22:00:07' },
    ],
    ['a place in a later episode of a file', { position: null }, unseen, { ...movie, position: 'shared' }, {}],
    ['half a star', { rating: 0.5 }, unseen, movie, { userrating: 1 }],
    ['seven and a half', { rating: 7.5 }, unseen, show, { userrating: 8 }],
    ['no rating', { rating: null }, unseen, movie, { userrating: 0 }],
    ['a favourite', { favourite: true }, unseen, movie, {}],
    ['a watched show', { watched: { value: true, at, playCount: 1 } }, {}, show, {}],
  ] as [string, object, Standing, Kept, object][])('%s', (_name, change, before, kept, values) => {
    expect(valuesOf(change, before, kept, zone)).toEqual(values);
  });
});

describe('what became of it', () => {
  const watched = { value: true, at, playCount: 2 } as const;
  const second = Math.floor(at / 1000) * 1000;
  const after: Standing = {
    state: { watched: true, playCount: 2, lastPlayedAt: second, position: null },
    opinion: { rating: null },
  };

  test('all of it, to the second', () => {
    expect(outcomeOf({ watched, position: null, rating: null }, unseen, after)).toEqual({
      outcome: 'written',
      dropped: [],
    });
  });

  test('is named where it is not there', () => {
    const other: Standing = { state: { ...after.state!, playCount: 1, lastPlayedAt: second - HOUR } };
    expect(outcomeOf({ watched, favourite: true, rating: 3 }, unseen, other)).toEqual({
      outcome: 'partial',
      dropped: ['playCount', 'lastPlayedAt', 'favourite', 'rating'],
    });
    expect(outcomeOf({ watched: { value: false } }, unseen, after).outcome).toBe('unsupported');
    expect(outcomeOf({ watched }, {}, {}).dropped).toEqual(['watched', 'playCount', 'lastPlayedAt']);
  });
});
