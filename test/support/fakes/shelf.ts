import {
  guid,
  leavesOf,
  type ShelfChange,
  type ShelfFacts,
  type ShelfItem,
  type ShelfKind,
  type ShelfLibrary,
  type ShelfNaming,
  type ShelfSession,
  type ShelfUser,
} from './shelf-items.ts';
import { marked, reported, type ShelfState, started, unmarked } from './shelf-state.ts';
import { ShelfStates } from './shelf-states.ts';

const DAY = 86_400_000;

/**
 * The library and the people of a fake Jellyfin or Emby, and every person's state as these servers keep it. What a test
 * does here happened in the vendor's own app.
 */
export class Shelf {
  readonly users: ShelfUser[] = [];
  readonly libraries: ShelfLibrary[] = [];
  /** In the order of their arrival; children after their parents. */
  items: ShelfItem[] = [];
  sessions: ShelfSession[] = [];
  clock: () => number = () => Date.now();
  /** Rises when an item comes, goes or changes. */
  revision = 0;
  readonly #naming: ShelfNaming;
  readonly #byId = new Map<string, ShelfItem>();
  readonly #states: ShelfStates;
  /** What went with an item when it was removed, itself first. */
  readonly #removed = new Map<ShelfItem, ShelfItem[]>();
  readonly #listeners = new Set<(change: ShelfChange) => void>();
  #number = 0;

  /** @param sharesStates copies of a work in several places have one state, as before Jellyfin 10.11 */
  constructor(naming: ShelfNaming, { sharesStates = false }: { sharesStates?: boolean } = {}) {
    this.#naming = naming;
    this.#states = new ShelfStates(sharesStates);
  }

  addUser(user: Partial<Omit<ShelfUser, 'id'>> & { name: string }): ShelfUser {
    const defaults = {
      password: 'secret',
      admin: false,
      hidden: false,
      disabled: false,
      mayWrite: true,
      libraries: null,
    };
    const made = { ...defaults, ...user, id: guid(`${this.#naming.server} user ${user.name}`) };
    this.users.push(made);
    return made;
  }

  removeUser(user: ShelfUser): void {
    this.users.splice(this.users.indexOf(user), 1);
    this.sessions = this.sessions.filter((session) => session.user !== user);
  }

  /** Changes what a person sees. */
  grant(user: ShelfUser, libraries: ShelfLibrary[] | null): void {
    user.libraries = libraries;
    this.revision++;
  }

