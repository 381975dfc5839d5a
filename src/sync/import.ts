import type { Database } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { unavailable } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { MediaServer, RemotePage } from './media-server.ts';
import { removeMissing } from './removal.ts';
import { addCounts, type Progress, type Run } from './run.ts';
import { beat } from './run-repository.ts';
import { type PageTools, takePage } from './take-page.ts';

export interface ImportTools extends PageTools {
  database: Database;
  clock: Clock;
}

/**
 * Reads all that a server has, page by page, each page one unit of work: a run that breaks off keeps what it has, and
 * the next goes over everything again and writes what is still missing.
 * @throws ConnectorError, and whatever the signal was aborted with
 */
export const importAll = async (
  tools: ImportTools,
  server: MediaServer,
  run: Run,
  accountId: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> => {
  let complete = true;
  for (const kind of server.capabilities.kinds) {
    let total: number | undefined;
    let done = 0;
    for await (const page of server.items({ kind, accountId }, signal)) {
      await savePage(tools, run, page);
      signal.throwIfAborted();
      if (total !== undefined && total !== page.total) complete = false;
      total = page.total;
      done = page.done;
      onProgress({ kind, done, total });
    }
    if (done !== (total ?? 0)) complete = false;
  }
  await sweep(tools, run, complete);
};

/** Finds or makes the library of ours that each of the server's stands for. */
export const openLibraries = async (
  { database, ingest }: ImportTools,
  server: MediaServer,
  signal: AbortSignal,
): Promise<Map<LibraryKind, MediaItemId>> => {
  const kinds = new Set((await server.libraries(signal)).map((library) => library.kind));
  return database.transaction(async (tx) => {
    const libraries = new Map<LibraryKind, MediaItemId>();
    for (const kind of kinds) libraries.set(kind, await ingest.library(tx, kind));
    return libraries;
  });
};

const savePage = async ({ database, clock, ...tools }: ImportTools, run: Run, page: RemotePage): Promise<void> => {
  const result = await database.transaction(async (tx) => {
    const now = clock.now();
    const taken = await takePage(tx, tools, run, page.items, now);
    await beat(tx, { ...run, counts: addCounts(run.counts, taken.counts) }, now);
    return taken;
  });
  run.counts = addCounts(run.counts, result.counts);
  run.changeSet = result.changeSet;
  for (const [kind, count] of result.added) run.added.set(kind, (run.added.get(kind) ?? 0) + count);
};

const sweep = async ({ database, clock, ingest }: ImportTools, run: Run, complete: boolean): Promise<void> => {
  if (!complete) {
    run.warnings.push('The library changed while it was read; nothing was taken away. The next import looks again.');
    return;
  }
  const { removed, held } = await database.transaction((tx) => removeMissing(tx, ingest, run, clock.now()));
  if (held !== undefined) run.warnings.push(held);
  run.counts = { ...run.counts, removed };
};

/** What a run is aborted with when the program stops. */
export const stopping = () => unavailable('The import was stopped because the program ends. The next one goes on.');
