import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { invalid } from '#kernel/errors.ts';
import { Interrupted } from './exit.ts';

/** All of stdin without the line's end, for `--password-stdin` and its like. */
export const fromStdin = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, '');

/**
 * A new password: from stdin when that was asked for, else typed twice.
 * @throws AppError `invalid` when the two differ, or when there is no terminal to ask on
 */
export const newPassword = async (stdin: boolean): Promise<string> => {
  if (stdin) return fromStdin();
  const password = await askHidden('Password: ');
  if ((await askHidden('The same again: ')) !== password) throw invalid('The two passwords differ.');
  return password;
};

/** Asks on the terminal, without showing what is typed. */
export const askHidden = (question: string): Promise<string> => {
  if (!process.stdin.isTTY) throw invalid('There is no terminal to ask for the password: use --password-stdin.');
  return ask(question, { hidden: true });
};

/** Asks on the terminal. */
export const ask = (question: string, { hidden = false } = {}): Promise<string> => {
  if (hidden) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = hidden ? silent : process.stderr;
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve, reject) => {
    const end = () => {
      if (hidden) process.stderr.write('\n');
      reader.close();
    };
    reader.once('SIGINT', () => {
      reject(new Interrupted());
      end();
    });
    reader.once('close', () => reject(new Interrupted()));
    reader.question(hidden ? '' : question, (answer) => {
      resolve(answer);
      end();
    });
  });
};
