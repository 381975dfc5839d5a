import { sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { jsonRows } from '#database/json.ts';
import type { Grants } from '#kernel/viewer.ts';

/** What a row of {@link hanging} tells of; the numbers are only for the way from the query to {@link hangingOf}. */
export const EXTERNAL_ID = 1;
export const TAG = 2;
export const IMAGE = 3;
export const COPY = 4;
export const GENRE = 5;

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
    .select(columns)
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
      jsonRows(dialect, ['what', 'a', 'b', 'c'], hanging).as('hanging'),
    ])
    .where(visibleTo(grants, 'i'));

/** A row of {@link selectItems}. */
export type ItemRow = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number];

const columns = [
  'i.id',
  'i.kind',
  'i.library_id',
  'i.parent_id',
  'i.root_id',
  'i.season_number',
  'i.episode_number',
  'i.episode_number_end',
  'i.absolute_number',
  'i.disc_number',
  'i.track_number',
  'i.title',
  'i.original_title',
  'i.sort_title',
  'i.overview',
  'i.year',
  'i.released_at',
  'i.runtime_ms',
  'i.content_rating',
  'i.rating_level',
  'i.added_at',
  'i.updated_at',
  'i.removed_at',
] as const;

/** All that hangs on an item in one subselect: a third quicker than one for each sort. The last column is for the order. */
const hanging = sql`
  SELECT ${sql.lit(EXTERNAL_ID)} AS what, x.provider AS a, x.value AS b, 0 AS c
    FROM external_ids AS x WHERE x.item_id = i.id
  UNION ALL SELECT ${sql.lit(TAG)}, t.name, t.name_key, 0
    FROM item_tags AS it JOIN tags AS t ON t.id = it.tag_id WHERE it.item_id = i.id
  UNION ALL SELECT ${sql.lit(GENRE)}, g.name, g.name_key, 0
    FROM item_genres AS ig JOIN genres AS g ON g.id = ig.genre_id WHERE ig.item_id = i.id
  UNION ALL SELECT ${sql.lit(IMAGE)}, im.role, im.address, im.id
    FROM images AS im WHERE im.item_id = i.id
  UNION ALL SELECT ${sql.lit(COPY)}, c.kind, ci.client_item_id, ci.client_id
    FROM client_items AS ci JOIN clients AS c ON c.id = ci.client_id WHERE ci.item_id = i.id AND ci.removed_at IS NULL
  UNION ALL SELECT ${sql.lit(COPY)}, c.kind, ci.client_item_id, ci.client_id
    FROM client_item_parts AS cp JOIN client_items AS ci ON ci.id = cp.client_item_id JOIN clients AS c ON c.id = ci.client_id
    WHERE cp.item_id = i.id AND ci.removed_at IS NULL`;
