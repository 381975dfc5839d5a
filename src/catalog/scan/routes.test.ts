import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#kernel/clock.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { createIngest } from '../ingest.ts';
import { scanRoutes } from './routes.ts';
import { createScan } from './scan.ts';

eachDatabase('the routes of scan folders', (make) => {
  test('add, list, scan and forget a folder; a scan that was broken off goes on', async () => {
    const database = await make();
    const root = await mkdtemp(join(tmpdir(), 'leftoff-scan-'));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    for (let film = 0; film < 120; film++) {
      await mkdir(join(root, `Film ${film} (2000)`));
      await writeFile(join(root, `Film ${film} (2000)`, 'film.mkv'), `film ${film}`);
    }
    const ingest = createIngest({ clock: systemClock, observer: { leavesChanged: async () => {} } });
    const scan = createScan({ database, ingest, clock: systemClock, logger: silentLogger });
    const routes = scanRoutes(scan);
    expect(routes.every(({ permission }) => permission === 'admin')).toBe(true);
    const call = (operationId: string, parts: object) =>
      routes
        .find((route) => route.operationId === operationId)
        ?.handle({ params: {}, query: {}, body: {}, ...parts } as never);
    const added = (await call('addScanFolder', { body: { path: root } })) as { id: number };
    expect(added).toMatchObject({ path: root, libraryKind: 'movies', scannedAt: null });

    const stop = new AbortController();
    const onProgress = ({ phase }: { phase: string }): void => {
      if (phase === 'writing') stop.abort(new Error('stopped'));
    };
    await expect(scan.scan(added.id as never, { signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    const count = async () =>
      (await database.read.selectFrom('media_items').select('id').where('kind', '=', 'movie').execute()).length;
    const before = await count();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(120);

    const signal = new AbortController().signal;
    const report = await call('scanFolder', { params: { id: added.id }, signal });
    expect(report).toMatchObject({ files: 120, unchanged: before, added: 120 - before, faultCount: 0 });
    expect(await count()).toBe(120);
    expect(await call('listScanFolders', {})).toMatchObject({
      items: [{ id: added.id, scannedAt: expect.stringMatching(/Z$/) }],
      next: null,
    });
    expect(await call('forgetScanFolder', { params: { id: added.id } })).toBeUndefined();
    expect(await call('listScanFolders', {})).toEqual({ items: [], next: null });
  });
});
