import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Database } from '#database/database.ts';
import { type Clock, manualClock, SECOND, systemClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { createIngest } from '../ingest.ts';
import { withClaim } from './claim.ts';
import { createScan } from './scan.ts';

const put = async (root: string, path: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), `content of ${path}`);
};

const serviceOf = (database: Database, clock: Clock = systemClock) => {
  const ingest = createIngest({ clock, observer: { leavesChanged: async () => {} } });
  return { ingest, scan: createScan({ database, ingest, clock, logger: silentLogger }) };
};

const house = async (database: Database, paths: readonly string[], clock?: Clock) => {
  const root = await mkdtemp(join(tmpdir(), 'leftoff-scan-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const path of paths) await put(root, path);
  const { ingest, scan } = serviceOf(database, clock);
  const folder = await scan.addFolder(root);
  const move = async (from: string, to: string): Promise<void> => {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await rename(join(root, from), join(root, to));
  };
  return { root, ingest, scan, folder, move, rescan: (options = {}) => scan.scan(folder.id, options) };
};

const items = (database: Database) =>
  database.read.selectFrom('media_items').selectAll().where('kind', '<>', 'library').orderBy('id').execute();
const named = async (database: Database, kind: string) =>
  (await items(database)).filter((item) => item.kind === kind).map((item) => [item.title, item.year]);
const idsOf = (database: Database) =>
  database.read.selectFrom('external_ids').select(['kind', 'provider', 'value']).orderBy('value').execute();

const onClient = (database: Database, itemId: MediaItemId) =>
  database.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('clients')
      .values({ kind: 'kodi', name: 'tv', address: 'http://x', created_at: 1 } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    const item = {
      client_item_id: '1',
      kind: 'movie',
      match: 'title',
      title: 'Heet',
      digest: '',
      first_seen_at: 1,
      seen_at: 1,
    };
    await tx
      .insertInto('client_items')
      .values({ ...item, client_id: id, item_id: itemId } as never)
      .execute();
  });

eachDatabase('the new name of a moved file', (make) => {
  test('fills what is empty, of films, series and episodes', async () => {
    const database = await make();
    const { move, rescan } = await house(database, ['Heat.mp4', 'Dark/Season 1/Dark S01E01.mkv']);
    await rescan();
    const before = await items(database);
    await move('Heat.mp4', 'Films/Heat (1995) {tmdb-949}.mp4');
    await move('Dark/Season 1/Dark S01E01.mkv', 'Dark (2017) {tvdb-334824}/Season 1/Dark S01E01 - Secrets.mkv');
    expect(await rescan()).toMatchObject({ moved: 2, added: 0, retired: 0, renewed: 0 });
    expect((await items(database)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await named(database, 'movie')).toEqual([['Heat', 1995]]);
    expect(await named(database, 'series')).toEqual([['Dark', 2017]]);
    expect((await named(database, 'episode')).map(([title]) => title)).toEqual(['Secrets']);
    expect(await idsOf(database)).toEqual([
      { kind: 'series', provider: 'tvdb', value: '334824' },
      { kind: 'movie', provider: 'tmdb', value: '949' },
    ]);
  });

  test('is the title of an item that was named by its file alone', async () => {
    const database = await make();
    const { move, rescan } = await house(database, ['Heet.mkv', 'alien cd1.mkv', 'alien cd2.mkv', 'Jaws 2.mkv']);
    await rescan();
    await move('Heet.mkv', 'Heat (1995).mkv');
    await move('alien cd1.mkv', 'Aliens (1986) cd1.mkv');
    await move('alien cd2.mkv', 'Aliens (1986) cd2.mkv');
    await move('Jaws 2.mkv', 'IMG_1234.mkv');
    expect(await rescan()).toMatchObject({ moved: 4, added: 0 });
    expect(await named(database, 'movie')).toEqual([
      ['Heat', 1995],
      ['Jaws 2', null],
      ['Aliens', 1986],
    ]);
    const heat = (await items(database)).find(({ title }) => title === 'Heat');
    expect(heat).toMatchObject({ title_key: 'heat', sort_title: 'heat' });
  });

  test('changes nothing that a person, an NFO file, a media server or another file told', async () => {
    const database = await make();
    const { root, ingest, move, rescan } = await house(database, [
      'Heet.mkv',
      'Edited.mkv',
      'Told.mkv',
      'Copy 720p.mkv',
      'Copy 1080p.mkv',
      'Alien (1979).mkv',
      'Ronin.mkv',
      'Show A/Season 1/Show A S01E01.mkv',
    ]);
    await writeFile(join(root, 'Told.nfo'), '<movie><title>Told</title><plot>So it goes.</plot></movie>');
    await rescan();
    const all = await items(database);
    const idOf = (title: string): MediaItemId => all.find((item) => item.title === title)!.id;
    await onClient(database, idOf('Heet'));
    await database.transaction(async (tx) => {
      await ingest.refresh(tx, idOf('Edited'), { title: 'By Hand', externalIds: [] });
      const library = await ingest.library(tx, 'movies');
      await ingest.movie(tx, library, { title: 'Ronin', year: 1998, externalIds: [] });
      await tx.updateTable('media_items').set({ year: null }).where('id', '=', idOf('Ronin')).execute();
      await ingest.movie(tx, library, { title: 'Rounders', year: 1998, externalIds: [] });
    });
    const before = await items(database);
    await move('Heet.mkv', 'Heat (1995).mkv');
    await move('Edited.mkv', 'Edited Again (2001).mkv');
    await move('Told.mkv', 'Untold (2002).mkv');
    await move('Copy 720p.mkv', 'Other (2003) 720p.mkv');
    await move('Alien (1979).mkv', 'Predator (1987).mkv');
    await move('Ronin.mkv', 'Rounders (1998).mkv');
    await move('Show A/Season 1/Show A S01E01.mkv', 'Show B (2010) {tvdb-1}/Season 1/Show B S01E01 - Other.mkv');
    expect(await rescan()).toMatchObject({ moved: 7, added: 0 });
    expect(await items(database)).toEqual(before);
    expect(await idsOf(database)).toEqual([]);
  });
});

eachDatabase('names that do not tell what it is', (make) => {
  test('are reported, and make no items', async () => {
    const database = await make();
    const { rescan } = await house(database, ['1080p.mkv', '1234.mkv', 'Show/01.mkv', '300.mkv', 'Heat/1080p.mkv']);
    const report = await rescan();
    expect(report).toMatchObject({ files: 5, added: 2, faultCount: 3 });
    expect(report.faults.map(({ path }) => path).toSorted()).toEqual(['1080p.mkv', '1234.mkv', 'Show/01.mkv']);
    expect((await named(database, 'movie')).map(([title]) => title).toSorted()).toEqual(['300', 'Heat']);
  });
});

eachDatabase('a scan folder', (make) => {
  test('that is known keeps its library; another is refused with what to do', async () => {
    const database = await make();
    const { root, ingest, scan, folder } = await house(database, ['Heat (1995).mkv']);
    const series = await database.transaction((tx) => ingest.library(tx, 'series'));
    for (const to of [{ kind: 'series' as const }, { libraryId: series }]) {
      await expect(scan.addFolder(root, to)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/feeds the library "Movies".*leftoff library forget/),
      });
    }
    expect(await scan.addFolder(root, { kind: 'movies' })).toEqual(folder);
    expect(await scan.addFolder(root, { libraryId: folder.libraryId })).toEqual(folder);
  });

  test('is forgotten with its files; history stays, and comes back with the folder', async () => {
    const database = await make();
    const films = Array.from({ length: 150 }, (_, index) => `Film ${index} of many (2000).mkv`);
    const { root, scan, folder, rescan } = await house(database, [...films, 'Gone (1999).mkv', 'Kept (2001).mkv']);
    await rescan();
    await rm(join(root, 'Gone (1999).mkv'));
    await rescan();
    const before = await items(database);
    const kept = before.find(({ title }) => title === 'Kept')!;
    await onClient(database, kept.id);
    expect(await scan.folderAt(`${root}/`)).toMatchObject({ id: folder.id });
    expect(await scan.forget(folder.id)).toEqual({ retired: 150 });
    expect(await scan.folderAt(root)).toBeUndefined();
    expect(await database.read.selectFrom('item_locations').selectAll().execute()).toEqual([]);
    expect((await items(database)).filter(({ removed_at }) => removed_at === null)).toEqual([kept]);
    await expect(scan.forget(folder.id)).rejects.toMatchObject({ code: 'not_found' });

    const again = await scan.addFolder(root);
    expect(await scan.scan(again.id)).toMatchObject({ files: 151, added: 0, matched: 151 });
    const present = (rows: typeof before) => rows.filter((row) => row.removed_at === null).map(({ id }) => id);
    expect(present(await items(database))).toEqual(present(before));
  });

  test('is scanned or forgotten by one process at a time', async () => {
    const database = await make();
    const { scan, folder } = await house(database, ['Heat (1995).mkv']);
    const slow = slowly(database, systemClock);
    const first = slow.scan.scan(folder.id, { onProgress: slow.stop });
    await slow.stopped;
    for (const attempt of [() => scan.scan(folder.id), () => scan.forget(folder.id)])
      await expect(attempt()).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('being scanned'),
      });
    slow.goOn();
    expect(await first).toMatchObject({ added: 1 });
    expect(await scan.scan(folder.id)).toMatchObject({ files: 1, unchanged: 1 });
    await expect(scan.scan(folder.id, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(await scan.scan(folder.id)).toMatchObject({ unchanged: 1 });
  });

  test('whose scan fell silent for a minute is taken over, and the silent one writes nothing more', async () => {
    const database = await make();
    const clock = manualClock(1_700_000_000_000);
    const { scan, folder } = await house(database, ['Heat (1995).mkv'], clock);
    const slow = slowly(database, clock);
    const late = slow.scan.scan(folder.id, { onProgress: slow.stop });
    await slow.stopped;
    clock.advance(60 * SECOND);
    await expect(scan.scan(folder.id)).rejects.toMatchObject({ code: 'conflict' });
    clock.advance(1);
    expect(await scan.scan(folder.id)).toMatchObject({ added: 1 });
    slow.goOn();
    await expect(late).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('taken') });
    expect(await named(database, 'movie')).toEqual([['Heat', 1995]]);
    expect(await scan.scan(folder.id)).toMatchObject({ unchanged: 1 });
  });

  test('whose scan is heard of is not taken over; one that learns that it was stops', async () => {
    const database = await make();
    const clock = manualClock(1_700_000_000_000);
    const { scan, folder } = await house(database, ['Heat (1995).mkv'], clock);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const beat = async (): Promise<void> => {
      const before = await beatOf(database);
      vi.advanceTimersByTime(15 * SECOND);
      await vi.waitUntil(async () => (await beatOf(database)) !== before, { timeout: 5000 });
    };
    const claimed = withClaim({ database, clock, logger: silentLogger }, folder.id, undefined, async ({ signal }) => {
      for (let beats = 0; beats < 6; beats++) {
        clock.advance(15 * SECOND);
        await beat();
      }
      await expect(scan.scan(folder.id)).rejects.toMatchObject({ code: 'conflict' });
      expect(signal.aborted).toBe(false);
      await database.transaction((tx) => tx.updateTable('scan_folders').set({ claim: 'another' }).execute());
      vi.advanceTimersByTime(15 * SECOND);
      await vi.waitUntil(() => signal.aborted, { timeout: 5000 });
      signal.throwIfAborted();
    });
    await expect(claimed).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('taken') });
    // What another claimed is not given back.
    expect(await beatOf(database)).not.toBeNull();
  });
});

/** A service whose units of work wait, from when `stop` is called until `goOn` is. */
const slowly = (database: Database, clock: Clock) => {
  const stopped = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let isStopped = false;
  const { scan } = serviceOf(
    {
      ...database,
      transaction: async (work) => {
        if (isStopped) await gate.promise;
        return database.transaction(work);
      },
    },
    clock,
  );
  const stop = (): void => {
    isStopped = true;
    stopped.resolve();
  };
  return { scan, stop, stopped: stopped.promise, goOn: gate.resolve };
};

const beatOf = async (database: Database) =>
  (await database.read.selectFrom('scan_folders').select('claim_beat').executeTakeFirstOrThrow()).claim_beat;
