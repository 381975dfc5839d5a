import { existsSync, readFileSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Database } from '#database/database.ts';
import { systemClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { createIngest } from '../ingest.ts';
import { createScan } from './scan.ts';

const leavesChanged = vi.fn(async () => {});

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'leftoff-scan-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A file with content of its own, so that its fingerprint is its own. */
const put = async (root: string, path: string, content = `content of ${path}`): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
};

const house = async (database: Database, paths: readonly string[] = []) => {
  const root = await newFolder();
  for (const path of paths) await put(root, path);
  const clock = systemClock;
  const ingest = createIngest({ clock, observer: { leavesChanged } });
  const scan = createScan({ database, ingest, clock, logger: silentLogger });
  const folder = await scan.addFolder(root);
  return { root, ingest, scan, folder, rescan: (options = {}) => scan.scan(folder.id, options) };
};

const items = (database: Database) =>
  database.read.selectFrom('media_items').selectAll().where('kind', '<>', 'library').orderBy('id').execute();
const locations = (database: Database) =>
  database.read.selectFrom('item_locations').selectAll().orderBy('id').execute();
const titled = async (database: Database, title: string) => {
  const row = (await items(database)).find((item) => item.title === title);
  if (!row) throw new Error(`There is no ${title}.`);
  return row;
};
const snapshot = async (database: Database) => [
  await items(database),
  await locations(database),
  await database.read.selectFrom('external_ids').selectAll().orderBy('item_id').orderBy('provider').execute(),
  await database.read.selectFrom('images').selectAll().orderBy('id').execute(),
  await database.read.selectFrom('libraries').selectAll().orderBy('item_id').execute(),
];

const NOTHING = {
  changed: 0,
  moved: 0,
  added: 0,
  matched: 0,
  renewed: 0,
  retired: 0,
  revived: 0,
  ambiguous: 0,
  faultCount: 0,
};

