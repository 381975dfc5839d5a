import type {
  IncomingAlbum,
  IncomingArtist,
  IncomingEpisode,
  IncomingMovie,
  IncomingSeason,
  IncomingSeries,
  IncomingTrack,
} from '#catalog/incoming.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { RemoteItem, RemoteKind, RemoteLibrary, RemoteOpinion, RemoteState } from '#sync/media-server.ts';

/** An entry of a shelf; what hangs from it names it by the object, so that ids may change. */
export interface ShelfEntry {
  remoteId: string;
  kind: RemoteKind;
  library: ShelfLibrary;
  parent: ShelfEntry | null;
  path: string | null;
  facts: IncomingMovie & Partial<IncomingEpisode> & Partial<IncomingTrack>;
}

export interface ShelfLibrary {
  remoteId: string;
  name: string;
  kind: LibraryKind;
}

/** How one account stands with one entry. */
export interface Kept {
  state: RemoteState;
  opinion: Required<RemoteOpinion>;
}

type Told<F> = Omit<F, 'externalIds'> & { externalIds?: IncomingMovie['externalIds']; path?: string | null };

/** What a memory server has: libraries and entries. Each `add…` gives the new entry's remote id. */
export interface Shelf {
  library(kind: LibraryKind, name: string): string;
  movie(facts: Told<IncomingMovie>, library?: string): string;
  series(facts: Told<IncomingSeries>, library?: string): string;
  season(series: string, facts: Told<Omit<IncomingSeason, 'title'>> & { title?: string }): string;
  /** Hangs from its series. */
  episode(series: string, facts: Told<IncomingEpisode>): string;
  artist(facts: Told<IncomingArtist>, library?: string): string;
  album(artist: string, facts: Told<IncomingAlbum>): string;
  track(album: string, facts: Told<IncomingTrack>): string;
  /** Changes what is told of an entry. */
  change(remoteId: string, facts: Partial<ShelfEntry['facts']>, path?: string | null): void;
  /** Takes an entry away, with all below it. */
  remove(remoteId: string): void;
  /** Renames every entry; see {@link MemoryServer.rebuild}. @returns new ids by old ones */
  rename(how: 'fresh' | 'again'): Map<string, string>;
  clear(): void;
  find(remoteId: string): ShelfEntry | undefined;
  entries(kind: RemoteKind): ShelfEntry[];
  all(): ShelfEntry[];
  libraries(): (RemoteLibrary & ShelfLibrary)[];
}

const shelfKind: Record<RemoteKind, LibraryKind> = {
  movie: 'movies',
  series: 'series',
  season: 'series',
  episode: 'series',
  artist: 'music',
  album: 'music',
  track: 'music',
};
const counted: Record<LibraryKind, RemoteKind | null> = {
  movies: 'movie',
  series: 'series',
  music: 'track',
  streams: null,
};

export const createShelf = (): Shelf => {
  let libraries: ShelfLibrary[] = [];
  let entries: ShelfEntry[] = [];
  let generation = 1;
  let counter = 0;
  const nameOf = (kind: RemoteKind, fresh = generation) => (fresh === 1 ? `${kind}:` : `${kind}:${fresh}-`) + ++counter;
  const addLibrary = (kind: LibraryKind, name: string): ShelfLibrary => {
    const library = { remoteId: `library:${libraries.length + 1}`, name, kind };
    libraries.push(library);
    return library;
  };
  const libraryFor = (kind: RemoteKind, remoteId?: string) =>
    libraries.find((library) =>
      remoteId === undefined ? library.kind === shelfKind[kind] : library.remoteId === remoteId,
    ) ?? addLibrary(shelfKind[kind], shelfKind[kind]);
  const entry = (remoteId: string): ShelfEntry => {
    const found = entries.find((one) => one.remoteId === remoteId);
    if (!found) throw new Error(`There is no ${remoteId}.`);
    return found;
  };
  const add = (kind: RemoteKind, told: Told<IncomingArtist>, place: { library?: string; parent?: string }) => {
    const { path = null, ...facts } = told;
    const parent = place.parent === undefined ? null : entry(place.parent);
    const library = parent?.library ?? libraryFor(kind, place.library);
    const remoteId = nameOf(kind);
    entries.push({ remoteId, kind, library, parent, path, facts: { externalIds: [], ...facts } });
    return remoteId;
  };
  const below = (above: ShelfEntry) => (one: ShelfEntry) => {
    for (let up: ShelfEntry | null = one; up; up = up.parent) if (up === above) return true;
    return false;
  };
  return {
    library: (kind, name) => addLibrary(kind, name).remoteId,
    movie: (facts, library) => add('movie', facts, library === undefined ? {} : { library }),
    series: (facts, library) => add('series', facts, library === undefined ? {} : { library }),
    season: (parent, facts) => add('season', { title: '', ...facts }, { parent }),
    episode: (parent, facts) => add('episode', facts, { parent }),
    artist: (facts, library) => add('artist', facts, library === undefined ? {} : { library }),
    album: (parent, facts) => add('album', facts, { parent }),
    track: (parent, facts) => add('track', facts, { parent }),
    change: (remoteId, facts, path) => {
      const found = entry(remoteId);
      found.facts = { ...found.facts, ...facts };
      if (path !== undefined) found.path = path;
    },
    remove: (remoteId) => {
      const gone = below(entry(remoteId));
      entries = entries.filter((one) => !gone(one));
    },
    rename: (how) => {
      const names = new Map<string, string>();
      // The same numbers again, given the other way round: what was the first is the last.
      if (how === 'again') {
        counter = 0;
        entries = [...entries].reverse();
      } else generation++;
      for (const one of entries) {
        const name = nameOf(one.kind, how === 'again' ? 1 : generation);
        names.set(one.remoteId, name);
        one.remoteId = name;
      }
      return names;
    },
    clear: () => {
      libraries = [];
      entries = [];
    },
    find: (remoteId) => entries.find((one) => one.remoteId === remoteId),
    entries: (kind) => entries.filter((one) => one.kind === kind),
    all: () => [...entries],
    libraries: () =>
      libraries.map((library) => ({
        ...library,
        count: entries.filter((one) => one.library === library && one.kind === counted[library.kind]).length,
      })),
  };
};

/** An entry as the port tells it. */
export const toldOf = (entry: ShelfEntry, kept: Kept, opinion: RemoteOpinion | undefined): RemoteItem => {
  const common = {
    remoteId: entry.remoteId,
    path: entry.path,
    ...(entry.parent ? { parentRemoteId: entry.parent.remoteId } : { libraryRemoteId: entry.library.remoteId }),
    ...(opinion ? { opinion } : {}),
  };
  const leaf = entry.kind === 'movie' || entry.kind === 'episode' || entry.kind === 'track';
  return {
    ...common,
    kind: entry.kind,
    facts: { ...entry.facts },
    ...(leaf ? { state: structuredClone(kept.state) } : {}),
  } as RemoteItem;
};
