import type { Reader, Transaction } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScanFolderId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';

/** A scanned folder and the library its finds go to by default. */
export interface ScanFolder {
  id: ScanFolderId;
  path: string;
  libraryId: MediaItemId;
  libraryKind: LibraryKind;
  createdAt: Instant;
  /** When the newest scan began; null: never. */
  scannedAt: Instant | null;
}

const folderColumns = ['f.id', 'f.path', 'f.library_id', 'f.created_at', 'f.scanned_at', 'l.library_kind'] as const;

export const listFolders = async (db: Reader, limit: number, after = 0): Promise<ScanFolder[]> => {
  const rows = await folders(db)
    .where('f.id', '>', after as ScanFolderId)
    .orderBy('f.id')
    .limit(limit)
    .execute();
  return rows.map(folderOf);
};

export const readFolder = async (db: Reader, id: ScanFolderId): Promise<ScanFolder | undefined> => {
  const row = await folders(db).where('f.id', '=', id).executeTakeFirst();
  return row && folderOf(row);
};

export const folderAt = async (db: Reader, path: string): Promise<ScanFolder | undefined> => {
  const row = await folders(db).where('f.path', '=', path).executeTakeFirst();
  return row && folderOf(row);
};

export const insertFolder = async (
  tx: Transaction,
  path: string,
  libraryId: MediaItemId,
  at: Instant,
): Promise<ScanFolderId> => {
  const row = await tx
    .insertInto('scan_folders')
    .values({ path, library_id: libraryId, created_at: at, scanned_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
};

/** Its locations go with it. */
export const deleteFolder = async (tx: Transaction, id: ScanFolderId): Promise<void> => {
  await tx.deleteFrom('scan_folders').where('id', '=', id).execute();
};

/** undefined where the item is no library. */
export const libraryOf = (db: Reader, id: MediaItemId): Promise<{ kind: LibraryKind; title: string } | undefined> =>
  db
    .selectFrom('libraries as l')
    .innerJoin('media_items as i', 'i.id', 'l.item_id')
    .select(['l.library_kind as kind', 'i.title'])
    .where('l.item_id', '=', id)
    .executeTakeFirst();

export const markScanned = async (tx: Transaction, id: ScanFolderId, at: Instant): Promise<void> => {
  await tx.updateTable('scan_folders').set({ scanned_at: at }).where('id', '=', id).execute();
};

/** Takes the claim on a folder when nobody has it, or its holder was not heard of for `silence` ms. */
export const takeClaim = async (
  tx: Transaction,
  id: ScanFolderId,
  claim: string,
  at: Instant,
  silence: Millis,
): Promise<boolean> => {
  const result = await tx
    .updateTable('scan_folders')
    .set({ claim, claim_beat: at })
    .where('id', '=', id)
    // A beat from far ahead is of a clock that was set back since.
    .where((is) =>
      is.or([is('claim', 'is', null), is('claim_beat', '<', at - silence), is('claim_beat', '>', at + silence)]),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

/** Says that its holder lives; false: another has the claim. */
export const renewClaim = async (tx: Transaction, id: ScanFolderId, claim: string, at: Instant): Promise<boolean> => {
  const result = await tx
    .updateTable('scan_folders')
    .set({ claim_beat: at })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

export const releaseClaim = async (tx: Transaction, id: ScanFolderId, claim: string): Promise<void> => {
  await tx
    .updateTable('scan_folders')
    .set({ claim: null, claim_beat: null })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute();
};

const folders = (db: Reader) =>
  db
    .selectFrom('scan_folders as f')
    .innerJoin('libraries as l', 'l.item_id', 'f.library_id')
    .select([...folderColumns]);

type FolderRow = Awaited<ReturnType<ReturnType<typeof folders>['executeTakeFirstOrThrow']>>;

const folderOf = (row: FolderRow): ScanFolder => ({
  id: row.id,
  path: row.path,
  libraryId: row.library_id,
  libraryKind: row.library_kind,
  createdAt: row.created_at,
  scannedAt: row.scanned_at,
});
