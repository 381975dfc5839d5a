import type { Instant } from '#kernel/clock.ts';
import type { Standing, StandingChange } from '#sync/media-server.ts';
import type { Query } from '../http.ts';
import type { Info, Item, User } from './answers.ts';
import type { Session } from './session.ts';

/** Where something is asked, and with what. */
export interface Place {
  path: string;
  query: Query;
}

/**
 * What sets Jellyfin and Emby apart; they come from one program. Parameters are written as Jellyfin has them
 * (`startIndex`), a dialect puts them into its own case.
 */
export interface Dialect {
  kind: 'jellyfin' | 'emby';
  label: string;
  /** The first version that has all that is asked of it. */
  oldest: readonly [major: number, minor: number];
  /** Where its keys are made, for messages. */
  keys: string;
  /** Whether what tells this of itself is one of its servers. */
  isOwn(info: Info): boolean;
  /** @param token null: not signed in yet */
  headers(token: string | null, installation: string): Record<string, string>;
  /** Fields to be asked of lists, besides those that are told unasked. */
  fields: { facts: readonly string[]; state: readonly string[] };
  /** Parameters that only one of the two has. */
  lists: Query;
  /** By which a list does not count all that it would hold; null: there is no such parameter. */
  uncounted: Query | null;
  views(account: string): Place;
  items(account: string, query: Query): Place;
  albumArtists(account: string, query: Query): Place;
  item(account: string, id: string): Place;
  /** All people, as an administrator sees them. */
  users(session: Session, signal: AbortSignal): Promise<User[]>;
  /** Whose token was given; null: nobody's, or the server does not say. */
  tokenUser(session: Session, signal: AbortSignal): Promise<User | null>;
  /** Sends what is to become of an item; what it sent is noted in `sent`. */
  write(order: WriteOrder, signal: AbortSignal): Promise<Standing>;
  /** Path and query of its socket. */
  socket(token: string, installation: string): string;
}

export interface WriteOrder {
  session: Session;
  account: string;
  id: string;
  /** How the item stood just now. */
  item: Item;
  change: StandingChange;
  /** `POST /UserItems/12/UserData`, one for each request. */
  sent: string[];
}

/** The date that goes with a change: what happened last of it; undefined: nothing was played. */
export const playedAt = ({ watched, position }: StandingChange): Instant | undefined => {
  const dates = [watched?.value ? watched.at : undefined, position?.at].filter((at) => at !== undefined);
  return dates.length === 0 ? undefined : Math.max(...dates);
};
