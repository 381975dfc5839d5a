import { sql } from 'kysely';
import type { Mark } from '#activity/marks/watched.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { type LibraryKind, leafKinds } from '#kernel/media.ts';
import { decidingMark, levels, markJoin, markOf } from './deciding-sql.ts';

/** A library, with what one scope keeps of it; `unwatched` is null where that does not hold any more, or nothing is kept. */
export interface KeptShelf {
  id: MediaItemId;
  kind: LibraryKind;
  leaves: number;
  /** `leaf_counts.changes`. */
  changes: number;
  unwatched: number | null;
}

/** Which of these are libraries, and what one scope keeps of them, in one statement. */
export const keptShelves = async (db: Reader, scope: ScopeId, ids: readonly MediaItemId[]): Promise<KeptShelf[]> =>
  ids.length === 0 ? [] : kept(db, { scope, ids: idList(dialectOf(db), ids) });

const kept = prepare<{ scope: ScopeId; ids: string }>()((db, value, dialect) =>
  db
    .selectFrom('libraries as l')
    .innerJoin('leaf_counts as c', 'c.item_id', 'l.item_id')
    .leftJoin('shelf_counts as s', (join) =>
      join
        .on('s.scope_id', '=', value('scope'))
        .onRef('s.library_id', '=', 'l.item_id')
        .on('s.stale', '=', 0)
        .onRef('s.changes', '=', 'c.changes'),
    )
    .select(['l.item_id as id', 'l.library_kind as kind', 'c.leaves', 'c.changes', 's.unwatched'])
    .where(idIn(dialect, 'l.item_id', value('ids'))),
);

/** Leaves that only the mark on their library can decide, and the others, counted. */
export interface MarkedShelf {
  /** Of the leaves with a mark of their own, or on their album or artist. */
  known: number;
  knownUnwatched: number;
  /** The newest mark that decides about one of them; null: none. */
  newest: Mark | undefined;
  /** Of the other leaves: those added after the mark on the library. */
  uncovered: number;
  mark: Mark | undefined;
}

/**
 * Counts what a scope has marked in a library that is not of series, in one statement: it looks at the marks of the scope
 * and at what they are on, not at all leaves.
 */
export const markedShelf = async (db: Reader, scope: ScopeId, library: MediaItemId): Promise<MarkedShelf> => {
  const [row] = await marked(db, { scope, library });
  return {
    known: row?.known ?? 0,
    knownUnwatched: row?.unwatched ?? 0,
    newest: markOf(row?.newest ?? -1),
    uncovered: row?.uncovered ?? 0,
    mark: markOf(row?.mark ?? -1),
  };
};

interface Row {
  known: number;
  unwatched: number | null;
  newest: number | null;
  uncovered: number;
  mark: number | null;
}

const kinds = sql.join(leafKinds.map((kind) => sql.lit(kind)));

const marked = prepare<{ scope: ScopeId; library: MediaItemId }>()<Row>((db, value, dialect) => {
  // `+` keeps SQLite from walking the library's items in place of the scope's marks.
  const onMarked = sql`FROM marks AS m JOIN media_items AS on_it ON on_it.id = m.item_id
    AND +on_it.library_id = ${value('library')}`;
  const below = (column: 'parent_id' | 'root_id', kind: 'album' | 'artist') => sql`SELECT below.id ${onMarked}
    JOIN media_items AS below ON below.${sql.ref(column)} = on_it.id
    WHERE m.scope_id = ${value('scope')} AND on_it.kind = ${sql.lit(kind)}
      AND below.kind = 'track' AND below.removed_at IS NULL`;
  const holders = { own: 'l.id', up: 'l.parent_id', top: 'l.root_id', shelf: 'l.library_id' } as const;
  const joins = levels.map((level) => markJoin(level, 'mark', value('scope'), sql.ref(holders[level])));
  return {
    compile: () =>
      sql<Row>`WITH known AS (
          SELECT on_it.id ${onMarked} WHERE m.scope_id = ${value('scope')} AND on_it.kind IN (${kinds}) AND on_it.removed_at IS NULL
          UNION ${below('parent_id', 'album')} UNION ${below('root_id', 'artist')}),
        decided AS (SELECT ${decidingMark(dialect, 'l', ['mark'])} AS mark
          FROM known JOIN media_items AS l ON l.id = known.id ${sql.join(joins, sql` `)}),
        shelf AS (SELECT at, watched FROM marks WHERE scope_id = ${value('scope')} AND item_id = ${value('library')})
      SELECT CAST(count(*) AS bigint) AS known, max(d.mark) AS newest,
        CAST(sum(CASE WHEN d.mark % 2 = 1 THEN 0 ELSE 1 END) AS bigint) AS unwatched,
        (SELECT at * 2 + watched FROM shelf) AS mark,
        (SELECT CAST(count(*) AS bigint) FROM media_items AS e WHERE e.library_id = ${value('library')} AND e.kind IN (${kinds})
          AND e.added_at > (SELECT at FROM shelf) AND e.removed_at IS NULL AND e.id NOT IN (SELECT id FROM known)) AS uncovered
      FROM decided AS d`.compile(db),
  };
});
