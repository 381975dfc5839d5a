import { sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { jsonRows } from '#database/json.ts';
import type { Grants } from '#kernel/viewer.ts';

/** The query of whole items, `i`, as far as they may be seen, with all that hangs on each in its own row. */
export const selectItems = (db: Reader, dialect: SqlDialect, grants: Grants) =>
  db
    .selectFrom('media_items as i')
    .leftJoin('media_items as parent', 'parent.id', 'i.parent_id')
    .leftJoin('media_items as root', 'root.id', 'i.root_id')
    .leftJoin('libraries as library', 'library.item_id', 'i.id')
    .leftJoin('movies as movie', 'movie.item_id', 'i.id')
    .leftJoin('series as show', 'show.item_id', 'i.id')
    .leftJoin('streams as stream', 'stream.item_id', 'i.id')
    .selectAll('i')
    .select([
      'parent.title as parent_title',
      'root.title as root_title',
      'library.library_kind',
      'movie.tagline',
      'movie.budget',
      'movie.revenue',
      'show.status',
      'stream.stream_source_id',
      'stream.address',
      externalIds(dialect).as('external_ids'),
      tags(dialect).as('tags'),
      images(dialect).as('images'),
      copies(dialect).as('copies'),
    ])
    .where(visibleTo(grants, 'i'));

const externalIds = (dialect: SqlDialect) =>
  jsonRows(
    dialect,
    ['x.provider', 'x.value'],
    ['x.provider', 'x.value'],
    sql`FROM external_ids AS x WHERE x.item_id = i.id`,
  );

const tags = (dialect: SqlDialect) =>
  jsonRows(
    dialect,
    ['t.name'],
    ['t.name_key'],
    sql`FROM item_tags AS it JOIN tags AS t ON t.id = it.tag_id WHERE it.item_id = i.id`,
  );

const images = (dialect: SqlDialect) =>
  jsonRows(dialect, ['im.role', 'im.address'], ['im.id'], sql`FROM images AS im WHERE im.item_id = i.id`);

const copies = (dialect: SqlDialect) =>
  jsonRows(
    dialect,
    ['ci.client_id', 'c.kind', 'ci.client_item_id'],
    ['ci.id'],
    sql`FROM client_items AS ci JOIN clients AS c ON c.id = ci.client_id WHERE ci.item_id = i.id AND ci.removed_at IS NULL`,
  );

/** A row of {@link selectItems}. */
export type ItemRow = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number];
