import type { Insertable } from 'kysely';
import type { Database, Transaction } from '#database/database.ts';
import type { MediaItemsTable } from '#database/tables/catalog.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import { fold, sortTitleOf } from '#kernel/text.ts';

type Facts = Partial<Insertable<MediaItemsTable>>;

/** Grows a tree of media items straight in the tables; every item gets a title and an instant of adding. */
export interface Tree {
  library(kind: LibraryKind, facts?: Facts): Promise<MediaItemId>;
  movie(library: MediaItemId, facts?: Facts): Promise<MediaItemId>;
  series(library: MediaItemId, facts?: Facts): Promise<MediaItemId>;
  season(series: MediaItemId, number: number, facts?: Facts): Promise<MediaItemId>;
  /** Its number may be null: told by its date alone. */
  episode(season: MediaItemId, number: number | null, facts?: Facts): Promise<MediaItemId>;
  /** A series with whole seasons: `episodes[2]` is season 3, its length the number of episodes. Gives the ids. */
  show(
    library: MediaItemId,
    episodes: number[],
    facts?: Facts,
  ): Promise<{ series: MediaItemId; seasons: MediaItemId[]; episodes: MediaItemId[][] }>;
  artist(library: MediaItemId, facts?: Facts): Promise<MediaItemId>;
  album(artist: MediaItemId, facts?: Facts): Promise<MediaItemId>;
  track(album: MediaItemId, number: number, facts?: Facts): Promise<MediaItemId>;
  stream(library: MediaItemId, tracksProgress: boolean, facts?: Facts): Promise<MediaItemId>;
  collection(library: MediaItemId, members: MediaItemId[], facts?: Facts): Promise<MediaItemId>;
  /** Retires an item (null: has it come back), moves its date, and so on. */
  change(item: MediaItemId, facts: Facts): Promise<void>;
}

/** @param addedAt of items that say nothing else */
export const treeIn = (database: Database, addedAt = 1_000_000_000_000): Tree => {
  const insert = (tx: Transaction, kind: MediaKind, facts: Facts) =>
    insertItem(tx, kind, { added_at: addedAt, ...facts });
  const grow = (kind: MediaKind, facts: Facts, parent?: MediaItemId) =>
    database.transaction(async (tx) => insert(tx, kind, { ...(await placeBelow(tx, parent)), ...facts }));
  const tree: Tree = {
    library: (kind, facts = {}) =>
      database.transaction(async (tx) => {
        const id = await insert(tx, 'library', facts);
        await tx.updateTable('media_items').set({ library_id: id }).where('id', '=', id).execute();
        await tx.insertInto('libraries').values({ item_id: id, library_kind: kind }).execute();
        return id;
      }),
    movie: (library, facts = {}) => grow('movie', { library_id: library, ...facts }),
    series: (library, facts = {}) => grow('series', { library_id: library, ...facts }),
    season: (series, number, facts = {}) => grow('season', { season_number: number, ...facts }, series),
    episode: (season, number, facts = {}) => grow('episode', { episode_number: number, ...facts }, season),
    show: async (library, lengths, facts = {}) => {
      const series = await tree.series(library, facts);
      const show = { series, seasons: [] as MediaItemId[], episodes: [] as MediaItemId[][] };
      for (const [index, length] of lengths.entries()) {
        const season = await tree.season(series, index + 1, facts);
        const episodes: MediaItemId[] = [];
        for (let number = 1; number <= length; number++) episodes.push(await tree.episode(season, number, facts));
        show.seasons.push(season);
        show.episodes.push(episodes);
      }
      return show;
    },
    artist: (library, facts = {}) => grow('artist', { library_id: library, ...facts }),
    album: (artist, facts = {}) => grow('album', facts, artist),
    track: (album, number, facts = {}) => grow('track', { track_number: number, ...facts }, album),
    stream: (library, tracksProgress, facts = {}) =>
      database.transaction(async (tx) => {
        const id = await insert(tx, 'stream', { library_id: library, ...facts });
        const source = await tx
          .insertInto('stream_sources')
          .values({ name: `Source ${id}`, name_key: `source ${id}`, tracks_progress: tracksProgress ? 1 : 0 })
          .returning('id')
          .executeTakeFirstOrThrow();
        const address = 'http://127.0.0.1/stream';
        await tx.insertInto('streams').values({ item_id: id, stream_source_id: source.id, address }).execute();
        return id;
      }),
    collection: (library, members, facts = {}) =>
      database.transaction(async (tx) => {
        const id = await insert(tx, 'collection', { library_id: library, ...facts });
        for (const [position, item_id] of members.entries()) {
          await tx.insertInto('collection_items').values({ collection_id: id, item_id, position }).execute();
        }
        return id;
      }),
    change: (item, facts) =>
      database.transaction(async (tx) => {
        await tx.updateTable('media_items').set(facts).where('id', '=', item).execute();
      }),
  };
  return tree;
};

let counter = 0;

const insertItem = async (tx: Transaction, kind: MediaKind, facts: Facts): Promise<MediaItemId> => {
  const title = facts.title ?? `${kind} ${++counter}`;
  const row = await tx
    .insertInto('media_items')
    .values({
      library_id: null,
      parent_id: null,
      root_id: null,
      season_number: null,
      episode_number: null,
      episode_number_end: null,
      absolute_number: null,
      disc_number: null,
      track_number: null,
      original_title: null,
      overview: null,
      year: null,
      released_at: null,
      runtime_ms: null,
      content_rating: null,
      rating_level: null,
      added_at: 0,
      updated_at: 0,
      removed_at: null,
      kind,
      title,
      sort_title: sortTitleOf(title),
      title_key: fold(title),
      ...facts,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (kind === 'movie') {
    await tx.insertInto('movies').values({ item_id: row.id, tagline: null, budget: null, revenue: null }).execute();
  }
  if (kind === 'series') await tx.insertInto('series').values({ item_id: row.id, status: null }).execute();
  return row.id;
};

/** What an item has from the one it hangs from. */
const placeBelow = async (tx: Transaction, parent: MediaItemId | undefined): Promise<Facts> => {
  if (parent === undefined) return {};
  const above = await tx
    .selectFrom('media_items')
    .select(['id', 'library_id', 'root_id', 'season_number'])
    .where('id', '=', parent)
    .executeTakeFirstOrThrow();
  return {
    parent_id: above.id,
    root_id: above.root_id ?? above.id,
    library_id: above.library_id,
    season_number: above.season_number,
  };
};
