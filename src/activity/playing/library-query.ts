import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';

/** What a library holds; undefined when there is none such, or it may not be seen. */
export const libraryKindFor = async (
  db: Reader,
  grants: Grants,
  library: MediaItemId,
): Promise<LibraryKind | undefined> => {
  const row = await db
    .selectFrom('libraries as l')
    .innerJoin('media_items as i', 'i.id', 'l.item_id')
    .select('l.library_kind')
    .where('l.item_id', '=', library)
    .where(visibleTo(grants, 'i'))
    .executeTakeFirst();
  return row?.library_kind;
};
