import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { invalid } from '#kernel/errors.ts';
import { Interrupted } from './exit.ts';

/** All of stdin without the line's end, for `--password-stdin`. */
export const passwordFromStdin = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, '');

/**
 * A new password: from stdin when that was asked for, else typed twice.
 * @throws AppError `invalid` when the two differ, or when there is no terminal to ask on
 */
export const newPassword = async (fromStdin: boolean): Promise<string> => {
  if (fromStdin) return passwordFromStdin();
  const password = await askHidden('Password: ');
  if ((await askHidden('The same again: ')) !== password) throw invalid('The two passwords differ.');
  return password;
};

/** Asks on the terminal, without showing what is typed. */
export const askHidden = (question: string): Promise<string> => {
  if (!process.stdin.isTTY) throw invalid('There is no terminal to ask for the password: use --password-stdin.');
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    const end = () => {
      process.stderr.write('\n');
      reader.close();
    };
    reader.once('SIGINT', () => {
      reject(new Interrupted());
      end();
    });
    reader.once('close', () => reject(new Interrupted()));
    reader.question('', (answer) => {
      resolve(answer);
      end();
    });
  });
};
