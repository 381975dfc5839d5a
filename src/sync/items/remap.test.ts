import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId } from '#kernel/ids.ts';
import { type NewCopy, type OldCopy, placeOf, remap } from './remap.ts';

let counter = 0;
const old = (facts: Partial<OldCopy> & { item?: number }): OldCopy => {
  const { item, ...rest } = facts;
  const id = ++counter;
  return {
    id: asId(id),
    clientItemId: `old:${id}`,
    kind: 'movie',
    title: 'Film',
    year: null,
    path: null,
    decided: false,
    itemId: asId(item ?? id + 1000),
    externalIds: [],
    parentId: null,
    rootId: null,
    place: null,
    ...rest,
  };
};
const told = (facts: Partial<NewCopy>): NewCopy => ({
  remoteId: `new:${++counter}`,
  kind: 'movie',
  parentRemoteId: null,
  title: 'Film',
  year: null,
  path: null,
  externalIds: [],
  place: null,
  ...facts,
});
const imdb = (value: string) => [{ provider: 'imdb', value }];

const pairs = (olds: OldCopy[], news: NewCopy[]) => {
  const { moved, conflicting, fresh, gone } = remap(olds, news);
  return {
    moved: moved.map(({ copy, told: to, by }) => [olds.indexOf(copy), news.indexOf(to), by]),
    conflicting: conflicting.map(({ told: entry }) => news.indexOf(entry)),
    fresh: fresh.map((entry) => news.indexOf(entry)),
    gone: gone.map((copy) => olds.indexOf(copy)),
  };
};

