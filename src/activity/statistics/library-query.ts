import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';

/** The libraries that may be seen, retired ones too. */
export const libraryTitles = async (db: Reader, grants: Grants): Promise<Map<MediaItemId, string>> =>
  new Map((await libraries(grants)(db, {})).map(({ id, title }) => [id, title]));

const libraries = byGrants((grants) =>
  prepare<object>()((db) =>
    db
      .selectFrom('media_items as i')
      .select(['i.id', 'i.title'])
      .where('i.id', 'in', db.selectFrom('libraries').select('item_id'))
      .where(visibleTo(grants, 'i')),
  ),
);
