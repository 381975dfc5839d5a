import { createHash, randomBytes } from 'node:crypto';
import { ConnectorError } from '#sync/connector-error.ts';
import type { AccountKey, Connection } from '#sync/media-server.ts';
import type { Query } from '../http.ts';
import { Refusal } from './calls.ts';

/** A way to say who is asking. `password`: the password itself, which only hex hides. */
export type Way = 'key' | 'token' | 'password';

export interface SignIn {
  /** The parameters that say who asks, in the way that the server took. */
  as(account: AccountKey, signal: AbortSignal): Promise<Query>;
  /** The way that was found; null: nothing was asked yet. */
  way(): Way | null;
}

/**
 * Finds the way in which a server lets an account in, once: an API key where there is one (OpenSubsonic), else a salted
 * token (API 1.13), else the password, which servers without tokens need and those that ask a directory for passwords.
 * @param ping asks with these parameters whether that is right
 */
export const createSignIn = (
  connection: Connection,
  who: string,
  ping: (query: Query, signal: AbortSignal) => Promise<void>,
): SignIn => {
  const found = new Map<string, () => Query>();
  let last: Way | null = null;
  const find = async (account: AccountKey, signal: AbortSignal): Promise<() => Query> => {
    const ways = waysOf(account, connection);
    for (const [index, { way, query }] of ways.entries()) {
      try {
        await ping(query(), signal);
        last = way;
        return query;
      } catch (error) {
        const other = error instanceof Refusal && OTHER_WAY.includes(error.code ?? -1);
        if (!other || index === ways.length - 1) throw error;
      }
    }
    throw new ConnectorError(
      'unauthorized',
      `${who} needs a user name and a password, or an API key; give ${isOwn(account, connection) ? 'them to the connection' : 'the account its own'}.`,
    );
  };
  return {
    as: async (account, signal) => {
      const key = JSON.stringify([account.remoteId, account.secret]);
      const query = found.get(key) ?? (await find(account, signal));
      found.set(key, query);
      return query();
    },
    way: () => last,
  };
};

/** "A parameter is missing", said of the token by servers that know none; "no tokens for users of a directory"; "not this way". */
const OTHER_WAY: readonly number[] = [10, 41, 42, 43];

/** Whether the connection's credentials are the account's. */
const isOwn = ({ remoteId }: AccountKey, { userName }: Connection): boolean =>
  remoteId === '' || userName === null || sameName(remoteId, userName);

const waysOf = (account: AccountKey, connection: Connection) => {
  const { remoteId, secret } = account;
  const { userName, password, token } = connection;
  // Whoever the connection signs in as is nobody else: what one person did must not be taken for another's.
  if (secret === null && !isOwn(account, connection)) return [];
  const name = secret === null ? userName : remoteId;
  const word = secret ?? password;
  const ways: { way: Way; query: () => Query }[] = [];
  if (secret === null && token !== null) ways.push({ way: 'key', query: () => ({ apiKey: token }) });
  if (name === null || word === null) return ways;
  ways.push({ way: 'token', query: () => ({ u: name, ...salted(word) }) });
  ways.push({ way: 'password', query: () => ({ u: name, p: `enc:${Buffer.from(word).toString('hex')}` }) });
  return ways;
};

/** Whether they name one person: servers take user names in any case. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The API's own scheme; MD5 is what it asks for. */
const salted = (password: string) => {
  const s = randomBytes(8).toString('hex');
  return {
    t: createHash('md5')
      .update(password + s)
      .digest('hex'),
    s,
  };
};
