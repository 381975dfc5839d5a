import { openBare } from './bare.ts';
import { type Engine, openEngine } from './engine.ts';
import { between, reading } from './meters.ts';
import type { Outcome, Remote, Task } from './task.ts';

// The process that is measured: it does what it is told, one task after the other, and answers with what each took.

const remote = JSON.parse(process.argv[2] ?? '{}') as Remote;
const bare = openBare(remote);
let engine: Engine | undefined;

const opened = (): Engine => {
  if (!engine) throw new Error('It has no database yet.');
  return engine;
};

const perform = async (task: Task): Promise<Outcome> => {
  switch (task.does) {
    case 'read':
      return measured(async () => ({ seen: await bare.read() }));
    case 'write':
      return measured(async () => ({ written: await bare.write(task.names) }));
    case 'open':
      return measured(async () => {
        engine = await openEngine(task.database, remote);
        return {};
      });
    case 'mark':
      return measured(async () => {
        await opened().mark(task.names);
        return {};
      });
    default:
      return opened().run(task.does);
  }
};

const measured = async (work: () => Promise<Partial<Outcome>>): Promise<Outcome> => {
  const begin = reading();
  const counts = await work();
  const whole = between(begin, reading());
  return { seen: 0, written: 0, events: 0, ...counts, whole, afterReading: whole };
};

process.on('message', async (task: Task) => {
  try {
    process.send?.({ outcome: await perform(task) });
  } catch (error) {
    process.send?.({ error: String((error as Error).stack) });
  }
});

process.on('disconnect', () => process.exit());