eachDatabase('a folder scan', (make) => {
  test('takes movies, series, stacks, versions, specials and several episodes of one file', async () => {
    const database = await make();
    const { rescan } = await house(database, [
      'Movies/The Matrix (1999) {tmdb-603}/The Matrix (1999) - 1080p.mkv',
      'Movies/The Matrix (1999) {tmdb-603}/The Matrix (1999) - 2160p.mkv',
      'Movies/The Matrix (1999) {tmdb-603}/The Matrix (1999)-trailer.mkv',
      'Movies/Heat (1995)/heat.cd1.avi',
      'Movies/Heat (1995)/heat.cd2.avi',
      'Movies/Amélie (2001)/extras/making of.mkv',
      'Movies/Amélie (2001)/Amélie.mkv',
      'Movies/シン・ゴジラ (2016).mkv',
      'TV/Doctor Who (2005)/Season 01/Doctor Who - S01E01 - Rose.mkv',
      'TV/Doctor Who (2005)/Season 01/Doctor Who - S01E02-E03.mkv',
      'TV/Doctor Who (2005)/Specials/Doctor Who - S00E01 - Born Again.mkv',
      'TV/The Daily Show/The.Daily.Show.2015.07.22.Jake.Gyllenhaal.720p.HDTV.mkv',
    ]);
    const report = await rescan();
    expect(report).toMatchObject({ files: 10, added: 9, ambiguous: 0, faultCount: 0 });
    const all = await items(database);
    const show = (await titled(database, 'Doctor Who')).id;
    const placed = all.filter((item) => item.kind === 'episode' && item.root_id === show);
    expect(placed.map((item) => [item.season_number, item.episode_number, item.title])).toEqual(
      expect.arrayContaining([
        [1, 1, 'Rose'],
        [1, 2, 'Episode 2'],
        [1, 3, 'Episode 3'],
        [0, 1, 'Born Again'],
      ]),
    );
    expect(all.filter((item) => item.kind === 'movie').map((item) => [item.title, item.year])).toEqual(
      expect.arrayContaining([
        ['The Matrix', 1999],
        ['Heat', 1995],
        ['Amélie', 2001],
        ['シン・ゴジラ', 2016],
      ]),
    );
    const rows = await locations(database);
    const of = (id: MediaItemId) =>
      rows.filter((row) => row.item_id === id).map(({ part, version }) => [part, version]);
    expect(of((await titled(database, 'The Matrix')).id)).toEqual([
      [0, '1080p'],
      [0, '2160p'],
    ]);
    expect(of((await titled(database, 'Heat')).id)).toEqual([
      [1, null],
      [2, null],
    ]);
    const daily = await titled(database, 'Jake Gyllenhaal');
    expect(daily).toMatchObject({ season_number: 2015, episode_number: null, released_at: Date.UTC(2015, 6, 22) });
    const ids = await database.read.selectFrom('external_ids').selectAll().execute();
    expect(ids).toMatchObject([{ kind: 'movie', provider: 'tmdb', value: '603' }]);
  });

  test('a second scan writes nothing', async () => {
    const database = await make();
    const { rescan } = await house(database, [
      'Heat (1995).mkv',
      'Show/Season 1/Show S01E01.mkv',
      'Show/Season 1/Show S01E02E03.mkv',
    ]);
    await rescan();
    const before = await snapshot(database);
    leavesChanged.mockClear();
    expect(await rescan()).toMatchObject({ ...NOTHING, files: 3, unchanged: 3 });
    expect(await snapshot(database)).toEqual(before);
    expect(leavesChanged).not.toHaveBeenCalled();
  });

  test('a moved or renamed file keeps its items, whatever its new name says', async () => {
    const database = await make();
    const { root, rescan } = await house(database, [
      'Heat (1995).mkv',
      'Show/Season 1/Show S01E01E02.mkv',
      'Alien (1979).mkv',
    ]);
    await rescan();
    const before = await items(database);
    await mkdir(join(root, 'Films'));
    await rename(join(root, 'Heat (1995).mkv'), join(root, 'Films', 'Something Else (2001).mkv'));
    await rename(join(root, 'Show/Season 1/Show S01E01E02.mkv'), join(root, 'Show/Season 1/Show S05E07.mkv'));
    expect(await rescan()).toMatchObject({ ...NOTHING, moved: 2, unchanged: 1 });
    expect(await items(database)).toEqual(before);
    expect((await locations(database)).map(({ path, removed_at }) => [path, removed_at])).toEqual(
      expect.arrayContaining([
        ['Films/Something Else (2001).mkv', null],
        ['Show/Season 1/Show S05E07.mkv', null],
      ]),
    );
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 3 });
  });

  test('two copies that went away are no reason to guess', async () => {
    const database = await make();
    const { root, rescan } = await house(database);
    await put(root, 'One (2001).mkv', 'the same');
    await put(root, 'Two (2002).mkv', 'the same');
    await rescan();
    await rename(join(root, 'One (2001).mkv'), join(root, 'Three (2003).mkv'));
    await rm(join(root, 'Two (2002).mkv'));
    expect(await rescan()).toMatchObject({ ...NOTHING, added: 1, retired: 2 });
  });

  test('what vanishes is retired with its history kept, and comes back with it', async () => {
    const database = await make();
    const { root, rescan } = await house(database, [
      'Show/Season 1/Show S01E01.mkv',
      'Show/Season 1/Show S01E02.mkv',
      'Heat (1995).mkv',
    ]);
    await rescan();
    const heat = await titled(database, 'Heat');
    await rename(join(root, 'Show'), `${root}-away`);
    onTestFinished(() => rm(`${root}-away`, { recursive: true, force: true }));
    expect(await rescan()).toMatchObject({ ...NOTHING, retired: 2 });
    const gone = (await items(database)).filter((item) => item.removed_at !== null);
    expect(gone.map(({ kind }) => kind).toSorted()).toEqual(['episode', 'episode', 'season', 'series']);
    expect((await titled(database, 'Heat')).removed_at).toBe(heat.removed_at);
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 1 });
    await rename(`${root}-away`, join(root, 'Show'));
    expect(await rescan()).toMatchObject({ ...NOTHING, revived: 2 });
    expect((await items(database)).filter((item) => item.removed_at !== null)).toEqual([]);
    await rm(join(root, 'Heat (1995).mkv'));
    await rescan();
    await put(root, 'Films/Heat (1995).mkv', 'content of Heat (1995).mkv');
    expect(await rescan()).toMatchObject({ ...NOTHING, moved: 1 });
    expect(await titled(database, 'Heat')).toMatchObject({ id: heat.id, removed_at: null });
  });

  test('an item that a media server has too is not retired with its file, and one of two versions neither', async () => {
    const database = await make();
    const { root, rescan } = await house(database, [
      'Heat (1995).mkv',
      'Alien (1979) 720p.mkv',
      'Alien (1979) 1080p.mkv',
      'Jaws (1975).mkv',
    ]);
    await rescan();
    const heat = await titled(database, 'Heat');
    await database.transaction(async (tx) => {
      const { id } = await tx
        .insertInto('clients')
        .values({
          kind: 'kodi',
          name: 'tv',
          address: 'http://x',
          user_name: null,
          secret: null,
          time_zone: null,
          server_version: null,
          created_at: 1,
          imported_at: null,
        } as never)
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('client_items')
        .values({
          client_id: id,
          client_item_id: '1',
          kind: 'movie',
          item_id: heat.id,
          match: 'title',
          title: 'Heat',
          year: 1995,
          path: null,
          digest: '',
          doubt: null,
          first_seen_at: 1,
          seen_at: 1,
          removed_at: null,
        } as never)
        .execute();
    });
    await rm(join(root, 'Heat (1995).mkv'));
    await rm(join(root, 'Alien (1979) 720p.mkv'));
    expect(await rescan()).toMatchObject({ ...NOTHING, retired: 0 });
    expect((await items(database)).filter((item) => item.removed_at !== null)).toEqual([]);
  });

  test('an unmounted disk retires nothing', async () => {
    const database = await make();
    const { root, rescan } = await house(database, ['Heat (1995).mkv', 'Alien (1979).mkv']);
    await rescan();
    const before = await snapshot(database);
    await rename(root, `${root}-away`);
    await expect(rescan()).rejects.toMatchObject({ code: 'unavailable' });
    await mkdir(root);
    await expect(rescan({ force: true })).rejects.toMatchObject({ code: 'unavailable' });
    expect(await snapshot(database)).toEqual(before);
    await rm(root, { recursive: true });
    await rename(`${root}-away`, root);
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 2 });
  });

  test('when most files went away at once it asks', async () => {
    const database = await make();
    const names = Array.from({ length: 20 }, (_, index) => `Film ${String.fromCharCode(65 + index)} (2000).mkv`);
    const { root, rescan } = await house(database, names);
    await rescan();
    for (const name of names.slice(0, 11)) await rm(join(root, name));
    await expect(rescan()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('11 of 20') });
    expect((await locations(database)).filter(({ removed_at }) => removed_at !== null)).toEqual([]);
    expect(await rescan({ force: true })).toMatchObject({ retired: 11 });
  });

  test('an NFO file beats the name, a broken one is told, a new one renews', async () => {
    const database = await make();
    const { root, rescan } = await house(database, ['ab/xyz.mkv', 'Broken (2001).mkv', 'TV/Stargate/Season 1/a.mkv']);
    await put(
      root,
      'ab/xyz.nfo',
      '<movie><title>The Matrix</title><year>1999</year><uniqueid type="imdb">tt0133093</uniqueid><set><name>The Matrix Collection</name></set></movie>',
    );
    await put(root, 'Broken (2001).nfo', '<movie><title>Bro</movie>');
    await put(root, 'TV/Stargate/tvshow.nfo', '<tvshow><title>Stargate Atlantis</title><id>70851</id></tvshow>');
    await put(
      root,
      'TV/Stargate/Season 1/a.nfo',
      '<episodedetails><title>Rising (1)</title><season>1</season><episode>1</episode></episodedetails><episodedetails><title>Rising (2)</title><season>1</season><episode>2</episode></episodedetails>',
    );
    expect(await rescan()).toMatchObject({ added: 4, faultCount: 1, faults: [{ path: 'Broken (2001).nfo' }] });
    expect(await titled(database, 'The Matrix')).toMatchObject({ kind: 'movie', year: 1999 });
    expect(await titled(database, 'Broken')).toMatchObject({ year: 2001 });
    expect(await titled(database, 'Rising (2)')).toMatchObject({ episode_number: 2 });
    expect(await titled(database, 'Stargate Atlantis')).toMatchObject({ kind: 'series' });
    expect(await titled(database, 'The Matrix Collection')).toMatchObject({ kind: 'collection' });
    const before = await snapshot(database);
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 3, renewed: 0 });
    expect(await snapshot(database)).toEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await put(
      root,
      'Broken (2001).nfo',
      '<movie><title>Mended</title><year>2001</year><plot>All is well.</plot></movie>',
    );
    expect(await rescan()).toMatchObject({ ...NOTHING, renewed: 1 });
    expect(await titled(database, 'Mended')).toMatchObject({ overview: 'All is well.' });
  });

  test('a file that is being written is read again until it stands still', async () => {
    const database = await make();
    const { root, rescan } = await house(database, ['Heat (1995).mkv']);
    await rescan();
    const heat = await titled(database, 'Heat');
    await appendFile(join(root, 'Heat (1995).mkv'), 'more');
    expect(await rescan()).toMatchObject({ ...NOTHING, changed: 1 });
    expect(await locations(database)).toMatchObject([
      { item_id: heat.id, size_bytes: 'content of Heat (1995).mkv'.length + 4 },
    ]);
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 1 });
    await utimes(join(root, 'Heat (1995).mkv'), 1, 1);
    expect(await rescan()).toMatchObject({ ...NOTHING, changed: 1 });
  });

  test('links in a circle end, ignored folders are left out, unreadable ones are told and keep what they held', async () => {
    const database = await make();
    const { root, rescan } = await house(database, [
      'A/Heat (1995).mkv',
      'B/Alien (1979).mkv',
      'C/.ignore',
      'C/Jaws (1975).mkv',
      '.hidden/X (2000).mkv',
    ]);
    await symlink(root, join(root, 'A', 'again'));
    await symlink('nowhere', join(root, 'A', 'Lost (2004).mkv'));
    expect(await rescan()).toMatchObject({ files: 2, added: 2, faultCount: 1 });
    expect((await locations(database)).map(({ path }) => path)).toEqual(['A/Heat (1995).mkv', 'B/Alien (1979).mkv']);
    if (process.getuid?.() === 0) return;
    await chmod(join(root, 'B'), 0);
    onTestFinished(() => chmod(join(root, 'B'), 0o755).catch(() => {}));
    expect(await rescan()).toMatchObject({ retired: 0, faultCount: 2 });
  });

  test('a file that moves to another folder of the library keeps its item', async () => {
    const database = await make();
    const { root, scan, rescan } = await house(database, ['Heat (1995).mkv', 'Alien (1979).mkv']);
    await rescan();
    const heat = await titled(database, 'Heat');
    const other = await scan.addFolder(await newFolder(), { kind: 'movies' });
    await writeFile(join(other.path, 'renamed.mkv'), 'content of Heat (1995).mkv');
    await rm(join(root, 'Heat (1995).mkv'));
    expect(await scan.scan(other.id)).toMatchObject({ ...NOTHING, moved: 1 });
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 1 });
    expect((await locations(database)).filter(({ item_id }) => item_id === heat.id)).toMatchObject([
      { path: 'renamed.mkv', scan_folder_id: other.id, removed_at: null },
    ]);
  });

  test('what may be of several items is told and tried again; the same name decomposed is the same file', async () => {
    const database = await make();
    const { root, ingest, rescan } = await house(database, ['The Host.mkv', `Ame${'\u0301'}lie (2001).mkv`]);
    await database.transaction(async (tx) => {
      const library = await ingest.library(tx, 'movies');
      for (const year of [2006, 2013]) await ingest.movie(tx, library, { title: 'The Host', year, externalIds: [] });
    });
    const report = await rescan();
    expect(report).toMatchObject({ added: 1, ambiguous: 1 });
    expect(report.ambiguities).toMatchObject([
      { path: 'The Host.mkv', title: 'The Host', candidates: [expect.any(Number), expect.any(Number)] },
    ]);
    await rename(join(root, `Ame${'\u0301'}lie (2001).mkv`), join(root, 'Amélie (2001).mkv'));
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 1, ambiguous: 1 });
    await rename(join(root, 'The Host.mkv'), join(root, 'The Host (2006).mkv'));
    expect(await rescan()).toMatchObject({ ...NOTHING, unchanged: 1, matched: 1 });
  });

  test('folders: the same twice, none, inside another, relative', async () => {
    const database = await make();
    const { root, scan, folder } = await house(database, ['a/Heat (1995).mkv']);
    expect(await scan.addFolder(`${root}/`)).toEqual(folder);
    await expect(scan.addFolder(join(root, 'a'))).rejects.toMatchObject({ code: 'conflict' });
    await expect(scan.addFolder(join(root, 'none'))).rejects.toMatchObject({ code: 'invalid' });
    await expect(scan.addFolder('films')).rejects.toMatchObject({ code: 'invalid' });
    await expect(scan.scan(999 as never)).rejects.toMatchObject({ code: 'not_found' });
    expect(await scan.folders({ limit: 1 })).toMatchObject({
      items: [{ path: root, libraryKind: 'movies' }],
      next: null,
    });
  });

  test('300 files are quick, tell how far they are, and can be stopped', async () => {
    const database = await make();
    const names = Array.from(
      { length: 300 },
      (_, index) => `Show ${index % 3}/Season ${(index % 5) + 1}/S0${(index % 5) + 1}E${index}.mkv`,
    );
    const { rescan } = await house(database, names);
    const stopped = AbortSignal.abort();
    await expect(rescan({ signal: stopped })).rejects.toThrow();
    expect(await items(database)).toEqual([]);
    const seen: string[] = [];
    const started = performance.now();
    const report = await rescan({
      onProgress: ({ phase, done, total }: { phase: string; done: number; total: number }) =>
        seen.push(`${phase} ${done}/${total}`),
    });
    expect(report).toMatchObject({ files: 300, added: 300 });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(seen).toContain('reading 300/300');
    expect(seen.at(-1)).toBe('writing 300/300');
  });
});

