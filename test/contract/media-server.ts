import { afterEach, beforeEach, describe } from 'vitest';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { AccountKey, Connection, MediaServer, RemoteKind, StandingField } from '#sync/media-server.ts';
import { reading } from './media-server-reading.ts';
import { watching } from './media-server-watching.ts';
import { writing } from './media-server-writing.ts';

/**
 * A media server, fake or real, with a known shelf on it that nobody has touched: two movies or two tracks at least, and
 * a series with two episodes where the vendor has such.
 */
export interface House {
  /** A new connection with the right credentials, or with others in their place. */
  connect(other?: Partial<Connection>): MediaServer;
  /** Credentials that the server does not take. */
  wrong: Partial<Connection>;
  /** Whose state is read and written. */
  account: AccountKey;
  /** Remote ids of all that is on the shelf, in any order. Kinds that are left out are not compared. */
  shelf: Partial<Record<RemoteKind, string[]>>;
  /** What the vendor's own app does for the account's person. */
  hand: Hand;
  /** An id in the vendor's form that is no item's. */
  unknown: string;
  /** Fields that this very server does not keep, or does not tell, though others of its vendor do. */
  lacks?: readonly StandingField[];
  /** Texts that must be in no message and no receipt. */
  secrets: string[];
  close(): Promise<void>;
}

/** What cannot be done with a vendor is left out. */
export interface Hand {
  /** Marks a leaf as watched, or plays it to its end. `at` as far as it can be told. */
  watch?(remoteId: string, at: Instant): Promise<void>;
  unwatch?(remoteId: string): Promise<void>;
  /** Plays a leaf and stops there. */
  stopAt?(remoteId: string, positionMs: Millis): Promise<void>;
  /** 0 to 10; null: takes it back. */
  rate?(remoteId: string, rating: number | null): Promise<void>;
  favourite?(remoteId: string, value: boolean): Promise<void>;
  /** Begins to play; what it answers ends that. */
  play?(remoteId: string): Promise<() => Promise<void>>;
  /** Takes the item off the shelf. */
  remove?(remoteId: string): Promise<void>;
}

/** The house of the running test. */
export type Inside = () => House;

/**
 * What every connector keeps to, whatever its vendor; each test has a house of its own.
 * @param makeHouse a new house, or one that is put back to how it was: a real server may run through all of them
 */
export const mediaServerContract = (name: string, makeHouse: () => Promise<House>): void => {
  describe(`${name} as a media server`, () => {
    let house: House;
    beforeEach(async () => {
      house = await makeHouse();
    }, 60_000);
    afterEach(async () => {
      await house?.close();
    });
    const inside: Inside = () => house;
    reading(inside);
    writing(inside);
    watching(inside);
  });
};
