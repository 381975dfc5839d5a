import type { Connection } from '#sync/media-server.ts';
import type { User } from './answers.ts';

/** What a server lets someone in with. */
export interface Pass {
  token: string;
  /** Who signed in; null: the token was given. */
  user: User | null;
}

/** The pass of a connection; absent: to be asked for. */
export interface PassHolder {
  pass?: Promise<Pass>;
}

/**
 * The pass of each connection, shared by all that are opened with the same credentials: Jellyfin ends the former token of
 * a person and device when they sign in again, so that two of ours would keep throwing each other out.
 */
export type PassBook = (connection: Connection) => PassHolder;

export const createPassBook = (): PassBook => {
  const known = new Map<string, PassHolder>();
  return ({ address, userName, password, token, installation }) => {
    const key = JSON.stringify([address, userName, password, token, installation]);
    const holder = known.get(key) ?? (token === null ? {} : { pass: Promise.resolve({ token, user: null }) });
    known.delete(key);
    known.set(key, holder);
    const [oldest] = known.keys();
    if (known.size > CONNECTIONS && oldest !== undefined) known.delete(oldest);
    return holder;
  };
};

/** Far more than anyone has; credentials that were tried once do not pile up. */
const CONNECTIONS = 200;
