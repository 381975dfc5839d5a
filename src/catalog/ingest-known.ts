import type { GenreId, MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import type { Facts } from './facts.ts';
import type { ExternalId } from './incoming.ts';
import type { ItemRecord } from './items-repository.ts';

/**
 * What a batch knows of the catalog, so that it asks once. It stays true until the batch ends, for nobody else changes the
 * catalog meanwhile: see `lockCatalog`.
 */
export interface Known {
  /** Items that others go into. */
  readonly parents: Map<MediaItemId, ItemRecord>;
  readonly libraries: Map<LibraryKind, MediaItemId>;
  /** By {@link seasonKey}: seasons that are here, as their series are. */
  readonly seasons: Map<string, MediaItemId>;
  /** By {@link seasonKey}: all episodes of a season that have a number. */
  readonly places: Map<string, SeasonPlaces>;
  /** Whether a series may have episodes without a number. */
  readonly unnumbered: Map<MediaItemId, boolean>;
  readonly genres: Map<string, GenreId>;
  /** External ids and titles that no item has; see {@link idKey} and {@link titleKey}. */
  readonly absent: Set<string>;
}

/** Where the numbered episodes of one season stand. */
export interface SeasonPlaces {
  /** By the number, or the first number of a double episode. */
  numbers: Map<number, MediaItemId>;
  doubles: { first: number; last: number; id: MediaItemId }[];
}

export const createKnown = (): Known => ({
  parents: new Map(),
  libraries: new Map(),
  seasons: new Map(),
  places: new Map(),
  unnumbered: new Map(),
  genres: new Map(),
  absent: new Set(),
});

/** Items were retired or came back. */
export const forgetPresence = (known: Known): void => {
  known.parents.clear();
  known.libraries.clear();
  known.seasons.clear();
};

export const seasonKey = (seriesId: MediaItemId, season: number): string => `${seriesId} ${season}`;

export const idKey = (kind: MediaKind, { provider, value }: ExternalId): string => `id ${kind} ${provider} ${value}`;

/** @param parentId of an album or track; the others are looked for in the whole catalog, whatever this says */
export const titleKey = (kind: MediaKind, parentId: MediaItemId | null, title: string): string =>
  `title ${kind} ${kind === 'album' || kind === 'track' ? parentId : ''} ${title}`;

/** All names by which an item of which this is told may be looked for. */
export const namesOf = (kind: MediaKind, parentId: MediaItemId | null, facts: Facts): string[] => [
  titleKey(kind, parentId, facts.title_key),
  ...facts.ids.map((id) => idKey(kind, id)),
];
