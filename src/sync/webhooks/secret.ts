import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret for the path of a webhook: 256 bits, in letters that no address changes. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What a webhook is found by. Of 256 random bits a plain digest gives nothing away. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares in a time that does not tell where they differ. */
export const sameDigest = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
