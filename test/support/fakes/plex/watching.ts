import { leavesOf, type Shelf, type ShelfItem } from '../shelf.ts';
import type { PlexPeople, PlexUser } from './people.ts';

/** What Plex keeps for a person and an item; what is zero or null is not told at all. Instants in whole seconds. */
export interface PlexState {
  viewCount: number;
  viewOffset: number;
  lastViewedAt: number | null;
  userRating: number | null;
  lastRatedAt: number | null;
}

export interface PlexRow {
  historyKey: string;
  item: ShelfItem;
  user: PlexUser;
  viewedAt: number;
  deviceID: number;
}

export interface PlexSession {
  user: PlexUser;
  item: ShelfItem;
  viewOffset: number;
  client: string;
  state: string;
}

const NONE: PlexState = { viewCount: 0, viewOffset: 0, lastViewedAt: null, userRating: null, lastRatedAt: null };

/** From here on an item counts as seen. */
const SEEN = 0.9;

/** Everyone's state, sessions and the log, by the server's rules. */
export class PlexWatching {
  history: PlexRow[] = [];
  sessions: PlexSession[] = [];
  readonly #shelf: Shelf;
  readonly #people: PlexPeople;
  #states = new Map<PlexUser, Map<ShelfItem, PlexState>>();
  #rows = 0;

  constructor(shelf: Shelf, people: PlexPeople) {
    this.#shelf = shelf;
    this.#people = people;
  }

  state(user: PlexUser, item: ShelfItem): PlexState {
    return this.#states.get(user)?.get(item) ?? NONE;
  }

  set(user: PlexUser, item: ShelfItem, fields: Partial<PlexState>): void {
    const of = this.#states.get(user) ?? new Map<ShelfItem, PlexState>();
    this.#states.set(user, of.set(item, { ...this.state(user, item), ...fields }));
  }

  /** Everybody's state and the log are forgotten. */
  forget(): void {
    this.#states = new Map();
    this.history = [];
    this.sessions = [];
  }

  /** A mark: one view more, now, whatever a client wants the date to be; the position goes; the log hears nothing. */
  scrobble(user: PlexUser, item: ShelfItem): void {
    for (const leaf of leavesOf(item)) this.#seen(user, leaf, this.#now());
  }

  /** Count, date and position vanish. */
  unscrobble(user: PlexUser, item: ShelfItem): void {
    for (const leaf of leavesOf(item)) this.set(user, leaf, { viewCount: 0, viewOffset: 0, lastViewedAt: null });
  }

  rate(user: PlexUser, item: ShelfItem, rating: number, at: number = this.#now()): void {
    const cleared = rating < 0;
    this.set(user, item, { userRating: cleared ? null : rating, lastRatedAt: cleared ? null : at });
  }

  /**
   * What a player reports. Without a length and a client it is ignored; a time of zero takes nothing back; a stop that no
   * playing led up to is ignored on what is watched.
   */
  report(
    user: PlexUser,
    item: ShelfItem,
    told: { state: string; time: number; duration: number; client: string },
  ): void {
    const { state, time, duration, client } = told;
    if (!client || !(duration > 0)) return;
    const session = this.sessions.find((one) => one.user === user && one.client === client && one.item === item);
    if (state !== 'stopped') {
      if (session) Object.assign(session, { viewOffset: time, state });
      else this.sessions.push({ user, item, viewOffset: time, client, state });
    } else this.sessions = this.sessions.filter((one) => one !== session);
    if (time <= 0) return;
    const playing = session !== undefined || state !== 'stopped';
    if (!playing && this.state(user, item).viewCount > 0) return;
    const at = this.#now();
    if (time / duration < SEEN) this.set(user, item, { viewOffset: time, lastViewedAt: at });
    else if (state === 'stopped') {
      this.#seen(user, item, at);
      if (playing) this.#log(user, item, at);
    }
  }

  /** Played from beginning to end in the vendor's own app. */
  watch(user: PlexUser, item: ShelfItem, at: number = this.#now()): void {
    this.#seen(user, item, at);
    this.#log(user, item, at);
  }

  /** Played and stopped there. */
  stopAt(user: PlexUser, item: ShelfItem, viewOffset: number): void {
    this.set(user, item, { viewOffset, lastViewedAt: this.#now() });
  }

  play(user: PlexUser, item: ShelfItem, viewOffset = 1000): () => void {
    const session = { user, item, viewOffset, client: `player of ${user.title}`, state: 'playing' };
    this.sessions.push(session);
    return () => {
      this.sessions = this.sessions.filter((one) => one !== session);
    };
  }

  #seen(user: PlexUser, item: ShelfItem, at: number): void {
    const { viewCount } = this.state(user, item);
    this.set(user, item, { viewCount: viewCount + 1, viewOffset: 0, lastViewedAt: at });
  }

  #log(user: PlexUser, item: ShelfItem, viewedAt: number): void {
    const historyKey = `/status/sessions/history/${++this.#rows}`;
    this.history.push({ historyKey, item, user, viewedAt, deviceID: this.#people.users.indexOf(user) + 1 });
  }

  #now(): number {
    return Math.floor(this.#shelf.clock() / 1000);
  }
}