  addLibrary(library: { name: string; type: ShelfLibrary['type']; path?: string }): ShelfLibrary {
    const path = library.path ?? `/media/${library.name.toLowerCase()}`;
    const made = { ...library, path, id: this.#naming.itemId(++this.#number, 'library') };
    this.libraries.push(made);
    this.revision++;
    return made;
  }

  addMovie(facts: ShelfFacts & { library?: ShelfLibrary }): ShelfItem {
    const { library = this.#library('movies'), ...rest } = facts;
    const name = `${facts.title}${facts.year ? ` (${facts.year})` : ''}`;
    return this.#add('movie', { path: `${library.path}/${name}/${name}.mkv`, ...rest }, { library });
  }

  addSeries(facts: ShelfFacts & { library?: ShelfLibrary }): ShelfItem {
    const { library = this.#library('tvshows'), ...rest } = facts;
    return this.#add('series', { path: `${library.path}/${facts.title}`, runtimeMs: null, ...rest }, { library });
  }

  /** @param number 0: the specials */
  addSeason(series: ShelfItem, number: number, facts: Partial<ShelfFacts> = {}): ShelfItem {
    const title = number === 0 ? 'Specials' : `Season ${number}`;
    const path = `${series.path}/Season ${String(number).padStart(2, '0')}`;
    return this.#add('season', { title, path, runtimeMs: null, ...facts }, { parent: series, index: number });
  }

  /** Its season is added when it is not there. `season` null: the server found no number. `end`: of a double episode. */
  addEpisode(
    series: ShelfItem,
    at: { season: number | null; episode: number | null; end?: number },
    facts: Partial<ShelfFacts> = {},
  ): ShelfItem {
    const parent = at.season === null ? series : this.#season(series, at.season);
    const end = at.end === undefined ? '' : `E${two(at.end)}`;
    const name = `${series.title} S${two(at.season ?? 0)}E${two(at.episode ?? 0)}${end}`;
    const said = { title: `Episode ${at.episode ?? '?'}`, path: `${parent.path}/${name}.mkv`, ...facts };
    const place = { parent, index: at.episode, indexEnd: at.end ?? null, parentIndex: at.season };
    return this.#add('episode', facts.missing ? { ...said, path: null } : said, place);
  }

  addArtist(facts: ShelfFacts & { library?: ShelfLibrary }): ShelfItem {
    const { library = this.#library('music'), ...rest } = facts;
    return this.#add('artist', { path: `${library.path}/${facts.title}`, runtimeMs: null, ...rest }, { library });
  }

  addAlbum(artist: ShelfItem, facts: ShelfFacts): ShelfItem {
    return this.#add('album', { path: `${artist.path}/${facts.title}`, runtimeMs: null, ...facts }, { parent: artist });
  }

  addTrack(album: ShelfItem, at: { disc?: number; track: number }, facts: ShelfFacts): ShelfItem {
    const path = `${album.path}/${two(at.track)} ${facts.title}.flac`;
    const place = { parent: album, index: at.track, parentIndex: at.disc ?? null };
    return this.#add('track', { path, runtimeMs: 200_000, ...facts }, place);
  }

  /** Saves other facts of an item, as editing it in the vendor's app or a scan does. */
  change(item: ShelfItem, facts: Partial<ShelfFacts>): void {
    Object.assign(item, facts, { savedAt: this.clock() });
    this.revision++;
  }

  /** With all that is below. The server keeps the states, in case it comes back. */
  remove(item: ShelfItem): void {
    const gone = [item, ...this.items.filter((one) => isBelow(one, item))];
    const all = new Set(gone);
    for (const one of gone) {
      this.#states.keep(one);
      this.#forget(one);
    }
    this.#removed.set(item, gone);
    this.items = this.items.filter((one) => !all.has(one));
    this.sessions = this.sessions.filter((session) => !all.has(session.item));
    if (item.parent) item.parent.children = item.parent.children.filter((one) => one !== item);
    this.revision++;
  }

  /** Puts back what was removed, with all that went with it and their states; under other ids unless told. */
  addAgain(item: ShelfItem, { sameId = false }: { sameId?: boolean } = {}): void {
    item.parent?.children.push(item);
    for (const one of this.#removed.get(item) ?? [item]) {
      if (!sameId) this.#rename(one);
      this.items.push(one);
      this.#remember(one);
      this.#states.recall(one, this.users);
    }
    this.#removed.delete(item);
    this.revision++;
  }

  /** Every item and library gets a new id, as on a server that was set up again. */
  rebuild({ states = 'kept' }: { states?: 'kept' | 'lost' } = {}): void {
    this.#byId.clear();
    for (const library of this.libraries) library.id = this.#naming.itemId(++this.#number, 'library');
    for (const item of this.items) {
      this.#rename(item);
      this.#remember(item);
    }
    if (states === 'lost') this.#states.forget();
    this.sessions = [];
    this.revision++;
  }

  /** By its id or that of one of its further files. */
  find(id: string): ShelfItem | undefined {
    return this.#byId.get(id);
  }

  user(id: string): ShelfUser | undefined {
    return this.users.find((user) => user.id === id);
  }

  sees(user: ShelfUser, item: ShelfItem): boolean {
    return user.libraries === null || user.libraries.includes(item.library);
  }

  /** The state of a leaf, or what the person thinks of a container. Not to be changed in place. */
  state(user: ShelfUser, item: ShelfItem): ShelfState {
    return this.#states.of(user, item);
  }

  /** Rises with every change of the person's states. */
  stateRevision(user: ShelfUser): number {
    return this.#states.revision(user);
  }

  /** Writes fields of a state as they are, without a rule and without telling anyone. */
  setState(user: ShelfUser, item: ShelfItem, fields: Partial<ShelfState>): void {
    this.#states.set(user, item, { ...this.state(user, item), ...fields });
  }

  /** Played from beginning to end; of a container: each leaf. */
  watch(user: ShelfUser, item: ShelfItem, at = this.clock()): void {
    for (const leaf of leavesOf(item)) {
      const begun = started(this.state(user, leaf), at, isResumable(leaf));
      this.#save(user, leaf, { ...begun, played: true, positionMs: 0 }, 'PlaybackFinished');
    }
  }

  /** The tick in the app. */
  mark(user: ShelfUser, item: ShelfItem, at: number | null = this.clock()): void {
    for (const leaf of leavesOf(item)) {
      this.#save(user, leaf, marked(this.state(user, leaf), at, this.clock()), 'TogglePlayed');
    }
  }

  /** The tick taken away. */
  unwatch(user: ShelfUser, item: ShelfItem): void {
    for (const leaf of leavesOf(item)) this.#save(user, leaf, unmarked(this.state(user, leaf)), 'TogglePlayed');
  }

  /** Played and stopped in the middle, by the rules for players: below 5 % it is forgotten, above 90 % it is played. */
  stopAt(user: ShelfUser, item: ShelfItem, positionMs: number, at = this.clock()): void {
    const begun = started(this.state(user, item), at, isResumable(item));
    this.#save(user, item, reported(begun, positionMs, playerOf(item)), 'PlaybackFinished');
  }

  favourite(user: ShelfUser, item: ShelfItem, favourite = true): void {
    this.#save(user, item, { ...this.state(user, item), favourite }, 'UpdateUserRating');
  }

  rate(user: ShelfUser, item: ShelfItem, rating: number | null): void {
    this.#save(user, item, { ...this.state(user, item), rating }, 'UpdateUserRating');
  }

  /** Whatever a client of the API wrote. */
  write(user: ShelfUser, item: ShelfItem, state: ShelfState, reason: ShelfChange['reason']): void {
    this.#save(user, item, state, reason);
  }

  /** Begins to play it, and plays it until {@link stop}. */
  play(user: ShelfUser, item: ShelfItem, positionMs = 0): ShelfSession {
    const at = this.clock();
    this.sessions = this.sessions.filter((session) => session.user !== user);
    const session = { id: guid(`session ${user.name}`), user, item, positionMs, paused: false, at };
    this.sessions.push(session);
    this.#save(user, item, started(this.state(user, item), at, isResumable(item)), 'PlaybackStart');
    return session;
  }

  progress(user: ShelfUser, positionMs: number, paused = false): void {
    const session = this.sessions.find((one) => one.user === user);
    if (!session) return;
    Object.assign(session, { positionMs, paused, at: this.clock() });
    const { item } = session;
    this.#save(user, item, reported(this.state(user, item), positionMs, playerOf(item)), 'PlaybackProgress');
  }

  stop(user: ShelfUser, positionMs?: number): void {
    const session = this.sessions.find((one) => one.user === user);
    if (!session) return;
    this.sessions = this.sessions.filter((one) => one !== session);
    const { item } = session;
    const state = reported(this.state(user, item), positionMs ?? session.positionMs, playerOf(item));
    this.#save(user, item, state, 'PlaybackFinished');
  }

  /** A player's report on an item outside of any session. */
  report(user: ShelfUser, item: ShelfItem, positionMs: number): void {
    this.#save(user, item, reported(this.state(user, item), positionMs, playerOf(item)), 'PlaybackProgress');
  }

  /** Hears of every change of a state until the function that is given back is called. */
  listen(tell: (change: ShelfChange) => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  #save(user: ShelfUser, item: ShelfItem, state: ShelfState, reason: ShelfChange['reason']): void {
    this.#states.set(user, item, state);
    for (const tell of this.#listeners) tell({ user, item, reason });
  }

  #library(type: 'movies' | 'tvshows' | 'music'): ShelfLibrary {
    const name = { movies: 'Movies', tvshows: 'Shows', music: 'Music' }[type];
    return this.libraries.find((library) => library.type === type) ?? this.addLibrary({ name, type });
  }

  #season(series: ShelfItem, number: number): ShelfItem {
    return (
      series.children.find(({ kind, index }) => kind === 'season' && index === number) ?? this.addSeason(series, number)
    );
  }

  #add(
    kind: ShelfKind,
    facts: ShelfFacts,
    place:
      | { library: ShelfLibrary }
      | { parent: ShelfItem; index?: number | null; indexEnd?: number | null; parentIndex?: number | null },
  ): ShelfItem {
    const parent = 'parent' in place ? place.parent : null;
    // Each came a minute after the one before it, so that an order by date is an order.
    const addedAt = facts.addedAt ?? Date.UTC(2024, 0, 1) + (this.items.length * DAY) / 1440;
    const item: ShelfItem = {
      runtimeMs: 3_600_000,
      ids: {},
      path: null,
      savedAt: addedAt,
      ...facts,
      addedAt,
      id: this.#naming.itemId(++this.#number, kind),
      kind,
      library: 'parent' in place ? place.parent.library : place.library,
      parent,
      index: ('parent' in place ? place.index : null) ?? null,
      indexEnd: ('parent' in place ? place.indexEnd : null) ?? null,
      parentIndex: ('parent' in place ? place.parentIndex : null) ?? null,
      versionIds: (facts.versions ?? []).map(() => this.#naming.itemId(++this.#number, 'version')),
      children: [],
    };
    this.items.push(item);
    parent?.children.push(item);
    this.#remember(item);
    this.#states.recall(item, this.users);
    this.revision++;
    return item;
  }

  #remember(item: ShelfItem): void {
    for (const id of [item.id, ...item.versionIds]) this.#byId.set(id, item);
  }

  #forget(item: ShelfItem): void {
    for (const id of [item.id, ...item.versionIds]) this.#byId.delete(id);
  }

  #rename(item: ShelfItem): void {
    item.id = this.#naming.itemId(++this.#number, item.kind);
    item.versionIds = item.versionIds.map(() => this.#naming.itemId(++this.#number, 'version'));
  }
}

const isBelow = ({ parent }: ShelfItem, item: ShelfItem): boolean =>
  parent !== null && (parent === item || isBelow(parent, item));

const isResumable = ({ kind }: ShelfItem): boolean => kind !== 'track';

const playerOf = (item: ShelfItem) => ({ runtimeMs: item.runtimeMs, resumable: isResumable(item) });

const two = (number: number): string => String(number).padStart(2, '0');

export type {
  ShelfChange,
  ShelfFacts,
  ShelfItem,
  ShelfKind,
  ShelfLibrary,
  ShelfNaming,
  ShelfSession,
  ShelfUser,
} from './shelf-items.ts';
// Who holds a shelf needs their names as well.
export { guid, leafKinds, leavesOf, rootOf, userDataKey } from './shelf-items.ts';
