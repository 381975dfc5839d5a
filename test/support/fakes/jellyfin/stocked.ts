import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Filling, fillShelf, fillStates } from '../shelf-fill.ts';
import { startFakeJellyfin } from './start.ts';

/** What a person has on it. */
export interface Stock extends Filling {
  /** How many of the things that can be played have a state of theirs. */
  states: number;
}

export interface StockedJellyfin {
  url: string;
  apiKey: string;
  /** Whose states they are. */
  userId: string;
  /** Series, seasons, artists and albums count as well. */
  items: number;
  close(): Promise<void>;
}

/**
 * A filled fake Jellyfin in a process of its own, so that neither its time nor its memory is taken for ours. Nothing is held
 * against the document there. An item is written down when it is asked for first, with other fields or for another person:
 * a bench reads everything once before it measures.
 */
export const startStockedJellyfin = async (stock: Stock): Promise<StockedJellyfin> => {
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify(stock)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const told = await firstLine(child);
  const close = async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin?.end();
    await ended;
  };
  return { ...(JSON.parse(told) as Omit<StockedJellyfin, 'close'>), close };
};

const firstLine = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) return line;
  throw new Error('The fake ended before it began.');
};

/** In the process of its own: it ends with the one that began it, whose end closes the input. */
const run = async (stock: Stock): Promise<void> => {
  const fake = await startFakeJellyfin({ checked: false });
  const user = fake.shelf.addUser({ name: 'alice' });
  fillShelf(fake.shelf, stock);
  fillStates(fake.shelf, user, stock.states);
  const told = { url: fake.url, apiKey: fake.apiKey, userId: user.id, items: fake.shelf.items.length };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  process.stdin.resume().once('end', () => fake.close());
};

if (import.meta.main) await run(JSON.parse(process.argv[2] ?? '{}'));