describe('which entry of a new server is which copy of the old one', () => {
  test('external ids go before title and path', () => {
    const olds = [old({ title: 'Alien', path: '/a/Alien/1.mkv', externalIds: imdb('1') }), old({ title: 'Brazil' })];
    const news = [told({ title: 'Brazil', path: '/a/Alien/1.mkv', externalIds: imdb('1') }), told({ title: 'Cube' })];
    expect(pairs(olds, news)).toEqual({ moved: [[0, 0, 'external_id']], conflicting: [], fresh: [1], gone: [1] });
  });

  test('a contradiction of ids is never overruled by path or title', () => {
    const olds = [old({ title: 'Solaris', path: '/f/Solaris/1.mkv', externalIds: imdb('1') })];
    const news = [told({ title: 'Solaris', path: '/f/Solaris/1.mkv', externalIds: imdb('2') })];
    expect(pairs(olds, news)).toMatchObject({ moved: [], fresh: [0], gone: [0] });
  });

  test('paths, whole or by their end with the same title, and never a bare file name', () => {
    const olds = [
      old({ title: 'A', path: '/old/A (1990)/a.mkv' }),
      old({ title: 'B', path: '/same/B/b.mkv' }),
      old({ title: 'C', path: 'movie.mkv' }),
      old({ title: 'D', path: '/old/x/movie.mkv' }),
    ];
    const news = [
      told({ title: 'A', path: 'D:\\new\\A (1990)\\a.mkv' }),
      told({ title: 'Renamed', path: '/same/B/b.mkv' }),
      told({ title: 'Other', path: 'movie.mkv' }),
      told({ title: 'E', path: '/new/x/movie.mkv' }),
    ];
    expect(pairs(olds, news)).toEqual({
      moved: [
        [1, 1, 'path'],
        [0, 0, 'path'],
      ],
      conflicting: [],
      fresh: [2, 3],
      gone: [2, 3],
    });
  });

  test('title and year where exactly one work fits; else nobody guesses', () => {
    const olds = [old({ title: 'Solaris', year: 1972 }), old({ title: 'Solaris', year: 2002 }), old({ title: 'Cube' })];
    expect(pairs(olds, [told({ title: 'SOLARIS', year: 2002 }), told({ title: 'Cube', year: 1997 })])).toMatchObject({
      moved: [
        [1, 0, 'title'],
        [2, 1, 'title'],
      ],
      conflicting: [],
    });
    expect(pairs(olds, [told({ title: 'Solaris' })])).toMatchObject({ moved: [], conflicting: [0], gone: [0, 1, 2] });
    // Two of that title, and nothing says which of them is ours.
    expect(pairs([olds[2]!], [told({ title: 'Cube', year: 1997 }), told({ title: 'Cube', year: 2021 })])).toMatchObject(
      {
        moved: [],
        conflicting: [0, 1],
      },
    );
  });

  test('versions stay copies of their one item', () => {
    const olds = [
      old({ item: 7, externalIds: imdb('1'), path: '/f/Alien/hd.mkv' }),
      old({ item: 7, externalIds: imdb('1'), path: '/f/Alien/4k.mkv' }),
    ];
    const news = [
      told({ externalIds: imdb('1'), path: '/g/Alien/4k.mkv' }),
      told({ externalIds: imdb('1'), path: '/g/Alien/hd.mkv' }),
      told({ externalIds: imdb('1') }),
    ];
    const result = pairs(olds, news);
    expect(result.moved).toEqual(
      expect.arrayContaining([
        [1, 0, 'external_id'],
        [0, 1, 'external_id'],
      ]),
    );
    expect(result).toMatchObject({ conflicting: [], fresh: [2], gone: [] });
  });

  test('ids that name two of our items are a conflict', () => {
    const olds = [old({ externalIds: imdb('1') }), old({ externalIds: [{ provider: 'tmdb', value: '2' }] })];
    const news = [told({ externalIds: [...imdb('1'), { provider: 'tmdb', value: '2' }] })];
    expect(pairs(olds, news)).toMatchObject({ moved: [], conflicting: [0], gone: [0, 1] });
  });

  test('episodes by their place below the series that was found, and not below another', () => {
    const episode = (item: number, root: number, number: number, more: Partial<OldCopy> = {}) =>
      old({
        kind: 'episode',
        item,
        title: `Episode ${number}`,
        rootId: asId(root),
        place: placeOf('episode', { seasonNumber: 1, episodeNumber: number }),
        ...more,
      });
    const olds = [
      old({ kind: 'series', item: 1, title: 'Dark' }),
      old({ kind: 'series', item: 2, title: 'Light' }),
      episode(11, 1, 1),
      episode(12, 1, 2, { externalIds: imdb('5') }),
      episode(21, 2, 1, { path: '/tv/Light/1.mkv' }),
    ];
    const below = (parent: NewCopy, number: number, more: Partial<NewCopy> = {}) =>
      told({
        kind: 'episode',
        parentRemoteId: parent.remoteId,
        title: `Episode ${number}`,
        place: `1x${number}`,
        ...more,
      });
    const light = told({ kind: 'series', title: 'Light' });
    const dark = told({ kind: 'series', title: 'Dark' });
    const news = [
      light,
      dark,
      below(light, 1),
      below(dark, 1, { path: '/tv/Light/1.mkv' }),
      below(light, 2, { externalIds: imdb('5') }),
    ];
    expect(pairs(olds, news)).toEqual({
      moved: [
        [1, 0, 'title'],
        [0, 1, 'title'],
        [4, 2, 'title'],
        [2, 3, 'title'],
      ],
      conflicting: [],
      fresh: [4],
      gone: [3],
    });
  });

  test('two episodes in one file go each to its own', () => {
    const olds = [1, 2].map((number) =>
      old({ kind: 'episode', title: `E${number}`, rootId: asId(1), place: `1x${number}`, path: '/tv/Dark/1-2.mkv' }),
    );
    const news = [2, 1].map((number) =>
      told({ kind: 'episode', title: `E${number}`, place: `1x${number}`, path: '/tv/Dark/1-2.mkv' }),
    );
    expect(pairs(olds, news).moved).toEqual([
      [1, 0, 'path'],
      [0, 1, 'path'],
    ]);
  });

  test('what a person decided goes by what was told, whatever ids its item has', () => {
    const olds = [
      old({ title: 'Alien', decided: true, externalIds: imdb('9') }),
      old({ title: 'Holiday', decided: true, itemId: null, path: '/v/2009/holiday.mp4' }),
    ];
    const news = [
      told({ title: 'Nine', externalIds: imdb('9') }),
      told({ title: 'Alien', externalIds: imdb('1') }),
      told({ title: 'holiday', path: '/w/2009/holiday.mp4' }),
    ];
    expect(pairs(olds, news)).toEqual({
      moved: [
        [1, 2, 'decision'],
        [0, 1, 'decision'],
      ],
      conflicting: [],
      fresh: [0],
      gone: [],
    });
  });

  test('a decision waits until ids have told what the others of its title are', () => {
    const olds = [old({ title: 'Alien', decided: true }), old({ title: 'Alien', externalIds: imdb('1') })];
    const news = [told({ title: 'Alien', externalIds: imdb('1') }), told({ title: 'Alien' })];
    expect(pairs(olds, news)).toMatchObject({
      moved: [
        [1, 0, 'external_id'],
        [0, 1, 'decision'],
      ],
      conflicting: [],
    });
    // Nothing says which of two is the one that was decided on.
    expect(pairs([olds[0]!], [told({ title: 'Alien' }), told({ title: 'Alien' })])).toMatchObject({
      conflicting: [0, 1],
    });
  });

  test('each entry and each copy is in just one list, and ids never lead to another work', () => {
    const facts = fc.record({
      title: fc.constantFrom('A', 'B', ''),
      year: fc.constantFrom(null, 1990, 1991),
      path: fc.constantFrom(null, '/x/A/a.mkv', '/y/A/a.mkv', '/x/B/b.mkv', 'a.mkv'),
      externalIds: fc.constantFrom([], imdb('1'), imdb('2'), [{ provider: 'tmdb', value: '1' }]),
    });
    const olds = fc.array(
      fc
        .record({ facts, item: fc.integer({ min: 1, max: 4 }), decided: fc.boolean() })
        .map((one) => old({ ...one.facts, item: one.item, decided: one.decided })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(olds, fc.array(facts.map(told), { maxLength: 6 }), (copies, entries) => {
        const { moved, conflicting, fresh, gone } = remap(copies, entries);
        const newOnes = [...moved.map((one) => one.told), ...conflicting.map((one) => one.told), ...fresh];
        const oldOnes = [...moved.map((one) => one.copy), ...gone];
        expect(new Set(newOnes).size).toBe(newOnes.length);
        expect(newOnes).toHaveLength(entries.length);
        expect(new Set(oldOnes).size).toBe(oldOnes.length);
        expect(oldOnes).toHaveLength(copies.length);
        for (const { copy, told: entry, by } of moved) {
          if (by === 'decision') continue;
          const provider = entry.externalIds[0]?.provider;
          const other = copy.externalIds.find((id) => id.provider === provider);
          if (other) expect(other.value).toBe(entry.externalIds[0]?.value);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
