import type { Reader, Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScanFolderId } from '#kernel/ids.ts';

/** One file as it is known: the facts by which a scan sees whether it is the same. */
export interface FileFacts {
  path: string;
  part: number;
  version: string | null;
  size: number;
  modifiedAt: Instant;
  fingerprint: string;
}

/** A row of a file and one item in it, with what a scan asks of the item. */
export interface Location extends FileFacts {
  id: number;
  itemId: MediaItemId;
  folderId: ScanFolderId;
  removedAt: Instant | null;
  /** The series of an episode. */
  rootId: MediaItemId | null;
  seasonNumber: number | null;
  episodeNumber: number | null;
}

/** Rows or ids in one statement at the most. */
const MOST_AT_ONCE = 200;
const PAGE = 2000;

/** The first locations of a folder, in the order of paths. */
export const firstLocations = async (db: Reader, folderId: ScanFolderId, limit: number): Promise<Location[]> => {
  const rows = await locations(db).where('l.scan_folder_id', '=', folderId).orderBy('l.path').limit(limit).execute();
  return rows.map(locationOf);
};

/** All that is known of a folder, removed files too, in the order of paths. */
export const locationsOf = async (db: Reader, folderId: ScanFolderId): Promise<Location[]> => {
  const all: Location[] = [];
  for (;;) {
    const last = all.at(-1);
    const rows = await locations(db)
      .where('l.scan_folder_id', '=', folderId)
      .$if(last !== undefined, (query) =>
        query.where((is) =>
          is.or([
            is('l.path', '>', last?.path ?? ''),
            is.and([is('l.path', '=', last?.path ?? ''), is('l.item_id', '>', last?.itemId ?? (0 as MediaItemId))]),
          ]),
        ),
      )
      .orderBy('l.path')
      .orderBy('l.item_id')
      .limit(PAGE)
      .execute();
    all.push(...rows.map(locationOf));
    if (rows.length < PAGE) return all;
  }
};

/** Locations with one of these fingerprints in the folders of a library, with the path of their folder. */
export const locationsByFingerprint = async (
  db: Reader,
  libraryId: MediaItemId,
  fingerprints: readonly string[],
): Promise<(Location & { folderPath: string })[]> => {
  const found: (Location & { folderPath: string })[] = [];
  for (const some of batches(fingerprints)) {
    const rows = await locations(db)
      .innerJoin('scan_folders as f', 'f.id', 'l.scan_folder_id')
      .select('f.path as folder_path')
      .where('f.library_id', '=', libraryId)
      .where('l.fingerprint', 'in', some)
      .where('l.size_bytes', '>', 0)
      .execute();
    found.push(...rows.map((row) => ({ ...locationOf(row), folderPath: row.folder_path })));
  }
  return found;
};

/** Puts a file's items in place; a row of the same file and item that was there is taken over. */
export const putLocations = async (
  tx: Transaction,
  folderId: ScanFolderId,
  rows: readonly (FileFacts & { itemId: MediaItemId })[],
): Promise<void> => {
  for (const some of batches(rows)) {
    await tx
      .insertInto('item_locations')
      .values(
        some.map((row) => ({ ...columnsOf(row), item_id: row.itemId, scan_folder_id: folderId, removed_at: null })),
      )
      .onConflict((conflict) =>
        conflict.columns(['scan_folder_id', 'path', 'item_id']).doUpdateSet((values) => ({
          part: values.ref('excluded.part'),
          version: values.ref('excluded.version'),
          size_bytes: values.ref('excluded.size_bytes'),
          modified_at: values.ref('excluded.modified_at'),
          fingerprint: values.ref('excluded.fingerprint'),
          removed_at: null,
        })),
      )
      .execute();
  }
};

/** Brings the rows of one file up to date: it changed, moved, or came back. */
export const updateLocations = async (
  tx: Transaction,
  ids: readonly number[],
  folderId: ScanFolderId,
  file: FileFacts,
): Promise<void> => {
  await tx
    .updateTable('item_locations')
    .set({ ...columnsOf(file), scan_folder_id: folderId, removed_at: null })
    .where('id', 'in', ids)
    .execute();
};

export const deleteLocations = async (tx: Transaction, ids: readonly number[]): Promise<void> => {
  for (const some of batches(ids)) await tx.deleteFrom('item_locations').where('id', 'in', some).execute();
};

export const removeLocations = async (tx: Transaction, ids: readonly number[], at: Instant): Promise<void> => {
  for (const some of batches(ids)) {
    await tx.updateTable('item_locations').set({ removed_at: at }).where('id', 'in', some).execute();
  }
};

/** Whether an item has a live location beside these. */
export const otherCopies = async (db: Reader, item: MediaItemId, these: ReadonlySet<number>): Promise<boolean> => {
  const rows = await db
    .selectFrom('item_locations')
    .select('id')
    .where('item_id', '=', item)
    .where('removed_at', 'is', null)
    .execute();
  return rows.some(({ id }) => !these.has(id));
};

/** Whether a media server has, or had, a copy of an item. */
export const onClients = async (db: Reader, item: MediaItemId): Promise<boolean> => {
  const copy = await db.selectFrom('client_items').select('id').where('item_id', '=', item).limit(1).executeTakeFirst();
  if (copy) return true;
  const part = await db
    .selectFrom('client_item_parts')
    .select('part')
    .where('item_id', '=', item)
    .limit(1)
    .executeTakeFirst();
  return part !== undefined;
};

/** Cuts a list into pieces that one statement takes. */
export const batches = <T>(list: readonly T[], size = MOST_AT_ONCE): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

const locations = (db: Reader) =>
  db
    .selectFrom('item_locations as l')
    .innerJoin('media_items as i', 'i.id', 'l.item_id')
    .select([
      'l.id',
      'l.item_id',
      'l.scan_folder_id',
      'l.path',
      'l.part',
      'l.version',
      'l.size_bytes',
      'l.modified_at',
      'l.fingerprint',
      'l.removed_at',
      'i.root_id',
      'i.season_number',
      'i.episode_number',
    ]);

type LocationRow = Awaited<ReturnType<ReturnType<typeof locations>['executeTakeFirstOrThrow']>>;

const locationOf = (row: LocationRow): Location => ({
  id: row.id,
  itemId: row.item_id,
  folderId: row.scan_folder_id,
  path: row.path,
  part: row.part,
  version: row.version,
  size: row.size_bytes,
  modifiedAt: row.modified_at,
  fingerprint: row.fingerprint,
  removedAt: row.removed_at,
  rootId: row.root_id,
  seasonNumber: row.season_number,
  episodeNumber: row.episode_number,
});

const columnsOf = (file: FileFacts) => ({
  path: file.path,
  part: file.part,
  version: file.version,
  size_bytes: file.size,
  modified_at: file.modifiedAt,
  fingerprint: file.fingerprint,
});
