import type { Insertable } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import type { ClientLibrariesTable } from '#database/tables/sync.ts';
import type { ClientId, MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';

/** A library of a client, and what it stands for. */
export interface KnownLibrary {
  remoteId: string;
  name: string;
  kind: LibraryKind;
  libraryId: MediaItemId | null;
  included: boolean;
}

export const librariesOf = async (db: Reader, clientId: ClientId): Promise<KnownLibrary[]> => {
  const rows = await db
    .selectFrom('client_libraries')
    .select(['remote_id as remoteId', 'name', 'kind', 'library_id as libraryId', 'included'])
    .where('client_id', '=', clientId)
    .orderBy('remote_id')
    .execute();
  return rows.map((row) => ({ ...row, included: row.included === 1 }));
};

/** The same, but a library of ours that is not there any more, or of another kind, is none. */
export const choicesOf = async (db: Reader, clientId: ClientId): Promise<KnownLibrary[]> => {
  const known = await librariesOf(db, clientId);
  const chosen = known.flatMap(({ libraryId }) => libraryId ?? []);
  if (chosen.length === 0) return known;
  const rows = await db
    .selectFrom('libraries as l')
    .innerJoin('media_items as i', 'i.id', 'l.item_id')
    .select(['i.id', 'l.library_kind'])
    .where('i.id', 'in', chosen)
    .where('i.removed_at', 'is', null)
    .execute();
  const kinds = new Map(rows.map((row) => [row.id, row.library_kind]));
  return known.map((library) =>
    library.libraryId !== null && kinds.get(library.libraryId) !== library.kind
      ? { ...library, libraryId: null }
      : library,
  );
};

export const saveLibrary = async (tx: Transaction, values: Insertable<ClientLibrariesTable>): Promise<void> => {
  const { name, kind, library_id, included } = values;
  await tx
    .insertInto('client_libraries')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'remote_id']).doUpdateSet({ name, kind, library_id, included }),
    )
    .execute();
};

export const dropLibraries = async (
  tx: Transaction,
  clientId: ClientId,
  remoteIds: readonly string[],
): Promise<void> => {
  if (remoteIds.length === 0) return;
  await tx
    .deleteFrom('client_libraries')
    .where('client_id', '=', clientId)
    .where('remote_id', 'in', remoteIds)
    .execute();
};

/** Kind of one of our libraries that is here; undefined where there is none. */
export const kindOfLibrary = async (db: Reader, id: MediaItemId): Promise<LibraryKind | undefined> => {
  const row = await db
    .selectFrom('libraries as l')
    .innerJoin('media_items as i', 'i.id', 'l.item_id')
    .select('l.library_kind')
    .where('i.id', '=', id)
    .where('i.removed_at', 'is', null)
    .executeTakeFirst();
  return row?.library_kind;
};

/** Whether there is such a client. */
export const clientName = async (db: Reader, id: ClientId): Promise<string | undefined> =>
  (await db.selectFrom('clients').select('name').where('id', '=', id).executeTakeFirst())?.name;
