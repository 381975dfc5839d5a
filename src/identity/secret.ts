import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes: cannot be guessed, so a quick hash keeps it safe enough in the database. */
const BYTES = 32;
const API_PREFIX = 'lo_';

export const newSessionToken = (): string => randomBytes(BYTES).toString('base64url');
export const newApiToken = (): string => `${API_PREFIX}${newSessionToken()}`;

/** What of a token is stored. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Which sort of token a text can be; undefined: none that we ever gave out. */
export const sortOfToken = (token: string): 'session' | 'api' | undefined => {
  if (/^[\w-]{43}$/.test(token)) return 'session';
  return /^lo_[\w-]{43}$/.test(token) ? 'api' : undefined;
};
