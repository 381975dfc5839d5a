// A process to be killed: writes tags in concurrent units of work and tells each one on stdout once it is acknowledged.
import { openDatabase } from '#database/database.ts';
import { silentLogger } from '#kernel/logger.ts';

const [file, prefix] = process.argv.slice(2);
const database = await openDatabase({ url: `sqlite:${file}`, logger: silentLogger });

const write = async (worker: number): Promise<never> => {
  for (let count = 0; ; count++) {
    const name = `${prefix}-${worker}-${count}`;
    await database.transaction((tx) => tx.insertInto('tags').values({ name, name_key: name }).execute());
    process.stdout.write(`${name}\n`);
  }
};
await Promise.all(Array.from({ length: 20 }, (_, worker) => write(worker)));
