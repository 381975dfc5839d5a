import { join } from 'node:path';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { silentLogger } from '#kernel/logger.ts';

/** The database in a data folder. */
export const fileIn = (folder: string): string => join(folder, 'leftoff.db');

export const makeDatabase = async (file: string): Promise<void> => {
  const database = await openDatabase({ url: `sqlite:${file}`, logger: silentLogger });
  await migrate(database);
  await database.close();
};

/**
 * Makes users over the API of a fresh server.
 * @returns an API token of each
 */
export const makeUsers = async (port: number, count: number): Promise<string[]> => {
  const password = 'a password of the bench';
  const admin = cookieOf(await post(port, '/setup', { name: 'bench 0', password }));
  const tokens: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const name = `bench ${n}`;
    if (n > 0) await post(port, '/users', { name, password, role: 'user' }, admin);
    const cookie = n === 0 ? admin : cookieOf(await post(port, '/session', { name, password }));
    const made = (await (await post(port, '/me/tokens', { name }, cookie)).json()) as { token: string };
    tokens.push(made.token);
  }
  return tokens;
};

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');

const post = async (port: number, path: string, body: unknown, cookie = ''): Promise<Response> => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}: ${await answer.text()}`);
  return answer;
};
