import type { Transaction } from '#database/database.ts';
import type { ImageRole } from '#database/tables/catalog.ts';
import type { GenreId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Facts } from './facts.ts';
import { insertExternalIds, insertGenreLinks, insertImages, insertMovies, insertSeries } from './hanging-rows.ts';

/** A new item, as far as it matters for what hangs on it. */
export interface MadeItem {
  id: MediaItemId;
  kind: MediaKind;
}

/** Rows that hang on new items and are written together, at the end of a batch or before they are looked at. */
export interface Later {
  /** @param names by which the item may be looked for; @param genres ids of its genres */
  add(item: MadeItem, names: readonly string[], facts: Facts, genres: readonly GenreId[]): void;
  /** Whether something of this item waits. */
  holds(itemId: MediaItemId): boolean;
  /** Whether something waits of an item that may be looked for by this name. */
  names(name: string): boolean;
  write(tx: Transaction): Promise<void>;
}

/** Nothing of an item waits, or all that hangs on it. */
export const createLater = (): Later => {
  let rows = noRows();
  return {
    add: (item, names, facts, genres) => {
      rows.items.add(item.id);
      for (const name of names) rows.names.add(name);
      const { tagline = null, budget = null, revenue = null, status = null } = facts;
      if (item.kind === 'movie') rows.movies.push({ item_id: item.id, tagline, budget, revenue });
      if (item.kind === 'series') rows.series.push({ item_id: item.id, status });
      for (const id of facts.ids) rows.externalIds.push({ kind: item.kind, ...id, item_id: item.id });
      for (const genre of genres) rows.genres.push({ item_id: item.id, genre_id: genre });
      for (const { role, address } of facts.images) rows.images.push({ item_id: item.id, role, address });
    },
    holds: (itemId) => rows.items.has(itemId),
    names: (name) => rows.names.has(name),
    write: async (tx) => {
      const { movies, series, externalIds, genres, images } = rows;
      rows = noRows();
      await insertMovies(tx, movies);
      await insertSeries(tx, series);
      await insertExternalIds(tx, externalIds);
      await insertGenreLinks(tx, genres);
      await insertImages(tx, images);
    },
  };
};

const noRows = () => ({
  items: new Set<MediaItemId>(),
  names: new Set<string>(),
  movies: [] as { item_id: MediaItemId; tagline: string | null; budget: number | null; revenue: number | null }[],
  series: [] as { item_id: MediaItemId; status: Facts['status'] | null }[],
  externalIds: [] as { kind: MediaKind; provider: string; value: string; item_id: MediaItemId }[],
  genres: [] as { item_id: MediaItemId; genre_id: GenreId }[],
  images: [] as { item_id: MediaItemId; role: ImageRole; address: string }[],
});