const NAMES = '../shared/data/filenames';

eachDatabase('names of the world', (make) => {
  test.skipIf(!existsSync(NAMES))(
    'make a tree that is scanned without a fault, twice',
    { timeout: 120_000 },
    async () => {
      const database = await make();
      const { root, rescan } = await house(database);
      const lines = (file: string) =>
        readFileSync(join(NAMES, file), 'utf8')
          .split('\n')
          .filter((line) => line !== '');
      const inputs = [
        ...lines('guessit_cases.jsonl').map((line) => String(JSON.parse(line).input)),
        ...lines('feed_release_titles.jsonl').map((line) => String(JSON.parse(line).title).replaceAll('/', ' ')),
      ];
      const usable = inputs
        .map((input) =>
          input
            .replaceAll('\\', '/')
            .replaceAll('\0', '')
            .replace(/^[-+/]+/, ''),
        )
        .filter(
          (input) =>
            input !== '' && input.split('/').every((part) => Buffer.byteLength(part) < 200 && !/^\.*$/.test(part)),
        );
      for (const [index, input] of usable.slice(0, 900).entries())
        await put(root, `${index % 30}/${input}.mkv`.replaceAll('//', '/')).catch(() => {});
      const first = await rescan();
      expect(first.files).toBeGreaterThan(500);
      const before = await snapshot(database);
      const second = await rescan();
      expect(await snapshot(database)).toEqual(before);
      expect(second).toMatchObject({ moved: 0, added: 0, matched: 0, retired: 0 });
    },
  );
});
