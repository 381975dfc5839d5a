import { createHash } from 'node:crypto';

export type ShelfKind = 'movie' | 'series' | 'season' | 'episode' | 'artist' | 'album' | 'track';

export interface ShelfUser {
  id: string;
  name: string;
  password: string;
  admin: boolean;
  hidden: boolean;
  disabled: boolean;
  /** May write state; without it the server answers 403. */
  mayWrite: boolean;
  /** The libraries that they see; null: all. */
  libraries: ShelfLibrary[] | null;
}

export interface ShelfLibrary {
  id: string;
  name: string;
  /** null: mixed. */
  type: 'movies' | 'tvshows' | 'music' | 'boxsets' | 'books' | null;
  path: string;
}

/** What is known of a work, in the vendors' words. */
export interface ShelfFacts {
  title: string;
  originalTitle?: string;
  sortTitle?: string;
  overview?: string;
  tagline?: string;
  year?: number;
  /** `2008-04-10`. */
  premiered?: string;
  /** null: the server does not know. */
  runtimeMs?: number | null;
  genres?: string[];
  tags?: string[];
  officialRating?: string;
  communityRating?: number;
  /** `{ Imdb: 'tt1254207' }`, in the server's own case. */
  ids?: Record<string, string>;
  /** null: the item has no file. */
  path?: string | null;
  /** Further files of the same work. */
  versions?: { name: string; path: string }[];
  addedAt?: number;
  /** An episode that the server knows of and has not. */
  missing?: boolean;
  /** Where a special is shown among the seasons. */
  airsBeforeSeason?: number;
  airsBeforeEpisode?: number;
  airsAfterSeason?: number;
}

export interface ShelfItem extends ShelfFacts {
  id: string;
  kind: ShelfKind;
  library: ShelfLibrary;
  parent: ShelfItem | null;
  index: number | null;
  indexEnd: number | null;
  /** Of episodes: the season's number; of tracks: the disc. */
  parentIndex: number | null;
  ids: Record<string, string>;
  path: string | null;
  runtimeMs: number | null;
  addedAt: number;
  /** When its facts were saved last. */
  savedAt: number;
  /** Ids of its further files, in the order of `versions`. */
  versionIds: string[];
  children: ShelfItem[];
}

/** Someone plays something now. */
export interface ShelfSession {
  id: string;
  user: ShelfUser;
  item: ShelfItem;
  positionMs: number;
  paused: boolean;
  at: number;
}

/** What changed on a shelf, in the vendors' words for the reason. */
export interface ShelfChange {
  user: ShelfUser;
  item: ShelfItem;
  reason:
    | 'TogglePlayed'
    | 'UpdateUserData'
    | 'UpdateUserRating'
    | 'PlaybackStart'
    | 'PlaybackProgress'
    | 'PlaybackFinished';
}

/** How a vendor names things. */
export interface ShelfNaming {
  /** What makes the ids of people differ from those on other servers. */
  server?: string;
  itemId(number: number, kind: ShelfKind | 'library' | 'version'): string;
}

/** 32 hexadecimal digits, the same for the same name. */
export const guid = (name: string): string => createHash('md5').update(name).digest('hex');

export const leafKinds: readonly ShelfKind[] = ['movie', 'episode', 'track'];

/** The item itself where it is a leaf, else all that can be played below it. */
export const leavesOf = (item: ShelfItem): ShelfItem[] =>
  leafKinds.includes(item.kind) ? [item] : item.children.flatMap(leavesOf);

/** The series of an episode or season; the artist of an album or track. */
export const rootOf = (item: ShelfItem): ShelfItem => (item.parent ? rootOf(item.parent) : item);

/** By what the server recognises an item whose file came back. */
export const userDataKey = (item: ShelfItem): string => {
  const own =
    item.kind === 'series' ? (item.ids.Tvdb ?? item.ids.Imdb ?? item.ids.Tmdb) : (item.ids.Imdb ?? item.ids.Tmdb);
  if (item.kind === 'episode') {
    const series = rootOf(item);
    return `${userDataKey(series)}${three(item.parentIndex)}${three(item.index)}`;
  }
  if (item.kind === 'season') return `${userDataKey(rootOf(item))}${three(item.index)}`;
  return own ?? item.path ?? item.id;
};

const three = (number: number | null): string => String(number ?? 0).padStart(3, '0');
