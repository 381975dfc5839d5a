import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isExtraFile, isExtraFolder } from './extras.ts';
import { type Layout, layOut } from './layout.ts';
import { findMoves } from './moves.ts';
import { readNfo } from './nfo.ts';

const lay = (files: string[], own: Record<string, string> = {}, series: Record<string, string> = {}): Layout =>
  layOut({
    files,
    all: files,
    own: new Map(Object.entries(own).map(([path, content]) => [path, readNfo(content)])),
    series: new Map(Object.entries(series).map(([path, content]) => [path, readNfo(content)])),
    latestYear: 2028,
  });
const shown = ({ units }: Layout) =>
  units.map((unit) =>
    unit.kind === 'movie'
      ? `${unit.movie.title} ${unit.movie.year ?? ''}: ${unit.files.length}`
      : `${unit.series.title}: ${unit.episodes.map(({ episode, files }) => `${episode.seasonNumber}x${episode.episodeNumber}(${files.length})`).join(' ')}`,
  );

describe('the layout', () => {
  test('stacks and versions are one movie, other years others', () => {
    expect(
      shown(lay(['Heat (1995)/Heat (1995) cd1.avi', 'Heat (1995)/Heat (1995) cd2.avi', 'x/Heat.1995.2160p.mkv'])),
    ).toEqual(['Heat 1995: 3']);
    expect(shown(lay(['Bad Boys (2006).mkv', 'Bad Boys (2007).mkv']))).toEqual([
      'Bad Boys 2006: 1',
      'Bad Boys 2007: 1',
    ]);
    expect(
      shown(
        lay([
          'Blade Runner (1982)/Blade Runner (1982) [Final Cut] [1080p].mkv',
          'Blade Runner (1982)/Blade Runner (1982) [480p].mkv',
        ]),
      ),
    ).toEqual(['Blade Runner 1982: 2']);
  });

  test('a folder of several films names none of them', () => {
    const files = [
      'Marvel (2008-2019)/Iron Man (2008).mkv',
      'Marvel (2008-2019)/Thor (2011).mkv',
      'Marvel (2008-2019)/Ant-Man.mkv',
    ];
    expect(shown(lay(files))).toEqual(['Iron Man 2008: 1', 'Thor 2011: 1', 'Ant-Man : 1']);
  });

  test('a disc is one film, named by its folder', () => {
    expect(shown(lay(['Heat (1995)/BDMV', 'Alien (1979)/VIDEO_TS']))).toEqual(['Heat 1995: 1', 'Alien 1979: 1']);
  });

  test('one series a folder, whatever its files call it; versions of an episode are one', () => {
    const files = [
      'TV/The Office (US)/Season 1/the.office.us.s01e01.720p.mkv',
      'TV/The Office (US)/Season 1/Office S01E01 1080p.mkv',
      'TV/The Office (US)/Season 2/02 - Diwali.mkv',
      'TV/The Office (US)/Specials/S00E01.mkv',
    ];
    expect(shown(lay(files))).toEqual(['The Office (US): 1x1(2) 2x2(1) 0x1(1)']);
    expect(shown(lay(['loose/Lost.S01E01.mkv', 'loose/Dark.S01E01.mkv', 'other/lost s01e02.mkv']))).toEqual([
      'Lost: 1x1(1) 1x2(1)',
      'Dark: 1x1(1)',
    ]);
    expect(shown(lay(['Show S01 720p/Show.S01E01.mkv', 'Show S02 720p/Show.S02E01.mkv']))).toEqual([
      'Show: 1x1(1) 2x1(1)',
    ]);
  });

  test('NFO files beat names', () => {
    const laid = lay(
      ['TV/a/Season 1/x.mkv', 'films/y S01E01.mkv'],
      {
        'TV/a/Season 1/x.mkv':
          '<episodedetails><title>One</title><season>3</season><episode>4</episode></episodedetails>',
        'films/y S01E01.mkv': '<movie><title>Heat</title><year>1995</year></movie>',
      },
      { 'TV/a/tvshow.nfo': '<tvshow><title>Lost</title></tvshow>' },
    );
    expect(shown(laid)).toEqual(['Heat 1995: 1', 'Lost: 3x4(1)']);
  });

  test('what says nothing is told', () => {
    expect(lay(['e096aeb3c2c0483a96f5b32fc6d10ff5.mkv'])).toEqual({
      units: [],
      unknown: ['e096aeb3c2c0483a96f5b32fc6d10ff5.mkv'],
    });
  });

  const LAYOUTS = '../shared/data/filenames/jellyfin_folder_layouts.jsonl';
  test.skipIf(!existsSync(LAYOUTS))('of recorded folders every file has its place', () => {
    const lines = readFileSync(LAYOUTS, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) {
      const paths = (JSON.parse(line).paths as string[]).map((path) =>
        path.replaceAll('\\', '/').replace(/^[/:]+/, ''),
      );
      const { units, unknown } = lay(paths);
      const placed = units.flatMap((unit) =>
        unit.kind === 'movie' ? unit.files : unit.episodes.flatMap((episode) => episode.files),
      );
      expect(new Set([...placed.map(({ path }) => path), ...unknown])).toEqual(new Set(paths));
    }
  });
});

test('extras are left out, films of such names are not', () => {
  expect(
    ['Extras', 'Featurettes', 'trailers', 'Sample', 'Behind The Scenes', 'Deleted Scenes', 'subs'].every(isExtraFolder),
  ).toBe(true);
  expect(['Extraction (2020)', 'Not a scene', 'Season 1', 'Specials', 'The Interview (2014)'].some(isExtraFolder)).toBe(
    false,
  );
  expect(
    [
      'Heat-trailer.mkv',
      'sample.mkv',
      'a.b.s01e01-grp-sample.mkv',
      'Heat.sample.mkv',
      'Heat-behindthescenes.mp4',
      'Heat-x01-Making.mkv',
      'My.Show.S01Extras.mkv',
    ].every(isExtraFile),
  ).toBe(true);
  expect(
    [
      'Trailer Park Boys S01E01.mkv',
      'The Sample (2010).mkv',
      'Heat.mkv',
      'Show S01E04 Extra.mkv',
      'The Deleted (2016).mkv',
    ].some(isExtraFile),
  ).toBe(false);
});

test('a move is told only without doubt', () => {
  const file = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    folder: fc.constantFrom('x', 'y', 'z'),
    fingerprint: fc.constantFrom('1', '2', '3'),
    size: fc.constantFrom(0, 5),
  });
  fc.assert(
    fc.property(fc.array(file), fc.array(file), (here, there) => {
      const fresh = here.map(({ folder, name, fingerprint, size }) => ({
        found: { path: `${folder}/${name}`, size, modifiedAt: 0 },
        fingerprint,
      }));
      const gone = there.map(({ folder, name, fingerprint }) => ({
        path: `${folder}/${name}`,
        rows: [],
        live: true,
        fingerprint,
      }));
      const moves = findMoves(fresh, gone);
      expect(new Set(moves.values()).size).toBe(moves.size);
      for (const [to, from] of moves) {
        expect(to.fingerprint).toBe(from.fingerprint);
        expect(to.found.size).toBeGreaterThan(0);
      }
      for (const one of fresh.filter(({ found }) => found.size > 0)) {
        const rivals = fresh.filter(({ fingerprint, found }) => fingerprint === one.fingerprint && found.size > 0);
        const lost = gone.filter(({ fingerprint }) => fingerprint === one.fingerprint);
        if (rivals.length === 1 && lost.length === 1) expect(moves.get(one)).toBe(lost[0]);
      }
    }),
  );
});
