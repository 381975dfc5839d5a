import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { messageOf } from '#kernel/errors.ts';
import { silentLogger } from '#kernel/logger.ts';
import { runConvergence } from './run.ts';
import type { Share, Told } from './workers.ts';

/** One share of the schedules, on a database in memory. */
const { runs, seed } = workerData as Share;
const tell = (told: Told) => parentPort?.postMessage(told);
const database = await openDatabase({ url: 'sqlite::memory:', logger: silentLogger });
await migrate(database);
try {
  await runConvergence(database, { runs, seed, progress: () => tell({ failure: null }) });
} catch (error) {
  tell({ failure: messageOf(error) });
} finally {
  await database.close();
}
