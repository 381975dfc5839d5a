import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's second choice of argon2id parameters: 19 MiB, two passes, one lane. About 15 ms of one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_BYTES = 32;
const NONCE_BYTES = 16;

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 200;

/** Hashes a password into the PHC text form, under a fresh salt. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(NONCE_BYTES);
  return phc(COST, nonce, await tagOf(password, nonce, COST));
};

/**
 * Whether a password fits a hash. Without a hash it takes as long and is never right, so that the time does not tell
 * whether a name is known.
 */
export const verifyPassword = async (password: string, hash: string | null): Promise<boolean> => {
  const kept = parse(hash ?? NOBODY);
  if (!kept) throw new Error('A password hash in the database is not argon2id in PHC form.');
  const tag = await tagOf(password, kept.nonce, kept.cost);
  return timingSafeEqual(tag, kept.tag) && hash !== null;
};

const tagOf = (password: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> =>
  derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce, tagLength: TAG_BYTES });

const phc = (cost: typeof COST, nonce: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(nonce)}$${bare(tag)}`;

/** PHC texts carry base64 without its padding. */
const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

const parse = (hash: string) => {
  const [, memory, passes, parallelism, nonce, tag] = FORM.exec(hash) ?? [];
  if (nonce === undefined || tag === undefined) return undefined;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
};

const NOBODY = phc(COST, Buffer.alloc(NONCE_BYTES), Buffer.alloc(TAG_BYTES));
