import type { Reader, Transaction } from '#database/database.ts';
import type { GenreId, MediaItemId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import { insertGenreLinks } from './hanging-rows.ts';

/** Names of an item's genres, in the order in which they are shown. */
export const readGenres = async (db: Reader, itemId: MediaItemId): Promise<string[]> => {
  const rows = await db
    .selectFrom('item_genres')
    .innerJoin('genres', 'genres.id', 'item_genres.genre_id')
    .select('genres.name')
    .where('item_genres.item_id', '=', itemId)
    .orderBy('genres.name_key')
    .execute();
  return rows.map((row) => row.name);
};

/** Puts an item into genres; see {@link genreIds}. */
export const addGenres = async (tx: Transaction, itemId: MediaItemId, names: readonly string[]): Promise<void> => {
  if (names.length === 0) return;
  const genres = await genreIds(tx, names);
  await insertGenreLinks(
    tx,
    genres.map(({ id }) => ({ item_id: itemId, genre_id: id })),
  );
};

/** Genres of these names, made where there is none yet; names that fold to the same are the same genre. */
export const genreIds = async (
  tx: Transaction,
  names: readonly string[],
): Promise<{ id: GenreId; name_key: string }[]> => {
  const nameOf = new Map(names.map((name) => [fold(name), name]));
  const keys = [...nameOf.keys()];
  const known = await readKeys(tx, keys);
  const missing = keys.filter((key) => !known.some((genre) => genre.name_key === key));
  if (missing.length === 0) return known;
  await tx
    .insertInto('genres')
    .values(missing.map((key) => ({ name: nameOf.get(key) ?? key, name_key: key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return readKeys(tx, keys);
};

export const removeGenres = async (tx: Transaction, itemId: MediaItemId): Promise<void> => {
  await tx.deleteFrom('item_genres').where('item_id', '=', itemId).execute();
};

const readKeys = (db: Reader, keys: string[]) =>
  db.selectFrom('genres').select(['id', 'name_key']).where('name_key', 'in', keys).execute();
