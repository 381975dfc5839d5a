import { CLIENT_PASSWORD, CLIENT_TOKEN, processEnvironment, variable } from '#config/environment.ts';
import { invalid } from '#kernel/errors.ts';
import { askHidden, fromStdin } from './ask.ts';

export interface SecretOptions {
  user?: string;
  passwordStdin?: boolean;
  tokenStdin?: boolean;
}

/** What to sign in there with; absent: not given. */
export interface Secrets {
  password?: string;
  token?: string;
}

/**
 * Password and token, each from stdin where that is asked for, else from its variable; a password that goes with a name is
 * asked for on a terminal.
 */
export const secretsFor = async ({ user, passwordStdin, tokenStdin }: SecretOptions): Promise<Secrets> => {
  if (passwordStdin && tokenStdin) throw invalid('There is one stdin: give --password-stdin or --token-stdin.');
  const environment = processEnvironment();
  if (passwordStdin) return { password: await fromStdin() };
  const token = tokenStdin ? await fromStdin() : variable(environment, CLIENT_TOKEN);
  if (token !== undefined) return { token };
  const password = variable(environment, CLIENT_PASSWORD) ?? (await typed(user));
  return password === undefined ? {} : { password };
};

/** No name, no password; a name without one on a terminal: ask. */
const typed = async (user: string | undefined): Promise<string | undefined> => {
  if (user === undefined || !process.stdin.isTTY) return undefined;
  const password = await askHidden(`Password of ${user}: `);
  return password === '' ? undefined : password;
};

/** A schedule as it is kept: `none` is null. */
export const scheduleOf = (schedule: string | undefined): { schedule?: string | null } =>
  schedule === undefined ? {} : { schedule: schedule.trim().toLowerCase() === 'none' ? null : schedule };
