import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { messageOf } from '#kernel/errors.ts';
import { silentLogger } from '#kernel/logger.ts';
import { runOracle } from './run.ts';
import type { Share, Told } from './workers.ts';

/** One share of the histories, on a database in memory. */
const { runs, seed } = workerData as Share;
const tell = (told: Told) => parentPort?.postMessage(told);
const database = await openDatabase({ url: 'sqlite::memory:', logger: silentLogger });
await migrate(database);
try {
  await runOracle(database, { runs, seed, progress: () => tell({ failure: null }) });
} catch (error) {
  tell({ failure: `${messageOf(error)}\n${error instanceof Error ? messageOf(error.cause) : ''}` });
} finally {
  await database.close();
}
