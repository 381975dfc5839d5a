import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { START_FLAGS } from '../process.ts';
import type { Outcome, Remote, Task } from './task.ts';

/** A process of its own, so that neither the time nor the memory of the bench and the fake is taken for ours. */
export interface Worker {
  /** @throws Error with what went wrong there */
  perform(task: Task): Promise<Outcome>;
  close(): Promise<void>;
}

/** Starts one with the limits that `npm start` has. */
export const startWorker = (remote: Remote): Worker => {
  const child = fork(fileURLToPath(new URL('./measured.ts', import.meta.url)), [JSON.stringify(remote)], {
    execArgv: START_FLAGS,
  });
  return {
    perform: async (task) => {
      child.send(task);
      const { outcome, error } = await answerOf(child);
      if (outcome === undefined) throw new Error(`"${task.does}" broke off: ${error}`);
      return outcome;
    },
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
};

interface Answer {
  outcome?: Outcome;
  error?: string;
}

const answerOf = (child: ChildProcess): Promise<Answer> =>
  new Promise((resolve) => {
    const end = (answer: Answer) => {
      child.off('message', heard);
      child.off('exit', died);
      resolve(answer);
    };
    const heard = (message: unknown) => end(message as Answer);
    const died = (code: number | null, signal: string | null) => end({ error: `it ended with ${code ?? signal}.` });
    child.on('message', heard);
    child.on('exit', died);
  });
