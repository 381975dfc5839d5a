import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '#kernel/clock.ts';
import { tooMany } from '#kernel/errors.ts';

const TRIES = 10;
const PER_SECONDS = 60;

/** Slows the guessing of passwords, by where it comes from and by whose name it is tried on. */
export interface LoginLimit {
  /** Counts a try. @throws AppError `unavailable` (too many) when there were too many within the last minute */
  take(address: string, nameKey: string): Promise<void>;
  /** A right password clears the count of the name, and takes this try off the address's. */
  clear(address: string, nameKey: string): Promise<void>;
}

/** Counts in this process's memory. */
export const createLoginLimit = (tries = TRIES): LoginLimit => {
  const limits = { points: tries, duration: PER_SECONDS };
  const byAddress = new RateLimiterMemory({ ...limits, keyPrefix: 'address' });
  const byName = new RateLimiterMemory({ ...limits, keyPrefix: 'name' });
  return {
    take: async (address, nameKey) => {
      try {
        await byAddress.consume(address);
        await byName.consume(nameKey);
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? refuse(refusal) : refusal;
      }
    },
    clear: async (address, nameKey) => {
      await byAddress.reward(address);
      await byName.delete(nameKey);
    },
  };
};

const refuse = (refusal: RateLimiterRes) => {
  const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / SECOND));
  return tooMany(`Too many tries to sign in. Wait ${seconds} seconds.`, seconds);
};
