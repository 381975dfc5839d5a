import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import { asId } from '#kernel/ids.ts';
import { type Possible, pathTail, score, type Wanted } from './score.ts';

const alien: Wanted = {
  title: 'Alien',
  year: 1979,
  runtimeMs: 2 * HOUR,
  path: '/films/Alien (1979)/Alien.mkv',
  externalIds: [{ provider: 'imdb', value: 'tt0078748' }],
};
const item = (facts: Partial<Possible>): Possible => ({
  id: asId(1),
  title: 'Alien',
  parentId: null,
  rootId: null,
  paths: [],
  externalIds: [],
  ...facts,
});

describe('how well an item fits a copy', () => {
  test('what names the work counts most, and what names another counts against', () => {
    const same = score(alien, item({ year: 1979, externalIds: alien.externalIds }));
    expect(same).toEqual({ score: 100, reasons: ['the same imdb id', 'the same title', 'the same year'] });
    const other = score(alien, item({ year: 1979, externalIds: [{ provider: 'imdb', value: 'tt1' }] }));
    expect(other).toEqual({ score: 0, reasons: ['another imdb id', 'the same title', 'the same year'] });
  });

  test('titles are folded, in any of their languages, or similar', () => {
    const reasons = (title: string, originalTitle?: string) =>
      score(
        { ...alien, title, originalTitle, externalIds: [] },
        item({ title: 'Amélie', originalTitle: 'Le fabuleux destin' }),
      ).reasons;
    expect(reasons('AMELIE')).toEqual(['the same title']);
    expect(reasons('Le Fabuleux Destin')).toEqual(['the same title in one of its languages']);
    expect(reasons('Destin', 'Le destin fabuleux')).toEqual(['a similar title']);
    expect(reasons('Die Welt')).toEqual([]);
  });

  test('year and length speak for and against', () => {
    const points = (facts: Partial<Possible>) => score({ ...alien, externalIds: [] }, item(facts)).score;
    expect(points({ year: 1979 })).toBe(40);
    expect(points({ year: 1980 })).toBe(32);
    expect(points({ year: 2003 })).toBe(10);
    expect(points({ runtimeMs: 2 * HOUR - MINUTE })).toBe(35);
    expect(points({ runtimeMs: HOUR })).toBe(15);
  });

  test('episodes and tracks by where they stand', () => {
    const wanted: Wanted = {
      title: 'Pilot',
      path: null,
      externalIds: [],
      parentId: asId(5),
      seasonNumber: 1,
      episodeNumber: 2,
    };
    expect(score(wanted, item({ title: 'x', rootId: asId(5), seasonNumber: 1, episodeNumber: 2 })).score).toBe(45);
    expect(score(wanted, item({ title: 'Pilot', rootId: asId(6), seasonNumber: 1, episodeNumber: 3 })).score).toBe(0);
  });

  test('a file counts with its folder, never by its bare name', () => {
    const reasons = (path: string | null, other: string) =>
      score({ ...alien, title: '', path, externalIds: [], year: null }, item({ title: 'y', paths: [other] })).reasons;
    expect(reasons('/a/Alien (1979)/Alien.mkv', 'D:\\films\\alien (1979)\\ALIEN.MKV')).toEqual([
      'the same file in the same folder',
    ]);
    expect(reasons('movie.mkv', 'movie.mkv')).toEqual([]);
    expect(reasons('/a/movie.mkv', '/b/movie.mkv')).toEqual([]);
    expect(pathTail('smb://movie.mkv')).toBeUndefined();
    expect(pathTail(null)).toBeUndefined();
  });
});
