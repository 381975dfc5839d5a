import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { type Prepared, prepare } from '#database/prepared.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { isLeaf, leafKinds, type MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import { compiled, decidingMark, levels, markJoin } from './deciding-sql.ts';

/** Leaves below a container that are here and may be seen, and those of them that are not watched. */
export interface Count {
  id: MediaItemId;
  leaves: number;
  unwatched: number;
}

export type ContainerKind = Exclude<MediaKind, (typeof leafKinds)[number]>;

export const isContainer = (kind: MediaKind): kind is ContainerKind => !isLeaf(kind);

/**
 * Counts what is below containers of one kind by looking at each leaf, in one statement; those with nothing below are
 * left out.
 */
export const countLeaves = async (
  db: Reader,
  scopes: readonly ScopeId[],
  grants: Grants,
  kind: ContainerKind,
  ids: readonly MediaItemId[],
): Promise<Count[]> => {
  if (ids.length === 0) return [];
  const values = { ...pairOf(scopes), ids: idList(dialectOf(db), ids) };
  return queries(grants)[kind][scopes.length === 1 ? 'one' : 'two'](db, values);
};

/** Which of these libraries hold no more leaves than so many. */
export const smallShelves = async (db: Reader, ids: readonly MediaItemId[], most: number): Promise<MediaItemId[]> => {
  if (ids.length === 0) return [];
  return (await small(db, { ids: idList(dialectOf(db), ids), most })).map((row) => row.item_id);
};

const small = prepare<{ ids: string; most: number }>()((db, value, dialect) =>
  db
    .selectFrom('leaf_counts')
    .select('item_id')
    .where(idIn(dialect, 'item_id', value('ids')))
    .where('leaves', '<=', value('most')),
);

interface Values {
  first: ScopeId;
  second: ScopeId;
  ids: string;
}

const query = (grants: Grants, kind: ContainerKind, scopes: readonly ('first' | 'second')[]): Prepared<Values, Count> =>
  prepare<Values>()<Count>((db, value, dialect) => {
    const { leaf, holders } = shapes[kind];
    // What is above all leaves of a container is looked up once, before its leaves are.
    const joins = (side: 'c' | 'l') =>
      sql.join(
        scopes.flatMap((scope) =>
          levels
            .filter((level) => holders[level].startsWith(`${side}.`))
            .map((level) => markJoin(level, scope, value(scope), sql.ref(holders[level]))),
        ),
        sql` `,
      );
    const unwatched = sql`CASE WHEN ${decidingMark(dialect, 'l', scopes)} % 2 = 1 THEN 0 ELSE 1 END`;
    return compiled(
      sql<Count>`SELECT c.id, CAST(count(*) AS bigint) AS leaves, CAST(sum(${unwatched}) AS bigint) AS unwatched
        FROM media_items AS c ${joins('c')} JOIN ${leaf} ${joins('l')}
        WHERE ${idIn(dialect, 'c.id', value('ids'))} AND l.removed_at IS NULL AND ${isOneOf} AND ${visibleTo(grants, 'l')}
        GROUP BY c.id`,
      db,
    );
  });

const kinds = sql.join(leafKinds.map((kind) => sql.lit(kind)));

/** Not `l.kind IN`: SQLite would walk all leaves by their kind. */
const isOneOf = sql<SqlBool>`coalesce(l.kind, '') IN (${kinds})`;

interface Shape {
  /** The leaves `l` of the container `c`. */
  leaf: RawBuilder<unknown>;
  /** Which column names the node of each level. */
  holders: Record<(typeof levels)[number], `${'c' | 'l'}.${'id' | 'parent_id' | 'root_id' | 'library_id'}`>;
}

const ofLeaf = { own: 'l.id', up: 'l.parent_id', top: 'l.root_id', shelf: 'l.library_id' } as const;
const below = (column: 'parent_id' | 'root_id') => sql`media_items AS l ON ${sql.ref(`l.${column}`)} = c.id`;
const inParent: Shape = {
  leaf: below('parent_id'),
  holders: { own: 'l.id', up: 'c.id', top: 'c.root_id', shelf: 'c.library_id' },
};
const inRoot: Shape = {
  leaf: below('root_id'),
  holders: { own: 'l.id', up: 'l.parent_id', top: 'c.id', shelf: 'c.library_id' },
};

const shapes: Record<ContainerKind, Shape> = {
  season: inParent,
  album: inParent,
  series: { ...inRoot, leaf: sql`media_items AS l ON l.root_id = c.id AND l.play_order IS NOT NULL` },
  artist: inRoot,
  collection: {
    leaf: sql`collection_items AS held ON held.collection_id = c.id JOIN media_items AS l ON l.id = held.item_id`,
    holders: ofLeaf,
  },
  library: {
    leaf: sql`media_items AS l ON l.library_id = c.id AND l.kind IN (${kinds})`,
    holders: { ...ofLeaf, shelf: 'c.id' },
  },
};

type Queries = Record<ContainerKind, Record<'one' | 'two', Prepared<Values, Count>>>;

const queries = byGrants((grants): Queries => {
  const made = (Object.keys(shapes) as ContainerKind[]).map((kind) => [
    kind,
    { one: query(grants, kind, ['first']), two: query(grants, kind, ['first', 'second']) },
  ]);
  return Object.fromEntries(made);
});
