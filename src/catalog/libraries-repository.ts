import type { Reader, Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import { insertItem } from './items-repository.ts';

const defaultTitle: Record<LibraryKind, string> = {
  movies: 'Movies',
  series: 'Series',
  music: 'Music',
  streams: 'Streams',
};

/** What stands in a library of a kind by itself, and is listed when one opens it. */
export const rootKindOf = {
  movies: 'movie',
  series: 'series',
  music: 'artist',
  streams: 'stream',
} as const satisfies Record<LibraryKind, MediaKind>;

/** The oldest library of a kind, made when there is none. */
export const defaultLibrary = async (tx: Transaction, kind: LibraryKind, now: Instant): Promise<MediaItemId> => {
  const [known] = await oldestOf(tx, { kind });
  return known?.id ?? insertLibrary(tx, kind, defaultTitle[kind], now);
};

const oldestOf = prepare<{ kind: LibraryKind }>()((db, value) =>
  db
    .selectFrom('libraries')
    .innerJoin('media_items as i', 'i.id', 'libraries.item_id')
    .select('i.id')
    .where('libraries.library_kind', '=', value('kind'))
    .where('i.removed_at', 'is', null)
    .orderBy('i.id')
    .limit(1),
);

export const insertLibrary = async (
  tx: Transaction,
  kind: LibraryKind,
  title: string,
  now: Instant,
): Promise<MediaItemId> => {
  const id = await insertItem(tx, { kind: 'library', library_id: null, title, added_at: now });
  await tx.insertInto('libraries').values({ item_id: id, library_kind: kind }).execute();
  return id;
};

export const libraryKindOf = async (db: Reader, id: MediaItemId): Promise<LibraryKind | undefined> =>
  (await db.selectFrom('libraries').select('library_kind').where('item_id', '=', id).executeTakeFirst())?.library_kind;
